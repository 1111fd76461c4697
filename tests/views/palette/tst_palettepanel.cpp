// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "engine/operations/catalogue.h"
#include "tests/support/worlds.h"
#include "views/common/operationmime.h"
#include "views/palette/operationtext.h"
#include "views/palette/palettepanel.h"
#include "views/palette/palettetree.h"

#include <QApplication>
#include <QDrag>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace blockscope;
using namespace blockscope::views;
using namespace Qt::StringLiterals;

class TestPalettePanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void everyOperationIsThereAndExplained();
    void aPressAndAMoveStartADrag();
    void familiesAreNotDragged();
    void theDragSaysWhatItIs_data();
    void theDragSaysWhatItIs();
    void filters();
    void familiesOpenForTheFilter();
    void familiesCountWhatMayStart();
    void saysHowMuchHappensHere();
    void showsTheVerdictOnTheSelection();
    void enterAsksForTheSelectedNode();
    void enterWithoutANodeCarries();

private:
    [[nodiscard]] QPoint placeOf(const char *operation) const;

    std::unique_ptr<Session> m_session;
    std::unique_ptr<PalettePanel> m_panel;
};

void TestPalettePanel::init()
{
    m_session = std::make_unique<Session>();
    m_session->setHalted(true);
    m_session->reset(test::chainWorld({"base", "mid", "top"}, "vda"));
    m_panel = std::make_unique<PalettePanel>(*m_session);
    m_panel->resize(260, 600);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
}

void TestPalettePanel::cleanup()
{
    m_panel.reset();
    m_session.reset();
}

QPoint TestPalettePanel::placeOf(const char *operation) const
{
    return m_panel->tree().visualItemRect(m_panel->tree().itemOf(operation)).center();
}

void TestPalettePanel::everyOperationIsThereAndExplained()
{
    for (const Operation *operation : operations()) {
        const QTreeWidgetItem *item = m_panel->tree().itemOf(operation->name);
        QVERIFY2(item != nullptr, operation->name.data());
        QVERIFY(PaletteTree::operationOf(item) == operation);
        QCOMPARE(item->parent()->text(0), familyName(operation->family));
        QVERIFY2(descriptionOf(*operation).endsWith(u'.'), operation->name.data());
        QVERIFY2(!iconOf(*operation).isNull(), operation->name.data());
    }
}

void TestPalettePanel::aPressAndAMoveStartADrag()
{
    QByteArray dragged;
    m_panel->tree().setDragStarter([&](QDrag &drag) {
        dragged = drag.mimeData()->data(operationMimeType());
        QVERIFY(!drag.pixmap().isNull());
    });
    const QPoint from = placeOf("block-stream");
    QWidget *viewport = m_panel->tree().viewport();
    QTest::mousePress(viewport, Qt::LeftButton, {}, from);
    for (int i = 1; i <= 4; ++i) {
        const QPoint to = from + QPoint(0, i * QApplication::startDragDistance());
        QMouseEvent move(QEvent::MouseMove, to, viewport->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(viewport, &move);
    }
    QTest::mouseRelease(viewport, Qt::LeftButton, {}, from);
    QCOMPARE(dragged, QByteArray("block-stream"));
}

void TestPalettePanel::familiesAreNotDragged()
{
    bool isDragged = false;
    m_panel->tree().setDragStarter([&](QDrag &) { isDragged = true; });
    const QPoint from = m_panel->tree().visualItemRect(m_panel->tree().topLevelItem(0)).center();
    QWidget *viewport = m_panel->tree().viewport();
    QTest::mousePress(viewport, Qt::LeftButton, {}, from);
    for (int i = 1; i <= 4; ++i) {
        const QPoint to = from + QPoint(0, i * QApplication::startDragDistance());
        QMouseEvent move(QEvent::MouseMove, to, viewport->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(viewport, &move);
    }
    QTest::mouseRelease(viewport, Qt::LeftButton, {}, from);
    QVERIFY(!isDragged);
}

void TestPalettePanel::theDragSaysWhatItIs_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("isOperation");
    QTest::newRow("ours") << operationMimeType() << QByteArray("block-commit") << true;
    QTest::newRow("unknown operation") << operationMimeType() << QByteArray("block-nothing") << false;
    QTest::newRow("empty") << operationMimeType() << QByteArray() << false;
    QTest::newRow("a file") << u"text/uri-list"_s << QByteArray("file:///block-commit") << false;
}

void TestPalettePanel::theDragSaysWhatItIs()
{
    QFETCH(const QString, format);
    QFETCH(const QByteArray, content);
    QMimeData data;
    data.setData(format, content);
    QTEST(operationIn(&data) != nullptr, "isOperation");
    QVERIFY(operationIn(nullptr) == nullptr);
}

void TestPalettePanel::filters()
{
    auto *field = m_panel->findChild<QLineEdit *>();
    QTest::keyClicks(static_cast<QWidget *>(field), u"stream"_s);
    QVERIFY(!m_panel->tree().itemOf("block-stream")->isHidden());
    QVERIFY(m_panel->tree().itemOf("block-commit")->isHidden());
    QVERIFY(m_panel->tree().itemOf("stop")->parent()->isHidden());
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(field->text().isEmpty());
    QVERIFY(!m_panel->tree().itemOf("block-commit")->isHidden());
    QVERIFY(!m_panel->tree().itemOf("stop")->parent()->isHidden());
}

void TestPalettePanel::familiesOpenForTheFilter()
{
    QTreeWidgetItem *guest = m_panel->tree().itemOf(Family::Guest);
    QTreeWidgetItem *jobs = m_panel->tree().itemOf(Family::Jobs);
    QVERIFY(jobs->isExpanded() && m_panel->tree().itemOf(Family::Graph)->isExpanded());
    guest->setExpanded(false);
    auto *field = m_panel->findChild<QLineEdit *>();
    QTest::keyClicks(static_cast<QWidget *>(field), u"STOP"_s);
    QVERIFY(guest->isExpanded() && !m_panel->tree().itemOf("stop")->isHidden());
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!guest->isExpanded() && jobs->isExpanded());
    // By keyboard, too.
    m_panel->tree().setCurrentItem(guest);
    QTest::keyClick(&m_panel->tree(), Qt::Key_Return);
    QVERIFY(guest->isExpanded());
}

