// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "tests/support/worlds.h"
#include "views/findings/findingsmodel.h"
#include "views/findings/findingspanel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace blockscope;
using namespace blockscope::views;
using namespace Qt::StringLiterals;

namespace {

/// Two disks that were made read-only behind the backs of their guests: a write of either breaks something.
World brittleWorld()
{
    World world = test::diskWorld(2, 2);
    setReadOnly(world, *world.graph.findNode("d0-1"), true);
    setReadOnly(world, *world.graph.findNode("d1-1"), true);
    return world;
}

QString cell(const FindingsModel &model, int row, FindingsModel::Column column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class TestFindings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsFollowTheFindings();
    void undoTakesTheRowAway();
    void anotherDocumentBringsItsOwn();
    void whatWasStoppedIsNoDamage();
    void nothingBrokeIsSaid();
    void aSelectedFindingIsShownInTheGraph();
    void theGravestCanBeShown();
    void allIsCopiedAsText();
};

void TestFindings::rowsFollowTheFindings()
{
    Session session;
    session.reset(brittleWorld());
    FindingsModel model(session);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(model.findingAt(0) == nullptr);
    session.submit(GuestWriteControl{"vd0", 3});
    QCOMPARE(model.rowCount(), 1);
    session.submit(GuestWriteControl{"vd0", 4}); // the same thing once more is no news
    QCOMPARE(model.rowCount(), 1);
    session.submit(GuestWriteControl{"vd1", 3});
    QCOMPARE(model.rowCount(), 2);
    QVERIFY2(cell(model, 0, FindingsModel::Title).contains(u"guest vd0"_s),
             qPrintable(cell(model, 0, FindingsModel::Title)));
    QVERIFY(cell(model, 1, FindingsModel::Title).contains(u"d1-1"_s));
    QCOMPARE(cell(model, 0, FindingsModel::Kind), u"damage"_s);
    QCOMPARE(cell(model, 0, FindingsModel::Since), u"1"_s);
    QVERIFY(!model.index(0, FindingsModel::Kind).data(Qt::DecorationRole).value<QIcon>().isNull());
    QVERIFY(model.index(0, FindingsModel::Title).data(Qt::ToolTipRole).toString().contains(u"read-only"_s));
}

void TestFindings::undoTakesTheRowAway()
{
    Session session;
    session.reset(brittleWorld());
    FindingsModel model(session);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    session.submit(GuestWriteControl{"vd0", 3});
    QCOMPARE(model.rowCount(), 1);
    session.undoStack().undo();
    QCOMPARE(model.rowCount(), 0);
    session.undoStack().redo();
    QCOMPARE(model.rowCount(), 1);
}

void TestFindings::anotherDocumentBringsItsOwn()
{
    Session session;
    FindingsModel model(session);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    session.reset(brittleWorld(), {GuestWriteControl{"vd1", 1}});
    QCOMPARE(model.rowCount(), 1);
    session.reset(test::chainWorld({"base", "top"}));
    QCOMPARE(model.rowCount(), 0);
}

void TestFindings::whatWasStoppedIsNoDamage()
{
    Session session;
    session.setSpeed({Speed::Mode::Manual, 1});
    session.reset(test::chainWorld({"base", "mid", "top"}), {SetSwitchControl{Switch::Enforce, true}});
    FindingsModel model(session);
    session.submit(QmpCommand{
        "block-commit", {{"device", "top"}, {"top-node", "mid"}, {"base-node", "base"}, {"job-id", "c0"}}, {"base"}});
    session.submit(RunUntilControl{"c0", JobStatus::Null});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(cell(model, 0, FindingsModel::Kind), u"stopped"_s);
}

void TestFindings::nothingBrokeIsSaid()
{
    Session session;
    session.reset(brittleWorld());
    FindingsPanel panel(session);
    panel.show();
    const auto isSaid = [&panel] {
        const auto labels = panel.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
            return label->isVisible() && label->text().startsWith(u"Nothing broke"_s);
        });
    };
    QVERIFY(isSaid());
    session.submit(GuestWriteControl{"vd0", 3});
    QVERIFY(!isSaid());
    QVERIFY(panel.findChild<QTableView *>()->isVisible());
}

void TestFindings::aSelectedFindingIsShownInTheGraph()
{
    Session session;
    session.reset(brittleWorld());
    FindingsPanel panel(session);
    panel.resize(900, 240);
    panel.show();
    session.submit(GuestWriteControl{"vd0", 3});
    session.submit(GuestWriteControl{"vd1", 3});
    auto *table = panel.findChild<QTableView *>();
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualRect(table->model()->index(1, FindingsModel::Title)).center());
    const NodeId node = *session.world().graph.findNode("d1-1");
    QVERIFY(session.selection() == Selection(node));
    QVERIFY(session.highlight() == (Highlight{{node}, {Holder::of(UserId{1})}}));
    const auto labels = panel.findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->isVisible() && label->text().contains(u"First seen in step 2."_s);
    }));
    // A click on the same row brings it back.
    session.select({});
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualRect(table->model()->index(1, FindingsModel::Title)).center());
    QVERIFY(session.selection() == Selection(node));
}

void TestFindings::theGravestCanBeShown()
{
    Session session;
    World world = brittleWorld();
    const NodeId other = *world.graph.findNode("d0-0");
    FindingsPanel panel(session);
    panel.selectGravest();
    QVERIFY(session.selection() == Selection());
    world.findings.edit().push_back({Finding::Kind::AccessViolation, 0, other, Holder::of(UserId{0}), 0, {}, {}});
    session.reset(world);
    panel.selectGravest();
    QVERIFY(session.selection() == Selection(other));
    session.submit(GuestWriteControl{"vd1", 3});
    panel.selectGravest();
    QVERIFY(session.selection() == Selection(*session.world().graph.findNode("d1-1")));
}

void TestFindings::allIsCopiedAsText()
{
    Session session;
    session.reset(brittleWorld());
    FindingsPanel panel(session);
    panel.resize(900, 240);
    panel.show();
    session.submit(GuestWriteControl{"vd0", 3});
    session.submit(GuestWriteControl{"vd1", 3});
    QTest::mouseClick(panel.findChild<QToolButton *>(u"copyFindings"_s), Qt::LeftButton);
    const QString text = QApplication::clipboard()->text();
    QVERIFY2(text.contains(u"vd0"_s) && text.contains(u"vd1"_s) && text.endsWith(u'\n'), qPrintable(text));
}

QTEST_MAIN(TestFindings)
#include "tst_findings.moc"
