// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/run/apply.h"
#include "engine/run/remedies.h"
#include "engine/world/blockio.h"
#include "tests/support/worlds.h"

#include <QTest>

using namespace blockscope;
using namespace blockscope::test;

namespace {

/// base <- m1 <- m2 <- m3 <- m4 <- top with guest drive0 (graph C of operations.md),
/// side is another overlay of base; tgt and ovl stand alone.
World standardWorld()
{
    World world = chainWorld({"base", "m1", "m2", "m3", "m4", "top"}, "drive0", 16);
    addImage(world, "side", world.graph.findNode("base"), false, 16);
    addImage(world, "tgt", std::nullopt, false, 16);
    addImage(world, "tgt2", std::nullopt, false, 16);
    addImage(world, "ovl", std::nullopt, false, 16);
    return world;
}

QmpCommand commit(const char *top, const char *base)
{
    return {"block-commit", {{"device", "top"}, {"top-node", top}, {"base-node", base}}};
}

QmpCommand stream(const char *device)
{
    return {"block-stream", {{"device", device}}};
}

QmpCommand stream(const char *device, const char *base)
{
    return {"block-stream", {{"device", device}, {"base-node", base}}};
}

QmpCommand copy(const char *command, const char *device, const char *target)
{
    return {command, {{"device", device}, {"target", target}, {"sync", "full"}}};
}

/// "m3 GR NAC-R1 job" for every reason, in order.
QStringList reasonsOf(const World &world, const Outcome &outcome)
{
    static constexpr const char *kKinds[] = {"job", "user", "edge"};
    QStringList lines;
    for (const Reason &reason : outcome.verdict.reasons) {
        lines << QStringLiteral("%1 %2 %3 %4")
                     .arg(QString::fromStdString(world.node(reason.node).name), QLatin1String(letters(reason.action)),
                          QString::fromStdString(reason.code),
                          QLatin1String(kKinds[static_cast<int>(reason.holder.kind)]));
    }
    return lines;
}

} // namespace

/// What is refused beside what, with which reasons, and what would help.
class TestApply : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theGraphLockHoldsJobsBack();
    void aListedRequestIsJudgedInFull();
    void aRefusedAcquireLeavesWhatARefusalLeaves();
    void aSenselessRequestIsNotListed();
    void aNodeMayBeNamedLikeTheRoot();
    void backendsOfJobsAreNoDevices();
    void humanCommandsHaveRemedies();
    void remediesFitEachJob();
    void pairsAreDecidedAsTheMasksSay_data();
    void pairsAreDecidedAsTheMasksSay();
    void aRefusalNamesEveryReasonAndChangesNothing();
    void theRefusedIsAcceptedOnceTheOtherEnded();
    void aStoppedGuestRequiresNothing();
    void contIsARequestLikeAnyOther();
    void deletingAUsedNodeIsRefusedByItsUsers();
    void remediesWork_data();
    void remediesWork();
    void runUntilPassesOverAGoneJob();
    void guestWritesAreChecked();
    void madeUpNamesDoNotCollide();
    void whatIsAddedInPlaceGoesWithItsRoot();
    void anOverlayHasTheClustersBelowItsFilters();
    void anOverlayThatIsReadIsInUse_data();
    void anOverlayThatIsReadIsInUse();
    void stopLeavesAVmThatDoesNotRun();
    void aNodeUnderACapturedJobIsInUse();
    void whoReadsTheFileOfANodeThatBecomesWritableIsAsked();
};

