// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/scenario.h"
#include "engine/graph/walk.h"
#include "engine/operations/catalogue.h"
#include "tests/engine/run/copyworlds.h"

#include <QTest>

using namespace blockscope;
using namespace blockscope::test;

namespace {

const DirtyBitmap &b0(const World &world)
{
    return world.bitmaps->at(named(world, "top")).front();
}

Object reopenArguments(Object options)
{
    return {{"options", Value::List{Value(std::move(options))}}};
}

Object reopenTop(Value backing)
{
    return reopenArguments({{"driver", "qcow2"}, {"node-name", "top"}, {"backing", std::move(backing)}});
}

/// True when nothing is left of the job "j".
bool leftNothing(const World &world)
{
    return world.findings->empty() && world.ledger.holding(Holder::of(JobId{0})) == nullptr &&
           (world.bitmaps->empty() || (!b0(world).busy && b0(world).successor.empty()));
}

/// Every order of the job's steps and \a writes guest writes, and a cancel at every point; the number of ends, or
/// nothing as soon as one goes wrong.
std::optional<int> exploreAll(const World &world, int writes)
{
    if (!world.findings->empty() || !verify(world))
        return std::nullopt;
    const auto job = world.findJob("j");
    if (!job)
        return leftNothing(world) ? std::optional(1) : std::nullopt;
    std::vector<Event> events{QmpCommand{"block-job-cancel", {{"device", "j"}, {"force", true}}}};
    if (canStep(world.job(*job)))
        events.push_back(StepControl{"j", 1});
    else if (world.job(*job).status == JobStatus::Ready)
        events.push_back(QmpCommand{"job-complete", {{"id", "j"}}});
    const std::size_t ownEvents = events.size();
    for (std::uint32_t cluster = 0; writes > 0 && cluster < kClusters; ++cluster)
        events.push_back(GuestWriteControl{"vda", cluster});
    int ends = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
        World next = world;
        if (apply(next, events[i]).kind != Outcome::Kind::Allowed)
            return std::nullopt;
        const auto more = exploreAll(next, i < ownEvents ? writes : writes - 1);
        if (!more)
            return std::nullopt;
        ends += *more;
    }
    return ends;
}

} // namespace

/// The copies in every mode, what makes its own images, and what changes the links of open nodes.
class TestCopies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plansListTheirNodes_data();
    void plansListTheirNodes();
    void invalidArgumentsAreSaidAsQemuSaysThem_data();
    void invalidArgumentsAreSaidAsQemuSaysThem();
    void conflictingOnesAreRefused_data();
    void conflictingOnesAreRefused();
    void noOrderDoesDamageAndEveryCancelIsClean_data();
    void noOrderDoesDamageAndEveryCancelIsClean();
    void theTargetOfAMirrorKeepsItsBackingFile();
    void aDriveMirrorGivesItsTargetOne_data();
    void aDriveMirrorGivesItsTargetOne();
    void theBitmapIsSynchronisedAsItsModeSays_data();
    void theBitmapIsSynchronisedAsItsModeSays();
    void aBackupBesideTheBitmapIsNotHeldToIt();
    void fleecingShowsThePointInTime();
    void aFileOutlivesItsNode();
    void snapshotSyncMakesTheOverlay();
    void reopenWithOtherDataIsMeant();
    void reopenOfTheSameIsQuiet();
    void aReadOnlyReopenNeedsNoWriters();
    void savedFilesKeepIt();
};

