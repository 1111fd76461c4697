// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/imagesize.h"
#include "engine/operations/snapshots.h"
#include "engine/world/blockio.h"
#include "engine/world/contract.h"
#include "tests/support/playing.h"

#include <QTest>

using namespace blockscope;
using namespace blockscope::test;

namespace {

constexpr std::int64_t kCluster = 65536;

QmpCommand resizeTo(const char *node, std::int64_t size)
{
    return {"block_resize", {{"node-name", node}, {"size", size}}};
}

QmpCommand stream(const char *device)
{
    return {"block-stream", {{"device", device}, {"job-id", "j"}, {"auto-finalize", false}}};
}

QmpCommand mirror()
{
    return {"blockdev-mirror", {{"device", "top"}, {"target", "tgt"}, {"sync", "full"}, {"job-id", "j"}}};
}

QmpCommand snapshotJob(const char *command, const char *vmState, const Value::List &devices)
{
    return {command, {{"job-id", "s"}, {"tag", "t"}, {"vmstate", vmState}, {"devices", devices}}};
}

QmpCommand named(const char *command, const char *name)
{
    return {command, {{"name", name}}};
}

QmpCommand commitDevice(const char *device)
{
    return {"commit", {{"device", device}}};
}

QmpCommand amend(const char *node)
{
    return {"x-blockdev-amend", {{"job-id", "a"}, {"node-name", node}, {"options", Object{{"driver", "qcow2"}}}}};
}

QmpCommand create(const char *file)
{
    return {"blockdev-create",
            {{"job-id", "c"}, {"options", Object{{"driver", "qcow2"}, {"file", file}, {"size", kCluster}}}}};
}

QmpCommand internalSnapshot(const char *device, const char *name)
{
    return {"blockdev-snapshot-internal-sync", {{"device", device}, {"name", name}}};
}

/// The playground with "plain", a file without a format.
World imageWorld()
{
    World world = playground();
    Node plain;
    plain.name = "plain";
    plain.driver = "file";
    plain.isReadOnly = true;
    plain.isMonitorOwned = true;
    addNode(world, plain, BlockData(16, {Cluster::State::Data, {Stamp::Kind::Image, 99, 0}, {}}));
    User drive;
    drive.name = "cd0";
    addUser(world, drive, std::nullopt);
    return world;
}

User exportOf(bool isWritable)
{
    User user;
    user.kind = User::Kind::Export;
    user.name = "export0";
    user.isWritable = isWritable;
    return user;
}

} // namespace

/// Operations on whole images: their sizes, internal snapshots, commit of HMP, formats.
class TestImageOperations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wrongArgumentsAreSaidAsQemuSaysThem_data();
    void wrongArgumentsAreSaidAsQemuSaysThem();
    void claimsAreThoseOfTheTable_data();
    void claimsAreThoseOfTheTable();
    void besideAnother_data();
    void besideAnother();
    void nothingBreaksUnderAGuestThatWrites_data();
    void nothingBreaksUnderAGuestThatWrites();
    void clustersFollowTheSize_data();
    void clustersFollowTheSize();
    void whatIsNewReadsAsZero();
    void anExportIsNotToldThatItsImageShrinks();
    void aShrunkBackingFileIsMissed();
    void filtersAreAsLongAsTheirImage();
    void savevmTakesWhatTheGuestCanWrite();
    void savevmReplacesOneOfThatName();
    void loadvmBringsItBack();
    void loadvmAlsoBringsTheSizeBack();
    void aSnapshotNeedsItsChain();
    void loadvmUnderAStreamLosesData();
    void bitmapsDoNotNoticeLoadvm();
    void snapshotJobsNameTheirImages();
    void internalSnapshotsAreKeptById();
    void commitEmptiesTheTop();
    void commitChangesASibling();
    void commitAllTakesEveryDevice();
    void createFormatsItsNode();
};