void TestApply::pairsAreDecidedAsTheMasksSay_data()
{
    QTest::addColumn<QmpCommand>("first");
    QTest::addColumn<QmpCommand>("second");
    QTest::addColumn<bool>("allowed");

    const auto row = [](const char *name, const QmpCommand &first, const QmpCommand &second, bool allowed) {
        QTest::newRow(name) << first << second << allowed;
    };
    row("two commits apart", commit("m4", "m3"), commit("m2", "m1"), true);
    row("two commits that meet", commit("m4", "m3"), commit("m3", "m2"), false);
    row("stream above a commit", commit("m2", "m1"), stream("top", "m3"), true);
    row("stream across a commit", commit("m2", "m1"), stream("top"), false);
    row("stream beside a stream", stream("m2", "base"), stream("top", "m3"), true);
    row("stream through a stream", stream("m2", "base"), stream("top"), false);
    row("mirror beside backup", copy("blockdev-mirror", "top", "tgt"), copy("blockdev-backup", "top", "tgt2"), true);
    row("two jobs into one target", copy("blockdev-backup", "top", "tgt"), copy("blockdev-backup", "top", "tgt"),
        false);
    row("commit below a backup", copy("blockdev-backup", "top", "tgt"), commit("m2", "m1"), false);
    row("snapshot during backup", copy("blockdev-backup", "top", "tgt"),
        {"blockdev-snapshot", {{"node", "top"}, {"overlay", "ovl"}}}, true);
    row("snapshot during mirror", copy("blockdev-mirror", "top", "tgt"),
        {"blockdev-snapshot", {{"node", "top"}, {"overlay", "ovl"}}}, false);
    row("header edit of a node that a commit drops", commit("m3", "m1"),
        {"change-backing-file", {{"device", "top"}, {"image-node-name", "m3"}, {"backing-file", "/images/m2.qcow2"}}},
        false);
    row("header edit of a node that a commit writes", commit("m3", "m1"),
        {"change-backing-file", {{"device", "top"}, {"image-node-name", "m1"}, {"backing-file", "/images/base.qcow2"}}},
        false);
    row("an overlay on a node that a commit drops", commit("m3", "m1"),
        {"blockdev-add", {{"driver", "qcow2"}, {"node-name", "new"}, {"backing", "m2"}}}, true);
}

void TestApply::pairsAreDecidedAsTheMasksSay()
{
    QFETCH(QmpCommand, first);
    QFETCH(QmpCommand, second);
    QFETCH(bool, allowed);
    World world = standardWorld();
    QCOMPARE(apply(world, first).kind, Outcome::Kind::Allowed);
    const World before = world;
    const Outcome outcome = apply(world, second);
    QVERIFY2(outcome.kind != Outcome::Kind::Invalid, outcome.error ? outcome.error->what.c_str() : "");
    QCOMPARE(outcome.kind == Outcome::Kind::Allowed, allowed);
    QCOMPARE(outcome.verdict.isAllowed(), allowed);
    if (!allowed)
        QVERIFY(world == before);
    QVERIFY(verify(world));
}

void TestApply::aRefusalNamesEveryReasonAndChangesNothing()
{
    World world = standardWorld();
    apply(world, commit("m3", "m2"));
    const Tick since = world.clock;
    const Outcome outcome = apply(world, stream("top", "m1"));
    QCOMPARE(outcome.kind, Outcome::Kind::Refused);
    QCOMPARE(reasonsOf(world, outcome).join(u", "),
             QStringLiteral("m2 MV NAC-R2 job, m2 MM NAC-R2 job, m2 RV NAC-R1 job, m3 GR NAC-R1 job, "
                            "m3 GR NAC-R2 job, m4 MM NAC-R2 job, m4 GR NAC-R2 job"));
    for (const Reason &reason : outcome.verdict.reasons)
        QCOMPARE(reason.since, since);
}

void TestApply::theRefusedIsAcceptedOnceTheOtherEnded()
{
    World world = standardWorld();
    apply(world, commit("m3", "m1"));
    QCOMPARE(apply(world, stream("top")).kind, Outcome::Kind::Refused);
    QCOMPARE(apply(world, RunUntilControl{"commit0", JobStatus::Null}).kind, Outcome::Kind::Allowed);
    QCOMPARE(apply(world, stream("top")).kind, Outcome::Kind::Allowed);
}

void TestApply::aStoppedGuestRequiresNothing()
{
    World world = standardWorld();
    const NodeId top = *world.graph.findNode("top");
    QVERIFY(world.ledger.masks(top).required.contains(Action::ModifyVisible));
    QCOMPARE(apply(world, QmpCommand{"stop", {}}).kind, Outcome::Kind::Allowed);
    QVERIFY(world.ledger.masks(top) == Ledger::Masks());
    QCOMPARE(apply(world, GuestWriteControl{"drive0", 0}).kind, Outcome::Kind::Invalid);
    QVERIFY(verify(world));
}