void TestCopies::plansListTheirNodes_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<Object>("arguments");
    QTest::addColumn<QString>("roles");
    const auto row = [](const char *name, const char *command, const Object &arguments, const char *roles) {
        QTest::newRow(name) << QString::fromUtf8(command) << arguments << QString::fromUtf8(roles);
    };
    row("mirror top", "blockdev-mirror", {{"device", "top"}, {"target", "on-mid"}, {"sync", "top"}},
        "source:top target:on-mid");
    row("mirror top without backing is full", "blockdev-mirror",
        {{"device", "base"}, {"target", "target"}, {"sync", "top"}}, "source:base target:target");
    row("mirror none", "blockdev-mirror", {{"device", "top"}, {"target", "target"}, {"sync", "none"}},
        "source:top chain:mid chain:base target:target");
    row("backup with a bitmap", "blockdev-backup",
        {{"device", "top"}, {"target", "target"}, {"sync", "incremental"}, {"bitmap", "b0"}},
        "source:top chain:mid chain:base target:target");
    row("fleecing", "blockdev-backup", {{"device", "top"}, {"target", "on-top"}, {"sync", "none"}},
        "source:top chain:mid chain:base target:on-top");
    row("drive-mirror", "drive-mirror", {{"device", "vda"}, {"target", "/new"}, {"sync", "full"}},
        "source:top chain:mid chain:base");
    row("drive-backup", "drive-backup", {{"device", "top"}, {"target", "/new"}, {"sync", "top"}}, "source:top");
    row("snapshot-sync", "blockdev-snapshot-sync", {{"device", "vda"}, {"snapshot-file", "/new"}},
        "old:top parent:on-top");
    row("reopen with other data", "blockdev-reopen", reopenTop("base"), "node:top above:on-top");
    row("reopen as it is", "blockdev-reopen", reopenTop("mid"), "node:top");
    row("transaction", "transaction",
        {{"actions",
          Value::List{
              Object{{"type", "blockdev-snapshot-sync"},
                     {"data", Object{{"node-name", "top"}, {"snapshot-file", "/new"}, {"snapshot-node-name", "new"}}}},
              Object{{"type", "drive-backup"},
                     {"data", Object{{"device", "new"}, {"target", "/copy"}, {"sync", "full"}}}}}}},
        "old:top parent:on-top chain:top chain:mid chain:base");
}

void TestCopies::plansListTheirNodes()
{
    QFETCH(QString, command);
    QFETCH(Object, arguments);
    const World world = copyWorld();
    const auto decision = decide(world, {command.toStdString(), arguments}, "nac");
    QVERIFY2(decision.hasValue(), decision ? "" : decision.error().what.c_str());
    QStringList roles;
    for (const RoleNode &each : decision->plan.nodes)
        roles << QString::fromStdString(each.role + ":" + world.node(each.node).name);
    QTEST(roles.join(u' '), "roles");
}