void TestImageOperations::wrongArgumentsAreSaidAsQemuSaysThem_data()
{
    QTest::addColumn<QmpCommand>("command");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("what");
    const auto row = [](const QmpCommand &command, const char *where, const char *what) {
        QTest::newRow(what) << command << QString::fromUtf8(where) << QString::fromUtf8(what);
    };
    row({"block_resize", {{"size", kCluster}}}, "node-name", "Cannot find device='' nor node-name=''");
    row({"block_resize", {{"device", "nix"}, {"size", kCluster}}}, "device",
        "Cannot find device='nix' nor node-name=''");
    row({"block_resize", {{"device", "cd0"}, {"size", kCluster}}}, "device", "Device 'cd0' has no medium");
    row(resizeTo("nix", kCluster), "node-name", "Cannot find device='' nor node-name='nix'");
    row(resizeTo("top", -1), "size", "Parameter 'size' expects a >0 size");
    row(resizeTo("mid", kCluster), "size", "Image is read-only");
    row(resizeTo("top", 1000), "size", "The new size must be a multiple of 512");
    row(resizeTo("top", kCluster * 5000), "size", "Blockscope does not simulate an image of so many clusters");

    row(internalSnapshot("nix", "s"), "device", "Cannot find device='nix' nor node-name='nix'");
    row(internalSnapshot("mid", "s"), "device", "Device 'mid' is read only");
    row(internalSnapshot("top-file", "s"), "device",
        "Block format 'file' used by device 'top-file' does not support internal snapshots");
    row(internalSnapshot("top", ""), "name", "Name is empty");
    row(internalSnapshot("top", "old"), "name", "Snapshot with name 'old' already exists on device 'top'");
    row({"blockdev-snapshot-delete-internal-sync", {{"device", "top"}}}, "name", "Name or id must be provided");
    row({"blockdev-snapshot-delete-internal-sync", {{"device", "top"}, {"name", "nix"}}}, "name",
        "Snapshot with id 'null' and name 'nix' does not exist on device 'top'");
    row({"blockdev-snapshot-delete-internal-sync", {{"device", "top"}, {"id", "7"}}}, "id",
        "Snapshot with id '7' and name 'null' does not exist on device 'top'");

    row({"loadvm", {}}, "name", "Parameter 'name' is missing");
    row(named("loadvm", "nix"), "name", "Snapshot 'nix' does not exist in one or more devices");
    row(named("loadvm", "old"), "name", "This is a disk-only snapshot. Revert to it  offline using qemu-img");
    row(snapshotJob("snapshot-save", "top", {}), "devices", "At least one device is required for snapshot");
    row(snapshotJob("snapshot-save", "top", {"nix"}), "devices", "No block device node 'nix'");
    row(snapshotJob("snapshot-save", "tgt", {"top"}), "vmstate", "vmstate block device 'tgt' does not exist");
    row(snapshotJob("snapshot-save", "mid", {"mid"}), "devices",
        "Device 'mid' is writable but does not support snapshots");
    row({"snapshot-save", {{"job-id", "s"}, {"tag", "old"}, {"vmstate", "top"}, {"devices", Value::List{"top"}}}},
        "tag", "Snapshot 'old' already exists in one or more devices");
    row({"snapshot-load", {{"job-id", "s"}, {"tag", "nix"}, {"vmstate", "top"}, {"devices", Value::List{"top"}}}},
        "tag", "Snapshot 'nix' does not exist in one or more devices");
    row({"snapshot-delete", {{"job-id", "s"}, {"tag", "old"}, {"devices", "top"}}}, "devices",
        "Invalid parameter type for 'devices', expected: array");

    row(commitDevice("nix"), "device", "Device 'nix' not found");
    row(commitDevice("cd0"), "device", "Device 'cd0' has no medium");
    row(commitDevice("tgt"), "device", "'commit' error for 'tgt': Operation not supported");
    row(commitDevice("side"), "device", "'commit' error for 'side': Operation not permitted");

    row(amend("nix"), "node-name", "Cannot find device='' nor node-name='nix'");
    row(amend("top-file"), "options", "x-blockdev-amend doesn't support changing the block driver");
    row({"x-blockdev-amend", {{"job-id", "a"}, {"node-name", "top"}, {"options", Object{}}}}, "options",
        "Parameter 'driver' is missing");
    row({"x-blockdev-amend", {{"job-id", "a"}, {"node-name", "top-file"}, {"options", Object{{"driver", "file"}}}}},
        "options", "Driver does not support x-blockdev-amend");
    const auto createWith = [](const Object &options) {
        return QmpCommand{"blockdev-create", {{"job-id", "c"}, {"options", options}}};
    };
    row(createWith({{"driver", "throttle"}}), "options", "Driver does not support blockdev-create");
    row(createWith({{"driver", "qcow2"}, {"size", kCluster}}), "options", "Parameter 'file' is missing");
    row(createWith({{"driver", "qcow2"}, {"file", "tgt-file"}}), "options", "Parameter 'size' is missing");
    row(createWith({{"driver", "qcow2"}, {"file", "tgt-file"}, {"size", std::int64_t{1}}}), "options",
        "Image size must be a multiple of 512 bytes");
    row(create("plain"), "options", "Block node is read-only");
    row({"blockdev-create", {{"job-id", "1"}, {"options", Object{{"driver", "file"}, {"size", kCluster}}}}}, "job-id",
        "Invalid job ID '1'");
}

