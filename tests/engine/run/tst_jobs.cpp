// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/graph/walk.h"
#include "engine/policies/policy.h"
#include "engine/run/apply.h"
#include "engine/run/jobgraph.h"
#include "engine/world/blockio.h"
#include "tests/support/worlds.h"

#include <QTest>

using namespace blockscope;
using namespace blockscope::test;

namespace {

std::vector<Cluster> view(const World &world, const char *name)
{
    const NodeId node = *world.graph.findNode(name);
    std::vector<Cluster> clusters;
    for (std::uint32_t index = 0; index < clusterCount(world, node); ++index)
        clusters.push_back(readCluster(world, node, index));
    return clusters;
}

bool readsAlike(const std::vector<Cluster> &a, const std::vector<Cluster> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Cluster &x, const Cluster &y) { return x.readsLike(y); });
}

Outcome::Kind run(World &world, const Event &event)
{
    const auto kind = apply(world, event).kind;
    if (!verify(world))
        QTest::qFail("the World does not verify", __FILE__, __LINE__);
    return kind;
}

constexpr auto kAllowed = Outcome::Kind::Allowed;

World withTarget(World world)
{
    addImage(world, "target", std::nullopt, false);
    return world;
}

Outcome::Kind end(World &world, const char *job)
{
    return run(world, RunUntilControl{job, JobStatus::Null});
}

} // namespace

/// The step machines: what moves, what stays, and that nothing is left behind.
class TestJobs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void singleJobsKeepTheGuestsData_data();
    void singleJobsKeepTheGuestsData();
    void cancelAtEveryStepLeavesNoClaim_data();
    void cancelAtEveryStepLeavesNoClaim();
    void intermediateCommitDropsWhatIsBetween();
    void activeCommitGetsReadyAndPivots();
    void mirrorFollowsTheGuestUntilReadyAndBeyond();
    void cancelledReadyMirrorKeepsTheCopy();
    void backupIsItsPointInTime();
    void streamOfTheWholeChainStandsAlone();
    void snapshotMovesTheGuestAndItsClaims();
    void pauseHoldsAndKeepsTheClaims();
    void pendingWaitsForFinalizeAndConcludedForDismiss();
    void verbsAreAcceptedAsInQemu_data();
    void verbsAreAcceptedAsInQemu();
    void readyJobsTakeVerbsAsInQemu();
    void jobCommandsCheckTheirParameters_data();
    void jobCommandsCheckTheirParameters();
    void aMirrorsCopyModeChangesOneWay();
    void aMirrorLeavesItsWholeSourceChainBehind();
    void allOverlaysOfACommittedTopMove();
    void whoIsNoOverlayMovesToo();
    void aCommitBelowAWriterIsActive();
    void theBackingFileIsWrittenAsAsked_data();
    void theBackingFileIsWrittenAsAsked();
    void aMirrorToAnotherSizeFailsAtOnce();
    void aCancelledCommitLeavesTheGraph();
    void replacesMustShowTheSame();
    void aWriteUnderACopyInFlightWins_data();
    void aWriteUnderACopyInFlightWins();
    void streamToABaseRewritesTheHeader();
    void aNodeThatAJobWorksOnStaysOpen();
};

void TestJobs::singleJobsKeepTheGuestsData_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<Object>("arguments");
    QTest::addColumn<bool>("completes");
    QTest::newRow("commit") << "block-commit" << Object{{"device", "top"}, {"top-node", "mid2"}, {"base-node", "base"}}
                            << false;
    QTest::newRow("active commit") << "block-commit" << Object{{"device", "top"}, {"base-node", "mid1"}} << true;
    QTest::newRow("stream") << "block-stream" << Object{{"device", "top"}} << false;
    QTest::newRow("stream to base") << "block-stream" << Object{{"device", "top"}, {"base-node", "base"}} << false;
    QTest::newRow("inner stream") << "block-stream" << Object{{"device", "mid2"}, {"base-node", "base"}} << false;
    QTest::newRow("mirror") << "blockdev-mirror" << Object{{"device", "top"}, {"target", "target"}, {"sync", "full"}}
                            << true;
    QTest::newRow("backup") << "blockdev-backup" << Object{{"device", "top"}, {"target", "target"}, {"sync", "full"}}
                            << false;
}