void TestCopies::invalidArgumentsAreSaidAsQemuSaysThem_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<Object>("arguments");
    QTest::addColumn<QString>("what");
    const auto row = [](const char *command, const Object &arguments, const char *what) {
        QTest::addRow("%s: %s", command, what) << QString::fromUtf8(command) << arguments << QString::fromUtf8(what);
    };
    const auto backup = [](Object more) {
        more.merge(Object{{"device", "top"}, {"target", "target"}, {"sync", "full"}});
        return more;
    };
    row("blockdev-backup", backup({{"sync", "incremental"}}),
        "must provide a valid bitmap name for 'incremental' sync mode");
    row("blockdev-backup", backup({{"sync", "incremental"}, {"bitmap", "b0"}, {"bitmap-mode", "always"}}),
        "Bitmap sync mode must be 'on-success' when using sync mode 'incremental'");
    row("blockdev-backup", backup({{"sync", "bitmap"}, {"bitmap", "b9"}, {"bitmap-mode", "always"}}),
        "Bitmap 'b9' could not be found");
    row("blockdev-backup", backup({{"sync", "bitmap"}, {"bitmap", "b0"}}),
        "Bitmap sync mode must be given when providing a bitmap");
    row("blockdev-backup", backup({{"sync", "incremental"}, {"bitmap", "broken"}}),
        "Bitmap 'broken' is inconsistent and cannot be used");
    row("blockdev-backup", backup({{"sync", "none"}, {"bitmap", "b0"}, {"bitmap-mode", "always"}}),
        "sync mode 'none' does not produce meaningful bitmap outputs");
    row("blockdev-backup", backup({{"bitmap", "b0"}, {"bitmap-mode", "never"}}),
        "Bitmap sync mode 'never' has no meaningful effect when combined with sync mode 'full'");
    row("blockdev-backup", backup({{"bitmap-mode", "never"}}), "Cannot specify bitmap sync mode without a bitmap");
    row("blockdev-mirror", backup({{"granularity", std::int64_t{100}}}),
        "Parameter 'granularity' expects a value in range [512B, 64MB]");
    row("blockdev-mirror", backup({{"granularity", std::int64_t{1000}}}),
        "Parameter 'granularity' expects a power of 2");
    row("blockdev-mirror", backup({{"buf-size", std::int64_t{-1}}, {"target", "top"}}), "Invalid parameter 'buf-size'");
    row("drive-mirror", backup({{"buf-size", std::int64_t{-1}}, {"target", "/new"}}), "Invalid parameter 'buf-size'");
    const auto tuned = [&backup](const char *name, std::int64_t value) {
        return backup({{"x-perf", Object{{name, value}}}});
    };
    row("blockdev-backup", backup({{"x-perf", "fast"}}), "Invalid parameter type for 'x-perf', expected: object");
    row("blockdev-backup", backup({{"x-perf", Object{{"max-workers", "0"}}}}),
        "Invalid parameter type for 'x-perf.max-workers', expected: integer");
    row("blockdev-backup", tuned("odd", 1), "Parameter 'x-perf.odd' is unexpected");
    row("blockdev-backup", tuned("max-workers", 0), "max-workers must be between 1 and 2147483647");
    row("blockdev-backup", tuned("max-chunk", -1), "max-chunk must be zero (which means no limit) or positive");
    row("blockdev-backup", tuned("max-chunk", 100),
        "Required max-chunk (100) is less than backup cluster size (65536)");
    row("drive-mirror", backup({{"replaces", "top"}}),
        "a node-name must be provided when replacing a named node of the graph");
    row("drive-mirror", backup({{"target", "/images/mid.qcow2"}}), "Failed to get \"write\" lock");
    row("drive-mirror", backup({{"target", "/new"}, {"sync", "top"}, {"format", "raw"}}),
        "Backing file not supported for file format 'raw'");
    row("drive-backup", backup({{"target", "/new"}, {"format", "nix"}}), "Unknown file format 'nix'");
    row("drive-backup", backup({{"device", "nix"}}), "Cannot find device='nix' nor node-name='nix'");
    row("blockdev-snapshot-sync", {{"node-name", "nix"}, {"snapshot-file", "/new"}},
        "Cannot find device='' nor node-name='nix'");
    row("blockdev-snapshot-sync", {{"node-name", "top"}, {"snapshot-file", "/new"}}, "New overlay node-name missing");
    row("blockdev-snapshot-sync", {{"node-name", "top"}, {"snapshot-file", "/new"}, {"snapshot-node-name", "mid"}},
        "New overlay node-name already in use");
    row("blockdev-snapshot-sync", {{"device", "vda"}, {"snapshot-file", "/new"}, {"format", "vdi"}},
        "Backing file not supported for file format 'vdi'");
    row("blockdev-reopen", {{"options", Value::List{Object{{"driver", "qcow2"}}}}}, "node-name not specified");
    row("blockdev-reopen", reopenArguments({{"driver", "qcow2"}, {"node-name", "nix"}}),
        "Failed to find node with node-name='nix'");
    row("blockdev-reopen", reopenArguments({{"driver", "qcow2"}, {"node-name", "top"}}),
        "backing is missing for 'top'");
    row("blockdev-reopen", reopenArguments({{"driver", "qed"}, {"node-name", "top"}, {"backing", "mid"}}),
        "Cannot change the option 'driver'");
    row("blockdev-reopen", reopenTop("nix"), "Cannot find device='' nor node-name='nix'");
    row("blockdev-reopen", reopenTop("on-top"), "Making 'on-top' a backing child of 'top' would create a cycle");
    row("blockdev-reopen", reopenArguments({{"driver", "file"}, {"node-name", "target-file"}, {"backing", "base"}}),
        "Parameter 'options[0].backing' is unexpected");
    row("x-blockdev-change", {{"parent", "top"}}, "Either child or node must be specified");
    row("x-blockdev-change", {{"parent", "top"}, {"child", "backing"}, {"node", "target"}},
        "The parameters child and node are in conflict");
    row("x-blockdev-change", {{"parent", "top"}, {"node", "target"}}, "The node top does not support adding a child");
    row("x-blockdev-change", {{"parent", "top"}, {"child", "backing"}},
        "The node top does not support removing a child");
    row("x-blockdev-change", {{"parent", "top"}, {"child", "children.7"}},
        "Node 'top' does not have child 'children.7'");
    const auto transaction = [](const char *type, Object data, const char *mode = "individual") {
        return Object{{"actions", Value::List{Object{{"type", type}, {"data", std::move(data)}}}},
                      {"properties", Object{{"completion-mode", mode}}}};
    };
    row("transaction", transaction("abort", {}), "Transaction aborted using Abort action");
    row("transaction", transaction("block-commit", {}), "Parameter 'type' does not accept value 'block-commit'");
    row("transaction", transaction("drive-backup", {}), "Parameter 'device' is missing");
    row("transaction", transaction("blockdev-snapshot", {{"node", "top"}, {"overlay", "target"}}, "grouped"),
        "Action 'blockdev-snapshot' does not support Transaction property completion-mode = grouped");
    row("transaction", transaction("abort", {}, "soon"), "Parameter 'completion-mode' does not accept value 'soon'");
    row("blockdev-add",
        {{"driver", "quorum"},
         {"node-name", "q"},
         {"vote-threshold", std::int64_t{2}},
         {"children", Value::List{"target"}}},
        "threshold may not exceed children count");
}