void TestImageOperations::wrongArgumentsAreSaidAsQemuSaysThem()
{
    World world = imageWorld();
    QCOMPARE(play(world, internalSnapshot("top", "old")), u"allowed");
    QCOMPARE(play(world, internalSnapshot("tgt", "old")), u"allowed");
    compareInvalid(world);
}

void TestImageOperations::claimsAreThoseOfTheTable_data()
{
    QTest::addColumn<QmpCommand>("command");
    QTest::addColumn<QString>("claims");
    const auto row = [](const char *name, const QmpCommand &command, const char *claims) {
        QTest::newRow(name) << command << QString::fromUtf8(claims);
    };
    const char *const saved = "root:top MM+RM/MV+GR+RV+RM, root:tgt MM+RM/MV+GR+RV+RM";
    row("grow", resizeTo("top", 32 * kCluster), "node:top MM/MV+GR+RV");
    row("grow by device", {"block_resize", {{"device", "drive0"}, {"size", 32 * kCluster}}}, "node:top MM/MV+GR+RV");
    row("shrink by less than a cluster", resizeTo("top", 16 * kCluster - 512), "node:top MM/MV+GR+RV");
    row("shrink", resizeTo("tgt", 8 * kCluster), "node:tgt MV+MM/MV+GR+RV");
    row("internal snapshot", internalSnapshot("vda", "s"), "root:top MM+RM/MV+GR+RV+RM");
    row("delete one", {"blockdev-snapshot-delete-internal-sync", {{"device", "top"}, {"id", "1"}}},
        "root:top MM+RM/MV+GR+RV+RM");
    row("savevm", {"savevm", {}}, saved);
    row("loadvm", named("loadvm", "s1"), "root:top MV+MM+RM/RM, root:tgt MV+MM+RM/RM");
    row("delvm", named("delvm", "s1"), saved);
    row("snapshot-save", snapshotJob("snapshot-save", "top", {"top"}), "root:top MM+RM/MV+GR+RV+RM");
    row("commit", commitDevice("drive0"), "top:top MM+RV+RM/MV+RV+RM, base:mid MV+MM+RV+RM/RM");
    row("amend", amend("top"), "node:top MM+RM/MV+GR+RV+RM");
    row("create", create("tgt-file"), "protocol node:tgt-file MV+MM+RM/-, above:tgt MV/RM");
}

void TestImageOperations::claimsAreThoseOfTheTable()
{
    World world = playground();
    QCOMPARE(play(world, named("savevm", "s1")), u"allowed");
    compareClaims(world);
}