void TestJobs::singleJobsKeepTheGuestsData()
{
    QFETCH(QString, command);
    QFETCH(Object, arguments);
    QFETCH(bool, completes);
    World world = withTarget(chainWorld({"base", "mid1", "mid2", "top"}, "vda", 12));
    arguments["job-id"] = "j0";
    auto expected = view(world, "top");
    QCOMPARE(run(world, QmpCommand{command.toStdString(), arguments}), kAllowed);
    const auto checkGuest = [&] {
        const NodeId root = *world.rootOf(*world.findUser("vda"));
        for (std::uint32_t index = 0; index < expected.size(); ++index)
            QVERIFY(readCluster(world, root, index).readsLike(expected[index]));
    };
    for (std::uint32_t turn = 0; world.findJob("j0") && canStep(world.job(*world.findJob("j0"))); ++turn) {
        QCOMPARE(run(world, StepControl{"j0", 1}), kAllowed);
        if (turn % 3 == 0) { // the guest goes on writing, everywhere in turn
            const std::uint32_t cluster = turn / 3 * 5 % 12;
            QCOMPARE(run(world, GuestWriteControl{"vda", cluster}), kAllowed);
            expected[cluster] = readCluster(world, *world.rootOf(*world.findUser("vda")), cluster);
            QCOMPARE(expected[cluster].written.tick, world.clock);
        }
        checkGuest();
        if (turn > 200)
            break; // a mirror never ends while the guest goes on
    }
    if (completes) {
        QCOMPARE(run(world, RunUntilControl{"j0", JobStatus::Ready}), kAllowed);
        QCOMPARE(run(world, QmpCommand{"job-complete", {{"id", "j0"}}}), kAllowed);
    }
    QCOMPARE(end(world, "j0"), kAllowed);
    checkGuest();
    QVERIFY(world.ledger.holding(Holder::of(JobId{0})) == nullptr);
    QVERIFY(world.job(JobId{0}).error.empty());
}

void TestJobs::cancelAtEveryStepLeavesNoClaim_data()
{
    singleJobsKeepTheGuestsData_data();
}

void TestJobs::cancelAtEveryStepLeavesNoClaim()
{
    QFETCH(QString, command);
    QFETCH(Object, arguments);
    World world = withTarget(chainWorld({"base", "mid1", "mid2", "top"}, "vda", 8));
    arguments["job-id"] = "j0";
    const Ledger before = world.ledger;
    const auto guestSees = view(world, "top");
    QCOMPARE(run(world, QmpCommand{command.toStdString(), arguments}), kAllowed);
    int cancelled = 0;
    while (world.findJob("j0")) {
        World fork = world;
        QCOMPARE(run(fork, QmpCommand{"job-cancel", {{"id", "j0"}}}), kAllowed);
        QVERIFY(!fork.findJob("j0"));
        QVERIFY(fork.ledger == before);
        QVERIFY(readsAlike(view(fork, "top"), guestSees));
        QCOMPARE(fork.node(*fork.graph.findNode("base")).isReadOnly, true);
        ++cancelled;
        if (!canStep(world.job(*world.findJob("j0"))))
            break;
        QCOMPARE(run(world, StepControl{"j0", 1}), kAllowed);
    }
    QVERIFY(cancelled > 8);
}

void TestJobs::intermediateCommitDropsWhatIsBetween()
{
    World world = chainWorld({"base", "mid1", "mid2", "top"});
    for (const char *name : {"mid1", "mid2", "mid1-file", "mid2-file"})
        world.graph.editNode(*world.graph.findNode(name)).isMonitorOwned = false;
    const auto mid2 = view(world, "mid2");
    QCOMPARE(run(world, QmpCommand{"block-commit",
                                   {{"device", "top"}, {"top-node", "mid2"}, {"base-node", "base"}, {"job-id", "c0"}}}),
             kAllowed);
    QVERIFY(!world.node(*world.graph.findNode("base")).isReadOnly);
    QCOMPARE(end(world, "c0"), kAllowed);
    QVERIFY(readsAlike(view(world, "base"), mid2));
    QVERIFY(!world.graph.findNode("mid1") && !world.graph.findNode("mid2") && !world.graph.findNode("mid2-file"));
    QVERIFY(world.node(*world.graph.findNode("base")).isReadOnly);
    QCOMPARE(QString::fromStdString(world.node(*world.graph.findNode("top")).headerBacking),
             QStringLiteral("/images/base.qcow2"));
}

