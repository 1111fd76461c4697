// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/graph/walk.h"
#include "engine/run/apply.h"
#include "tests/support/worlds.h"

#include <QTest>

#include <rapidcheck.h>

using namespace blockscope;
using namespace blockscope::test;

namespace {

constexpr int kEvents = 40;

/// A node between \a child and all above it.
void insertAbove(World &world, const std::string &name, const char *driver, NodeId child)
{
    Node node;
    node.name = name;
    node.driver = driver;
    node.isReadOnly = world.node(child).isReadOnly;
    const NodeId id = addNode(world, node);
    for (EdgeId edge : std::vector<EdgeId>(world.node(child).parents))
        redirect(world, edge, id);
    attach(world, Parent::of(id), child, "file");
}

World randomWorld()
{
    World world;
    const int disks = *rc::gen::inRange(1, 3);
    for (int disk = 0; disk < disks; ++disk) {
        std::vector<std::string> names;
        for (int i = *rc::gen::inRange(1, 6); i > 0; --i)
            names.push_back("d" + std::to_string(disk) + "n" + std::to_string(i));
        addChain(world, names, "vd" + std::to_string(disk), 4);
    }
    const auto nodes = world.graph.nodes();
    if (*rc::gen::arbitrary<bool>())
        addImage(world, "side", *rc::gen::elementOf(nodes), true, 4);
    addImage(world, "t0", std::nullopt, false, 4);
    addImage(world, "t1", std::nullopt, false, 4);
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i)
        insertAbove(world, "f" + std::to_string(i), i == 3 ? "raw" : "throttle",
                    *rc::gen::elementOf(world.graph.nodes()));
    for (NodeId node : world.graph.nodes())
        world.graph.editNode(node).isMonitorOwned = *rc::gen::arbitrary<bool>();
    return world;
}

std::string anyNode(const World &world)
{
    const auto nodes = world.graph.nodes();
    return nodes.empty() ? std::string("none") : world.node(*rc::gen::elementOf(nodes)).name;
}

std::string anyJob(const World &world)
{
    const auto jobs = world.liveJobs();
    return jobs.empty() ? std::string("none") : world.job(*rc::gen::elementOf(jobs)).name;
}

QmpCommand anyRequest(const World &world)
{
    switch (*rc::gen::inRange(0, 18)) {
    case 0:
        return {"block-commit",
                {{"device", anyNode(world)}, {"top-node", anyNode(world)}, {"base-node", anyNode(world)}}};
    case 1:
        return {"block-commit", {{"device", anyNode(world)}, {"base-node", anyNode(world)}}};
    case 2:
        return {"block-stream", {{"device", anyNode(world)}}};
    case 3:
        return {"block-stream", {{"device", anyNode(world)}, {"base-node", anyNode(world)}, {"auto-finalize", false}}};
    case 4:
        return {"blockdev-mirror", {{"device", anyNode(world)}, {"target", anyNode(world)}, {"sync", "full"}}};
    case 5:
        return {"blockdev-backup", {{"device", anyNode(world)}, {"target", anyNode(world)}, {"sync", "full"}}};
    case 6:
        return {"blockdev-snapshot", {{"node", anyNode(world)}, {"overlay", anyNode(world)}}};
    case 7:
        return {"blockdev-add",
                {{"driver", "qcow2"},
                 {"node-name", "new" + std::to_string(*rc::gen::inRange(0, 4))},
                 {"file", Object{{"driver", "file"}, {"filename", "/new"}}}}};
    case 8:
        return {"blockdev-add",
                {{"driver", *rc::gen::element("throttle", "raw", "copy-on-read")},
                 {"node-name", "over" + std::to_string(*rc::gen::inRange(0, 4))},
                 {"file", anyNode(world)}}};
    case 9:
        return {"change-backing-file",
                {{"device", anyNode(world)}, {"image-node-name", anyNode(world)}, {"backing-file", "/other"}}};
    case 10:
        return {"block-stream", {{"device", anyNode(world)}, {"bottom", anyNode(world)}}};
    case 11:
        return {*rc::gen::element("drive-backup", "drive-mirror"),
                {{"device", anyNode(world)},
                 {"target", *rc::gen::element("/copy", "/other")},
                 {"sync", *rc::gen::element("full", "top", "none")},
                 {"mode", *rc::gen::element("absolute-paths", "existing")}}};
    case 12:
        return {*rc::gen::element("blockdev-backup", "blockdev-mirror"),
                {{"device", anyNode(world)}, {"target", anyNode(world)}, {"sync", *rc::gen::element("top", "none")}}};
    case 13:
        return {"blockdev-snapshot-sync",
                {{"node-name", anyNode(world)}, {"snapshot-file", "/snap"}, {"snapshot-node-name", "snap"}}};
    case 14:
    case 15:
        return {
            "blockdev-reopen",
            {{"options", Value::List{Object{{"driver", "qcow2"},
                                            {"node-name", anyNode(world)},
                                            {"backing", *rc::gen::arbitrary<bool>() ? Value(anyNode(world)) : Value()},
                                            {"read-only", *rc::gen::arbitrary<bool>()}}}}}};
    case 16:
        return {
            "transaction",
            {{"actions",
              Value::List{Object{{"type", "blockdev-backup"},
                                 {"data", Object{{"device", anyNode(world)}, {"target", "t0"}, {"sync", "full"}}}},
                          Object{{"type", "drive-backup"},
                                 {"data", Object{{"device", anyNode(world)}, {"target", "/x"}, {"sync", "full"}}}}}},
             {"properties", Object{{"completion-mode", *rc::gen::element("grouped", "individual")}}}}};
    default:
        return {"blockdev-del", {{"node-name", anyNode(world)}}};
    }
}