void TestImageOperations::besideAnother_data()
{
    QTest::addColumn<QmpCommand>("first");
    QTest::addColumn<QmpCommand>("second");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char *name, const QmpCommand &first, const QmpCommand &second, const char *outcome) {
        QTest::newRow(name) << first << second << QString::fromUtf8(outcome);
    };
    // The numbers are those of operations.md, section 4.
    row("35: resize of a mirror's source", mirror(), resizeTo("top", 32 * kCluster), "refused");
    row("38: resize above a stream", stream("mid"), resizeTo("top", 32 * kCluster), "allowed");
    row("shrink under a guest", {"cont", {}}, resizeTo("top", 8 * kCluster), "refused");
    row("shrink under a guest that is stopped", {"stop", {}}, resizeTo("top", 8 * kCluster), "allowed");
    row("41: savevm beside a stream", stream("top"), {"savevm", {}}, "refused");
    row("41: internal snapshot beside a stream", stream("top"), internalSnapshot("top", "s"), "refused");
    row("79: internal snapshot beside a mirror", mirror(), internalSnapshot("top", "s"), "allowed");
    row("savevm takes a mirror's target too", mirror(), {"savevm", {}}, "refused");
    row("80: loadvm beside a stream", stream("top"), named("loadvm", "s1"), "refused");
    row("81: loadvm beside a mirror", mirror(), named("loadvm", "s1"), "refused");
    row("loadvm under a guest", {"cont", {}}, named("loadvm", "s1"), "allowed");
    row("snapshot-load beside a stream", stream("top"),
        {"snapshot-load", {{"job-id", "s"}, {"tag", "s1"}, {"vmstate", "top"}, {"devices", Value::List{"top"}}}},
        "refused");
    row("snapshot-delete beside a stream", stream("top"),
        {"snapshot-delete", {{"job-id", "s"}, {"tag", "s1"}, {"devices", Value::List{"top"}}}}, "refused");
    row("delvm beside a stream", stream("top"), named("delvm", "s1"), "refused");
    row("commit beside a stream", stream("top"), commitDevice("top"), "refused");
    row("amend beside a stream", stream("top"), amend("top"), "refused");
    row("amend beside a mirror", mirror(), amend("top"), "allowed");
    row("create below a format", {"cont", {}}, create("tgt-file"), "refused");
}

void TestImageOperations::besideAnother()
{
    QFETCH(QmpCommand, first);
    QFETCH(QmpCommand, second);
    World world = playground();
    QCOMPARE(play(world, named("savevm", "s1")), u"allowed");
    QCOMPARE(play(world, first), u"allowed");
    const World before = world;
    const QString outcome = play(world, second);
    QTEST(outcome, "outcome");
    QVERIFY(outcome == u"allowed" || world == before);
    QVERIFY(verify(world));
}

void TestImageOperations::nothingBreaksUnderAGuestThatWrites_data()
{
    QTest::addColumn<QmpCommand>("command");
    QTest::newRow("resize") << resizeTo("top", 32 * kCluster);
    QTest::newRow("internal snapshot") << internalSnapshot("top", "s");
    QTest::newRow("internal snapshot deleted")
        << QmpCommand{"blockdev-snapshot-delete-internal-sync", {{"device", "top"}, {"name", "s1"}}};
    QTest::newRow("savevm") << QmpCommand{"savevm", {}};
    QTest::newRow("loadvm") << named("loadvm", "s1");
    QTest::newRow("delvm") << named("delvm", "s1");
    QTest::newRow("snapshot-save") << snapshotJob("snapshot-save", "top", {"top"});
    QTest::newRow("commit") << commitDevice("top");
    QTest::newRow("amend") << amend("top");
    QTest::newRow("create") << QmpCommand{
        "blockdev-create", {{"job-id", "c"}, {"options", Object{{"driver", "file"}, {"size", kCluster}}}}};
}

void TestImageOperations::nothingBreaksUnderAGuestThatWrites()
{
    QFETCH(QmpCommand, command);
    World world = playground();
    setSwitch(world, Switch::Enforce, true);
    QCOMPARE(play(world, GuestWriteControl{"vda", 1}), u"allowed");
    QCOMPARE(play(world, named("savevm", "s1")), u"allowed");
    QCOMPARE(play(world, GuestWriteControl{"vda", 2}), u"allowed");
    const Outcome outcome = apply(world, command);
    QCOMPARE(outcomeText(outcome), u"allowed");
    QCOMPARE(play(world, GuestWriteControl{"vda", 3}), u"allowed");
    if (outcome.job)
        QCOMPARE(play(world, RunUntilControl{world.job(*outcome.job).name, JobStatus::Null}), u"allowed");
    QCOMPARE(play(world, GuestWriteControl{"vda", 4}), u"allowed");
    QCOMPARE(findingsText(world), QString());
    QVERIFY(!outcome.job || world.job(*outcome.job).error.empty());
    QVERIFY(verify(world));
}

