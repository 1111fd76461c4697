// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/run/adopt.h"
#include "engine/run/apply.h"
#include "engine/world/blockio.h"
#include "tests/support/worlds.h"

#include <QTest>

using namespace blockscope;
using namespace blockscope::test;

namespace {

constexpr auto kAllowed = Outcome::Kind::Allowed;

/// base <- mid <- top with guest vda; target stands alone.
World captureWorld()
{
    World world = chainWorld({"base", "mid", "top"}, "vda", 12);
    addImage(world, "target", std::nullopt, false, 12);
    return world;
}

/// As QEMU has it while a job runs: a filter that took over the users of \a below.
void insertFilter(World &world, const char *name, const char *driver, const char *below)
{
    const NodeId child = *world.graph.findNode(below);
    Node node;
    node.name = name;
    node.driver = driver;
    node.isImplicit = true;
    const NodeId filter = addNode(world, node);
    for (EdgeId edge : std::vector<EdgeId>(world.node(child).parents))
        redirect(world, edge, filter);
    attach(world, Parent::of(filter), child, "backing");
}

CapturedJob captured(const char *type, const char *operation, Object arguments)
{
    CapturedJob job;
    job.name = "j0";
    job.type = type;
    job.operation = operation;
    job.arguments = std::move(arguments);
    return job;
}

std::vector<Cluster> guestView(const World &world)
{
    const NodeId root = *world.rootOf(UserId{0});
    std::vector<Cluster> view;
    for (std::uint32_t index = 0; index < clusterCount(world, root); ++index)
        view.push_back(readCluster(world, root, index));
    return view;
}

bool readsAlike(const std::vector<Cluster> &a, const std::vector<Cluster> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Cluster &x, const Cluster &y) { return x.readsLike(y); });
}

} // namespace

/// Jobs that were running when a graph was captured.
class TestAdopt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAdoptedJobGoesOnFromWhereItWas_data();
    void anAdoptedJobGoesOnFromWhereItWas();
    void aReadyMirrorHasCopiedEverything();
    void statusesAreTakenOver_data();
    void statusesAreTakenOver();
    void whatCannotBePlannedIsShownOnly_data();
    void whatCannotBePlannedIsShownOnly();
    void theFilterGoesWithItsJob_data();
    void theFilterGoesWithItsJob();
    void oddFractionsAreHarmless();
};

void TestAdopt::anAdoptedJobGoesOnFromWhereItWas_data()
{
    QTest::addColumn<CapturedJob>("job");
    QTest::addColumn<bool>("getsReady");
    QTest::newRow("commit") << captured("commit", "block-commit",
                                        {{"device", "top"}, {"top-node", "mid"}, {"base-node", "base"}})
                            << false;
    QTest::newRow("active commit") << captured("commit", "block-commit", {{"device", "top"}, {"base-node", "base"}})
                                   << true;
    QTest::newRow("stream") << captured("stream", "block-stream", {{"device", "top"}, {"base-node", "base"}}) << false;
    QTest::newRow("mirror") << captured("mirror", "blockdev-mirror",
                                        {{"device", "top"}, {"target", "target"}, {"sync", "full"}})
                            << true;
    QTest::newRow("backup") << captured("backup", "blockdev-backup",
                                        {{"device", "top"}, {"target", "target"}, {"sync", "full"}})
                            << false;
}