Event anyEvent(const World &world)
{
    static const std::vector<std::string> kVerbs{"job-pause",   "job-resume",   "job-cancel",
                                                 "job-dismiss", "job-complete", "job-finalize"};
    switch (*rc::gen::inRange(0, 10)) {
    case 0:
        return QmpCommand{*rc::gen::elementOf(kVerbs), {{"id", anyJob(world)}}};
    case 1:
        return QmpCommand{"block-job-cancel", {{"device", anyJob(world)}}};
    case 2:
        return QmpCommand{*rc::gen::arbitrary<bool>() ? "stop" : "cont", {}};
    case 3:
        return GuestWriteControl{"vd0", static_cast<std::uint32_t>(*rc::gen::inRange(0, 5))};
    case 4:
    case 5:
    case 6:
        return StepControl{anyJob(world), static_cast<std::uint64_t>(*rc::gen::inRange(1, 8))};
    default:
        return anyRequest(world);
    }
}

bool isAcyclic(const World &world)
{
    for (EdgeId id : world.graph.edges()) {
        const Edge &edge = world.graph.edge(id);
        if (edge.parent.isNode() && isReachable(world.graph, edge.child, edge.parent.node()))
            return false;
    }
    return true;
}

} // namespace

/// Random graphs and event sequences.
class TestProperties : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyWorldVerifiesAndRefusalsChangeNothing();
    void theSameEventsGiveTheSameWorld();
    void endedJobsHoldNothing();
};

void TestProperties::everyWorldVerifiesAndRefusalsChangeNothing()
{
    QVERIFY(rc::check("after every event", [] {
        World world = randomWorld();
        for (int i = 0; i < kEvents; ++i) {
            const Event event = anyEvent(world);
            const World before = world;
            const Outcome outcome = apply(world, event);
            RC_ASSERT(verify(world));
            RC_ASSERT(isAcyclic(world));
            RC_ASSERT((outcome.kind == Outcome::Kind::Refused) == !outcome.verdict.isAllowed());
            RC_ASSERT((outcome.kind == Outcome::Kind::Invalid) == outcome.error.has_value());
            if (outcome.kind != Outcome::Kind::Allowed)
                RC_ASSERT(world == before);
            else
                RC_ASSERT(world.clock > before.clock || std::holds_alternative<RunUntilControl>(event));
        }
    }));
}

void TestProperties::theSameEventsGiveTheSameWorld()
{
    QVERIFY(rc::check("replay", [] {
        const World start = randomWorld();
        World world = start;
        std::vector<Event> events;
        for (int i = 0; i < kEvents; ++i) {
            events.push_back(anyEvent(world));
            (void)apply(world, events.back());
        }
        World replayed = start;
        for (const Event &event : events)
            (void)apply(replayed, event);
        RC_ASSERT(replayed == world);
    }));
}

void TestProperties::endedJobsHoldNothing()
{
    QVERIFY(rc::check("when all jobs are cancelled", [] {
        World world = randomWorld();
        for (int i = 0; i < kEvents; ++i)
            (void)apply(world, anyEvent(world));
        for (JobId job : world.liveJobs())
            (void)apply(world, QmpCommand{"job-cancel", {{"id", world.job(job).name}}});
        for (Holder holder : world.ledger.holders())
            RC_ASSERT(holder.kind != Holder::Kind::Job);
    }));
}

QTEST_GUILESS_MAIN(TestProperties)
#include "tst_properties.moc"