void TestJobs::activeCommitGetsReadyAndPivots()
{
    World world = chainWorld({"base", "mid", "top"});
    const auto before = view(world, "top");
    QCOMPARE(run(world, QmpCommand{"block-commit", {{"device", "top"}, {"base-node", "base"}, {"job-id", "c0"}}}),
             kAllowed);
    QCOMPARE(run(world, RunUntilControl{"c0", JobStatus::Ready}), kAllowed);
    QCOMPARE(world.job(JobId{0}).status, JobStatus::Ready);
    // Ready with nothing to copy: it waits, and says so.
    const Outcome stuck = apply(world, StepControl{"c0", 1});
    QCOMPARE(stuck.kind, Outcome::Kind::Invalid);
    QVERIFY(stuck.error->what.find("waits for job-complete") != std::string::npos);
    World brought = world;
    QCOMPARE(apply(brought, RunUntilControl{"c0", JobStatus::Null}).kind, kAllowed);
    QCOMPARE(brought.rootOf(UserId{0}), brought.graph.findNode("base"));
    QCOMPARE(run(world, QmpCommand{"block-job-complete", {{"device", "c0"}}}), kAllowed);
    QCOMPARE(end(world, "c0"), kAllowed);
    QCOMPARE(world.rootOf(UserId{0}), world.graph.findNode("base"));
    QVERIFY(!world.node(*world.graph.findNode("base")).isReadOnly);
    QVERIFY(world.node(*world.graph.findNode("top")).isObsolete);
    QVERIFY(readsAlike(view(world, "base"), before));
}

void TestJobs::mirrorFollowsTheGuestUntilReadyAndBeyond()
{
    World world = withTarget(chainWorld({"base", "top"}));
    QCOMPARE(run(world, QmpCommand{"blockdev-mirror",
                                   {{"device", "top"}, {"target", "target"}, {"sync", "full"}, {"job-id", "m0"}}}),
             kAllowed);
    QCOMPARE(run(world, RunUntilControl{"m0", JobStatus::Ready}), kAllowed);
    QVERIFY(!canStep(world.job(JobId{0})));
    QCOMPARE(run(world, GuestWriteControl{"vda", 5}), kAllowed);
    QVERIFY(canStep(world.job(JobId{0})));
    QVERIFY(!readsAlike(view(world, "top"), view(world, "target")));
    QCOMPARE(run(world, QmpCommand{"job-complete", {{"id", "m0"}}}), kAllowed);
    QCOMPARE(end(world, "m0"), kAllowed);
    QVERIFY(readsAlike(view(world, "top"), view(world, "target")));
    const Progress reached = progressOf(world.job(JobId{0})); // it is still told
    QVERIFY(reached.total > 0);
    QCOMPARE(reached.done, reached.total);
    QCOMPARE(world.rootOf(UserId{0}), world.graph.findNode("target"));
}

void TestJobs::cancelledReadyMirrorKeepsTheCopy()
{
    World world = withTarget(chainWorld({"base", "top"}));
    run(world,
        QmpCommand{"blockdev-mirror", {{"device", "top"}, {"target", "target"}, {"sync", "full"}, {"job-id", "m0"}}});
    run(world, RunUntilControl{"m0", JobStatus::Ready});
    QCOMPARE(run(world, QmpCommand{"block-job-cancel", {{"device", "m0"}}}), kAllowed);
    QCOMPARE(end(world, "m0"), kAllowed);
    QCOMPARE(world.rootOf(UserId{0}), world.graph.findNode("top"));
    QVERIFY(readsAlike(view(world, "top"), view(world, "target")));
    QVERIFY(world.job(JobId{0}).error.empty());
}

void TestJobs::backupIsItsPointInTime()
{
    World world = withTarget(chainWorld({"base", "top"}, "vda", 16));
    const auto then = view(world, "top");
    run(world,
        QmpCommand{"blockdev-backup", {{"device", "top"}, {"target", "target"}, {"sync", "full"}, {"job-id", "b0"}}});
    for (std::uint32_t cluster = 16; cluster-- > 0;) { // the guest runs towards the job
        QCOMPARE(run(world, GuestWriteControl{"vda", cluster}), kAllowed);
        if (world.findJob("b0"))
            QCOMPARE(run(world, StepControl{"b0", 1}), kAllowed);
    }
    QCOMPARE(end(world, "b0"), kAllowed);
    QVERIFY(readsAlike(view(world, "target"), then));
    QVERIFY(!readsAlike(view(world, "top"), then));
}