void TestPalettePanel::familiesCountWhatMayStart()
{
    const QTreeWidgetItem *jobs = m_panel->tree().itemOf(Family::Jobs);
    QVERIFY(jobs->text(1).isEmpty());
    m_session->select(*m_session->world().graph.findNode("top"));
    const int before = jobs->text(1).toInt();
    QVERIFY(before > 0);
    m_session->submit(QmpCommand{"block-commit", {{"device", "top"}, {"top-node", "mid"}, {"base-node", "base"}}});
    QTRY_VERIFY(jobs->text(1).toInt() < before);
}

void TestPalettePanel::saysHowMuchHappensHere()
{
    for (const Operation *operation : operations()) {
        const QString tip = m_panel->tree().itemOf(operation->name)->toolTip(0);
        QCOMPARE(tip.contains(u"implified here"_s), operation->fidelity == Fidelity::Simplified);
        QCOMPARE(tip.contains(u"udged only"_s), operation->fidelity == Fidelity::JudgedOnly);
    }
    Operation made = kBlockStream;
    made.fidelity = Fidelity::JudgedOnly;
    QVERIFY(tipOf(made).contains(u"Judged only"_s));
    made.fidelity = Fidelity::Simplified;
    QVERIFY(tipOf(made).contains(u"Simplified"_s));
}

void TestPalettePanel::showsTheVerdictOnTheSelection()
{
    const auto tip = [&](const char *operation) { return m_panel->tree().itemOf(operation)->toolTip(1); };
    QVERIFY(tip("block-stream").isEmpty());
    m_session->select(*m_session->world().graph.findNode("top"));
    QCOMPARE(tip("block-stream"), u"Allowed"_s);
    m_session->submit(QmpCommand{"block-commit", {{"device", "top"}, {"top-node", "mid"}, {"base-node", "base"}}});
    QTRY_VERIFY(tip("block-stream") != u"Allowed"_s);
    QVERIFY(tip("block-stream").contains("commit"_L1));
}

void TestPalettePanel::enterAsksForTheSelectedNode()
{
    QSignalSpy requested(m_panel.get(), &PalettePanel::operationRequested);
    const NodeId top = *m_session->world().graph.findNode("top");
    m_session->select(top);
    m_panel->tree().setCurrentItem(m_panel->tree().itemOf("block-stream"));
    QTest::keyClick(&m_panel->tree(), Qt::Key_Return);
    QCOMPARE(requested.count(), 1);
    QCOMPARE(requested.front().at(0).toString(), u"block-stream"_s);
    QVERIFY(requested.front().at(1).value<NodeId>() == top);
}

void TestPalettePanel::enterWithoutANodeCarries()
{
    QSignalSpy requested(m_panel.get(), &PalettePanel::operationRequested);
    QSignalSpy carried(m_panel.get(), &PalettePanel::carryRequested);
    m_panel->tree().setCurrentItem(m_panel->tree().itemOf("block-stream"));
    QTest::keyClick(&m_panel->tree(), Qt::Key_Return);
    QCOMPARE(carried.count(), 1);
    QCOMPARE(requested.count(), 0);
    m_panel->tree().setCurrentItem(m_panel->tree().itemOf("stop"));
    QTest::keyClick(&m_panel->tree(), Qt::Key_Return);
    QCOMPARE(requested.count(), 1);
    QVERIFY(!requested.front().at(1).value<NodeId>().isValid());
}

QTEST_MAIN(TestPalettePanel)
#include "tst_palettepanel.moc"