void TestImageOperations::clustersFollowTheSize_data()
{
    QTest::addColumn<qint64>("size");
    QTest::addColumn<int>("clusters");
    QTest::newRow("the same") << qint64(16 * kCluster) << 16;
    QTest::newRow("twice") << qint64(32 * kCluster) << 32;
    QTest::newRow("a sector more takes a cluster") << qint64(16 * kCluster + 512) << 17;
    QTest::newRow("a sector less keeps it") << qint64(16 * kCluster - 512) << 16;
    QTest::newRow("a sector") << qint64(512) << 1;
    QTest::newRow("nothing") << qint64(0) << 0;
}

void TestImageOperations::clustersFollowTheSize()
{
    QFETCH(qint64, size);
    QFETCH(int, clusters);
    World world = playground();
    QCOMPARE(play(world, QmpCommand{"stop", {}}), u"allowed");
    QCOMPARE(play(world, resizeTo("top", size)), u"allowed");
    const NodeId top = nodeOf(world, "top");
    QCOMPARE(static_cast<int>(clusterCount(world, top)), clusters);
    QCOMPARE(static_cast<qint64>(world.node(top).virtualSize), size);
    QCOMPARE(static_cast<int>(contractOf(world, top)->size()), clusters);
    QCOMPARE(findingsText(world), QString());
    QVERIFY(verify(world));
}

void TestImageOperations::whatIsNewReadsAsZero()
{
    World world = playground();
    QCOMPARE(play(world, QmpCommand{"stop", {}}), u"allowed");
    QCOMPARE(play(world, resizeTo("top", 2 * kCluster)), u"allowed");
    QVERIFY(readCluster(world, nodeOf(world, "mid"), 10).state == Cluster::State::Data);
    QCOMPARE(play(world, resizeTo("top", 20 * kCluster)), u"allowed");
    for (std::uint32_t index = 2; index < 20; ++index)
        QVERIFY(readCluster(world, nodeOf(world, "top"), index).state != Cluster::State::Data);
    QCOMPARE(findingsText(world), QString());
}

void TestImageOperations::anExportIsNotToldThatItsImageShrinks()
{
    World world = playground();
    addUser(world, exportOf(false), nodeOf(world, "tgt"));
    QCOMPARE(play(world, resizeTo("tgt", 8 * kCluster)), u"refused"); // reading C1
    setSwitch(world, Switch::MetadataIsReliedOn, false);
    QCOMPARE(play(world, resizeTo("tgt", 8 * kCluster)), u"allowed");
    QCOMPARE(findingsText(world), u"size-shrunk tgt 8");
}

void TestImageOperations::aShrunkBackingFileIsMissed()
{
    World world = playground();
    for (const char *empty : {"mid", "top"})
        world.data[nodeOf(world, empty).value].edit().assign(16, Cluster());
    renewContract(world, nodeOf(world, "top"));
    setReadOnly(world, nodeOf(world, "base"), false);
    QCOMPARE(play(world, QmpCommand{"stop", {}}), u"allowed");
    QCOMPARE(play(world, resizeTo("base", 8 * kCluster)), u"refused"); // its overlays rely on it (C1)
    setSwitch(world, Switch::MetadataIsReliedOn, false);
    QCOMPARE(play(world, resizeTo("base", 8 * kCluster)), u"allowed");
    QCOMPARE(findingsText(world), u"guest-data-changed top 8");
}