void TestJobs::streamOfTheWholeChainStandsAlone()
{
    World world = chainWorld({"base", "mid", "top"});
    const auto before = view(world, "top");
    run(world, QmpCommand{"block-stream", {{"device", "vda"}, {"job-id", "s0"}}});
    QCOMPARE(end(world, "s0"), kAllowed);
    const NodeId top = *world.graph.findNode("top");
    QVERIFY(!world.graph.childEdge(top, "backing"));
    QVERIFY(world.node(top).headerBacking.empty());
    QVERIFY(readsAlike(view(world, "top"), before));
}

void TestJobs::snapshotMovesTheGuestAndItsClaims()
{
    World world = chainWorld({"base", "top"});
    addImage(world, "overlay", std::nullopt, false);
    const NodeId top = *world.graph.findNode("top");
    const NodeId overlay = *world.graph.findNode("overlay");
    QCOMPARE(run(world, QmpCommand{"blockdev-snapshot", {{"node", "top"}, {"overlay", "overlay"}}}), kAllowed);
    QCOMPARE(world.rootOf(UserId{0}), std::optional(overlay));
    QVERIFY(world.ledger.masks(overlay).required.contains(Action::ModifyVisible));
    QVERIFY(!world.ledger.masks(top).required.contains(Action::ModifyVisible));
    QVERIFY(world.node(top).isReadOnly);
    QCOMPARE(run(world, GuestWriteControl{"vda", 3}), kAllowed);
    QVERIFY(isAllocated(world, overlay, 3));
}

void TestJobs::pauseHoldsAndKeepsTheClaims()
{
    World world = chainWorld({"base", "mid", "top"});
    run(world, QmpCommand{"block-stream", {{"device", "top"}, {"job-id", "s0"}}});
    const Ledger held = world.ledger;
    QCOMPARE(run(world, QmpCommand{"job-pause", {{"id", "s0"}}}), kAllowed);
    QCOMPARE(world.job(JobId{0}).status, JobStatus::Paused);
    QVERIFY(world.ledger == held);
    QCOMPARE(run(world, StepControl{"s0", 1}), Outcome::Kind::Invalid);
    World brought = world;
    QCOMPARE(run(world, QmpCommand{"job-resume", {{"id", "s0"}}}), kAllowed);
    QCOMPARE(run(world, StepControl{"s0", 1}), kAllowed);
    QCOMPARE(run(brought, RunUntilControl{"s0", JobStatus::Running}), kAllowed);
    QCOMPARE(brought.job(JobId{0}).status, JobStatus::Running);
}

void TestJobs::pendingWaitsForFinalizeAndConcludedForDismiss()
{
    World world = chainWorld({"base", "mid", "top"});
    run(world, QmpCommand{"block-stream",
                          {{"device", "top"}, {"job-id", "s0"}, {"auto-finalize", false}, {"auto-dismiss", false}}});
    QCOMPARE(run(world, RunUntilControl{"s0", JobStatus::Pending}), kAllowed);
    QCOMPARE(world.job(JobId{0}).status, JobStatus::Pending);
    QVERIFY(world.ledger.holding(Holder::of(JobId{0})) != nullptr);
    QVERIFY(world.graph.childEdge(*world.graph.findNode("top"), "backing"));
    World brought = world;
    QCOMPARE(run(brought, RunUntilControl{"s0", JobStatus::Concluded}), kAllowed);
    QCOMPARE(brought.job(JobId{0}).status, JobStatus::Concluded);
    QCOMPARE(run(world, QmpCommand{"job-finalize", {{"id", "s0"}}}), kAllowed);
    QCOMPARE(world.job(JobId{0}).status, JobStatus::Concluded);
    QVERIFY(world.ledger.holding(Holder::of(JobId{0})) == nullptr);
    QVERIFY(!world.graph.childEdge(*world.graph.findNode("top"), "backing"));
    QCOMPARE(run(world, QmpCommand{"job-dismiss", {{"id", "s0"}}}), kAllowed);
    QVERIFY(!world.findJob("s0"));
}

