// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/run/apply.h"
#include "engine/world/blockio.h"
#include "tests/support/worlds.h"

#include <QTest>

using namespace blockscope;
using namespace blockscope::test;

namespace {

// Numbers, which QTest can print.
constexpr int kAllowed = static_cast<int>(Outcome::Kind::Allowed);
constexpr int kRefused = static_cast<int>(Outcome::Kind::Refused);
constexpr int kInvalid = static_cast<int>(Outcome::Kind::Invalid);

Object action(const char *type, Object data)
{
    return {{"type", type}, {"data", std::move(data)}};
}

Object backup(const char *device, const char *target, const char *job)
{
    return action("blockdev-backup", {{"device", device}, {"target", target}, {"sync", "full"}, {"job-id", job}});
}

QmpCommand transaction(Value::List actions, const char *mode = "individual")
{
    return {"transaction", {{"actions", std::move(actions)}, {"properties", Object{{"completion-mode", mode}}}}};
}

/// base <- top with guest vda; t0, t1 and snap alone.
World smallWorld()
{
    World world = chainWorld({"base", "top"}, "vda", 2);
    for (const char *name : {"t0", "t1", "snap"})
        addImage(world, name, std::nullopt, false, 2);
    world.data[world.graph.findNode("snap")->value] = BlockData(2);
    return world;
}

int run(World &world, const Event &event)
{
    const auto kind = apply(world, event).kind;
    if (!verify(world))
        QTest::qFail("the World does not verify", __FILE__, __LINE__);
    return static_cast<int>(kind);
}

JobStatus statusOf(const World &world, std::uint32_t job)
{
    return world.job(JobId{job}).status;
}

/// Two backups of one disk that end together.
World grouped()
{
    World world = smallWorld();
    const auto kind = run(world, transaction({backup("top", "t0", "a"), backup("base", "t1", "b")}, "grouped"));
    if (kind != kAllowed)
        QTest::qFail("two backups are allowed", __FILE__, __LINE__);
    return world;
}

} // namespace

class TestTransaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void abortIsInvalidUnderEveryPolicy();
    void argumentsOfAWrongTypeAreInvalid();
    void laterMembersSeeTheGraphOfEarlierOnes();
    void allOrNothing_data();
    void allOrNothing();
    void membersDoNotConflictWithEachOther();
    void groupedJobsWaitForEachOther();
    void groupedJobsAreFinalizedTogether();
    void groupedJobsAreCancelledTogether();
    void individualJobsAreNot();
    void noOrderOfAGroupDoesDamage();
    void anUnclaimedAccessStopsTheWhole();
};

void TestTransaction::laterMembersSeeTheGraphOfEarlierOnes()
{
    World world = smallWorld();
    const Tick before = world.clock;
    QCOMPARE(run(world, transaction({action("blockdev-snapshot", {{"node", "top"}, {"overlay", "snap"}}),
                                     backup("vda", "t0", "a")})),
             kAllowed);
    QCOMPARE(world.clock, before + 1);
    QVERIFY(world.job(JobId{0}).node("source") == world.graph.findNode("snap"));
    QCOMPARE(run(world, RunUntilControl{"a", JobStatus::Null}), kAllowed);
    QVERIFY(world.findings->empty());
    // One that a member makes itself is known to the next, too.
    QCOMPARE(run(world,
                 transaction({action("blockdev-snapshot-sync",
                                     {{"node-name", "snap"}, {"snapshot-file", "/new"}, {"snapshot-node-name", "new"}}),
                              action("drive-backup", {{"device", "new"}, {"target", "/copy"}, {"sync", "top"}}),
                              backup("new", "t1", "b")})),
             kAllowed);
    QCOMPARE(run(world, RunUntilControl{"b", JobStatus::Null}), kAllowed);
    QVERIFY(world.findings->empty());
}

void TestTransaction::allOrNothing_data()
{
    QTest::addColumn<int>("second");
    QTest::addColumn<bool>("isInvalid");
    QTest::newRow("abort") << 0 << true;
    QTest::newRow("no such node") << 1 << true;
    QTest::newRow("the job-id of the first") << 2 << true;
    QTest::newRow("into a backing file that the guest reads") << 3 << false;
}