void TestCopies::invalidArgumentsAreSaidAsQemuSaysThem()
{
    QFETCH(QString, command);
    QFETCH(Object, arguments);
    World world = copyWorld();
    const World before = world;
    const Outcome outcome = run(world, QmpCommand{command.toStdString(), arguments});
    QVERIFY(outcome.kind == Outcome::Kind::Invalid);
    QTEST(QString::fromStdString(outcome.error->what), "what");
    QVERIFY(world == before);
}

void TestCopies::conflictingOnesAreRefused_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<Object>("firstArguments");
    QTest::addColumn<QString>("second");
    QTest::addColumn<Object>("secondArguments");
    const Object incremental{{"device", "top"}, {"target", "target"}, {"sync", "incremental"}, {"bitmap", "b0"}};
    QTest::newRow("one bitmap, two backups")
        << "blockdev-backup" << incremental << "drive-backup"
        << Object{{"device", "top"}, {"target", "/new"}, {"sync", "incremental"}, {"bitmap", "b0"}};
    QTest::newRow("two mirrors") << "drive-mirror" << Object{{"device", "top"}, {"target", "/a"}, {"sync", "top"}}
                                 << "drive-mirror" << Object{{"device", "top"}, {"target", "/b"}, {"sync", "none"}};
    QTest::newRow("snapshot-sync of a mirror's source")
        << "blockdev-mirror" << Object{{"device", "top"}, {"target", "target"}, {"sync", "full"}}
        << "blockdev-snapshot-sync" << Object{{"device", "vda"}, {"snapshot-file", "/new"}};
    QTest::newRow("reopen below a backup")
        << "blockdev-backup" << Object{{"device", "top"}, {"target", "target"}, {"sync", "full"}} << "blockdev-reopen"
        << reopenArguments({{"driver", "qcow2"}, {"node-name", "mid"}, {"backing", Value()}, {"read-only", true}});
    QTest::newRow("a transaction beside a backup into the same target")
        << "blockdev-backup" << Object{{"device", "top"}, {"target", "target"}, {"sync", "full"}} << "transaction"
        << Object{{"actions",
                   Value::List{Object{{"type", "blockdev-backup"},
                                      {"data", Object{{"device", "mid"}, {"target", "target"}, {"sync", "full"}}}}}}};
}