void TestJobs::verbsAreAcceptedAsInQemu_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("idName");
    QTest::addColumn<QString>("job");
    QTest::addColumn<QString>("error");
    QTest::newRow("unknown") << "job-pause"
                             << "id"
                             << "nix"
                             << "Job not found";
    QTest::newRow("unknown block job") << "block-job-pause"
                                       << "device"
                                       << "nix"
                                       << "Block job 'nix' not found";
    QTest::newRow("complete") << "job-complete"
                              << "id"
                              << "s0"
                              << "Job 's0' in state 'running' cannot accept command verb 'complete'";
    QTest::newRow("dismiss") << "job-dismiss"
                             << "id"
                             << "s0"
                             << "Job 's0' in state 'running' cannot accept command verb 'dismiss'";
    QTest::newRow("resume") << "job-resume"
                            << "id"
                            << "s0"
                            << "Can't resume a job that was not paused";
    QTest::newRow("not a block job") << "block-job-cancel"
                                     << "device"
                                     << "a0"
                                     << "Block job 'a0' not found";
    QTest::newRow("resume of a concluded job") << "job-resume"
                                               << "id"
                                               << "a0"
                                               << "Can't resume a job that was not paused";
    QTest::newRow("no id") << "job-cancel"
                           << "device"
                           << "s0"
                           << "Parameter 'id' is missing";
    QTest::newRow("finalize") << "block-job-finalize"
                              << "id"
                              << "s0"
                              << "Job 's0' in state 'running' cannot accept command verb 'finalize'";
}

void TestJobs::verbsAreAcceptedAsInQemu()
{
    QFETCH(QString, command);
    QFETCH(QString, idName);
    QFETCH(QString, job);
    World world = chainWorld({"base", "mid", "top"});
    run(world, QmpCommand{"block-stream", {{"device", "top"}, {"job-id", "s0"}}});
    addImage(world, "tgt", std::nullopt, false);
    const Object options{{"driver", "qcow2"}};
    QCOMPARE(run(world, QmpCommand{"x-blockdev-amend", {{"node-name", "tgt"}, {"job-id", "a0"}, {"options", options}}}),
             kAllowed);
    run(world, RunUntilControl{"a0", JobStatus::Concluded});
    const World before = world;
    const Outcome outcome =
        apply(world, QmpCommand{command.toStdString(), {{idName.toStdString(), job.toStdString()}}});
    QCOMPARE(outcome.kind, Outcome::Kind::Invalid);
    QTEST(QString::fromStdString(outcome.error->what), "error");
    QVERIFY(world == before);
}

void TestJobs::readyJobsTakeVerbsAsInQemu()
{
    World world = chainWorld({"base", "mid", "top"});
    run(world, QmpCommand{"block-commit", {{"device", "top"}, {"base-node", "base"}, {"job-id", "c0"}}});
    run(world, RunUntilControl{"c0", JobStatus::Ready});
    QCOMPARE(run(world, QmpCommand{"job-pause", {{"id", "c0"}}}), kAllowed);
    const Outcome cancel = apply(world, QmpCommand{"block-job-cancel", {{"device", "c0"}}});
    QCOMPARE(cancel.error->where, std::string("device"));
    QCOMPARE(cancel.error->what, std::string("The block job for device 'c0' is currently paused"));
    QCOMPARE(run(world, QmpCommand{"job-resume", {{"id", "c0"}}}), kAllowed);
    QCOMPARE(run(world, QmpCommand{"block-job-cancel", {{"device", "c0"}}}), kAllowed);
    QCOMPARE(apply(world, QmpCommand{"job-complete", {{"id", "c0"}}}).error->what,
             std::string("The active block job 'c0' cannot be completed"));
    QCOMPARE(end(world, "c0"), kAllowed);
    QCOMPARE(world.rootOf(UserId{0}), world.graph.findNode("top"));
    QVERIFY(world.node(*world.graph.findNode("base")).isReadOnly);
}

void TestJobs::jobCommandsCheckTheirParameters_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<Object>("arguments");
    QTest::addColumn<QString>("error");
    QTest::newRow("no id") << "job-pause" << Object{} << "Parameter 'id' is missing";
    QTest::newRow("number for an id") << "job-pause" << Object{{"id", std::int64_t{1}}}
                                      << "Invalid parameter type for 'id', expected: string";
    QTest::newRow("unknown") << "job-cancel" << Object{{"id", "s0"}, {"force", true}}
                             << "Parameter 'force' is unexpected";
    QTest::newRow("text for a boolean") << "block-job-cancel" << Object{{"device", "s0"}, {"force", "yes"}}
                                        << "Invalid parameter type for 'force', expected: boolean";
    QTest::newRow("no speed") << "block-job-set-speed" << Object{{"device", "s0"}} << "Parameter 'speed' is missing";
    QTest::newRow("negative speed") << "block-job-set-speed" << Object{{"device", "s0"}, {"speed", std::int64_t{-1}}}
                                    << "Parameter 'speed' expects a non-negative value";
    QTest::newRow("change of a stream") << "block-job-change" << Object{{"id", "s0"}, {"type", "stream"}}
                                        << "Job type does not support change";
}