void TestAdopt::anAdoptedJobGoesOnFromWhereItWas()
{
    QFETCH(CapturedJob, job);
    QFETCH(bool, getsReady);
    for (double fraction : {0.0, 0.3, 0.5, 0.9, 1.0}) {
        World world = captureWorld();
        const auto before = guestView(world);
        job.fraction = fraction;
        const JobId id = adoptJob(world, job);
        QVERIFY(verify(world));
        QVERIFY(world.job(id).isSimulated);
        QVERIFY(world.ledger.holding(Holder::of(id)) != nullptr);
        const Progress progress = progressOf(world.job(id));
        QVERIFY(progress.done >= fraction * progress.total);
        QVERIFY(progress.total == 12);
        QVERIFY(readsAlike(guestView(world), before));
        if (getsReady) {
            QCOMPARE(apply(world, RunUntilControl{"j0", JobStatus::Ready}).kind, kAllowed);
            QCOMPARE(apply(world, QmpCommand{"job-complete", {{"id", "j0"}}}).kind, kAllowed);
        }
        QCOMPARE(apply(world, RunUntilControl{"j0", JobStatus::Null}).kind, kAllowed);
        QVERIFY2(world.job(id).error.empty(), world.job(id).error.c_str());
        QVERIFY(readsAlike(guestView(world), before));
        QVERIFY(world.ledger.holding(Holder::of(id)) == nullptr);
        QVERIFY(verify(world));
    }
}

void TestAdopt::aReadyMirrorHasCopiedEverything()
{
    World world = captureWorld();
    const auto before = guestView(world);
    CapturedJob job =
        captured("mirror", "blockdev-mirror", {{"device", "top"}, {"target", "target"}, {"sync", "full"}});
    job.status = JobStatus::Ready;
    adoptJob(world, job);
    QCOMPARE(apply(world, QmpCommand{"job-complete", {{"id", "j0"}}}).kind, kAllowed);
    QCOMPARE(apply(world, StepControl{"j0", 1}).kind, kAllowed);
    QVERIFY(!world.findJob("j0"));
    QCOMPARE(world.rootOf(UserId{0}), world.graph.findNode("target"));
    QVERIFY(readsAlike(guestView(world), before));
}

void TestAdopt::statusesAreTakenOver_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("becomes");
    QTest::addColumn<bool>("isSimulated");
    const auto row = [](JobStatus status, JobStatus becomes, bool isSimulated) {
        QTest::newRow(toString(status)) << static_cast<int>(status) << static_cast<int>(becomes) << isSimulated;
    };
    row(JobStatus::Created, JobStatus::Running, true);
    row(JobStatus::Running, JobStatus::Running, true);
    row(JobStatus::Paused, JobStatus::Paused, true);
    row(JobStatus::Ready, JobStatus::Ready, true);
    row(JobStatus::Standby, JobStatus::Standby, true);
    row(JobStatus::Pending, JobStatus::Pending, true);
    row(JobStatus::Aborting, JobStatus::Aborting, false);
    row(JobStatus::Concluded, JobStatus::Concluded, false);
    row(JobStatus::Null, JobStatus::Concluded, false);
}

void TestAdopt::statusesAreTakenOver()
{
    QFETCH(int, status);
    QFETCH(int, becomes);
    QFETCH(bool, isSimulated);
    World world = captureWorld();
    CapturedJob job = captured("commit", "block-commit", {{"device", "top"}, {"base-node", "base"}});
    job.status = static_cast<JobStatus>(status);
    const JobId id = adoptJob(world, job);
    QCOMPARE(static_cast<int>(world.job(id).status), becomes);
    QCOMPARE(world.job(id).isSimulated, isSimulated);
    QCOMPARE(world.ledger.holding(Holder::of(id)) != nullptr, isSimulated);
    QVERIFY(verify(world));
    if (world.job(id).isPausedByUser)
        QCOMPARE(apply(world, QmpCommand{"job-resume", {{"id", "j0"}}}).kind, kAllowed);
    if (world.job(id).status == JobStatus::Pending) {
        QCOMPARE(apply(world, QmpCommand{"job-finalize", {{"id", "j0"}}}).kind, kAllowed);
        QCOMPARE(world.rootOf(UserId{0}), world.graph.findNode("base"));
    }
}