void TestApply::contIsARequestLikeAnyOther()
{
    World world = standardWorld();
    apply(world, QmpCommand{"stop", {}});
    // While the guest is stopped, its disk may become the target of a backup ...
    QCOMPARE(apply(world, copy("blockdev-backup", "tgt", "top")).kind, Outcome::Kind::Allowed);
    // ... and then it must not go on.
    const Outcome outcome = apply(world, QmpCommand{"cont", {}});
    QCOMPARE(outcome.kind, Outcome::Kind::Refused);
    QVERIFY(!world.isVmRunning());
    apply(world, RunUntilControl{"backup0", JobStatus::Null});
    QCOMPARE(apply(world, QmpCommand{"cont", {}}).kind, Outcome::Kind::Allowed);
    QVERIFY(world.isVmRunning());
    QVERIFY(verify(world));
}

void TestApply::deletingAUsedNodeIsRefusedByItsUsers()
{
    World world = standardWorld();
    const Outcome used = apply(world, QmpCommand{"blockdev-del", {{"node-name", "m1"}}});
    QCOMPARE(reasonsOf(world, used).join(u", "), QStringLiteral("m1 RM NAC-R2 edge"));
    QCOMPARE(apply(world, QmpCommand{"blockdev-del", {{"node-name", "ovl"}}}).kind, Outcome::Kind::Allowed);
    QVERIFY(!world.graph.findNode("ovl"));
    apply(world, QmpCommand{"stop", {}});
    const Outcome silent = apply(world, QmpCommand{"blockdev-del", {{"node-name", "top"}}});
    QCOMPARE(silent.kind, Outcome::Kind::Invalid);
    QCOMPARE(silent.error->what, std::string("Node top is in use"));
}

void TestApply::remediesWork_data()
{
    QTest::addColumn<Event>("first");
    QTest::addColumn<QmpCommand>("request");
    QTest::addColumn<QList<int>>("kinds");
    using Kind = Remedy::Kind;
    const auto kinds = [](std::initializer_list<Kind> list) {
        QList<int> numbers;
        for (Kind kind : list)
            numbers << static_cast<int>(kind);
        return numbers;
    };
    QTest::newRow("a job in the way") << Event(commit("m3", "m2")) << stream("top", "m1")
                                      << kinds({Kind::WaitForJobs, Kind::CancelJobs, Kind::OtherArgument});
    QTest::newRow("a ready job in the way")
        << Event(QmpCommand{"block-commit", {{"device", "top"}, {"base-node", "m4"}}}) << stream("m4", "m2")
        << kinds({Kind::CompleteJobs, Kind::CancelJobs});
    QTest::newRow("the guest in the way") << Event(QmpCommand{"stop", {}}) << QmpCommand{"cont", {}} << kinds({});
    QTest::newRow("a link in the way") << Event(commit("m3", "m2"))
                                       << QmpCommand{"blockdev-del", {{"node-name", "base"}}} << kinds({});
    QTest::newRow("a listed request in the way") << Event(ListControl{"r0", commit("m1", "base")}) << commit("m4", "m3")
                                                 << kinds({Kind::AcquireListed, Kind::GiveUpListed});
}

void TestApply::remediesWork()
{
    QFETCH(Event, first);
    QFETCH(QmpCommand, request);
    QFETCH(QList<int>, kinds);
    World world = standardWorld();
    apply(world, first);
    QList<int> offered;
    for (const Remedy &remedy : remedies(world, request)) {
        if (!offered.contains(static_cast<int>(remedy.kind)))
            offered << static_cast<int>(remedy.kind);
        World played = world;
        for (const Event &event : remedy.events)
            QCOMPARE(apply(played, event).kind, Outcome::Kind::Allowed);
    }
    QCOMPARE(offered, kinds);
}