void TestCopies::conflictingOnesAreRefused()
{
    QFETCH(QString, first);
    QFETCH(Object, firstArguments);
    QFETCH(QString, second);
    QFETCH(Object, secondArguments);
    World world = copyWorld();
    QCOMPARE(request(world, first.toUtf8().constData(), firstArguments), kAllowed);
    const World before = world;
    QCOMPARE(request(world, second.toUtf8().constData(), secondArguments), kRefused);
    QVERIFY(world == before);
}

void TestCopies::noOrderDoesDamageAndEveryCancelIsClean_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<Object>("arguments");
    const auto row = [](const char *name, const char *command, const Object &arguments) {
        QTest::newRow(name) << QString::fromUtf8(command) << arguments;
    };
    for (const char *sync : {"full", "top", "none"}) {
        const std::string target = sync == std::string("full")  ? "target"
                                   : sync == std::string("top") ? "on-mid"
                                                                : "on-top";
        row(qPrintable(QStringLiteral("mirror ") + QLatin1String(sync)), "blockdev-mirror",
            {{"device", "top"}, {"target", target}, {"sync", sync}});
        row(qPrintable(QStringLiteral("backup ") + QLatin1String(sync)), "blockdev-backup",
            {{"device", "top"}, {"target", target}, {"sync", sync}});
        row(qPrintable(QStringLiteral("drive-mirror ") + QLatin1String(sync)), "drive-mirror",
            {{"device", "top"}, {"target", "/new"}, {"sync", sync}});
        row(qPrintable(QStringLiteral("drive-backup ") + QLatin1String(sync)), "drive-backup",
            {{"device", "top"}, {"target", "/new"}, {"sync", sync}});
    }
    row("incremental", "blockdev-backup",
        {{"device", "top"}, {"target", "on-top"}, {"sync", "incremental"}, {"bitmap", "b0"}});
    for (const char *mode : {"on-success", "always", "never"})
        row(mode, "blockdev-backup",
            {{"device", "top"}, {"target", "target"}, {"sync", "bitmap"}, {"bitmap", "b0"}, {"bitmap-mode", mode}});
    row("full with a bitmap", "drive-backup",
        {{"device", "top"}, {"target", "/new"}, {"sync", "full"}, {"bitmap", "b0"}, {"bitmap-mode", "always"}});
}

void TestCopies::noOrderDoesDamageAndEveryCancelIsClean()
{
    QFETCH(QString, command);
    QFETCH(Object, arguments);
    for (bool enforce : {false, true}) {
        World world = copyWorld();
        setSwitch(world, Switch::Enforce, enforce);
        arguments["job-id"] = Value("j");
        const Outcome outcome = run(world, QmpCommand{command.toStdString(), arguments});
        QVERIFY(outcome.kind == Outcome::Kind::Allowed);
        const auto ends = exploreAll(world, 2);
        QVERIFY(ends.has_value());
        QVERIFY(*ends > 3);
    }
}

void TestCopies::theTargetOfAMirrorKeepsItsBackingFile()
{
    // A real QEMU 7.2: after blockdev-mirror sync=top and job-complete the target has no backing file.
    World world = copyWorld();
    fill(world, "top", {});
    renewContract(world, named(world, "top"));
    QCOMPARE(
        request(world, "blockdev-mirror", {{"device", "top"}, {"target", "target"}, {"sync", "top"}, {"job-id", "j"}}),
        kAllowed);
    run(world, RunUntilControl{"j", JobStatus::Ready});
    request(world, "job-complete", {{"id", "j"}});
    run(world, RunUntilControl{"j", JobStatus::Null});
    QVERIFY(!backingChild(world.graph, named(world, "target")));
    QVERIFY(std::any_of(world.findings->begin(), world.findings->end(),
                        [](const Finding &finding) { return finding.kind == Finding::Kind::GuestDataChanged; }));
}

