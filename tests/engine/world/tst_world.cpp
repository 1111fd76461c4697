// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/run/apply.h"
#include "engine/world/blockio.h"
#include "tests/support/worlds.h"

#include <QTest>

#include <functional>

using namespace blockscope;
using namespace blockscope::test;

namespace {

using Damage = std::function<void(World &)>;

NodeId named(const World &world, const char *name)
{
    return *world.graph.findNode(name);
}

NodeId addOver(World &world, const char *name, const char *driver, NodeId child)
{
    Node node;
    node.name = name;
    node.driver = driver;
    const NodeId id = addNode(world, node);
    attach(world, Parent::of(id), child, "file");
    return id;
}

Cluster dataOf(std::uint32_t who)
{
    const Stamp stamp{Stamp::Kind::Job, who, 7};
    return {Cluster::State::Data, stamp, stamp};
}

/// A guest, an export, a running job and a link: somebody of every kind holds something.
World busyWorld()
{
    World world = chainWorld({"base", "mid", "top"}, "vda", 8);
    User nbd;
    nbd.kind = User::Kind::Export;
    nbd.name = "export0";
    nbd.isWritable = false;
    addUser(world, nbd, named(world, "top"));
    static_cast<void>(apply(world, QmpCommand{"block-stream", {{"device", "top"}, {"job-id", "j0"}}}));
    return world;
}

} // namespace

class TestWorld : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsGoDownTheChain();
    void readsGoThroughFiltersAndRaw();
    void readsEndInACycle();
    void readsReachTheEndOfADeepChain();
    void allocationAgreesWithReading();
    void writesStayInTheirNode();
    void writesAreRefusedWhereTheyMustBe();
    void resizingKeepsWhatIsThere();
    void aCopyIsIsolated();
    void usersAreFoundByAllTheirNames();
    void detachingASecondLinkKeepsTheClaims();
    void closingCascadesToWhatIsLeft();
    void aSoundWorldVerifies();
    void damageIsFound_data();
    void damageIsFound();
};

void TestWorld::readsGoDownTheChain()
{
    World world;
    const NodeId base = addImage(world, "base", std::nullopt, true, 4);
    const NodeId top = addImage(world, "top", base, false, 6);
    world.data[base.value] = BlockData{dataOf(1), dataOf(2), {}, {Cluster::State::Zero, {}, {}}};
    world.data[top.value] = BlockData{dataOf(3), {}, {}, {}, {}, {Cluster::State::Zero, {}, {}}};
    QCOMPARE(readCluster(world, top, 0).value.id, 3U);
    QCOMPARE(readCluster(world, top, 1).value.id, 2U);
    for (std::uint32_t index : {2U, 3U, 4U, 5U, 6U, 1000U}) // nowhere, zero, past the base, zero, past the end
        QCOMPARE(readCluster(world, top, index).state, Cluster::State::Zero);
    QCOMPARE(clusterCount(world, top), 6U);
}

void TestWorld::readsGoThroughFiltersAndRaw()
{
    World world = chainWorld({"base", "top"}, {}, 8);
    const NodeId top = named(world, "top");
    const NodeId limit = addOver(world, "limit", "throttle", top);
    const NodeId plain = addOver(world, "plain", "raw", limit);
    const NodeId again = addOver(world, "again", "copy-on-read", plain);
    QCOMPARE(dataNode(world.graph, again), top);
    QCOMPARE(clusterCount(world, again), 8U);
    for (std::uint32_t index = 0; index < 8; ++index)
        QVERIFY(readCluster(world, again, index) == readCluster(world, top, index));
    const NodeId over = addImage(world, "over", again, false, 8);
    world.data[over.value] = BlockData(8);
    for (std::uint32_t index = 0; index < 8; ++index)
        QVERIFY(readCluster(world, over, index) == readCluster(world, top, index));
}

