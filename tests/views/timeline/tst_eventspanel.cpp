// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "tests/support/worlds.h"
#include "views/timeline/eventsmodel.h"
#include "views/timeline/eventspanel.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace blockscope;
using namespace blockscope::views;

namespace {

QmpCommand commit(const char *top, const char *base, const char *job)
{
    return {"block-commit", {{"device", "top"}, {"top-node", top}, {"base-node", base}, {"job-id", job}}};
}

/// A shown panel; a commit runs, and a second one over the same nodes was refused.
struct Fixture
{
    Session session;
    EventsPanel panel{session};
    QTableView *table = panel.findChild<QTableView *>();

    Fixture()
    {
        session.setSpeed({Speed::Mode::Manual, 1});
        session.reset(test::chainWorld({"base", "mid", "top"}, "vda"));
        panel.resize(900, 240);
        panel.show();
    }

    void fill()
    {
        QCOMPARE(session.submit(commit("mid", "base", "c0")).kind, Outcome::Kind::Allowed);
        QCOMPARE(session.submit(commit("mid", "base", "c1")).kind, Outcome::Kind::Refused);
    }
    QString text(int row, int column) const { return table->model()->index(row, column).data().toString(); }
    QPoint place(int row) const { return table->visualRect(table->model()->index(row, 1)).center(); }
};

} // namespace

class TestEventsPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theModelKeepsItsPromises();
    void everyEventHasItsRow();
    void emptyUntilSomethingHappens();
    void aDoubleClickSelectsWhatItIsAbout();
    void aRefusalIsExplainedAgain();
};

void TestEventsPanel::theModelKeepsItsPromises()
{
    Session session;
    session.setSpeed({Speed::Mode::Manual, 1});
    EventsModel model(session);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    session.reset(test::chainWorld({"base", "mid", "top"}, "vda"), {commit("mid", "base", "c0")});
    QCOMPARE(model.rowCount(), 1);
    session.stepAll();
    session.stepAll();
    QCOMPARE(model.rowCount(), 2); // two steps of one job are one row
    session.submit(commit("mid", "base", "c1"));
    session.submit(GuestWriteControl{"vda", 0});
    QCOMPARE(model.rowCount(), static_cast<int>(session.log().size()));
    session.undoStack().undo();
    QCOMPARE(model.rowCount(), static_cast<int>(session.log().size()));
    session.undoStack().redo();
    session.reset(World());
    QCOMPARE(model.rowCount(), 0);
}

void TestEventsPanel::everyEventHasItsRow()
{
    Fixture f;
    f.fill();
    QCOMPARE(f.table->model()->rowCount(), 2);
    QVERIFY2(f.text(0, EventsModel::EventColumn).contains(QLatin1String("block-commit")),
             qPrintable(f.text(0, EventsModel::EventColumn)));
    QCOMPARE(f.text(0, EventsModel::OutcomeColumn), QStringLiteral("Allowed"));
    QVERIFY2(f.text(1, EventsModel::OutcomeColumn).startsWith(QLatin1String("Refused: ")),
             qPrintable(f.text(1, EventsModel::OutcomeColumn)));
}

void TestEventsPanel::emptyUntilSomethingHappens()
{
    Fixture f;
    QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
    QVERIFY(!f.table->isVisible());
    QVERIFY(f.panel.findChild<QLabel *>()->isVisible());
    f.fill();
    QVERIFY(f.table->isVisible());
}

void TestEventsPanel::aDoubleClickSelectsWhatItIsAbout()
{
    Fixture f;
    f.fill();
    QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
    const QSignalSpy wanted(&f.panel, &EventsPanel::explanationWanted);
    QTest::mouseClick(f.table->viewport(), Qt::LeftButton, {}, f.place(0));
    QTest::mouseDClick(f.table->viewport(), Qt::LeftButton, {}, f.place(0));
    QCOMPARE(f.session.selection(), Selection(JobId{0}));
    QCOMPARE(wanted.size(), 0);
}

void TestEventsPanel::aRefusalIsExplainedAgain()
{
    Fixture f;
    f.fill();
    QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
    const QSignalSpy wanted(&f.panel, &EventsPanel::explanationWanted);
    QTest::mouseClick(f.table->viewport(), Qt::LeftButton, {}, f.place(1));
    QTest::keyClick(f.table, Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.front().front().value<std::size_t>(), std::size_t{1});
    QCOMPARE(f.session.selection(), Selection(*f.session.world().graph.findNode("top")));
}

QTEST_MAIN(TestEventsPanel)
#include "tst_eventspanel.moc"