void TestApply::runUntilPassesOverAGoneJob()
{
    World world = standardWorld();
    apply(world, commit("m3", "m2"));
    QCOMPARE(apply(world, RunUntilControl{"commit0", JobStatus::Concluded}).kind, Outcome::Kind::Allowed);
    QCOMPARE(apply(world, RunUntilControl{"commit0", JobStatus::Null}).kind, Outcome::Kind::Allowed);
    QCOMPARE(apply(world, RunUntilControl{"never", JobStatus::Null}).kind, Outcome::Kind::Invalid);
}

void TestApply::guestWritesAreChecked()
{
    World world = standardWorld();
    QCOMPARE(apply(world, GuestWriteControl{"nix", 0}).error->where, std::string("device"));
    QCOMPARE(apply(world, GuestWriteControl{"drive0", 16}).error->where, std::string("cluster"));
    QCOMPARE(apply(world, SetPolicyControl{"none"}).error->where, std::string("policy"));
}

void TestApply::madeUpNamesDoNotCollide()
{
    World world = standardWorld();
    const std::string next = "#block" + std::to_string(world.graph.nodeCount());
    const Object unnamed{{"driver", "file"}, {"filename", "/new"}};
    const Outcome outcome =
        apply(world, QmpCommand{"blockdev-add", {{"driver", "qcow2"}, {"node-name", next}, {"file", unnamed}}});
    QCOMPARE(outcome.kind, Outcome::Kind::Invalid);
    QCOMPARE(outcome.error->what, "Invalid node-name: '" + next + "'");
    QCOMPARE(
        apply(world, QmpCommand{"blockdev-add", {{"driver", "qcow2"}, {"node-name", "n"}, {"file", unnamed}}}).kind,
        Outcome::Kind::Allowed);
    QVERIFY(world.graph.findNode(next));
    QVERIFY(verify(world));
}

void TestApply::whatIsAddedInPlaceGoesWithItsRoot()
{
    World world = standardWorld();
    const Object file{{"driver", "file"}, {"filename", "/new"}, {"node-name", "new-file"}};
    const Object backing{{"driver", "qcow2"}, {"node-name", "new-backing"}, {"file", Object{{"driver", "file"}}}};
    const std::size_t before = world.graph.nodes().size();
    apply(world, QmpCommand{"blockdev-add",
                            {{"driver", "qcow2"}, {"node-name", "new"}, {"file", file}, {"backing", backing}}});
    QCOMPARE(world.graph.nodes().size(), before + 4);
    QCOMPARE(apply(world, QmpCommand{"blockdev-del", {{"node-name", "new-backing"}}}).error->what,
             std::string("Node new-backing is not owned by the monitor"));
    QCOMPARE(apply(world, QmpCommand{"blockdev-del", {{"node-name", "new"}}}).kind, Outcome::Kind::Allowed);
    QCOMPARE(world.graph.nodes().size(), before);
    QVERIFY(verify(world));
}

void TestApply::anOverlayHasTheClustersBelowItsFilters()
{
    World world = standardWorld();
    apply(world, QmpCommand{"blockdev-add", {{"driver", "throttle"}, {"node-name", "limit"}, {"file", "m1"}}});
    apply(world, QmpCommand{"blockdev-add", {{"driver", "qcow2"}, {"node-name", "over"}, {"backing", "limit"}}});
    QCOMPARE(clusterCount(world, *world.graph.findNode("over")), 16U);
}

void TestApply::anOverlayThatIsReadIsInUse_data()
{
    QTest::addColumn<QString>("node");
    QTest::addColumn<QString>("overlay");
    QTest::newRow("by the guest") << "m1"
                                  << "top";
    QTest::newRow("by the guest, from above") << "tgt"
                                              << "base";
}

void TestApply::anOverlayThatIsReadIsInUse()
{
    QFETCH(QString, node);
    QFETCH(QString, overlay);
    World world = standardWorld();
    const Outcome outcome = apply(
        world, QmpCommand{"blockdev-snapshot", {{"node", node.toStdString()}, {"overlay", overlay.toStdString()}}});
    QCOMPARE(outcome.kind, Outcome::Kind::Invalid);
    QCOMPARE(outcome.error->what, std::string("The overlay is already in use"));
}