void TestWorld::readsEndInACycle()
{
    World world;
    const NodeId a = addImage(world, "a", std::nullopt, false, 4);
    const NodeId b = addImage(world, "b", a, false, 4);
    attach(world, Parent::of(a), b, "backing");
    world.data[a.value] = BlockData(4);
    world.data[b.value] = BlockData(4);
    QCOMPARE(readCluster(world, a, 0).state, Cluster::State::Zero);
    QVERIFY(!isAllocatedAbove(world, a, std::nullopt, 0));
    const NodeId f = addOver(world, "f", "throttle", a);
    attach(world, Parent::of(f), f, "image");
    const NodeId loop = addOver(world, "loop", "raw", f);
    redirect(world, *world.graph.childEdge(f, "file"), loop);
    QCOMPARE(clusterCount(world, loop), 0U);
    QVERIFY(verify(world));
}

void TestWorld::readsReachTheEndOfADeepChain()
{
    constexpr std::uint32_t kDeep = 20'000;
    World world;
    for (std::uint32_t i = 0; i < kDeep; ++i) {
        Node node;
        node.name = std::to_string(i);
        node.driver = "qcow2";
        const NodeId id = addNode(world, node, BlockData(1));
        if (i > 0)
            attach(world, Parent::of(id), NodeId{i - 1}, "backing");
    }
    world.data[0] = BlockData{dataOf(5)};
    QCOMPARE(readCluster(world, NodeId{kDeep - 1}, 0).value.id, 5U);
    QVERIFY(isAllocatedAbove(world, NodeId{kDeep - 1}, std::nullopt, 0));
    QVERIFY(!isAllocatedAbove(world, NodeId{kDeep - 1}, NodeId{0}, 0));
    QVERIFY(verify(world));
    // Nobody refers to it but the one above: the whole chain goes, without a stack of its depth.
    closeIfUnreferenced(world, NodeId{kDeep - 1});
    QVERIFY(world.graph.nodes().empty());
    QVERIFY(verify(world));
}

void TestWorld::allocationAgreesWithReading()
{
    World world = chainWorld({"base", "mid", "top"}, {}, 16);
    const NodeId top = addOver(world, "plain", "raw", addOver(world, "limit", "throttle", named(world, "top")));
    for (std::uint32_t index = 0; index < 20; ++index) {
        QCOMPARE(isAllocatedAbove(world, top, std::nullopt, index),
                 readCluster(world, top, index).state == Cluster::State::Data);
        QCOMPARE(isAllocatedAbove(world, top, named(world, "mid"), index),
                 isAllocated(world, named(world, "top"), index));
        QVERIFY(!isAllocatedAbove(world, top, top, index));
    }
}

void TestWorld::writesStayInTheirNode()
{
    World world = chainWorld({"base", "top"}, {}, 8);
    const NodeId limit = addOver(world, "limit", "throttle", named(world, "top"));
    const Cluster before = readCluster(world, named(world, "base"), 3);
    QCOMPARE(writeCluster(world, limit, 3, dataOf(9), {Stamp::Kind::Job, 1, 5}), WriteResult::Done);
    QCOMPARE(readCluster(world, named(world, "top"), 3).value.id, 9U);
    QCOMPARE(readCluster(world, named(world, "top"), 3).written.tick, Tick{5});
    QVERIFY(readCluster(world, named(world, "base"), 3) == before);
    // What is copied as unallocated is zero where it arrives.
    QCOMPARE(writeCluster(world, limit, 4, Cluster(), {}), WriteResult::Done);
    QCOMPARE(readCluster(world, named(world, "top"), 4).state, Cluster::State::Zero);
    QVERIFY(isAllocated(world, named(world, "top"), 4));
}