void TestJobs::jobCommandsCheckTheirParameters()
{
    QFETCH(QString, command);
    QFETCH(Object, arguments);
    World world = chainWorld({"base", "mid", "top"});
    run(world, QmpCommand{"block-stream", {{"device", "top"}, {"job-id", "s0"}}});
    const World before = world;
    const Outcome outcome = apply(world, QmpCommand{command.toStdString(), arguments});
    QCOMPARE(outcome.kind, Outcome::Kind::Invalid);
    QTEST(QString::fromStdString(outcome.error->what), "error");
    QVERIFY(world == before);
}

void TestJobs::aMirrorsCopyModeChangesOneWay()
{
    World world = withTarget(chainWorld({"base", "mid", "top"}));
    run(world,
        QmpCommand{"blockdev-mirror", {{"device", "top"}, {"target", "target"}, {"sync", "full"}, {"job-id", "m0"}}});
    const auto change = [&](const char *mode) {
        return apply(world, QmpCommand{"block-job-change", {{"id", "m0"}, {"type", "mirror"}, {"copy-mode", mode}}});
    };
    QCOMPARE(change("background").kind, kAllowed);
    QCOMPARE(change("write-blocking").kind, kAllowed);
    QCOMPARE(*findString(world.job(JobId{0}).arguments, "copy-mode"), std::string("write-blocking"));
    QCOMPARE(change("background").error->what, std::string("Change to copy mode 'background' is not implemented"));
}

/// As QEMU 7.2 leaves it: both overlays go on on the base, and their headers say so.
void TestJobs::allOverlaysOfACommittedTopMove()
{
    World world = chainWorld({"base", "mid", "top"});
    addImage(world, "beside", world.graph.findNode("mid"), true);
    const auto before = view(world, "beside");
    run(world, QmpCommand{"block-commit", {{"device", "top"}, {"top-node", "mid"}, {"job-id", "c0"}}});
    QCOMPARE(end(world, "c0"), kAllowed);
    QVERIFY(readsAlike(view(world, "beside"), before));
    for (const char *name : {"top", "beside"}) {
        const NodeId node = *world.graph.findNode(name);
        QCOMPARE(nextInChain(world.graph, node), world.graph.findNode("base"));
        QCOMPARE(world.node(node).headerBacking, std::string("/images/base.qcow2"));
    }
    QVERIFY(world.node(*world.graph.findNode("beside")).isReadOnly);
    QVERIFY(world.findings->empty());
}

/// So does whatever else is above it (bdrv_drop_intermediate()); NAC does not let it come to that.
void TestJobs::whoIsNoOverlayMovesToo()
{
    World world = chainWorld({"base", "mid", "top"});
    Node raw;
    raw.name = "raw";
    raw.driver = "raw";
    raw.isReadOnly = true;
    raw.isMonitorOwned = true;
    const NodeId beside = addNode(world, raw);
    attach(world, Parent::of(beside), *world.graph.findNode("mid"), "file");
    QCOMPARE(run(world, SetPolicyControl{"qemu"}), kAllowed);
    QCOMPARE(run(world, QmpCommand{"block-commit", {{"device", "top"}, {"top-node", "mid"}, {"job-id", "c0"}}}),
             kAllowed);
    QCOMPARE(end(world, "c0"), kAllowed);
    const auto link = world.graph.childEdge(beside, "file");
    QVERIFY(link);
    QCOMPARE(world.graph.edge(*link).child, *world.graph.findNode("base"));
    QVERIFY(world.node(beside).headerBacking.empty());
}

/// "Active commit is required if and only if someone has taken a WRITE permission on the top node" (blockdev.c).
void TestJobs::aCommitBelowAWriterIsActive()
{
    World world = chainWorld({"base", "mid", "top"}, {});
    setReadOnly(world, *world.graph.findNode("mid"), false);
    User writer;
    writer.name = "e0";
    writer.kind = User::Kind::Export;
    writer.exportType = "nbd";
    writer.isWritable = true;
    addUser(world, writer, *world.graph.findNode("mid"));
    QmpCommand commit{"block-commit",
                      {{"device", "top"}, {"top-node", "mid"}, {"job-id", "c0"}, {"backing-file", "x"}}};
    QCOMPARE(apply(world, commit).error->what, std::string("'backing-file' specified, but 'top' has a writer on it"));
    commit.arguments.erase("backing-file");
    QCOMPARE(run(world, commit), kAllowed);
    QVERIFY(world.job(JobId{0}).isActiveCommit());
    QCOMPARE(run(world, RunUntilControl{"c0", JobStatus::Ready}), kAllowed);
    QCOMPARE(run(world, QmpCommand{"job-complete", {{"id", "c0"}}}), kAllowed);
    QCOMPARE(end(world, "c0"), kAllowed);
    QCOMPARE(world.rootOf(*world.findUser("e0")), world.graph.findNode("base"));
    QCOMPARE(nextInChain(world.graph, *world.graph.findNode("top")), world.graph.findNode("base"));
    // A pivot does not write headers.
    QCOMPARE(world.node(*world.graph.findNode("top")).headerBacking, std::string("/images/mid.qcow2"));
}