void TestImageOperations::filtersAreAsLongAsTheirImage()
{
    World world = playground();
    Node filter;
    filter.name = "limit";
    filter.driver = "throttle";
    const NodeId limit = addNode(world, filter);
    attach(world, Parent::of(limit), nodeOf(world, "tgt"), "file");
    const auto decision = decide(world, resizeTo("limit", 8 * kCluster), "nac");
    QVERIFY(decision.hasValue());
    QCOMPARE(claimsText(world, decision->plan), u"node:limit MV+MM/MV+GR+RV, node:tgt MV+MM/MV+GR+RV");
    QCOMPARE(play(world, resizeTo("tgt", 32 * kCluster)), u"allowed");
    QCOMPARE(static_cast<qint64>(world.node(limit).virtualSize), qint64(32 * kCluster));
}

void TestImageOperations::savevmTakesWhatTheGuestCanWrite()
{
    World world = playground();
    QCOMPARE(play(world, named("savevm", "s1")), u"allowed");
    QCOMPARE(world.snapshots->size(), std::size_t{2});
    QVERIFY(findSnapshot(world, nodeOf(world, "top"), "1", "s1")->hasVmState);
    QVERIFY(!findSnapshot(world, nodeOf(world, "tgt"), "1", "s1")->hasVmState);
    setReadOnly(world, nodeOf(world, "tgt"), true);
    QCOMPARE(play(world, QmpCommand{"savevm", {}}), u"allowed");
    QCOMPARE(world.snapshots->at(nodeOf(world, "top")).size(), std::size_t{2});
    QCOMPARE(world.snapshots->at(nodeOf(world, "tgt")).size(), std::size_t{1});
    // One writable root without snapshots, and nothing is saved.
    Node raw;
    raw.name = "disk";
    raw.driver = "file";
    raw.isMonitorOwned = true;
    addNode(world, raw, BlockData(4));
    QCOMPARE(play(world, named("savevm", "s2")), u"Device 'disk' is writable but does not support snapshots");
    World empty;
    QCOMPARE(play(empty, named("savevm", "s2")), u"no block device can store vmstate for snapshot");
    QCOMPARE(play(empty, named("loadvm", "s2")), u"no block device can store vmstate for snapshot");
}

void TestImageOperations::savevmReplacesOneOfThatName()
{
    World world = playground();
    QCOMPARE(play(world, named("savevm", "s1")), u"allowed");
    QCOMPARE(play(world, GuestWriteControl{"vda", 0}), u"allowed");
    QCOMPARE(play(world, named("savevm", "s1")), u"allowed");
    const auto &snapshots = world.snapshots->at(nodeOf(world, "top"));
    QCOMPARE(snapshots.size(), std::size_t{1});
    QVERIFY(snapshots.front().shown.front().value.kind == Stamp::Kind::User);
    QCOMPARE(play(world, named("delvm", "s1")), u"allowed");
    QVERIFY(world.snapshots->empty());
    QCOMPARE(play(world, named("delvm", "s1")), u"allowed"); // QEMU says nothing
}

void TestImageOperations::loadvmBringsItBack()
{
    World world = playground();
    const NodeId top = nodeOf(world, "top");
    QCOMPARE(play(world, GuestWriteControl{"vda", 0}), u"allowed");
    const Cluster first = readCluster(world, top, 0);
    QCOMPARE(play(world, named("savevm", "s1")), u"allowed");
    QCOMPARE(play(world, GuestWriteControl{"vda", 0}), u"allowed");
    QVERIFY(!readCluster(world, top, 0).readsLike(first));
    QCOMPARE(play(world, named("loadvm", "s1")), u"allowed");
    QVERIFY(readCluster(world, top, 0).readsLike(first));
    QVERIFY(contractOf(world, top)->front().readsLike(first));
    QVERIFY(world.isVmRunning());
    QCOMPARE(findingsText(world), QString());
}

void TestImageOperations::loadvmAlsoBringsTheSizeBack()
{
    World world = playground();
    const NodeId top = nodeOf(world, "top");
    QCOMPARE(play(world, named("savevm", "s1")), u"allowed");
    QCOMPARE(play(world, resizeTo("top", 32 * kCluster)), u"allowed");
    QCOMPARE(play(world, named("loadvm", "s1")), u"allowed");
    QCOMPARE(clusterCount(world, top), 16U);
    QCOMPARE(world.node(top).virtualSize, std::uint64_t{16 * kCluster});
    QCOMPARE(findingsText(world), QString());
}