void TestWorld::writesAreRefusedWhereTheyMustBe()
{
    World world = chainWorld({"base", "top"}, {}, 8);
    const NodeId limit = addOver(world, "limit", "throttle", named(world, "top"));
    const World before = world;
    QCOMPARE(writeCluster(world, limit, 8, dataOf(1), {}), WriteResult::OutOfRange);
    QCOMPARE(writeCluster(world, named(world, "base"), 0, dataOf(1), {}), WriteResult::ReadOnly);
    QCOMPARE(copyUp(world, named(world, "base"), 0, dataOf(1), {}), WriteResult::ReadOnly);
    QCOMPARE(world.findings->size(), 1U); // a write that hits a read-only node breaks an invariant
    QCOMPARE(world.findings->front().kind, Finding::Kind::WriteReadOnly);
    world.findings = before.findings;
    QVERIFY(world == before);
    setReadOnly(world, named(world, "top"), true);
    QCOMPARE(writeCluster(world, limit, 0, dataOf(1), {}), WriteResult::ReadOnly);
    setReadOnly(world, named(world, "top"), false);
    setReadOnly(world, limit, true);
    QCOMPARE(writeCluster(world, limit, 0, dataOf(1), {}), WriteResult::ReadOnly);
    QVERIFY(!isWritable(world, limit) && isWritable(world, named(world, "top")));
}

void TestWorld::resizingKeepsWhatIsThere()
{
    World world = chainWorld({"top"}, {}, 8);
    const NodeId top = named(world, "top");
    const Cluster last = readCluster(world, top, 7);
    QVERIFY(resize(world, top, 12, Holder::synchronous()));
    QCOMPARE(clusterCount(world, top), 12U);
    QVERIFY(readCluster(world, top, 7) == last);
    QVERIFY(!isAllocated(world, top, 11));
    QVERIFY(resize(world, top, 3, Holder::synchronous()));
    QCOMPARE(readCluster(world, top, 7).state, Cluster::State::Zero);
}

void TestWorld::aCopyIsIsolated()
{
    World world = busyWorld();
    const World before = world;
    World copy = world;
    QVERIFY(copy == world);
    QVERIFY(copy.data[named(copy, "base").value].isSharedWith(world.data[named(world, "base").value]));
    for (const Event &event : std::vector<Event>{StepControl{"j0", 9}, GuestWriteControl{"vda", 1},
                                                 QmpCommand{"stop", {}}, RunUntilControl{"j0", JobStatus::Null}})
        QCOMPARE(apply(copy, event).kind, Outcome::Kind::Allowed);
    removeUser(copy, UserId{0});
    setReadOnly(copy, named(copy, "top"), true);
    QVERIFY(!(copy == before));
    QVERIFY(world == before);
    QVERIFY(verify(world) && verify(copy));
    // And the other way round.
    const World ended = copy;
    QCOMPARE(apply(world, StepControl{"j0", 1}).kind, Outcome::Kind::Allowed);
    QVERIFY(copy == ended);
}

void TestWorld::usersAreFoundByAllTheirNames()
{
    World world = chainWorld({"top"}, {}, 4);
    User user;
    user.name = "disk0";
    user.backendName = "drive0";
    user.qdev = "/machine/peripheral/disk0";
    const UserId id = addUser(world, user, named(world, "top"));
    for (const char *name : {"disk0", "drive0", "/machine/peripheral/disk0"})
        QCOMPARE(world.findUser(name), std::optional(id));
    QVERIFY(!world.findUser(""));
    QCOMPARE(world.rootOf(id), std::optional(named(world, "top")));
    removeUser(world, id);
    QVERIFY(!world.findUser("disk0"));
    QVERIFY(!world.rootOf(id));
    QVERIFY(world.ledger.holding(Holder::of(id)) == nullptr);
    QVERIFY(verify(world));
}

void TestWorld::detachingASecondLinkKeepsTheClaims()
{
    World world = chainWorld({"base", "top"}, "vda", 4);
    const EdgeId second = attach(world, Parent::of(UserId{0}), named(world, "base"), "other");
    detach(world, second);
    QVERIFY(world.ledger.holding(Holder::of(UserId{0})) != nullptr);
    QVERIFY(verify(world));
}