void TestJobs::theBackingFileIsWrittenAsAsked_data()
{
    QTest::addColumn<QmpCommand>("command");
    QTest::newRow("commit") << QmpCommand{"block-commit", {{"device", "top"}, {"top-node", "mid2"}}};
    QTest::newRow("stream") << QmpCommand{"block-stream", {{"device", "top"}, {"base-node", "mid1"}}};
}

void TestJobs::theBackingFileIsWrittenAsAsked()
{
    QFETCH(QmpCommand, command);
    World world = chainWorld({"base", "mid1", "mid2", "top"});
    command.arguments["base-node"] = Value("mid1");
    command.arguments["backing-file"] = Value("./mid1.qcow2");
    command.arguments["job-id"] = Value("j0");
    QCOMPARE(run(world, command), kAllowed);
    QCOMPARE(end(world, "j0"), kAllowed);
    const Node &top = world.node(*world.graph.findNode("top"));
    QCOMPARE(top.headerBacking, std::string("./mid1.qcow2"));
    QVERIFY(top.isHeaderChosen);
}

void TestJobs::aMirrorLeavesItsWholeSourceChainBehind()
{
    World world = withTarget(chainWorld({"base", "mid", "top"}));
    addImage(world, "side", world.graph.findNode("base"), false);
    User other;
    other.name = "vdb";
    addUser(world, other, world.graph.findNode("side"));
    run(world,
        QmpCommand{"blockdev-mirror", {{"device", "top"}, {"target", "target"}, {"sync", "full"}, {"job-id", "m0"}}});
    run(world, RunUntilControl{"m0", JobStatus::Ready});
    run(world, QmpCommand{"job-complete", {{"id", "m0"}}});
    QCOMPARE(end(world, "m0"), kAllowed);
    QVERIFY(world.node(*world.graph.findNode("top")).isObsolete);
    QVERIFY(world.node(*world.graph.findNode("mid")).isObsolete);
    QVERIFY(!world.node(*world.graph.findNode("base")).isObsolete); // vdb still reads it
}

void TestJobs::aMirrorToAnotherSizeFailsAtOnce()
{
    World world = chainWorld({"base", "top"});
    addImage(world, "tgt", std::nullopt, false);
    world.graph.editNode(*world.graph.findNode("top")).virtualSize = 1048576;
    world.graph.editNode(*world.graph.findNode("tgt")).virtualSize = 2097152;
    const Object arguments{
        {"device", "top"}, {"target", "tgt"}, {"sync", "full"}, {"job-id", "m0"}, {"auto-dismiss", false}};
    QCOMPARE(run(world, QmpCommand{"blockdev-mirror", arguments}), kAllowed);
    run(world, RunUntilControl{"m0", JobStatus::Concluded});
    QCOMPARE(world.job(JobId{0}).error, std::string("Source and target image have different sizes"));
    QCOMPARE(world.rootOf(UserId{0}), world.graph.findNode("top"));
    QVERIFY(world.ledger.holding(Holder::of(JobId{0})) == nullptr);
}

/// commit_abort() lets go of the nodes; what succeeded holds them until it is dismissed.
void TestJobs::aCancelledCommitLeavesTheGraph()
{
    const Object commit{
        {"device", "top"}, {"top-node", "mid"}, {"base-node", "base"}, {"job-id", "c0"}, {"auto-dismiss", false}};
    const QmpCommand second{"block-commit", {{"device", "top"}, {"job-id", "c1"}}};
    for (const bool isCancelled : {true, false}) {
        World world = chainWorld({"base", "mid", "top"});
        usePolicy(world, kQemuPolicy);
        QCOMPARE(run(world, QmpCommand{"block-commit", commit}), kAllowed);
        if (isCancelled)
            run(world, QmpCommand{"job-cancel", {{"id", "c0"}}});
        else
            run(world, RunUntilControl{"c0", JobStatus::Concluded});
        QCOMPARE(world.job(JobId{0}).status, JobStatus::Concluded);
        QCOMPARE(run(world, second) == kAllowed, isCancelled);
    }
}