/// F8 of operations.md 3.4: no concurrency, all allowed, and the data is gone.
void TestImageOperations::aSnapshotNeedsItsChain()
{
    World world = playground();
    QCOMPARE(play(world, named("savevm", "s1")), u"allowed");
    QCOMPARE(play(world, QmpCommand{"block-stream", {{"device", "top"}, {"job-id", "j"}}}), u"allowed");
    QCOMPARE(play(world, RunUntilControl{"j", JobStatus::Null}), u"allowed");
    QCOMPARE(findingsText(world), QString());
    QCOMPARE(play(world, named("loadvm", "s1")), u"allowed");
    QVERIFY2(findingsText(world).startsWith(u"snapshot-differs top"), qPrintable(findingsText(world)));
    QVERIFY2(findingsText(world).contains(u"guest-data-changed top"), qPrintable(findingsText(world)));
}

/// Case 80 of operations.md: whoever forgets what loadvm claims loses what the stream had copied.
void TestImageOperations::loadvmUnderAStreamLosesData()
{
    World world = playground();
    QCOMPARE(play(world, named("savevm", "s1")), u"allowed");
    QCOMPARE(play(world, stream("top")), u"allowed");
    QCOMPARE(play(world, RunUntilControl{"j", JobStatus::Pending}), u"allowed");
    QCOMPARE(play(world, named("loadvm", "s1")), u"refused");
    QCOMPARE(play(world, QmpCommand{"loadvm", {{"name", "s1"}}, {"root"}}), u"allowed");
    QCOMPARE(findingsText(world), QString());
    QCOMPARE(play(world, QmpCommand{"job-finalize", {{"id", "j"}}}), u"allowed");
    QVERIFY2(findingsText(world).contains(u"guest-data-changed top"), qPrintable(findingsText(world)));
}

void TestImageOperations::bitmapsDoNotNoticeLoadvm()
{
    World world = playground();
    QCOMPARE(play(world, named("savevm", "s1")), u"allowed");
    QCOMPARE(play(world, GuestWriteControl{"vda", 5}), u"allowed");
    QCOMPARE(play(world, QmpCommand{"block-dirty-bitmap-add", {{"node", "top"}, {"name", "b0"}}}), u"allowed");
    QCOMPARE(play(world, named("loadvm", "s1")), u"allowed");
    QVERIFY(!world.bitmaps->at(nodeOf(world, "top")).front().bits[5]);
    QCOMPARE(findingsText(world), u"bitmap-incomplete top 5");
}

void TestImageOperations::snapshotJobsNameTheirImages()
{
    World world = playground();
    const auto run = [&](const QmpCommand &command) {
        const QString outcome = play(world, command);
        return outcome == u"allowed" ? play(world, RunUntilControl{"s", JobStatus::Null}) : outcome;
    };
    QCOMPARE(run(snapshotJob("snapshot-save", "tgt", {"top", "tgt"})), u"allowed");
    QVERIFY(findSnapshot(world, nodeOf(world, "tgt"), std::nullopt, "t")->hasVmState);
    QVERIFY(!findSnapshot(world, nodeOf(world, "top"), std::nullopt, "t")->hasVmState);
    QCOMPARE(play(world, GuestWriteControl{"vda", 5}), u"allowed");
    QCOMPARE(run(snapshotJob("snapshot-load", "tgt", {"top", "tgt"})), u"allowed");
    QVERIFY(readCluster(world, nodeOf(world, "top"), 5).value.kind == Stamp::Kind::Image);
    QCOMPARE(run(snapshotJob("snapshot-load", "top", {"top", "tgt"})),
             u"This is a disk-only snapshot. Revert to it  offline using qemu-img");
    QCOMPARE(run({"snapshot-delete", {{"job-id", "s"}, {"tag", "t"}, {"devices", Value::List{"top"}}}}), u"allowed");
    QCOMPARE(world.snapshots->size(), std::size_t{1});
    QCOMPARE(findingsText(world), QString());
    QVERIFY(verify(world));
}