void TestApply::stopLeavesAVmThatDoesNotRun()
{
    World world = standardWorld();
    setRunState(world, "prelaunch");
    QCOMPARE(apply(world, QmpCommand{"stop", {}}).kind, Outcome::Kind::Allowed);
    QCOMPARE(world.runState, std::string("prelaunch"));
}

void TestApply::aNodeUnderACapturedJobIsInUse()
{
    World world = standardWorld();
    Job job; // of a type that has no step machine here, so it holds no claims
    job.id = JobId{0};
    job.name = "create0";
    job.status = JobStatus::Running;
    job.isSimulated = false;
    world.jobs.emplace_back(job);
    attach(world, Parent::of(JobId{0}), *world.graph.findNode("tgt"), "main node");
    const Outcome outcome = apply(world, QmpCommand{"blockdev-del", {{"node-name", "tgt"}}});
    QCOMPARE(outcome.kind, Outcome::Kind::Invalid);
    QCOMPARE(outcome.error->what, std::string("Block device tgt is in use"));
}

void TestApply::whoReadsTheFileOfANodeThatBecomesWritableIsAsked()
{
    World world = standardWorld();
    // A second node on the file of m1 caches metadata, so m1 must not be written (P5).
    apply(world, QmpCommand{"blockdev-add",
                            {{"driver", "qcow2"}, {"node-name", "twin"}, {"read-only", true}, {"file", "m1-file"}}});
    const Outcome outcome = apply(world, commit("m3", "m1"));
    QCOMPARE(outcome.kind, Outcome::Kind::Refused);
    QCOMPARE(reasonsOf(world, outcome).join(u", "), QStringLiteral("m1-file MV NAC-R1 edge"));
}

/// A job that is done waits with its completion, which changes the graph, until the listed request is through.
void TestApply::theGraphLockHoldsJobsBack()
{
    World world = chainWorld({"base", "mid", "top"});
    const QmpCommand commit{"block-commit",
                            {{"device", "top"}, {"top-node", "mid"}, {"base-node", "base"}, {"job-id", "c"}}};
    QVERIFY(apply(world, commit).kind == Outcome::Kind::Allowed);
    const ListControl list{"r",
                           {"change-backing-file",
                            {{"device", "top"}, {"image-node-name", "mid"}, {"backing-file", "/images/base.qcow2"}}}};
    QVERIFY(apply(world, list).kind == Outcome::Kind::Allowed);
    QVERIFY(apply(world, RunUntilControl{"c", JobStatus::Pending}).kind == Outcome::Kind::Allowed);
    QVERIFY(world.job(*world.findJob("c")).status == JobStatus::Pending);
    QVERIFY(world.graph.findNode("mid").has_value());
    for (const char *command : {"job-finalize", "job-cancel"}) {
        const Outcome outcome = apply(world, QmpCommand{command, {{"id", "c"}}});
        QVERIFY(outcome.kind == Outcome::Kind::Refused);
        QCOMPARE(outcome.verdict.reasons.front().code, std::string("GRAPH-LOCK"));
    }
    const Outcome brought = apply(world, RunUntilControl{"c", JobStatus::Null});
    QCOMPARE(brought.error->what, std::string("Job 'c' is pending; it waits until the graph is no longer locked"));
    QVERIFY(apply(world, UnlistControl{"r"}).kind == Outcome::Kind::Allowed);
    QVERIFY(!world.findJob("c"));
    QVERIFY(verify(world));
}

/// What is acquired later is judged as what is asked at once, by all that the policy looks at.
void TestApply::aListedRequestIsJudgedInFull()
{
    World world = chainWorld({"base", "top"});
    apply(world, SetPolicyControl{"qemu"});
    apply(world, QmpCommand{"nbd-server-start", {{"addr", Object{{"type", "unix"}}}}});
    const QmpCommand writer{"block-export-add",
                            {{"type", "nbd"}, {"id", "e0"}, {"node-name", "top"}, {"writable", true}}};
    QVERIFY(!decide(world, writer, "qemu")->verdict.isAllowed());
    QCOMPARE(apply(world, ListControl{"r0", writer}).kind, Outcome::Kind::Allowed);
    QCOMPARE(apply(world, AcquireControl{"r0"}).kind, Outcome::Kind::Refused);
}