void TestWorld::closingCascadesToWhatIsLeft()
{
    World world = chainWorld({"base", "mid", "top"}, {}, 4);
    for (NodeId node : world.graph.nodes())
        world.graph.editNode(node).isMonitorOwned = false;
    world.graph.editNode(named(world, "base")).isMonitorOwned = true;
    closeIfUnreferenced(world, named(world, "mid"));
    QVERIFY(world.graph.findNode("mid")); // top has it as backing file
    closeIfUnreferenced(world, named(world, "top"));
    QVERIFY(!world.graph.findNode("top") && !world.graph.findNode("mid") && !world.graph.findNode("mid-file"));
    QVERIFY(world.graph.findNode("base") && world.graph.findNode("base-file"));
    QVERIFY(verify(world));
}

void TestWorld::aSoundWorldVerifies()
{
    QVERIFY(verify(World()));
    QVERIFY(verify(busyWorld()));
}

void TestWorld::damageIsFound_data()
{
    QTest::addColumn<Damage>("damage");
    const auto row = [](const char *name, const Damage &damage) { QTest::newRow(name) << damage; };
    row("a name changed", [](World &world) { world.graph.editNode(NodeId{0}).name = "other"; });
    row("a node without data", [](World &world) { world.data.pop_back(); });
    row("a link's claim lost", [](World &world) { world.ledger.release(Holder::of(EdgeId{0})); });
    row("a guest's claim lost", [](World &world) { world.ledger.release(Holder::of(UserId{0})); });
    row("a claim of nobody", [](World &world) {
        world.ledger.acquire(Holder::of(UserId{1000}), 0, {{NodeId{0}, "guest", kNoClaim}});
    });
    row("a claim too many", [](World &world) {
        world.ledger.acquire(Holder::of(*world.user(UserId{0}).root), 0, {{NodeId{0}, "edge-backing", kNoClaim}});
    });
    row("a read-only flag behind the ledger's back",
        [](World &world) { world.graph.editNode(named(world, "top")).isReadOnly = true; });
    row("a run state behind the ledger's back", [](World &world) { world.runState = "paused"; });
    row("a user's right behind the ledger's back", [](World &world) { world.users[0].edit().sharesWrites = true; });
    row("a link moved behind the ledger's back",
        [](World &world) { world.graph.redirect(*world.user(UserId{0}).root, named(world, "mid")); });
    row("a link gone behind the ledger's back",
        [](World &world) { world.graph.detach(*world.graph.childEdge(named(world, "top"), "file")); });
    row("a user's link that is another's", [](World &world) { world.users[0].edit().root = EdgeId{0}; });
    row("a user's link that is not there", [](World &world) { world.users[0].edit().root = EdgeId{1000}; });
    row("a user of no job", [](World &world) { world.users[0].edit().job = JobId{9}; });
    row("a user with another's number", [](World &world) { world.users[0].edit().id = UserId{1}; });
    row("a link of no user", [](World &world) { world.graph.attach(Parent::of(UserId{9}), NodeId{0}, "root"); });
    row("a link of no job", [](World &world) { world.graph.attach(Parent::of(JobId{9}), NodeId{0}, "source"); });
    row("a job that ended holding claims", [](World &world) { world.editJob(JobId{0}).status = JobStatus::Concluded; });
    row("a job with another's number", [](World &world) { world.editJob(JobId{0}).id = JobId{1}; });
    row("a job on no node", [](World &world) { world.editJob(JobId{0}).nodes.push_back({"base", NodeId{1000}}); });
    row("two jobs of one name", [](World &world) {
        Job job = world.job(JobId{0});
        job.id = JobId{1};
        world.jobs.emplace_back(job);
    });
}

void TestWorld::damageIsFound()
{
    QFETCH(Damage, damage);
    World world = busyWorld();
    damage(world);
    QVERIFY(!verify(world));
}

QTEST_GUILESS_MAIN(TestWorld)
#include "tst_world.moc"