void TestImageOperations::internalSnapshotsAreKeptById()
{
    World world = playground();
    QCOMPARE(play(world, internalSnapshot("top", "a")), u"allowed");
    QCOMPARE(play(world, internalSnapshot("top", "b")), u"allowed");
    QCOMPARE(play(world, QmpCommand{"blockdev-snapshot-delete-internal-sync", {{"device", "top"}, {"id", "1"}}}),
             u"allowed");
    QCOMPARE(play(world, internalSnapshot("top", "c")), u"allowed");
    const auto &snapshots = world.snapshots->at(nodeOf(world, "top"));
    QCOMPARE(snapshots.size(), std::size_t{2});
    QCOMPARE(snapshots[0].name + snapshots[0].id + snapshots[1].name + snapshots[1].id, std::string("b2c3"));
}

void TestImageOperations::commitEmptiesTheTop()
{
    World world = playground();
    const NodeId top = nodeOf(world, "top");
    QCOMPARE(play(world, GuestWriteControl{"vda", 7}), u"allowed");
    const BlockData shown = shownBy(world, top);
    QCOMPARE(play(world, commitDevice("drive0")), u"allowed");
    QVERIFY(shownBy(world, top).size() == shown.size());
    for (std::uint32_t index = 0; index < shown.size(); ++index) {
        QVERIFY(!isAllocated(world, top, index));
        QVERIFY(readCluster(world, top, index).readsLike(shown[index]));
    }
    QVERIFY(world.node(nodeOf(world, "mid")).isReadOnly);
    QCOMPARE(findingsText(world), QString());
    QVERIFY(verify(world));
}

void TestImageOperations::commitChangesASibling()
{
    World world = playground();
    const NodeId other = addImage(world, "other", nodeOf(world, "mid"), false, 16);
    User second;
    second.name = "vdb";
    addUser(world, second, other);
    QCOMPARE(play(world, GuestWriteControl{"vda", 0}), u"allowed");
    QCOMPARE(play(world, commitDevice("top")), u"refused");
    QCOMPARE(play(world, QmpCommand{"stop", {}}), u"allowed");
    QCOMPARE(play(world, commitDevice("top")), u"allowed");
    QVERIFY2(findingsText(world).contains(u"guest-data-changed other"), qPrintable(findingsText(world)));
}

void TestImageOperations::commitAllTakesEveryDevice()
{
    World world = diskWorld(2, 2, 8);
    QCOMPARE(play(world, GuestWriteControl{"vd0", 0}), u"allowed");
    QCOMPARE(play(world, GuestWriteControl{"vd1", 1}), u"allowed");
    QCOMPARE(play(world, commitDevice("all")), u"allowed");
    for (const char *top : {"d0-1", "d1-1"}) {
        for (std::uint32_t index = 0; index < 8; ++index)
            QVERIFY(!isAllocated(world, nodeOf(world, top), index));
    }
    QVERIFY(readCluster(world, nodeOf(world, "d0-0"), 0).value.kind == Stamp::Kind::User);
    QVERIFY(readCluster(world, nodeOf(world, "d1-0"), 1).value.kind == Stamp::Kind::User);
    QCOMPARE(findingsText(world), QString());
    QVERIFY(verify(world));
}

void TestImageOperations::createFormatsItsNode()
{
    World world = imageWorld();
    const NodeId plain = nodeOf(world, "plain");
    setReadOnly(world, plain, false);
    QCOMPARE(play(world, create("plain")), u"allowed");
    QCOMPARE(play(world, QmpCommand{"query-named-block-nodes", {}}), u"refused"); // it allows nothing
    QVERIFY(readCluster(world, plain, 3).state == Cluster::State::Data);
    QCOMPARE(play(world, RunUntilControl{"c", JobStatus::Null}), u"allowed");
    QVERIFY(readCluster(world, plain, 3).state == Cluster::State::Zero);
    QCOMPARE(play(world, QmpCommand{"query-named-block-nodes", {}}), u"allowed");
    QVERIFY(verify(world));
}

QTEST_GUILESS_MAIN(TestImageOperations)
#include "tst_imageoperations.moc"