/// Reading N6 off: a refused copy leaves its target prepared, asked at once or listed before.
void TestApply::aRefusedAcquireLeavesWhatARefusalLeaves()
{
    World world = standardWorld();
    apply(world, SetSwitchControl{Switch::AcquireFirst, false});
    apply(world, SetSwitchControl{Switch::GraphLock, false});
    QmpCommand backup = copy("blockdev-backup", "top", "tgt");
    backup.arguments["job-id"] = "second";
    QCOMPARE(apply(world, ListControl{"r0", backup}).kind, Outcome::Kind::Allowed);
    QCOMPARE(apply(world, copy("blockdev-backup", "top", "tgt")).kind, Outcome::Kind::Allowed);
    World asked = world;
    const Outcome atOnce = apply(asked, backup);
    QCOMPARE(atOnce.kind, Outcome::Kind::Refused);
    QVERIFY(asked != world);
    QCOMPARE(apply(world, AcquireControl{"r0"}).kind, Outcome::Kind::Refused);
    QVERIFY(asked == world);
}

/// QEMU refuses it before it sees that it makes no sense; it has no nodes that could be listed.
void TestApply::aSenselessRequestIsNotListed()
{
    World world = standardWorld();
    apply(world, SetPolicyControl{"qemu"});
    QCOMPARE(apply(world, commit("m3", "m1")).kind, Outcome::Kind::Allowed);
    const QmpCommand senseless{"block-stream", {{"device", "top"}, {"base", "/images/nowhere"}}};
    const QmpCommand taken{"block-commit", {{"device", "top"}, {"top-node", "m3"}, {"base-node", "tgt"}}};
    QCOMPARE(apply(world, ListControl{"r0", senseless}).kind, Outcome::Kind::Invalid);
    QCOMPARE(apply(world, ListControl{"r0", taken}).kind, Outcome::Kind::Invalid);
    QVERIFY(world.listed->empty());
}

/// The name that stands for the first guest's node may be a node's own.
void TestApply::aNodeMayBeNamedLikeTheRoot()
{
    World world = chainWorld({"base", "@root"});
    QVERIFY(decide(world, stream("@root"), "nac").hasValue());
}

void TestApply::backendsOfJobsAreNoDevices()
{
    World world = standardWorld();
    apply(world, SetPolicyControl{"qemu"});
    apply(world,
          QmpCommand{"block-commit", {{"device", "top"}, {"top-node", "m3"}, {"base-node", "m1"}, {"job-id", "c0"}}});
    QVERIFY(world.findJob("c0"));
    QVERIFY(!world.findUser("c0"));
    QCOMPARE(apply(world, GuestWriteControl{"c0", 0}).error->where, std::string("device"));
}

void TestApply::humanCommandsHaveRemedies()
{
    World world = standardWorld();
    apply(world, commit("m3", "m1"));
    const QmpCommand human{"human-monitor-command", {{"command-line", "commit drive0"}}};
    apply(world, QmpCommand{"stop", {}});
    QVERIFY(!decide(world, human, "nac")->verdict.isAllowed());
    QVERIFY(!remedies(world, human).empty());
}

/// One that is not dismissed by itself is waited for all the same, and of two only the mirror is told to complete.
void TestApply::remediesFitEachJob()
{
    World world = standardWorld();
    QmpCommand kept = commit("m3", "m2");
    kept.arguments["auto-dismiss"] = false;
    apply(world, kept);
    QCOMPARE(remedies(world, stream("top", "m1")).front().kind, Remedy::Kind::WaitForJobs);

    World both = standardWorld();
    apply(both, stream("m3", "m1"));
    QCOMPARE(apply(both, copy("blockdev-mirror", "top", "tgt")).kind, Outcome::Kind::Allowed);
    const auto offers = remedies(both, QmpCommand{"block-commit", {{"device", "top"}, {"base-node", "base"}}});
    QVERIFY(std::any_of(offers.begin(), offers.end(),
                        [](const Remedy &each) { return each.kind == Remedy::Kind::CompleteJobs; }));
}

QTEST_GUILESS_MAIN(TestApply)
#include "tst_apply.moc"