void TestTransaction::allOrNothing()
{
    QFETCH(int, second);
    QFETCH(bool, isInvalid);
    const Object seconds[] = {action("abort", {}), backup("top", "nix", "b"), backup("base", "t1", "a"),
                              backup("t1", "base", "b")};
    World world = smallWorld();
    setReadOnly(world, *world.graph.findNode("base"), false);
    const World before = world;
    QCOMPARE(run(world, transaction({backup("top", "t0", "a"), seconds[second]})), isInvalid ? kInvalid : kRefused);
    QVERIFY(world == before);
}

void TestTransaction::membersDoNotConflictWithEachOther()
{
    // Both move the users of a node and write the same overlay's header: reading P6.
    const QmpCommand both = transaction({backup("top", "t0", "a"), backup("base", "t0", "b")});
    World world = smallWorld();
    QCOMPARE(run(world, SetSwitchControl{Switch::TransactionIsOne, false}), kAllowed);
    World before = world;
    const Outcome outcome = apply(world, both);
    QVERIFY(outcome.kind == Outcome::Kind::Refused);
    QVERIFY(outcome.verdict.reasons.front().holder == Holder::synchronous());
    QVERIFY(world == before);
    QCOMPARE(run(world, transaction({backup("top", "t0", "a"), backup("base", "t1", "b")})), kAllowed);
    World one = smallWorld();
    QCOMPARE(run(one, both), kAllowed);
}

void TestTransaction::groupedJobsWaitForEachOther()
{
    World world = grouped();
    QVERIFY(world.job(JobId{0}).transaction != 0);
    QCOMPARE(world.job(JobId{0}).transaction, world.job(JobId{1}).transaction);
    QCOMPARE(run(world, StepControl{"a", 100}), kAllowed);
    QVERIFY(statusOf(world, 0) == JobStatus::Waiting);
    QVERIFY(world.ledger.holding(Holder::of(JobId{0})) != nullptr);
    const Outcome stuck = apply(world, RunUntilControl{"a", JobStatus::Null});
    QVERIFY(stuck.kind == Outcome::Kind::Invalid);
    QVERIFY(stuck.error->what.find("waits for the other jobs") != std::string::npos);
    QCOMPARE(run(world, GuestWriteControl{"vda", 0}), kAllowed); // while it waits as well
    QCOMPARE(run(world, StepControl{"b", 100}), kAllowed);
    QVERIFY(statusOf(world, 0) == JobStatus::Null && statusOf(world, 1) == JobStatus::Null);
    QVERIFY(world.findings->empty());
    // The next one has another number.
    QCOMPARE(run(world, transaction({backup("top", "t0", "c")}, "grouped")), kAllowed);
    QVERIFY(world.job(JobId{2}).transaction != world.job(JobId{0}).transaction);
}

void TestTransaction::groupedJobsAreFinalizedTogether()
{
    World world = smallWorld();
    Object manual = backup("top", "t0", "a");
    (*manual["data"].asObject())["auto-finalize"] = Value(false);
    QCOMPARE(run(world, transaction({manual, backup("base", "t1", "b")}, "grouped")), kAllowed);
    run(world, StepControl{"b", 100});
    run(world, StepControl{"a", 100});
    QVERIFY(statusOf(world, 0) == JobStatus::Pending && statusOf(world, 1) == JobStatus::Pending);
    QCOMPARE(run(world, QmpCommand{"job-finalize", {{"id", "b"}}}), kAllowed);
    QVERIFY(statusOf(world, 0) == JobStatus::Null && statusOf(world, 1) == JobStatus::Null);
}

