// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/graph/walk.h"
#include "tests/engine/run/copyworlds.h"

#include <QTest>

using namespace blockscope;
using namespace blockscope::test;

/// A quorum writes to all of its children and shows the first; children come and go.
class TestQuorum : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aQuorumWritesToAllAndShowsTheFirst();
    void quorumChildrenComeAndGo();
    void aNewParentOfAChildIsRefusedToWrite();
};

void TestQuorum::aQuorumWritesToAllAndShowsTheFirst()
{
    World world = quorumWorld();
    const NodeId quorum = named(world, "Q");
    QCOMPARE(clusterCount(world, quorum), kClusters);
    run(world, GuestWriteControl{"vda", 1});
    for (const char *child : {"c0", "c1", "c2"})
        QVERIFY(readsAlike(world, quorum, named(world, child)));
    QVERIFY(!readsAlike(world, quorum, named(world, "c3")));
    // A backup of a child that is not the first still saves what the guest overwrites through the quorum.
    setSwitch(world, Switch::StandingUsers, false);
    QCOMPARE(request(world, "blockdev-backup", {{"device", "c2"}, {"target", "c3"}, {"sync", "full"}, {"job-id", "j"}}),
             kAllowed);
    for (std::uint32_t cluster = 0; cluster < kClusters; ++cluster) {
        run(world, StepControl{"j", 1});
        run(world, GuestWriteControl{"vda", cluster});
    }
    run(world, RunUntilControl{"j", JobStatus::Null});
    QVERIFY(world.findings->empty());
}

void TestQuorum::quorumChildrenComeAndGo()
{
    World world = quorumWorld();
    const auto whyNot = [&](const Object &arguments) {
        const Outcome outcome = run(world, QmpCommand{"x-blockdev-change", arguments});
        return QString::fromStdString(outcome.error ? outcome.error->what : "");
    };
    QCOMPARE(whyNot({{"parent", "Q"}, {"node", "c0"}}), QStringLiteral("The node c0 already has a parent"));
    QCOMPARE(request(world, "x-blockdev-change", {{"parent", "Q"}, {"node", "c3"}}), kAllowed);
    QVERIFY(world.graph.childEdge(named(world, "Q"), "children.3"));
    run(world, GuestWriteControl{"vda", 0});
    QVERIFY(readsAlike(world, named(world, "Q"), named(world, "c3")));
    QCOMPARE(request(world, "x-blockdev-change", {{"parent", "Q"}, {"child", "children.0"}}), kAllowed);
    QCOMPARE(request(world, "x-blockdev-change", {{"parent", "Q"}, {"child", "children.3"}}), kAllowed);
    QCOMPARE(whyNot({{"parent", "Q"}, {"child", "children.1"}}),
             QStringLiteral("The number of children cannot be lower than the vote threshold 2"));
    QVERIFY(world.findings->empty()); // all were alike
    // Case 77 of operations.md: a mirror that is to replace a child keeps it there.
    QCOMPARE(request(world, "x-blockdev-change", {{"parent", "Q"}, {"node", "c0"}}), kAllowed);
    QCOMPARE(request(world, "blockdev-mirror",
                     {{"device", "Q"}, {"target", "c3"}, {"sync", "full"}, {"replaces", "c1"}, {"job-id", "j"}}),
             kAllowed);
    QCOMPARE(request(world, "x-blockdev-change", {{"parent", "Q"}, {"child", "children.1"}}), kRefused);
    run(world, RunUntilControl{"j", JobStatus::Ready});
    request(world, "job-complete", {{"id", "j"}});
    run(world, RunUntilControl{"j", JobStatus::Null});
    const auto children = quorumChildren(world.graph, named(world, "Q"));
    QVERIFY(std::find(children.begin(), children.end(), named(world, "c3")) != children.end());
    QVERIFY(world.findings->empty());
}

void TestQuorum::aNewParentOfAChildIsRefusedToWrite()
{
    World world = quorumWorld();
    const Object arguments{{"device", "c3"}, {"target", "c1"}, {"sync", "full"}};
    QCOMPARE(request(world, "blockdev-backup", arguments), kRefused); // the link of the quorum forbids it
    setSwitch(world, Switch::StandingUsers, false);
    QCOMPARE(request(world, "blockdev-backup", arguments), kAllowed);
}

QTEST_GUILESS_MAIN(TestQuorum)
#include "tst_quorum.moc"
