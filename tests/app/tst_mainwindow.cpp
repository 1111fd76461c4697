// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "app/appearance.h"
#include "app/exportdialog.h"
#include "app/filecommands.h"
#include "app/mainwindow.h"
#include "app/messagebar.h"
#include "app/settings.h"
#include "tests/support/worlds.h"
#include "views/graph/graphview.h"

#include <QClipboard>
#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace blockscope;
using namespace blockscope::app;

namespace {

const QmpCommand kStream{"block-stream", {{"device", "top"}, {"job-id", "s0"}}};

/// Presses a button of the next message box; repeated until there is one.
void answer(QMessageBox::StandardButton button)
{
    QTimer::singleShot(0, qApp, [button] {
        auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
        if (box == nullptr)
            return answer(button);
        QTest::mouseClick(box->button(button), Qt::LeftButton);
    });
}

void drop(QWidget &widget, const QList<QUrl> &urls)
{
    QMimeData data;
    data.setUrls(urls);
    const QPoint place = widget.rect().center();
    QDragEnterEvent enter(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&widget, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&widget, &event);
    QVERIFY(event.isAccepted());
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void welcomeIsShownWithoutAFile();
    void noKeyHasTwoMeanings();
    void everyActionIsExplained();
    void openedFileIsShownAndRemembered();
    void badFileIsReportedAndNothingIsLost();
    void droppedFileOpens();
    void furtherDroppedFilesGetWindowsOfTheirOwn();
    void titleTellsOfChanges();
    void closingAsksWhenThereAreChanges();
    void unchangedClosesAtOnce();
    void undoByKey();
    void anErrorTextIsPastedFromTheGraph();
    void messagesFollowTheTheme();
    void runAndHaltByMouse();
    void vmStopsByKey();
    void speedIsRemembered();
    void graphHasTheRoomAtFirst();
    void windowIsRestored();
    void anArrangementOfOtherPanelsIsNotRestored();
    void whyPanelCannotBeClosed();
    void aKeyBringsTheLegendToTheFront();
    void jobsOfAFileAreHalted();
    void pictureIsExported();
    void exportAdvisesWhenAPngIsLarge();
    void exportThatFailsSaysWhy();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QString makeFile(const QString &name, const std::vector<Event> &events = {});
    void show();
    QAction &action(ActionId id) { return m_window->actions()[id]; }
    MessageBar &messages() { return *m_window->findChild<MessageBar *>(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

void TestMainWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(path(u"settings.conf"_s));
    m_settings->setSpeed({views::Speed::Mode::Manual, 1});
    show();
}

void TestMainWindow::cleanup()
{
    m_window.reset();
    m_settings.reset();
}

void TestMainWindow::show()
{
    m_window = std::make_unique<MainWindow>(*m_settings);
    m_window->graph().setAnimated(false);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

QString TestMainWindow::makeFile(const QString &name, const std::vector<Event> &events)
{
    Scenario scenario;
    scenario.world = test::chainWorld({"base", "mid", "top"});
    for (const Event &event : events)
        scenario.events.push_back({event, {}, {}});
    QFile out(path(name));
    if (!out.open(QIODevice::WriteOnly))
        return {};
    out.write(writeScenario(scenario));
    return out.fileName();
}

void TestMainWindow::welcomeIsShownWithoutAFile()
{
    m_window->openWelcome();
    QVERIFY(m_window->session().world().graph.nodeCount() > 0);
    QTRY_VERIFY(!m_window->graph().isLayingOut());
    QVERIFY(!m_window->graph().graphScene().isEmpty());
    QVERIFY(!m_window->isWindowModified());
    QVERIFY(m_settings->recentFiles().isEmpty());
}

void TestMainWindow::noKeyHasTwoMeanings()
{
    QMap<QString, QString> seen;
    for (const QAction *each : m_window->actions().all()) {
        for (const QKeySequence &key : each->shortcuts()) {
            QVERIFY2(!key.toString().isEmpty() && !key.toString().contains(u"Unknown"_s), qPrintable(each->text()));
            QVERIFY2(!seen.contains(key.toString()),
                     qPrintable(u"%1: %2, %3"_s.arg(key.toString(), each->text(), seen.value(key.toString()))));
            seen.insert(key.toString(), each->text());
        }
    }
}

void TestMainWindow::everyActionIsExplained()
{
    for (const QAction *each : m_window->actions().all()) {
        QVERIFY2(each->statusTip().endsWith(u'.'), qPrintable(each->text()));
        QVERIFY2(!each->associatedObjects().isEmpty(), qPrintable(each->text()));
    }
    // No two entries of a menu have the same mnemonic.
    for (const QAction *top : m_window->menuBar()->actions()) {
        QStringList mnemonics;
        for (const QAction *each : top->menu()->actions()) {
            const QString key = QKeySequence::mnemonic(each->text()).toString();
            QVERIFY2(key.isEmpty() || !mnemonics.contains(key),
                     qPrintable(u"%1 in %2: %3"_s.arg(key, top->text(), each->text())));
            mnemonics.append(key);
        }
    }
}

void TestMainWindow::openedFileIsShownAndRemembered()
{
    const QString file = makeFile(u"a.blockscope"_s);
    QVERIFY(m_window->files().openPath(file));
    QCOMPARE(m_window->session().world().graph.nodes().size(), 6U);
    QVERIFY(m_window->windowTitle().contains(u"a.blockscope"_s));
    QCOMPARE(m_settings->recentFiles(), QStringList{file});

    QMenu examples;
    m_window->files().fillExamples(examples);
    Q_EMIT examples.aboutToShow();
    Q_EMIT examples.aboutToShow(); // once is enough
    QCOMPARE(examples.actions().size(), QDir(u":/scenarios"_s).entryList().size());
    for (const QAction *example : examples.actions())
        QVERIFY2(example->text().contains(u' '), qPrintable(example->text()));

    QMenu recent;
    m_window->files().fillRecent(recent);
    QVERIFY(m_window->files().openPath(makeFile(u"b.blockscope"_s)));
    Q_EMIT recent.aboutToShow();
    QVERIFY(recent.actions().at(1)->text().contains(u"a.blockscope"_s));
    recent.actions().at(1)->trigger();
    QCOMPARE(m_window->document().path(), file);
}

void TestMainWindow::badFileIsReportedAndNothingIsLost()
{
    QVERIFY(m_window->files().openPath(makeFile(u"a.blockscope"_s)));
    const World world = m_window->session().world();
    QFile bad(path(u"bad.blockscope"_s));
    QVERIFY(bad.open(QIODevice::WriteOnly));
    bad.write("{\n  \"blockscope\": 1,\n  oops\n}");
    bad.close();

    QVERIFY(!m_window->files().openPath(bad.fileName()));

    QVERIFY(messages().isVisible());
    QVERIFY2(messages().text().contains(bad.fileName()), qPrintable(messages().text()));
    QVERIFY2(messages().text().contains(u"3"_s), "The line is named.");
    QVERIFY(m_window->session().world() == world);
    QVERIFY(m_window->windowTitle().contains(u"a.blockscope"_s));
    QTest::keyClick(&messages(), Qt::Key_Escape);
    QVERIFY(!messages().isVisible());
}

void TestMainWindow::droppedFileOpens()
{
    drop(*m_window, {QUrl::fromLocalFile(makeFile(u"a.blockscope"_s))});
    QTRY_VERIFY(m_window->windowTitle().contains(u"a.blockscope"_s));
    // The graph takes operations; files are for the window.
    drop(*m_window->graph().viewport(), {QUrl::fromLocalFile(makeFile(u"b.blockscope"_s))});
    QTRY_VERIFY(m_window->windowTitle().contains(u"b.blockscope"_s));
}

void TestMainWindow::furtherDroppedFilesGetWindowsOfTheirOwn()
{
    QSignalSpy windows(m_window.get(), &MainWindow::windowRequested);
    drop(*m_window,
         {QUrl::fromLocalFile(makeFile(u"a.blockscope"_s)), QUrl::fromLocalFile(makeFile(u"b.blockscope"_s))});
    QTRY_COMPARE(windows.size(), 1);
    QCOMPARE(windows.front().at(0).toString(), path(u"b.blockscope"_s));
}

void TestMainWindow::titleTellsOfChanges()
{
    const QString file = makeFile(u"a.blockscope"_s);
    QVERIFY(m_window->files().openPath(file));
    QVERIFY(!m_window->isWindowModified());
    m_window->session().submit(kStream);
    QVERIFY(m_window->isWindowModified());
    action(ActionId::Save).trigger();
    QVERIFY(!m_window->isWindowModified());
}

void TestMainWindow::closingAsksWhenThereAreChanges()
{
    const QString file = makeFile(u"a.blockscope"_s);
    QVERIFY(m_window->files().openPath(file));
    m_window->session().submit(kStream);

    answer(QMessageBox::Cancel);
    QVERIFY(!m_window->close());
    QVERIFY(m_window->isVisible());
    answer(QMessageBox::Save);
    QVERIFY(m_window->close());
    Document saved(m_window->session());
    QVERIFY(!saved.open(file));
    QCOMPARE(saved.scenario().events.size(), 1U);
}

void TestMainWindow::unchangedClosesAtOnce()
{
    m_window->openWelcome();
    QVERIFY(m_window->close());
}

void TestMainWindow::undoByKey()
{
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QVERIFY(m_window->files().openPath(makeFile(u"a.blockscope"_s)));
    const World world = m_window->session().world();
    QVERIFY(!action(ActionId::Undo).isEnabled());
    m_window->session().submit(kStream);
    QVERIFY(action(ActionId::Undo).text().contains(u"block-stream"_s));
    QTest::keySequence(m_window.get(), QKeySequence(u"Ctrl+Z"_s));
    QVERIFY(m_window->session().world() == world);
    QTest::keySequence(m_window.get(), QKeySequence(u"Ctrl+Shift+Z"_s));
    QCOMPARE(m_window->session().world().jobs.size(), 1U);
}

void TestMainWindow::anErrorTextIsPastedFromTheGraph()
{
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QVERIFY(m_window->files().openPath(makeFile(u"a.blockscope"_s)));
    QGuiApplication::clipboard()->setText(u"Node 'mid' is busy: node is used as backing hd of 'top'"_s);
    auto *graph = m_window->findChild<views::GraphView *>();
    graph->setFocus();
    QTest::keySequence(graph, QKeySequence::Paste);
    const auto labels = m_window->findChild<QDockWidget *>(u"why"_s)->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(),
                        [](const QLabel *label) { return label->text().contains(u"mid is a node"_s); }));
}

void TestMainWindow::messagesFollowTheTheme()
{
    messages().show(MessageBar::Kind::Information, u"Something"_s);
    for (const ThemeChoice choice : {ThemeChoice::Dark, ThemeChoice::Light}) {
        applyTheme(choice);
        QTRY_COMPARE(messages().palette().color(QPalette::Window).lightness() < 128, choice == ThemeChoice::Dark);
        QTRY_COMPARE(messages().palette().color(QPalette::ButtonText).lightness() < 128, choice == ThemeChoice::Light);
    }
    applyTheme(ThemeChoice::System);
}

void TestMainWindow::runAndHaltByMouse()
{
    QVERIFY(m_window->files().openPath(makeFile(u"a.blockscope"_s)));
    m_window->session().submit(kStream);
    QWidget *button = m_window->findChild<QToolBar *>(u"toolBar"_s)->widgetForAction(&action(ActionId::RunJobs));
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(m_window->session().isHalted());
    const Tick clock = m_window->session().world().clock;
    action(ActionId::StepJobs).trigger();
    QCOMPARE(m_window->session().world().clock, clock + 1);
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(!m_window->session().isHalted());
}

void TestMainWindow::vmStopsByKey()
{
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QVERIFY(m_window->files().openPath(makeFile(u"a.blockscope"_s)));
    QVERIFY(m_window->session().world().isVmRunning());
    QTest::keySequence(m_window.get(), QKeySequence(u"Ctrl+Shift+R"_s));
    QVERIFY(!m_window->session().world().isVmRunning());
    QVERIFY(!action(ActionId::GuestWrite).isEnabled());
    QTest::keySequence(m_window.get(), QKeySequence(u"Ctrl+Shift+R"_s));
    QVERIFY(m_window->session().world().isVmRunning());
    QTest::keySequence(m_window.get(), QKeySequence(u"Ctrl+G"_s));
    QCOMPARE(m_window->session().log().size(), 3U);
}

void TestMainWindow::speedIsRemembered()
{
    action(ActionId::Faster).trigger();
    const views::Speed speed = m_window->session().speed();
    QVERIFY(speed.mode == views::Speed::Mode::Limited);
    m_window.reset();
    show();
    QVERIFY(m_window->session().speed() == speed);
}

// On the small screen of the tests.
void TestMainWindow::graphHasTheRoomAtFirst()
{
    QVERIFY(m_window->width() < 1000);
    QVERIFY(2 * m_window->graph().width() >= m_window->width());
    QVERIFY(2 * m_window->graph().height() >= m_window->height());
    for (const QString &name : {u"operations"_s, u"why"_s, u"jobs"_s})
        QVERIFY(m_window->findChild<QDockWidget *>(name)->isVisible());
    QVERIFY(m_window->findChild<QDockWidget *>(u"why"_s)->minimumSizeHint().height() < 160); // whatever it says
}

void TestMainWindow::windowIsRestored()
{
    m_window->resize(900, 640);
    m_window->findChild<QDockWidget *>(u"events"_s)->hide();
    QVERIFY(m_window->close());
    show();
    QCOMPARE(m_window->size(), QSize(900, 640));
    QVERIFY(m_window->findChild<QDockWidget *>(u"events"_s)->isHidden());
    action(ActionId::ResetWindow).trigger();
    QVERIFY(!m_window->findChild<QDockWidget *>(u"events"_s)->isHidden());
}

// As an earlier version saved it, when there were fewer panels: a new one would be squeezed in anywhere.
void TestMainWindow::anArrangementOfOtherPanelsIsNotRestored()
{
    m_window->findChild<QDockWidget *>(u"events"_s)->hide();
    m_settings->setWindow(m_window->saveGeometry(), m_window->saveState());
    show();
    QVERIFY(!m_window->findChild<QDockWidget *>(u"events"_s)->isHidden());
}

void TestMainWindow::whyPanelCannotBeClosed()
{
    auto *why = m_window->findChild<QDockWidget *>(u"why"_s);
    QVERIFY(why->isVisible());
    QVERIFY(!why->features().testFlag(QDockWidget::DockWidgetClosable));
}

void TestMainWindow::aKeyBringsTheLegendToTheFront()
{
    const auto isSeen = [this](const QString &dock) {
        return !m_window->findChild<QDockWidget *>(dock)->visibleRegion().isEmpty();
    };
    QVERIFY(isSeen(u"operations"_s) && !isSeen(u"legend"_s));
    QTest::keyClick(m_window.get(), Qt::Key_7, Qt::AltModifier);
    QTRY_VERIFY(isSeen(u"legend"_s) && !isSeen(u"operations"_s));
    QVERIFY(m_window->findChild<QDockWidget *>(u"legend"_s)->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(m_window.get(), Qt::Key_2, Qt::AltModifier);
    QTRY_VERIFY(isSeen(u"operations"_s) && !isSeen(u"legend"_s));
}

void TestMainWindow::jobsOfAFileAreHalted()
{
    views::Session &session = m_window->session();
    session.setSpeed({views::Speed::Mode::Unlimited, 1});
    const QString running = makeFile(u"a.blockscope"_s, {kStream, StepControl{"s0", 3}});
    QVERIFY(m_window->files().openPath(running));
    QVERIFY(session.isHalted());
    QVERIFY(messages().isVisible());
    QCOMPARE(session.world().clock, Tick(4));

    QTest::mouseClick(messages().findChild<QPushButton *>(), Qt::LeftButton);
    QVERIFY(!session.isHalted());
    QVERIFY(!messages().isVisible());

    QVERIFY(m_window->files().openPath(running));
    QVERIFY(session.isHalted());
    session.submit(QmpCommand{"blockdev-add", {{"driver", "null-co"}, {"node-name", "n"}}});
    QVERIFY(session.isHalted());
    // Who starts a job wants to see it run.
    const Outcome started = session.submit(
        QmpCommand{"blockdev-backup", {{"device", "base"}, {"target", "n"}, {"sync", "full"}, {"job-id", "b0"}}});
    QCOMPARE(session.isHalted(), started.kind != Outcome::Kind::Allowed);
    session.undoStack().setClean();
    QVERIFY(m_window->files().openPath(makeFile(u"b.blockscope"_s)));
    QVERIFY(!session.isHalted());
}

void TestMainWindow::pictureIsExported()
{
    m_settings->setPictureFolder(m_folder->path());
    QVERIFY(m_window->files().openPath(makeFile(u"a.blockscope"_s)));
    for (const char *suffix : {"png", "svg", "pdf", "dot"}) {
        action(ActionId::Export).trigger();
        auto *dialog = m_window->findChild<ExportDialog *>();
        QVERIFY(dialog != nullptr);
        QVERIFY(dialog->path().startsWith(m_folder->path()));
        const QString file = path(u"out."_s + QString::fromUtf8(suffix));
        dialog->findChild<QLineEdit *>()->setText(file);
        QSignalSpy exports(dialog, &ExportDialog::exported);
        for (QPushButton *button : dialog->findChildren<QPushButton *>()) {
            if (button->isDefault())
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QVERIFY(exports.wait(20000));
        QVERIFY(QFileInfo(file).size() > 500);
        QVERIFY(messages().text().contains(u"out."_s));
        QTRY_VERIFY(m_window->findChild<ExportDialog *>() == nullptr);
    }
}

void TestMainWindow::exportAdvisesWhenAPngIsLarge()
{
    QVERIFY(m_window->files().openPath(QStringLiteral(BLOCKSCOPE_TEST_DATA "/graphs/107-disks-200-tree.json")));
    action(ActionId::Export).trigger();
    auto *dialog = m_window->findChild<ExportDialog *>();
    QVERIFY(dialog != nullptr);
    const auto *advice = dialog->findChild<QLabel *>(u"advice"_s);
    auto *file = dialog->findChild<QLineEdit *>();
    QVERIFY(advice->isVisible());
    QVERIFY2(advice->text().contains(u"SVG or PDF"_s), qPrintable(advice->text()));
    file->setText(path(u"out.svg"_s));
    QVERIFY(advice->isHidden());
    file->setText(path(u"out.png"_s));
    QVERIFY(advice->isVisible());
    dialog->findChild<QSpinBox *>()->setValue(1);
    QVERIFY(advice->isHidden());
    dialog->reject();
}

void TestMainWindow::exportThatFailsSaysWhy()
{
    action(ActionId::Export).trigger();
    auto *dialog = m_window->findChild<ExportDialog *>();
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    dialog->findChild<QLineEdit *>()->setText(path(QString(80, u'x') + u"/no/such/folder/picture.svg"_s));
    QTest::keyClick(dialog, Qt::Key_Return);
    const auto *error = dialog->findChild<QLabel *>(u"error"_s);
    QTRY_VERIFY2(error->text().contains(u"cannot be written"_s), qPrintable(error->text()));
    QVERIFY(dialog->isVisible());
    QTRY_VERIFY(error->height() >= error->heightForWidth(error->width()));
    dialog->reject();
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
