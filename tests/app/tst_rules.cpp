// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "app/filecommands.h"
#include "app/mainwindow.h"
#include "app/messagebar.h"
#include "app/ruleactions.h"
#include "app/rulesbadge.h"
#include "app/settings.h"
#include "engine/text/switchtext.h"
#include "tests/support/worlds.h"
#include "views/graph/graphview.h"

#include <QDockWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace blockscope;
using namespace blockscope::app;

/// What can be switched, and what broke, in the window: by real clicks.
class TestRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void everySwitchIsInTheMenuAndExplained();
    void aClickSwitches_data();
    void aClickSwitches();
    void theToolBarEnforces();
    void aPolicyIsChosenByMouse();
    void theMenuFollowsTheWorld();
    void theTextOfTheRfcIsOneStep();
    void theBadgeSaysWhatDiffers_data();
    void theBadgeSaysWhatDiffers();
    void theBadgeIsThereWhenNeeded();
    void theFirstFindingIsTold();
    void aFileWithFindingsTellsOfThem();

private:
    [[nodiscard]] views::Session &session() const { return m_window->session(); }
    [[nodiscard]] const World &world() const { return session().world(); }
    [[nodiscard]] QMenu *rulesMenu() const;
    /// Opens the menu that has the action, and clicks on it.
    void click(QMenu &menu, QAction &action) const;
    void clickSwitch(Switch which) const;
    [[nodiscard]] QDockWidget *findings() const { return m_window->findChild<QDockWidget *>(u"findings"_s); }
    [[nodiscard]] MessageBar &messages() const { return *m_window->findChild<MessageBar *>(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

namespace {

World brittleWorld()
{
    World world = test::chainWorld({"base", "top"});
    setReadOnly(world, *world.graph.findNode("top"), true);
    return world;
}

} // namespace

void TestRules::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(m_folder->filePath(u"settings.conf"_s));
    m_settings->setSpeed({views::Speed::Mode::Manual, 1});
    m_window = std::make_unique<MainWindow>(*m_settings);
    m_window->graph().setAnimated(false);
    m_window->session().reset(brittleWorld());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestRules::cleanup()
{
    m_window.reset();
    m_settings.reset();
}

QMenu *TestRules::rulesMenu() const
{
    for (QAction *each : m_window->menuBar()->actions()) {
        if (each->text().remove(u'&') == u"Rules"_s)
            return each->menu();
    }
    return nullptr;
}

void TestRules::click(QMenu &menu, QAction &action) const
{
    menu.popup(m_window->mapToGlobal(QPoint(0, 0)));
    QVERIFY(QTest::qWaitForWindowExposed(&menu));
    QTest::mouseClick(&menu, Qt::LeftButton, {}, menu.actionGeometry(&action).center());
    menu.hide();
}

void TestRules::clickSwitch(Switch which) const
{
    QAction &action = m_window->rules()[which];
    QMenu *menu = rulesMenu();
    QVERIFY(menu != nullptr);
    if (!menu->actions().contains(&action)) {
        for (QAction *each : rulesMenu()->actions()) {
            if (each->menu() != nullptr && each->menu()->actions().contains(&action))
                menu = each->menu();
        }
    }
    QVERIFY(menu->actions().contains(&action));
    click(*menu, action);
}

void TestRules::everySwitchIsInTheMenuAndExplained()
{
    QList<QAction *> all = rulesMenu()->actions();
    for (QAction *each : rulesMenu()->actions()) {
        if (each->menu() != nullptr)
            all += each->menu()->actions();
    }
    for (unsigned i = 0; i < kSwitchCount; ++i) {
        const auto which = static_cast<Switch>(i);
        QAction &action = m_window->rules()[which];
        QVERIFY2(all.contains(&action), switchName(which).data());
        QCOMPARE(action.toolTip(), switchText(which).detail);
        QCOMPARE(action.whatsThis(), switchText(which).detail);
        QVERIFY(action.isCheckable());
        QCOMPARE(action.isChecked(), kDefaultSwitches.contains(which));
    }
    for (const QAction *each : all)
        QVERIFY2(each->isSeparator() || each->menu() != nullptr || each->statusTip().endsWith(u'.'),
                 qPrintable(each->text()));
}

void TestRules::aClickSwitches_data()
{
    QTest::addColumn<int>("which");
    for (unsigned i = 0; i < kSwitchCount; ++i)
        QTest::newRow(std::string(switchName(static_cast<Switch>(i))).c_str()) << static_cast<int>(i);
}

void TestRules::aClickSwitches()
{
    QFETCH(int, which);
    const auto asked = static_cast<Switch>(which);
    const bool before = world().is(asked);
    clickSwitch(asked);
    QVERIFY(world().is(asked) == !before);
    QCOMPARE(m_window->rules()[asked].isChecked(), !before);
    QCOMPARE(session().log().size(), std::size_t{1});
    QVERIFY(verify(world()));
    session().undoStack().undo();
    QVERIFY(world().is(asked) == before);
    QCOMPARE(m_window->rules()[asked].isChecked(), before);
}

void TestRules::theToolBarEnforces()
{
    QWidget *button =
        m_window->findChild<QToolBar *>(u"toolBar"_s)->widgetForAction(&m_window->rules()[Switch::Enforce]);
    QVERIFY(button != nullptr && button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(world().is(Switch::Enforce));
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(!world().is(Switch::Enforce));
}

void TestRules::aPolicyIsChosenByMouse()
{
    auto *chooser = m_window->findChild<QToolButton *>(u"policy"_s);
    QVERIFY(chooser && chooser->isVisible());
    QCOMPARE(chooser->text(), u"Policy: NAC"_s);
    const QList<QAction *> choices = chooser->menu()->actions();
    QCOMPARE(choices.size(), 3);
    for (const QAction *each : choices)
        QVERIFY(!each->whatsThis().isEmpty());
    click(*chooser->menu(), *choices.at(2));
    QCOMPARE(world().policy, std::string("qemu"));
    QCOMPARE(chooser->text(), u"Policy: QEMU 7.2"_s);
    QVERIFY(choices.at(2)->isChecked() && !choices.at(0)->isChecked());
    m_window->session().undoStack().undo();
    QCOMPARE(world().policy, std::string("nac"));
    QVERIFY(choices.at(0)->isChecked());
}

void TestRules::theMenuFollowsTheWorld()
{
    World other = test::chainWorld({"base", "top"});
    setSwitch(other, Switch::StandingUsers, false);
    setSwitch(other, Switch::FaultNoDirtyBit, true);
    session().reset(other);
    QVERIFY(!m_window->rules()[Switch::StandingUsers].isChecked());
    QVERIFY(m_window->rules()[Switch::FaultNoDirtyBit].isChecked());
    session().submit(SetSwitchControl{Switch::Enforce, true});
    QVERIFY(m_window->rules()[Switch::Enforce].isChecked());
}

void TestRules::theTextOfTheRfcIsOneStep()
{
    session().submit(SetSwitchControl{Switch::BothRules, false});
    m_window->rules().literal().trigger();
    QVERIFY(!world().is(Switch::StandingUsers) && world().is(Switch::BothRules));
    QVERIFY(!m_window->rules().literal().isEnabled() && m_window->rules().standard().isEnabled());
    session().undoStack().undo();
    QVERIFY(world().is(Switch::StandingUsers) && !world().is(Switch::BothRules));
    m_window->rules().standard().trigger();
    QVERIFY(world().switches == kDefaultSwitches);
    QVERIFY(!m_window->rules().standard().isEnabled());
    QVERIFY(verify(world()));
}

void TestRules::theBadgeSaysWhatDiffers_data()
{
    QTest::addColumn<QStringList>("switched");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QStringList{} << QString();
    QTest::newRow("enforced") << QStringList{u"enforce"_s} << u"claims enforced"_s;
    QTest::newRow("legacy") << QStringList{u"legacy-2.8"_s} << u"op blockers of 2.8"_s;
    QTest::newRow("readings") << QStringList{u"P1"_s, u"N2"_s} << u"N2 P1 off"_s;
    QTest::newRow("several things") << QStringList{u"enforce"_s, u"P1"_s, u"image-locks"_s}
                                    << u"claims enforced, no image locks, P1 off"_s;
}

void TestRules::theBadgeSaysWhatDiffers()
{
    QFETCH(QStringList, switched);
    SwitchSet switches = kDefaultSwitches;
    for (const QString &name : switched) {
        const Switch which = *switchFromName(name.toStdString());
        if (switches.contains(which))
            switches.remove(which);
        else
            switches.insert(which);
    }
    QTEST(differencesText(switches), "text");
    QCOMPARE(differencesDetail(switches).isEmpty(), switched.isEmpty());
}

void TestRules::theBadgeIsThereWhenNeeded()
{
    auto *badge = m_window->findChild<RulesBadge *>();
    QVERIFY(!badge->isVisible());
    clickSwitch(Switch::FaultNoDirtyBit);
    QVERIFY(badge->isVisible());
    QVERIFY2(badge->text().contains(u"1 deliberate mistake"_s), qPrintable(badge->text()));
    QVERIFY(badge->menu()->actions().contains(&m_window->rules()[Switch::Enforce]));
    clickSwitch(Switch::FaultNoDirtyBit);
    QVERIFY(!badge->isVisible());
}

void TestRules::theFirstFindingIsTold()
{
    QCOMPARE(findings()->windowTitle(), u"Findings"_s);
    QVERIFY(!messages().isVisible());
    session().submit(GuestWriteControl{"vda", 3});
    QVERIFY2(findings()->windowTitle().contains(u'1'), qPrintable(findings()->windowTitle()));
    QVERIFY(messages().isVisible());
    QVERIFY2(messages().text().contains(u"guest vda wrote to top"_s), qPrintable(messages().text()));
    session().undoStack().undo();
    QCOMPARE(findings()->windowTitle(), u"Findings"_s);
    QVERIFY(!messages().isVisible());
    session().submit(GuestWriteControl{"vda", 3});
    QTest::mouseClick(messages().findChild<QPushButton *>(), Qt::LeftButton);
    QVERIFY(!messages().isVisible());
    QVERIFY(!findings()->visibleRegion().isEmpty());
    QVERIFY(session().selection() == views::Selection(*world().graph.findNode("top")));
}

void TestRules::aFileWithFindingsTellsOfThem()
{
    QVERIFY(m_window->files().openPath(
        QStringLiteral(BLOCKSCOPE_SOURCE_DIR "/resources/scenarios/seeded-mistake.blockscope")));
    QVERIFY(!world().findings->empty());
    QVERIFY(messages().isVisible());
    QVERIFY2(messages().text().startsWith(u"Something broke"_s), qPrintable(messages().text()));
    QVERIFY(m_window->findChild<RulesBadge *>()->isVisible());
}

QTEST_MAIN(TestRules)
#include "tst_rules.moc"