void TestCopies::aDriveMirrorGivesItsTargetOne_data()
{
    QTest::addColumn<QString>("sync");
    QTest::addColumn<QString>("backing");
    QTest::newRow("full") << "full"
                          << "";
    QTest::newRow("top") << "top"
                         << "mid";
    QTest::newRow("none") << "none"
                          << "top";
}

void TestCopies::aDriveMirrorGivesItsTargetOne()
{
    QFETCH(QString, sync);
    QFETCH(QString, backing);
    for (bool pivots : {true, false}) {
        World world = copyWorld();
        const BlockData before = shownBy(world, named(world, "top"));
        QCOMPARE(request(world, "drive-mirror",
                         {{"device", "vda"},
                          {"target", "/new"},
                          {"sync", sync.toStdString()},
                          {"node-name", "new"},
                          {"job-id", "j"}}),
                 kAllowed);
        run(world, RunUntilControl{"j", JobStatus::Ready});
        const NodeId target = named(world, "new");
        if (pivots)
            QCOMPARE(request(world, "job-complete", {{"id", "j"}}), kAllowed);
        else
            QCOMPARE(request(world, "block-job-cancel", {{"device", "j"}}), kAllowed);
        run(world, RunUntilControl{"j", JobStatus::Null});
        QVERIFY(world.findings->empty());
        QCOMPARE(world.node(target).isOpen, pivots); // nobody else refers to it
        if (!pivots)
            continue;
        QVERIFY(guestsNode(world) == target);
        const auto below = backingChild(world.graph, target);
        QCOMPARE(QString::fromStdString(below ? world.node(*below).name : ""), backing);
        QCOMPARE(QString::fromStdString(world.node(target).headerBacking),
                 backing.isEmpty() ? QString() : QStringLiteral("/images/%1.qcow2").arg(backing));
        QVERIFY(std::equal(before.begin(), before.end(), shownBy(world, target).begin(),
                           [](const Cluster &a, const Cluster &b) { return a.readsLike(b); }));
    }
}

void TestCopies::theBitmapIsSynchronisedAsItsModeSays_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<bool>("completes");
    QTest::addColumn<QString>("bits");
    // The bitmap had clusters 0 and 2; the guest writes cluster 1 while the job runs, which is cancelled after 0.
    QTest::newRow("on-success, done") << "on-success" << true << "010";
    QTest::newRow("on-success, cancelled") << "on-success" << false << "111";
    QTest::newRow("always, done") << "always" << true << "010";
    QTest::newRow("always, cancelled") << "always" << false << "011";
    QTest::newRow("never, done") << "never" << true << "111";
    QTest::newRow("never, cancelled") << "never" << false << "111";
}

void TestCopies::theBitmapIsSynchronisedAsItsModeSays()
{
    QFETCH(QString, mode);
    QFETCH(bool, completes);
    World world = copyWorld();
    QCOMPARE(request(world, "blockdev-backup",
                     {{"device", "top"},
                      {"target", "target"},
                      {"sync", "bitmap"},
                      {"bitmap", "b0"},
                      {"bitmap-mode", mode.toStdString()},
                      {"job-id", "j"}}),
             kAllowed);
    QVERIFY(b0(world).busy == JobId{0});
    QCOMPARE(progressOf(world.job(JobId{0})).total, 2U);
    run(world, StepControl{"j", 2});
    QCOMPARE(progressOf(world.job(JobId{0})).done, 1U);
    run(world, GuestWriteControl{"vda", 1});
    QVERIFY(!b0(world).bits[1] && b0(world).successor[1]);
    if (completes)
        run(world, RunUntilControl{"j", JobStatus::Null});
    else
        request(world, "job-cancel", {{"id", "j"}});
    QString bits;
    for (bool bit : b0(world).bits)
        bits += bit ? u'1' : u'0';
    QTEST(bits, "bits");
    QVERIFY(!b0(world).busy && b0(world).successor.empty() && world.findings->empty());
}