void TestAdopt::whatCannotBePlannedIsShownOnly_data()
{
    QTest::addColumn<CapturedJob>("job");
    QTest::newRow("no such operation") << captured("amend", "", {});
    QTest::newRow("not in the catalogue") << captured("create", "blockdev-create", {});
    QTest::newRow("synchronous") << captured("commit", "blockdev-del", {{"node-name", "target"}});
    QTest::newRow("no arguments") << captured("mirror", "blockdev-mirror", {});
    QTest::newRow("odd arguments") << captured("mirror", "blockdev-mirror", {{"device", true}});
    QTest::newRow("no such node") << captured("stream", "block-stream", {{"device", "nix"}});
    QTest::newRow("not below") << captured("commit", "block-commit", {{"device", "top"}, {"base-node", "target"}});
}

void TestAdopt::whatCannotBePlannedIsShownOnly()
{
    QFETCH(CapturedJob, job);
    World world = captureWorld();
    const JobId id = adoptJob(world, job);
    QVERIFY(!world.job(id).isSimulated);
    QVERIFY(world.ledger.holding(Holder::of(id)) == nullptr);
    QVERIFY(verify(world));
    QCOMPARE(apply(world, StepControl{"j0", 1}).kind, Outcome::Kind::Invalid);
    QCOMPARE(apply(world, RunUntilControl{"j0", JobStatus::Null}).kind, Outcome::Kind::Invalid);
    QCOMPARE(apply(world, QmpCommand{"job-cancel", {{"id", "j0"}}}).kind, kAllowed);
    QVERIFY(verify(world));
}

void TestAdopt::theFilterGoesWithItsJob_data()
{
    QTest::addColumn<QString>("ending");
    QTest::newRow("completed") << "job-complete";
    QTest::newRow("cancelled") << "job-cancel";
}

void TestAdopt::theFilterGoesWithItsJob()
{
    QFETCH(QString, ending);
    World world = captureWorld();
    const auto before = guestView(world);
    insertFilter(world, "#filter", "mirror_top", "top");
    QVERIFY(verify(world));
    CapturedJob job =
        captured("mirror", "blockdev-mirror", {{"device", "top"}, {"target", "target"}, {"sync", "full"}});
    job.status = JobStatus::Ready;
    job.filter = "#filter";
    const JobId id = adoptJob(world, job);
    // As captured: the job's own BlockBackend and its links.
    User backend;
    backend.kind = User::Kind::Backend;
    backend.name = "j0";
    backend.job = id;
    addUser(world, backend, world.graph.findNode("target"));
    attach(world, Parent::of(id), *world.graph.findNode("#filter"), "main node");
    QVERIFY(verify(world));
    QCOMPARE(apply(world, GuestWriteControl{"vda", 4}).kind, kAllowed);
    QCOMPARE(apply(world, QmpCommand{ending.toStdString(), {{"id", "j0"}}}).kind, kAllowed);
    QCOMPARE(apply(world, RunUntilControl{"j0", JobStatus::Null}).kind, kAllowed);
    QVERIFY(!world.graph.findNode("#filter"));
    QCOMPARE(world.rootOf(UserId{0}), world.graph.findNode(ending == u"job-complete" ? "target" : "top"));
    auto expected = before;
    expected[4] = readCluster(world, *world.rootOf(UserId{0}), 4);
    QCOMPARE(expected[4].value.kind, Stamp::Kind::User);
    QVERIFY(readsAlike(guestView(world), expected));
    QVERIFY(verify(world));
}

void TestAdopt::oddFractionsAreHarmless()
{
    for (double fraction : {-1.0, 2.0, std::nan(""), HUGE_VAL, -HUGE_VAL}) {
        World world = captureWorld();
        CapturedJob job = captured("stream", "block-stream", {{"device", "top"}});
        job.fraction = fraction;
        adoptJob(world, job);
        QVERIFY(verify(world));
        QCOMPARE(apply(world, RunUntilControl{"j0", JobStatus::Null}).kind, kAllowed);
    }
}

QTEST_GUILESS_MAIN(TestAdopt)
#include "tst_adopt.moc"
