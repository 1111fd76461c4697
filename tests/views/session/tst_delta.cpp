// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "engine/run/apply.h"
#include "tests/support/worlds.h"
#include "views/session/delta.h"

#include <QTest>

using namespace blockscope;
using namespace blockscope::views;

namespace {

NodeId id(const World &world, const char *name)
{
    return *world.graph.findNode(name);
}

bool contains(const std::vector<NodeId> &nodes, NodeId node)
{
    return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
}

} // namespace

class TestDelta : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameWorldHasNoDifference();
    void topologyChanges_data();
    void topologyChanges();
    void stepNamesJobAndItsNodes();
    void guestWriteNamesItsNode();
    void stoppedVmNamesItsUsersAndNodes();
    void otherPolicyIsSeen();
    void switchesAreSeen();
    void aFindingNamesItsNode();
    void bitmapsAndSnapshotsNameTheirNodes();
    void aRawNodeShowsWhatItsFileKeeps();
    void ranBackwardsNamesTheSame();
};

void TestDelta::sameWorldHasNoDifference()
{
    const World world = test::chainWorld({"base", "top"});
    QVERIFY(difference(world, world).isEmpty());
    QVERIFY(difference(world, test::chainWorld({"base", "top"})).isEmpty());
}

void TestDelta::topologyChanges_data()
{
    QTest::addColumn<Event>("event");
    QTest::addColumn<bool>("isTopology");

    QTest::newRow("a node more") << Event(QmpCommand{"blockdev-add", {{"driver", "null-co"}, {"node-name", "n"}}})
                                 << true;
    QTest::newRow("stream begins") << Event(QmpCommand{"block-stream", {{"device", "top"}, {"job-id", "j"}}}) << false;
    QTest::newRow("guest writes") << Event(GuestWriteControl{"vda", 1}) << false;
    QTest::newRow("the VM stops") << Event(QmpCommand{"stop", {}}) << false;
}

void TestDelta::topologyChanges()
{
    QFETCH(const Event, event);
    QFETCH(const bool, isTopology);
    const World before = test::chainWorld({"base", "mid", "top"});
    World after = before;
    QVERIFY(blockscope::apply(after, event).kind == Outcome::Kind::Allowed);
    const Delta delta = difference(before, after);
    QVERIFY(!delta.isEmpty());
    QCOMPARE(delta.isTopologyChanged, isTopology);
}

void TestDelta::stepNamesJobAndItsNodes()
{
    World before = test::chainWorld({"base", "mid", "top"});
    blockscope::apply(before, QmpCommand{"block-stream", {{"device", "top"}, {"job-id", "j"}}});
    World after = before;
    blockscope::apply(after, StepControl{"j", 1});
    const Delta delta = difference(before, after);
    QVERIFY(delta.jobs == std::vector<JobId>{JobId{0}});
    QVERIFY(contains(delta.nodes, id(after, "top")));
    QVERIFY(delta.users.empty());

    blockscope::apply(after, RunUntilControl{"j"});
    QVERIFY(difference(before, after).isTopologyChanged);
}

void TestDelta::guestWriteNamesItsNode()
{
    const World before = test::diskWorld(2, 2);
    World after = before;
    blockscope::apply(after, GuestWriteControl{"vd1", 0});
    const Delta delta = difference(before, after);
    QVERIFY(delta.nodes == std::vector<NodeId>{id(after, "d1-1")});
    QVERIFY(delta.jobs.empty());
}

void TestDelta::stoppedVmNamesItsUsersAndNodes()
{
    const World before = test::diskWorld(2, 2);
    World after = before;
    blockscope::apply(after, QmpCommand{"stop", {}});
    const Delta delta = difference(before, after);
    QVERIFY(delta.isRunStateChanged);
    QCOMPARE(delta.users.size(), 2U);
    QVERIFY(contains(delta.nodes, id(after, "d0-1")));
    QVERIFY(contains(delta.nodes, id(after, "d1-1")));
}

void TestDelta::otherPolicyIsSeen()
{
    const World before = test::chainWorld({"base", "top"});
    World after = before;
    after.policy = "legacy";
    QVERIFY(difference(before, after).isPolicyChanged);
    QVERIFY(!difference(before, after).isEmpty());
}

void TestDelta::switchesAreSeen()
{
    const World before = test::chainWorld({"base", "top"});
    World after = before;
    setSwitch(after, Switch::Enforce, true);
    QVERIFY(difference(before, after).areSwitchesChanged);
    QVERIFY(!difference(before, after).isEmpty());
    QVERIFY(!difference(after, after).areSwitchesChanged);
}

void TestDelta::aFindingNamesItsNode()
{
    const World before = test::chainWorld({"base", "top"});
    World after = before;
    after.findings.edit().push_back({Finding::Kind::LostWrite, 1, id(after, "base"), {}, 0, {}, {}});
    const Delta delta = difference(before, after);
    QVERIFY(delta.areFindingsChanged);
    QVERIFY(delta.nodes == std::vector<NodeId>{id(after, "base")});
    QVERIFY(difference(after, before).areFindingsChanged);
}

void TestDelta::bitmapsAndSnapshotsNameTheirNodes()
{
    const World before = test::chainWorld({"base", "top"});
    World after = before;
    after.bitmaps.edit()[id(after, "base")].emplace_back().name = "b0";
    QVERIFY(difference(before, after).nodes == std::vector<NodeId>{id(after, "base")});
    World later = after;
    later.snapshots.edit()[id(after, "top")].emplace_back().id = "1";
    later.bitmaps.edit().clear();
    QVERIFY(contains(difference(after, later).nodes, id(after, "base")));
    QVERIFY(contains(difference(after, later).nodes, id(after, "top")));
}

void TestDelta::aRawNodeShowsWhatItsFileKeeps()
{
    World before;
    Node node;
    node.name = "file";
    node.driver = "file";
    const NodeId file = addNode(before, node, BlockData(4));
    node.name = "raw";
    node.driver = "raw";
    const NodeId raw = addNode(before, node);
    attach(before, Parent::of(raw), file, "file");
    World after = before;
    after.data[file.value].edit()[1].state = Cluster::State::Zero;
    QVERIFY(contains(difference(before, after).nodes, raw));
}

void TestDelta::ranBackwardsNamesTheSame()
{
    const World before = test::chainWorld({"base", "mid", "top"});
    World after = before;
    blockscope::apply(after, QmpCommand{"block-stream", {{"device", "top"}, {"job-id", "j"}}});
    const Delta forth = difference(before, after);
    const Delta back = difference(after, before);
    QVERIFY(forth.nodes == back.nodes);
    QVERIFY(forth.jobs == back.jobs);
}

QTEST_GUILESS_MAIN(TestDelta)
#include "tst_delta.moc"