void TestCopies::aBackupBesideTheBitmapIsNotHeldToIt()
{
    // Cluster 1 is not in the bitmap: it is neither copied nor saved before a write, and nobody complains.
    World world = copyWorld();
    request(world, "blockdev-backup",
            {{"device", "top"}, {"target", "target"}, {"sync", "incremental"}, {"bitmap", "b0"}, {"job-id", "j"}});
    run(world, GuestWriteControl{"vda", 1});
    run(world, GuestWriteControl{"vda", 2});
    run(world, RunUntilControl{"j", JobStatus::Null});
    QVERIFY(world.findings->empty());
    QVERIFY(!isAllocated(world, named(world, "target"), 1));
    QVERIFY(isAllocated(world, named(world, "target"), 2));
    QVERIFY(!readCluster(world, named(world, "target"), 2).readsLike(readCluster(world, named(world, "top"), 2)));
}

void TestCopies::fleecingShowsThePointInTime()
{
    World world = copyWorld();
    const BlockData before = shownBy(world, named(world, "top"));
    QCOMPARE(
        request(world, "blockdev-backup", {{"device", "top"}, {"target", "on-top"}, {"sync", "none"}, {"job-id", "j"}}),
        kAllowed);
    User client;
    client.kind = User::Kind::Export;
    client.name = "export0";
    client.isWritable = false;
    addUser(world, client, named(world, "on-top"));
    QVERIFY(!canStep(world.job(JobId{0})));
    QVERIFY(run(world, StepControl{"j", 1}).kind == Outcome::Kind::Invalid);
    QVERIFY(run(world, RunUntilControl{"j", JobStatus::Null}).kind == Outcome::Kind::Invalid);
    for (std::uint32_t cluster : {0U, 1U, 0U, 2U})
        QVERIFY(run(world, GuestWriteControl{"vda", cluster}).kind == Outcome::Kind::Allowed);
    for (std::uint32_t index = 0; index < kClusters; ++index)
        QVERIFY(readCluster(world, named(world, "on-top"), index).readsLike(before[index]));
    QVERIFY(world.findings->empty());
    QCOMPARE(request(world, "job-cancel", {{"id", "j"}}), kAllowed);
    QVERIFY(leftNothing(world));
    run(world, GuestWriteControl{"vda", 0}); // saved already
    QVERIFY(world.findings->empty());
}

void TestCopies::aFileOutlivesItsNode()
{
    World world = copyWorld();
    const auto back = [&](const char *sync, const char *mode) {
        QCOMPARE(request(world, "drive-backup",
                         {{"device", "top"}, {"target", "/copy"}, {"sync", sync}, {"mode", mode}, {"job-id", "j"}}),
                 kAllowed);
    };
    back("full", "absolute-paths");
    const NodeId first = *world.job(JobId{0}).node("target");
    run(world, RunUntilControl{"j", JobStatus::Null});
    QVERIFY(!world.node(first).isOpen);
    run(world, GuestWriteControl{"vda", 1});
    back("none", "existing");
    const NodeId second = *world.job(JobId{1}).node("target");
    QVERIFY(first != second);
    QVERIFY(isAllocated(world, second, 0) && isAllocated(world, second, 1)); // what the first backup put there
    QVERIFY(!readCluster(world, second, 1).readsLike(readCluster(world, named(world, "top"), 1)));
    request(world, "job-cancel", {{"id", "j"}});
    QVERIFY(world.findings->empty());
}

void TestCopies::snapshotSyncMakesTheOverlay()
{
    World world = copyWorld();
    const BlockData before = shownBy(world, named(world, "top"));
    QCOMPARE(request(world, "blockdev-snapshot-sync",
                     {{"node-name", "top"}, {"snapshot-file", "/new"}, {"snapshot-node-name", "new"}}),
             kAllowed);
    const NodeId overlay = named(world, "new");
    QVERIFY(guestsNode(world) == overlay && world.node(named(world, "top")).isReadOnly);
    QVERIFY(backingChild(world.graph, overlay) == named(world, "top"));
    QCOMPARE(world.node(overlay).headerBacking, std::string("/images/top.qcow2"));
    QVERIFY(!world.node(overlay).isMonitorOwned && world.graph.childEdge(overlay, "file"));
    run(world, GuestWriteControl{"vda", 2});
    QVERIFY(isAllocated(world, overlay, 2) && !isAllocated(world, overlay, 0));
    QVERIFY(world.findings->empty());
    QVERIFY(world.ledger.holding(Holder::synchronous()) == nullptr);
    QVERIFY(before[0].readsLike(readCluster(world, overlay, 0)));
}

