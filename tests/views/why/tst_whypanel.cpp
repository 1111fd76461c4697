// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/worlds.h"
#include "views/why/whypanel.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QListView>
#include <QMainWindow>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace blockscope;
using namespace blockscope::views;

class TestWhyPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void emptyItTeaches();
    void aRefusalOpensIt();
    void anInvalidRequestSaysWhatIsWrong();
    void anAllowedRequestIsExplainedQuietly();
    void jobControlLeavesItAsItIs();
    void aSelectedReasonLightsUpItsNodeAndHolder();
    void theListIsWalkedByKeyboard();
    void remediesAreOfferedAndCarriedOut();
    void itSaysWhenTheRequestWouldBeAllowed();
    void anEarlierRefusalIsExplainedAgain();
    void askingChangesNothing();
    void itTellsWhatEachPolicySays();
    void aPastedErrorTextIsExplained();
    void copies();
    void aNewDocumentEmptiesIt();
    void aFileThatEndsInARefusalIsExplained();
    void undoShowsTheRefusalAgain();

private:
    [[nodiscard]] QPushButton *button(const QString &text) const;
    [[nodiscard]] QString allText() const;

    std::unique_ptr<Session> m_session;
    std::unique_ptr<QMainWindow> m_window;
    WhyPanel *m_panel = nullptr;
};

namespace {

const QmpCommand kCommit{"block-commit",
                         {{"device", "top"}, {"top-node", "mid2"}, {"base-node", "mid1"}, {"job-id", "c0"}}};
const QmpCommand kStream{"block-stream", {{"device", "top"}}};

} // namespace