void TestTransaction::groupedJobsAreCancelledTogether()
{
    for (const char *cancelled : {"a", "b"}) {
        for (std::uint64_t steps : {0U, 1U, 2U, 100U}) {
            World world = grouped();
            run(world, StepControl{"a", steps});
            QCOMPARE(run(world, QmpCommand{"job-cancel", {{"id", cancelled}}}), kAllowed);
            for (std::uint32_t job : {0U, 1U}) {
                QVERIFY(statusOf(world, job) == JobStatus::Null);
                QCOMPARE(world.job(JobId{job}).error, std::string("Operation canceled"));
                QVERIFY(world.ledger.holding(Holder::of(JobId{job})) == nullptr);
            }
        }
    }
}

void TestTransaction::individualJobsAreNot()
{
    World world = smallWorld();
    QCOMPARE(run(world, transaction({backup("top", "t0", "a"), backup("base", "t1", "b")})), kAllowed);
    run(world, QmpCommand{"job-cancel", {{"id", "a"}}});
    QVERIFY(statusOf(world, 1) == JobStatus::Running);
    QCOMPARE(run(world, RunUntilControl{"b", JobStatus::Null}), kAllowed);
}

void TestTransaction::noOrderOfAGroupDoesDamage()
{
    struct Turn
    {
        World world;
        int writes;
    };
    std::vector<Turn> open{{grouped(), 1}};
    int ends = 0;
    while (!open.empty()) {
        const Turn turn = open.back();
        open.pop_back();
        QVERIFY(turn.world.findings->empty());
        std::vector<Event> events;
        for (const char *job : {"a", "b"}) {
            const auto id = turn.world.findJob(job);
            if (id && canStep(turn.world.job(*id)))
                events.push_back(StepControl{job, 1});
        }
        if (events.empty()) {
            QVERIFY(turn.world.liveJobs().empty());
            ++ends;
        }
        const std::size_t steps = events.size();
        for (std::uint32_t cluster = 0; turn.writes > 0 && steps > 0 && cluster < 2; ++cluster)
            events.push_back(GuestWriteControl{"vda", cluster});
        for (std::size_t i = 0; i < events.size(); ++i) {
            Turn next{turn.world, i < steps ? turn.writes : turn.writes - 1};
            QCOMPARE(run(next.world, events[i]), kAllowed);
            open.push_back(std::move(next));
        }
    }
    QVERIFY(ends > 100);
}

void TestTransaction::anUnclaimedAccessStopsTheWhole()
{
    World world = smallWorld();
    run(world, SetSwitchControl{Switch::Enforce, true});
    QmpCommand command =
        transaction({backup("base", "t0", "a"), action("blockdev-snapshot", {{"node", "top"}, {"overlay", "snap"}})});
    command.forget = {"overlay"};
    const World before = world;
    const Outcome outcome = apply(world, command);
    QVERIFY(outcome.kind == Outcome::Kind::Refused);
    QCOMPARE(std::string(outcome.verdict.reasons.front().code), std::string("NAC-ACCESS"));
    QVERIFY(world == before);
    command.forget = {"nobody"};
    QVERIFY(apply(world, command).kind == Outcome::Kind::Invalid);
}

/// "abort" is no operation of the catalogue, so no policy has anything to judge in it.
void TestTransaction::abortIsInvalidUnderEveryPolicy()
{
    const World world = chainWorld({"base", "top"});
    const QmpCommand request = transaction({action("abort", {})});
    for (const char *policy : {"nac", "legacy", "qemu"}) {
        const auto decision = decide(world, request, policy);
        QVERIFY(!decision);
        QCOMPARE(decision.error().what, std::string("Transaction aborted using Abort action"));
    }
}

/// The policies look at what cannot be planned too: QEMU may refuse it before it finds out.
void TestTransaction::argumentsOfAWrongTypeAreInvalid()
{
    const World world = chainWorld({"base", "top"});
    const Object merge{{"node", "top"}, {"target", "b0"}, {"bitmaps", Value::List{std::int64_t{5}}}};
    for (const char *policy : {"nac", "qemu"})
        QVERIFY(!decide(world, transaction({action("block-dirty-bitmap-merge", merge)}), policy));
}

QTEST_GUILESS_MAIN(TestTransaction)
#include "tst_transaction.moc"