void TestJobs::replacesMustShowTheSame()
{
    World world = withTarget(chainWorld({"base", "mid", "top"}));
    QmpCommand mirror{"blockdev-mirror",
                      {{"device", "top"}, {"target", "target"}, {"sync", "full"}, {"replaces", "mid"}}};
    const Outcome outcome = apply(world, mirror);
    QCOMPARE(outcome.kind, Outcome::Kind::Invalid);
    QVERIFY(outcome.error->what.starts_with("Cannot replace 'mid' by a node mirrored from 'top', because"));
    mirror.arguments["replaces"] = Value("top");
    QCOMPARE(run(world, mirror), kAllowed);
}

void TestJobs::aWriteUnderACopyInFlightWins_data()
{
    QTest::addColumn<QmpCommand>("command");
    QTest::newRow("mirror") << QmpCommand{
        "blockdev-mirror", {{"device", "top"}, {"target", "target"}, {"sync", "full"}, {"job-id", "j0"}}};
    QTest::newRow("active commit") << QmpCommand{"block-commit", {{"device", "top"}, {"job-id", "j0"}}};
    QTest::newRow("stream") << QmpCommand{"block-stream", {{"device", "top"}, {"job-id", "j0"}}};
}

/// The guest writes each cluster just when the job has read it and not yet written it.
void TestJobs::aWriteUnderACopyInFlightWins()
{
    QFETCH(QmpCommand, command);
    World world = withTarget(chainWorld({"base", "mid", "top"}, "vda", 16));
    QCOMPARE(run(world, command), kAllowed);
    std::vector<Cluster> expected = view(world, "top");
    int hits = 0;
    while (canStep(world.job(JobId{0})) && hits < 12) {
        run(world, StepControl{"j0", 1});
        const Job &job = world.job(JobId{0});
        if (job.phase != Job::Phase::Write)
            continue;
        const std::uint32_t cluster = job.cursor;
        QCOMPARE(run(world, GuestWriteControl{"vda", cluster}), kAllowed);
        expected[cluster] = readCluster(world, *world.rootOf(UserId{0}), cluster);
        QCOMPARE(expected[cluster].value.tick, world.clock);
        ++hits;
    }
    QVERIFY(hits > 0);
    if (world.findJob("j0") && run(world, RunUntilControl{"j0", JobStatus::Ready}) == kAllowed && world.findJob("j0"))
        QCOMPARE(run(world, QmpCommand{"job-complete", {{"id", "j0"}}}), kAllowed);
    QCOMPARE(end(world, "j0"), kAllowed);
    const NodeId root = *world.rootOf(UserId{0});
    for (std::uint32_t index = 0; index < 12; ++index)
        QVERIFY(readCluster(world, root, index).readsLike(expected[index]));
}

void TestJobs::streamToABaseRewritesTheHeader()
{
    World world = chainWorld({"base", "mid", "top"});
    run(world, QmpCommand{"block-stream", {{"device", "top"}, {"base-node", "base"}, {"job-id", "s0"}}});
    QCOMPARE(end(world, "s0"), kAllowed);
    const NodeId top = *world.graph.findNode("top");
    QCOMPARE(QString::fromStdString(world.node(top).headerBacking), QStringLiteral("/images/base.qcow2"));
    QVERIFY(world.node(*world.graph.findNode("mid")).isObsolete);
    QVERIFY(!world.node(*world.graph.findNode("base")).isObsolete);
}

void TestJobs::aNodeThatAJobWorksOnStaysOpen()
{
    World world = withTarget(chainWorld({"base", "top"}));
    const NodeId target = *world.graph.findNode("target");
    world.graph.editNode(target).isMonitorOwned = false;
    run(world,
        QmpCommand{"blockdev-backup", {{"device", "top"}, {"target", "target"}, {"sync", "full"}, {"job-id", "b0"}}});
    closeIfUnreferenced(world, target);
    QVERIFY(world.node(target).isOpen);
    QCOMPARE(run(world, QmpCommand{"job-cancel", {{"id", "b0"}}}), kAllowed);
    QVERIFY(!world.node(target).isOpen);
}

QTEST_GUILESS_MAIN(TestJobs)
#include "tst_jobs.moc"