void TestWhyPanel::init()
{
    m_session = std::make_unique<Session>();
    m_session->setSpeed({Speed::Mode::Manual});
    m_session->reset(test::chainWorld({"base", "mid1", "mid2", "top"}));
    m_window = std::make_unique<QMainWindow>();
    m_panel = new WhyPanel(*m_session, m_window.get());
    m_window->addDockWidget(Qt::RightDockWidgetArea, m_panel);
    m_window->resize(900, 700);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestWhyPanel::cleanup()
{
    m_window.reset();
    m_session.reset();
}

QPushButton *TestWhyPanel::button(const QString &text) const
{
    for (QPushButton *each : m_panel->findChildren<QPushButton *>()) {
        if (each->isVisible() && each->text().remove(u'&') == text)
            return each;
    }
    return nullptr;
}

QString TestWhyPanel::allText() const
{
    QStringList texts;
    for (const QLabel *label : m_panel->findChildren<QLabel *>()) {
        if (label->isVisible())
            texts += label->text();
    }
    return texts.join(u'\n');
}

void TestWhyPanel::emptyItTeaches()
{
    QVERIFY2(allText().contains(u"Drag an operation"_s), qPrintable(allText()));
    QVERIFY(m_session->highlight() == Highlight());
}

void TestWhyPanel::aRefusalOpensIt()
{
    m_session->submit(kCommit);
    m_panel->hide();
    const QSignalSpy attention(m_panel, &WhyPanel::attentionWanted);
    m_session->submit(kStream);
    QCOMPARE(attention.count(), 1);
    QVERIFY(m_panel->isVisible());
    QVERIFY2(allText().contains(u"block-stream of top was refused: commit c0 is overwriting mid1."_s),
             qPrintable(allText()));
    QCOMPARE(m_panel->findChild<QListView *>()->model()->rowCount(), 5);
}

void TestWhyPanel::anInvalidRequestSaysWhatIsWrong()
{
    m_session->submit(QmpCommand{"block-stream", {{"device", "nope"}}});
    QVERIFY2(allText().contains(u"Cannot find device='nope'"_s), qPrintable(allText()));
    QVERIFY(allText().contains(u"ARG-NODE"_s));
    QVERIFY(!m_panel->findChild<QListView *>()->isVisible());
}

void TestWhyPanel::anAllowedRequestIsExplainedQuietly()
{
    const QSignalSpy attention(m_panel, &WhyPanel::attentionWanted);
    m_session->submit(kCommit);
    QCOMPARE(attention.count(), 0);
    QCOMPARE(m_panel->explanation().kind, Outcome::Kind::Allowed);
    QVERIFY2(allText().contains(u"block-commit of mid2 was allowed"_s), qPrintable(allText()));
    // The commit itself is not among those that were asked.
    for (const ReasonText &reason : m_panel->explanation().reasons)
        QVERIFY2(!reason.holder || reason.holder->kind != Holder::Kind::Job, qPrintable(reason.holderName));
}

void TestWhyPanel::jobControlLeavesItAsItIs()
{
    m_session->submit(kCommit);
    m_session->submit(kStream);
    m_session->submit(QmpCommand{"job-pause", {{"id", "c0"}}});
    QCOMPARE(m_panel->explanation().kind, Outcome::Kind::Refused);
}

void TestWhyPanel::aSelectedReasonLightsUpItsNodeAndHolder()
{
    m_session->submit(kCommit);
    m_session->submit(kStream);
    const World &world = m_session->world();
    QCOMPARE(m_session->highlight().nodes, std::vector{*world.graph.findNode("mid1")});
    QCOMPARE(m_session->highlight().holders, std::vector{Holder::of(JobId{0})});
    auto *list = m_panel->findChild<QListView *>();
    list->setCurrentIndex(list->model()->index(4, 0));
    QCOMPARE(m_session->highlight().nodes, std::vector{*world.graph.findNode("top")});
    QVERIFY2(allText().contains(u"block-stream lets nobody else reconfigure the graph (GR) at top"_s),
             qPrintable(allText()));
}

void TestWhyPanel::theListIsWalkedByKeyboard()
{
    m_session->submit(kCommit);
    m_session->submit(kStream);
    auto *list = m_panel->findChild<QListView *>();
    list->setFocus();
    QTest::keyClick(list, Qt::Key_End);
    QCOMPARE(list->currentIndex().row(), 4);
    QTest::keyClick(list, Qt::Key_Home);
    QCOMPARE(list->currentIndex().row(), 0);
}

void TestWhyPanel::remediesAreOfferedAndCarriedOut()
{
    m_session->submit(kCommit);
    m_session->submit(kStream);
    QTRY_VERIFY(button(u"Wait for commit c0"_s) != nullptr);
    QVERIFY(button(u"Cancel commit c0"_s) != nullptr);
    QTest::mouseClick(button(u"Wait for commit c0"_s), Qt::LeftButton);
    QCOMPARE(m_panel->explanation().kind, Outcome::Kind::Allowed);
    const std::vector<JobId> jobs = m_session->world().liveJobs();
    QCOMPARE(jobs.size(), 1U);
    QCOMPARE(m_session->world().job(jobs.front()).type, std::string("stream"));
}

void TestWhyPanel::itSaysWhenTheRequestWouldBeAllowed()
{
    const QString again = u"Ask again: it would be allowed now"_s;
    m_session->submit(kCommit);
    m_session->submit(kStream);
    QVERIFY(button(again) == nullptr);
    m_session->submit(RunUntilControl{"c0"});
    QTRY_VERIFY(button(again) != nullptr);
    QTest::mouseClick(button(again), Qt::LeftButton);
    QCOMPARE(m_panel->explanation().kind, Outcome::Kind::Allowed);
    QVERIFY(button(again) == nullptr);
}

void TestWhyPanel::anEarlierRefusalIsExplainedAgain()
{
    m_session->submit(kCommit);
    m_session->submit(kStream);
    const QStringList reasons = reasonLines(m_panel->explanation());
    m_session->submit(RunUntilControl{"c0"});
    m_session->submit(QmpCommand{"block-stream", {{"device", "nowhere"}}});
    QCOMPARE(m_panel->explanation().kind, Outcome::Kind::Invalid);

    m_panel->presentAgain(1);
    QCOMPARE(m_panel->explanation().kind, Outcome::Kind::Refused);
    QCOMPARE(reasonLines(m_panel->explanation()).size(), reasons.size());
    QVERIFY(button(u"Ask again: it would be allowed now"_s) != nullptr);
    QVERIFY(button(u"Wait for commit c0"_s) == nullptr); // it has long ended

    m_session->undoStack().undo(); // the commit runs again
    m_session->submit(QmpCommand{"block-stream", {{"device", "nowhere"}}});
    m_panel->presentAgain(1);
    QCOMPARE(reasonLines(m_panel->explanation()), reasons);
    QTRY_VERIFY(button(u"Wait for commit c0"_s) != nullptr);
}

void TestWhyPanel::askingChangesNothing()
{
    m_session->submit(kCommit);
    const World before = m_session->world();
    m_panel->ask(kStream);
    QCOMPARE(m_panel->explanation().kind, Outcome::Kind::Refused);
    QVERIFY(m_session->world() == before);
    QTRY_VERIFY(button(u"Wait for commit c0"_s) != nullptr);
}

void TestWhyPanel::itTellsWhatEachPolicySays()
{
    m_session->submit(kCommit);
    m_session->submit(kStream);
    const QString text = allText();
    for (const QString &line :
         {u"NAC: refused"_s, u"QEMU 2.5: refused, “Node 'vda' is busy: block device is in use by block job: commit”"_s,
          u"QEMU 7.2: refused, “Node 'top' is busy: block device is in use by block job: commit”"_s})
        QVERIFY2(text.contains(line), qPrintable(text));
}

void TestWhyPanel::aPastedErrorTextIsExplained()
{
    m_session->submit(kCommit);
    QApplication::clipboard()->setText(u"Node 'mid2' is busy: block device is in use by block job: commit"_s);
    m_panel->hide();
    m_panel->pasteErrorText();
    QVERIFY(m_panel->isVisible());
    const QString text = allText();
    QVERIFY2(text.contains(u"mid2 is a node of the driver qcow2."_s), qPrintable(text));
    QVERIFY(text.contains(u"Wait for commit c0, or cancel it."_s));
    QCOMPARE(m_session->highlight().nodes, std::vector{*m_session->world().graph.findNode("mid2")});
    QVERIFY(m_session->world().job(JobId{0}).isActive());
    QApplication::clipboard()->setText(u"nothing that QEMU says"_s);
    button(u"Paste an error text"_s)->click();
    QVERIFY(allText().contains(u"not known"_s));
}

void TestWhyPanel::copies()
{
    m_session->submit(kCommit);
    m_session->submit(kStream);
    QTest::mouseClick(button(u"Copy as text"_s), Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(), toPlainText(m_panel->explanation()));
    QTest::mouseClick(button(u"Copy as Markdown"_s), Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(), toMarkdown(m_panel->explanation()));
}

void TestWhyPanel::aNewDocumentEmptiesIt()
{
    m_session->submit(kCommit);
    m_session->submit(kStream);
    m_session->reset(test::chainWorld({"a", "b"}));
    QVERIFY2(allText().contains(u"Drag an operation"_s), qPrintable(allText()));
    QVERIFY(m_panel->explanation().headline.isEmpty());
    QTest::qWait(0);
    QVERIFY(button(u"Wait for commit c0"_s) == nullptr);
}

void TestWhyPanel::aFileThatEndsInARefusalIsExplained()
{
    const World world = test::chainWorld({"base", "mid1", "mid2", "top"});
    m_session->reset(world, {kCommit, StepControl{"c0", 5}, kStream});
    QCOMPARE(m_panel->explanation().kind, Outcome::Kind::Refused);
    QCOMPARE(m_session->highlight().nodes, std::vector{*m_session->world().graph.findNode("mid1")});
    QTRY_VERIFY(button(u"Wait for commit c0"_s) != nullptr);
    m_session->reset(world, {kCommit, kStream, StepControl{"c0", 5}}); // and it may go on
    QCOMPARE(m_panel->explanation().kind, Outcome::Kind::Refused);
    m_session->reset(
        world, {SetSwitchControl{Switch::GraphLock, false}, ListControl{"r0", kStream}, kCommit, AcquireControl{"r0"}});
    QCOMPARE(m_panel->explanation().kind, Outcome::Kind::Refused);
    m_session->reset(world, {kCommit, kStream, RunUntilControl{"c0"}, kStream});
    QVERIFY(m_panel->explanation().headline.isEmpty());
}

void TestWhyPanel::undoShowsTheRefusalAgain()
{
    m_session->submit(kCommit);
    m_session->submit(kStream);
    const QString headline = m_panel->explanation().headline;
    m_session->submit(RunUntilControl{"c0"});
    m_session->submit(kStream);
    QCOMPARE(m_panel->explanation().kind, Outcome::Kind::Allowed);
    m_session->undoStack().undo();
    QCOMPARE(m_panel->explanation().kind, Outcome::Kind::Refused);
    QCOMPARE(m_panel->explanation().headline, headline);
    QVERIFY(button(u"Ask again: it would be allowed now"_s) != nullptr);
    m_session->undoStack().undo();
    QCOMPARE(m_panel->explanation().headline, headline);
    QTRY_VERIFY(button(u"Wait for commit c0"_s) != nullptr);
    m_session->undoStack().undo();
    QVERIFY(m_panel->explanation().headline.isEmpty());
}

QTEST_MAIN(TestWhyPanel)
#include "tst_whypanel.moc"