void TestCopies::reopenWithOtherDataIsMeant()
{
    World world = copyWorld();
    QCOMPARE(request(world, "blockdev-reopen", reopenTop("base")), kRefused); // the guest relies on what it reads
    QCOMPARE(request(world, "stop", {}), kAllowed);
    QCOMPARE(request(world, "blockdev-reopen", reopenTop("base")), kAllowed);
    const NodeId top = named(world, "top");
    QVERIFY(backingChild(world.graph, top) == named(world, "base"));
    QCOMPARE(world.node(top).headerBacking, std::string("/images/mid.qcow2")); // the header is left alone
    QVERIFY(*contractOf(world, top) == shownBy(world, top));
    QCOMPARE(request(world, "blockdev-reopen", reopenTop(Value())), kAllowed);
    QVERIFY(!backingChild(world.graph, top));
    QCOMPARE(request(world, "cont", {}), kAllowed);
    run(world, GuestWriteControl{"vda", 0});
    QVERIFY(world.findings->empty());
}

void TestCopies::reopenOfTheSameIsQuiet()
{
    World world = copyWorld();
    request(world, "stop", {});
    const World before = world;
    QCOMPARE(request(world, "blockdev-reopen", reopenTop("mid")), kAllowed);
    QVERIFY(world.graph == before.graph);
    QVERIFY(world.ledger == before.ledger);
    // "read-only" has a default, and so has every other option that is not given.
    QCOMPARE(request(world, "blockdev-reopen",
                     reopenArguments({{"driver", "qcow2"}, {"node-name", "base"}, {"file", "base-file"}})),
             kAllowed);
    QVERIFY(!world.node(named(world, "base")).isReadOnly);
}

void TestCopies::aReadOnlyReopenNeedsNoWriters()
{
    World world = copyWorld();
    const Object readOnly =
        reopenArguments({{"driver", "qcow2"}, {"node-name", "top"}, {"backing", "mid"}, {"read-only", true}});
    QCOMPARE(request(world, "blockdev-reopen", readOnly), kRefused);
    request(world, "stop", {});
    const Outcome outcome = run(world, QmpCommand{"blockdev-reopen", readOnly});
    QVERIFY(outcome.kind == Outcome::Kind::Invalid);
    QCOMPARE(QString::fromStdString(outcome.error->what),
             QStringLiteral("Read-only block node 'top' cannot support read-write users"));
    QCOMPARE(request(world, "blockdev-reopen",
                     reopenArguments({{"driver", "qcow2"}, {"node-name", "target"}, {"read-only", true}})),
             kAllowed);
    QVERIFY(world.node(named(world, "target")).isReadOnly);
}

void TestCopies::savedFilesKeepIt()
{
    World world = copyWorld();
    request(world, "blockdev-backup",
            {{"device", "top"}, {"target", "target"}, {"sync", "incremental"}, {"bitmap", "b0"}, {"job-id", "j"}});
    request(world, "drive-backup", {{"device", "mid"}, {"target", "/new"}, {"sync", "none"}, {"job-id", "k"}});
    run(world, GuestWriteControl{"vda", 1});
    for (const World &each : {world, quorumWorld()}) {
        const QByteArray text = writeScenario({each, {}, "t", "d", {}});
        const auto read = readScenario(text);
        QVERIFY2(read.hasValue(), read ? "" : read.error().what.c_str());
        QVERIFY(read->world == each);
        QCOMPARE(writeScenario(*read), text);
    }
}

QTEST_GUILESS_MAIN(TestCopies)
#include "tst_copies.moc"
