// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "tests/support/graphs.h"
#include "tests/support/worlds.h"
#include "views/graph/dropverdicts.h"

#include <QSignalSpy>
#include <QTest>

#include <set>

using namespace blockscope;
using namespace blockscope::views;

class TestDropVerdicts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyNodeIsJudged_data();
    void everyNodeIsJudged();
    void slicesAreShort();
    void theFirstAreJudgedFirst();
    void followsWhatIsHeld();
    void dataChangesNoVerdict();
    void marksTellRefusedFromMeaningless();
};

void TestDropVerdicts::everyNodeIsJudged_data()
{
    QTest::addColumn<QByteArray>("operation");
    for (const Operation *operation : operations())
        QTest::newRow(operation->name.data()) << QByteArray(operation->name.data());
}

void TestDropVerdicts::everyNodeIsJudged()
{
    QFETCH(const QByteArray, operation);
    Session session;
    session.setHalted(true);
    session.reset(test::chainWorld({"base", "mid", "top"}, "vda"));
    session.submit(QmpCommand{"block-commit", {{"device", "top"}, {"top-node", "mid"}, {"base-node", "base"}}});
    const Operation &asked = *findOperation(operation.toStdString());
    DropVerdicts verdicts(session);
    std::set<NodeId> judged;
    connect(&verdicts, &DropVerdicts::judged, this,
            [&](const std::vector<NodeId> &nodes) { judged.insert(nodes.begin(), nodes.end()); });
    const std::vector<NodeId> nodes = session.world().graph.nodes();
    verdicts.start(asked, nodes);
    QTRY_VERIFY(!verdicts.isBusy());
    QCOMPARE(judged.size(), nodes.size());
    const std::vector<NodeId> spare = spareNodes(session.world());
    for (NodeId id : nodes) {
        const Offer expected = offerOn(session.world(), asked, id, spare);
        QVERIFY(verdicts.offer(id).kind == expected.kind);
        QVERIFY(verdicts.offer(id).verdict == expected.verdict);
        QVERIFY(expected.kind == Offer::Kind::Allowed || !expected.reason.isEmpty());
    }
}

// 2,000 nodes: the event loop must be free again within 50 ms, of which the slice itself gets a part.
void TestDropVerdicts::slicesAreShort()
{
    Session session;
    session.setHalted(true);
    session.reset(test::diskWorld(100, 10, 8));
    QCOMPARE(session.world().graph.nodes().size(), std::size_t{2000});
    DropVerdicts verdicts(session);
    QElapsedTimer sinceLast;
    qint64 longest = 0;
    connect(&verdicts, &DropVerdicts::judged, this, [&] { longest = std::max(longest, sinceLast.restart()); });
    sinceLast.start();
    verdicts.start(kBlockStream, session.world().graph.nodes());
    QTRY_VERIFY(!verdicts.isBusy());
    QVERIFY2(longest < 50, qPrintable(QStringLiteral("a slice took %1 ms").arg(longest)));
}

void TestDropVerdicts::theFirstAreJudgedFirst()
{
    Session session;
    session.reset(test::diskWorld(3, 2));
    DropVerdicts verdicts(session);
    std::vector<NodeId> judged;
    connect(&verdicts, &DropVerdicts::judged, this,
            [&](const std::vector<NodeId> &nodes) { judged.insert(judged.end(), nodes.begin(), nodes.end()); });
    std::vector<NodeId> order = session.world().graph.nodes();
    std::reverse(order.begin(), order.end());
    verdicts.start(kBlockStream, order);
    QTRY_COMPARE(judged, order);
}

void TestDropVerdicts::followsWhatIsHeld()
{
    Session session;
    session.setHalted(true);
    session.reset(test::chainWorld({"base", "mid", "top"}, "vda"));
    DropVerdicts verdicts(session);
    const NodeId top = test::nodeNamed(session.world(), "top");
    verdicts.start(kBlockStream, session.world().graph.nodes());
    QTRY_VERIFY(!verdicts.isBusy());
    QVERIFY(verdicts.offer(top).kind == Offer::Kind::Allowed);
    session.submit(QmpCommand{"block-commit", {{"device", "top"}, {"top-node", "mid"}, {"base-node", "base"}}});
    QTRY_VERIFY(verdicts.offer(top).kind == Offer::Kind::Refused);
}

void TestDropVerdicts::dataChangesNoVerdict()
{
    Session session;
    session.setHalted(true);
    session.reset(test::chainWorld({"base", "top"}, "vda"));
    DropVerdicts verdicts(session);
    verdicts.start(kBlockStream, session.world().graph.nodes());
    QTRY_VERIFY(!verdicts.isBusy());
    QSignalSpy changed(&session, &Session::worldChanged);
    session.submit(GuestWriteControl{"vda", 3});
    QTRY_VERIFY(!changed.isEmpty());
    QVERIFY(!verdicts.isBusy());
}

void TestDropVerdicts::marksTellRefusedFromMeaningless()
{
    Session session;
    session.setHalted(true);
    session.reset(test::chainWorld({"base", "mid", "top"}, "vda"));
    session.submit(QmpCommand{"block-commit", {{"device", "top"}, {"top-node", "mid"}, {"base-node", "base"}}});
    DropVerdicts verdicts(session);
    verdicts.start(kBlockCommit, session.world().graph.nodes());
    const NodeMark refused = DropVerdicts::markOf(verdicts.offer(test::nodeNamed(session.world(), "top")));
    const Offer &meaningless = verdicts.offer(test::nodeNamed(session.world(), "base"));
    QVERIFY(refused.verdict == DragVerdict::Refused && refused.isApplicable && !refused.reason.isEmpty());
    QVERIFY(meaningless.kind == Offer::Kind::Invalid && !meaningless.reason.isEmpty());
    const NodeMark mark = DropVerdicts::markOf(meaningless);
    QVERIFY(mark.verdict == DragVerdict::None && !mark.isApplicable);
}

QTEST_MAIN(TestDropVerdicts)
#include "tst_dropverdicts.moc"
