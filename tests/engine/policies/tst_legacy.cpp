// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/policies/legacy/opblockers.h"
#include "engine/run/apply.h"
#include "tests/support/worlds.h"

#include <QTest>

#include <array>

using namespace blockscope;
using namespace blockscope::test;
using namespace Qt::StringLiterals;
using blockscope::legacy::OpType;

namespace {

constexpr std::array<const char *, 15> kTypes{"backup-source",
                                              "backup-target",
                                              "change",
                                              "commit-source",
                                              "commit-target",
                                              "dataplane",
                                              "drive-del",
                                              "eject",
                                              "external-snapshot",
                                              "internal-snapshot",
                                              "internal-snapshot-delete",
                                              "mirror",
                                              "resize",
                                              "stream",
                                              "replace"};

Value valueOf(const QString &text)
{
    bool isNumber = false;
    const qlonglong number = text.toLongLong(&isNumber);
    if (isNumber)
        return Value(std::int64_t{number});
    if (text == u"true"_s || text == u"false"_s)
        return Value(text == u"true"_s);
    return Value(QString(text).replace(u'+', u' ').toStdString());
}

/// "block-commit device=top base-node=m1", a plus for a space; "run-until JOB STATUS".
Event eventOf(const QString &line)
{
    const QStringList words = line.split(u' ');
    if (words[0] == u"run-until"_s)
        return RunUntilControl{words[1].toStdString(), *jobStatusFromString(words[2].toStdString())};
    QmpCommand command;
    command.execute = words[0].toStdString();
    for (const QString &word : words.mid(1)) {
        const qsizetype equals = word.indexOf(u'=');
        command.arguments[word.first(equals).toStdString()] = valueOf(word.mid(equals + 1));
    }
    return command;
}

void addGuest(World &world, const char *name, const char *node, bool isRemovable = false)
{
    User guest;
    guest.name = name;
    guest.isRemovable = isRemovable;
    addUser(world, guest, world.graph.findNode(node));
}

/// base <- m1 <- m2 <- m3 <- m4 <- top with drive0, base <- ovl2 with drive1, a CD in cd0, and spare nodes. A quorum Q
/// over c0, c1, c2 with drive2.
World fixture(bool isOf28)
{
    World world;
    addChain(world, {"base", "m1", "m2", "m3", "m4", "top"});
    addGuest(world, "drive0", "top");
    addImage(world, "ovl2", world.graph.findNode("base"), false);
    addGuest(world, "drive1", "ovl2");
    for (const char *name : {"cd", "tgt", "tgt2", "snap", "c0", "c1", "c2"})
        addImage(world, name, std::nullopt, false);
    addGuest(world, "cd0", "cd", true);
    Node quorum;
    quorum.name = "Q";
    quorum.driver = "quorum";
    quorum.isMonitorOwned = true;
    quorum.extra["vote-threshold"] = Value(std::int64_t{2});
    const NodeId id = addNode(world, quorum);
    for (const char *child : {"c0", "c1", "c2"})
        attach(world, Parent::of(id), *world.graph.findNode(child), "children." + std::string(child).substr(1));
    addGuest(world, "drive2", "Q");
    setHostFlag(world, HostFlag::ServesNbd, {}, true);
    world.policy = "legacy";
    setSwitch(world, Switch::LegacyOf28, isOf28);
    setSwitch(world, Switch::ImageLocks, false);
    return world;
}

QString describe(const Outcome &outcome)
{
    return QString::fromStdString(std::string(toString(outcome.kind)) + ": " +
                                  (outcome.error ? outcome.error->what : outcome.verdict.error));
}

/// Why an event of \a lines, separated by semicolons, was not allowed; empty when all were.
QString run(World &world, const QString &lines)
{
    for (const QString &line : lines.split(u';', Qt::SkipEmptyParts)) {
        const Outcome outcome = blockscope::apply(world, eventOf(line));
        if (outcome.kind != Outcome::Kind::Allowed)
            return line + u" / "_s + describe(outcome);
    }
    return {};
}

Value action(const char *type, Object data)
{
    return Object{{"type", type}, {"data", std::move(data)}};
}

constexpr const char *kMirror = "drive-mirror device=drive0 target=/images/t.qcow2 sync=full node-name=t job-id=j";
constexpr const char *kCdMirror = "drive-mirror device=cd0 target=/images/t.qcow2 sync=full job-id=j";
constexpr const char *kBackup = "blockdev-backup device=drive0 target=tgt sync=full job-id=j";
constexpr const char *kStream = "block-stream device=drive0 base-node=m3 job-id=j";
constexpr const char *kCommit = "block-commit device=drive0 top-node=m3 base-node=m1 job-id=j";
constexpr const char *kActiveCommit = "block-commit device=drive0 base-node=m3 job-id=j";
constexpr const char *kBitmap = "block-dirty-bitmap-add node=top name=b0;block-dirty-bitmap-add node=top name=b1;"
                                "drive-backup device=drive0 target=/images/t.qcow2 sync=incremental bitmap=b0 job-id=j";

} // namespace

/// The op blockers of QEMU 2.5 and 2.8 (operations.md 1.3 to 1.5).
class TestLegacy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void blockers_data();
    void blockers();
    void busy_data();
    void busy();
    void allowed_data();
    void allowed();
    void cannotBeSaid_data();
    void cannotBeSaid();
    void shape_data();
    void shape();
    void orderMatters();
    void theHolderIsTold();
    void transactionsFindWhatTheyStarted();
    void imageLocksCameLater();
};

/// Table 1.3: every type of operation but those that are open.
void TestLegacy::blockers_data()
{
    QTest::addColumn<bool>("isOf28");
    QTest::addColumn<QString>("running");
    QTest::addColumn<QString>("node");
    QTest::addColumn<QString>("open");
    QTest::addColumn<QString>("reason");

    const auto row = [](const char *name, const char *running, const char *node, const char *open, const char *reason) {
        const bool isOf28 = std::string_view(name).starts_with("2.8");
        QTest::newRow(name) << isOf28 << QString::fromLatin1(running) << QString::fromLatin1(node)
                            << QString::fromLatin1(open) << QString::fromLatin1(reason);
    };
    constexpr const char *kAll = "all";
    constexpr const char *kOpenIn28 = "backup-source backup-target commit-target stream";
    const char *const stream = "block device is in use by block job: stream";
    const char *const commit = "block device is in use by block job: commit";
    const char *const mirror = "block device is in use by block job: mirror";
    const char *const backup = "block device is in use by block job: backup";

    row("overlay", "", "m2", "commit-target", "node is used as backing hd of 'm3'");
    row("overlay with a device", "", "m4", "commit-target", "node is used as backing hd of 'drive0'");
    row("the newest of two overlays", "", "base", "commit-target", "node is used as backing hd of 'drive1'");
    row("guest", "", "top", kAll, "");
    row("export", "nbd-server-add device=drive0 writable=true", "top", kAll, "");
    row("file child", "", "top-file", kAll, "");
    row("quorum child", "", "c1", kAll, "");
    row("bitmap", "block-dirty-bitmap-add node=top name=b0", "top", kAll, "");
    row("stream, root", kStream, "top", "dataplane", stream);
    row("stream, mid", kStream, "m4", "commit-target", "node is used as backing hd of 'drive0'");
    row("commit, root", kCommit, "top", "dataplane", commit);
    row("commit, overlay", kCommit, "m4", "commit-target", "node is used as backing hd of 'drive0'");
    row("commit, top", kCommit, "m3", "commit-target", "node is used as backing hd of 'm4'");
    row("commit, base", kCommit, "m1", "commit-target", "node is used as backing hd of 'm2'");
    row("active commit, root", kActiveCommit, "top", "dataplane", commit);
    row("active commit, mid", kActiveCommit, "m4", "commit-target", "node is used as backing hd of 'drive0'");
    row("active commit, base", kActiveCommit, "m3", "", commit);
    row("mirror, source", kMirror, "top", "dataplane", mirror);
    row("mirror, target", kMirror, "t", "", mirror);
    row("backup, source", kBackup, "top", "dataplane", backup);
    row("backup, target", kBackup, "tgt", "", backup);
    const std::string replacing =
        "drive-mirror device=drive2 target=/images/t.qcow2 sync=full format=qcow2 node-name=t replaces=c1 "
        "job-id=j;run-until j ready";
    row("mirror that will replace", replacing.c_str(), "c1", kAll, "");
    row("mirror that is about to replace", (replacing + ";job-complete id=j").c_str(), "c1", "",
        "block device is in use by block-job-complete");
    row("job that has ended", (std::string(kBackup) + ";run-until j null").c_str(), "top", kAll, "");
    row("job that waits to be finalized",
        "block-stream device=drive0 base-node=m3 job-id=j auto-finalize=false;run-until j pending", "top", "dataplane",
        stream);

    row("2.8: overlay", "", "m2", kOpenIn28, "node is used as backing hd of 'm3'");
    row("2.8: stream, top", kStream, "top", "dataplane", stream);
    row("2.8: stream, mid", kStream, "m4", "", stream);
    row("2.8: stream, base", kStream, "m3", kOpenIn28, "node is used as backing hd of 'm4'");
    row("2.8: stream into an inner node", "block-stream device=m4 base-node=m2 job-id=j", "top", kAll, "");
    row("2.8: commit, root", kCommit, "top", "dataplane", commit);
    row("2.8: commit, overlay", kCommit, "m4", kOpenIn28, "node is used as backing hd of 'drive0'");
    row("2.8: commit, top", kCommit, "m3", "", commit);
    row("2.8: commit, mid", kCommit, "m2", "", commit);
    row("2.8: commit, base", kCommit, "m1", "", commit);
    row("2.8: active commit, mid", kActiveCommit, "m4", "", commit);
    row("2.8: active commit, base", kActiveCommit, "m3", "", commit);
    row("2.8: mirror, source", "blockdev-mirror device=drive0 target=tgt sync=full", "top", "dataplane", mirror);
    row("2.8: mirror, target", "blockdev-mirror device=drive0 target=tgt sync=full", "tgt", "", mirror);
    row("2.8: backup, target", kBackup, "tgt", "", backup);
}

void TestLegacy::blockers()
{
    QFETCH(bool, isOf28);
    QFETCH(QString, running);
    QFETCH(QString, node);
    QFETCH(QString, open);
    World world = fixture(isOf28);
    QCOMPARE(run(world, running), QString());
    QStringList found;
    for (std::size_t i = 0; i < kTypes.size(); ++i) {
        const auto blocker =
            legacy::opBlocker(world, *world.graph.findNode(node.toStdString()), static_cast<OpType>(i));
        if (!blocker)
            found += QString::fromLatin1(kTypes[i]);
        else
            QTEST(QString::fromStdString(blocker->reason), "reason");
    }
    if (open == u"all"_s)
        QCOMPARE(found.size(), qsizetype(kTypes.size()));
    else
        QCOMPARE(found.join(u' '), open);
}

/// Table 1.4: what is checked, where, and what is said.
void TestLegacy::busy_data()
{
    QTest::addColumn<bool>("isOf28");
    QTest::addColumn<QString>("running");
    QTest::addColumn<QString>("request");
    QTest::addColumn<QString>("error");

    const auto row = [](const char *name, const std::string &running, const char *request, const char *error) {
        const bool isOf28 = std::string_view(name).starts_with("2.8");
        QTest::newRow(name) << isOf28 << QString::fromStdString(running) << QString::fromLatin1(request)
                            << QString::fromLatin1(error);
    };
    const char *const mirror = "Node 'drive0' is busy: block device is in use by block job: mirror";
    row("blockdev-snapshot", kMirror, "blockdev-snapshot node=top overlay=snap", mirror);
    row("blockdev-snapshot, overlay", kBackup, "blockdev-snapshot node=tgt2 overlay=tgt",
        "Node 'tgt' is busy: block device is in use by block job: backup");
    row("blockdev-snapshot, overlay of a device", "", "blockdev-snapshot node=tgt2 overlay=cd",
        "The snapshot is already in use by cd0");
    row("blockdev-snapshot of a backing file", "", "blockdev-snapshot node=m2 overlay=snap",
        "Node 'm2' is busy: node is used as backing hd of 'm3'");
    row("blockdev-snapshot-sync", kMirror, "blockdev-snapshot-sync device=drive0 snapshot-file=/images/s.qcow2",
        mirror);
    row("blockdev-snapshot-internal-sync", kMirror, "blockdev-snapshot-internal-sync device=drive0 name=s1", mirror);
    row("blockdev-snapshot-delete-internal-sync",
        std::string("blockdev-snapshot-internal-sync device=drive0 name=s1;") + kMirror,
        "blockdev-snapshot-delete-internal-sync device=drive0 name=s1", mirror);
    row("block-stream", kMirror, "block-stream device=drive0", mirror);
    row("block-commit", kMirror, "block-commit device=drive0 top-node=m3 base-node=m1", mirror);
    row("block-commit, active", kMirror, "block-commit device=drive0 base-node=m1", mirror);
    row("block-commit, base", "block-commit device=drive1 base-node=base job-id=j",
        "block-commit device=drive0 top-node=m1 base-node=base",
        "Node 'base' is busy: block device is in use by block job: commit");
    row("block-commit, the device first", std::string("block-commit device=drive1 base-node=base;") + kMirror,
        "block-commit device=drive0 top-node=m1 base-node=base", mirror);
    row("HMP commit", kMirror, "commit device=drive0", "'commit' error for 'drive0': Device or resource busy");
    row("HMP commit, backing file", "block-commit device=drive0 base-node=base job-id=j", "commit device=drive1",
        "'commit' error for 'drive1': Device or resource busy");
    row("HMP commit all", kMirror, "commit device=all", "'commit' error for 'all': Device or resource busy");
    row("drive-mirror", kStream, "drive-mirror device=drive0 target=/images/u.qcow2 sync=full",
        "Node 'drive0' is busy: block device is in use by block job: stream");
    row("drive-backup", kStream, "drive-backup device=drive0 target=/images/u.qcow2 sync=full",
        "Node 'drive0' is busy: block device is in use by block job: stream");
    row("blockdev-backup", kStream, "blockdev-backup device=drive0 target=tgt sync=full",
        "Node 'drive0' is busy: block device is in use by block job: stream");
    row("blockdev-backup, target", kBackup, "blockdev-backup device=drive1 target=tgt sync=full",
        "Node 'tgt' is busy: block device is in use by block job: backup");
    row("block_resize by device", kMirror, "block_resize device=drive0 size=134217728", "Device 'drive0' is in use");
    row("block_resize by node-name", kMirror, "block_resize node-name=top size=134217728", "Device '(null)' is in use");
    row("change-backing-file", kMirror,
        "change-backing-file device=drive0 image-node-name=m1 backing-file=/images/base.qcow2", mirror);
    const char *const medium = "Node 'cd0' is busy: block device is in use by block job: mirror";
    row("eject", kCdMirror, "eject device=cd0", medium);
    row("blockdev-remove-medium", std::string("blockdev-open-tray device=cd0;") + kCdMirror,
        "blockdev-remove-medium id=cd0", medium);
    row("blockdev-change-medium", kCdMirror, "blockdev-change-medium device=cd0 filename=/images/n.iso", medium);
    row("change", kCdMirror, "change device=cd0 target=/images/n.iso", medium);
    row("blockdev-insert-medium", "eject device=cd0", "blockdev-insert-medium id=cd0 node-name=top",
        "Node 'top' is already in use by 'drive0'");
    row("drive_del",
        "drive_add file=/images/d.qcow2 id=d9;drive-mirror device=d9 target=/images/t.qcow2 sync=full job-id=j",
        "drive_del id=d9", "Node 'd9' is busy: block device is in use by block job: mirror");
    row("blockdev-del", "", "blockdev-del node-name=m2", "Node 'm2' is busy: node is used as backing hd of 'm3'");
    row("blockdev-del of a target", kBackup, "blockdev-del node-name=tgt",
        "Node 'tgt' is busy: block device is in use by block job: backup");
    row("blockdev-del of a device's root", "", "blockdev-del node-name=top", "Node top is in use by drive0");
    row("blockdev-del of a file", "", "blockdev-del node-name=top-file", "Block device top-file is in use");
    row("drive_del by node-name", "", "drive_del id=m2", "Node 'm2' is busy: node is used as backing hd of 'm3'");
    row("block-dirty-bitmap-remove", kBitmap, "block-dirty-bitmap-remove node=top name=b0",
        "Bitmap 'b0' is currently frozen and cannot be removed");
    row("block-dirty-bitmap-clear", kBitmap, "block-dirty-bitmap-clear node=top name=b0",
        "Bitmap 'b0' is currently frozen and cannot be modified");
    row("the job is newer than the overlay", kActiveCommit, "blockdev-del node-name=m3",
        "Node 'm3' is busy: block device is in use by block job: commit");
    row("the overlay is newer than the job",
        std::string(kBackup) + ";blockdev-add driver=file node-name=late.f filename=/images/late.qcow2" +
            ";blockdev-add driver=qcow2 node-name=late file=late.f backing=tgt",
        "blockdev-del node-name=tgt", "Node 'tgt' is busy: node is used as backing hd of 'late'");

    row("2.8: blockdev-mirror", kStream, "blockdev-mirror device=drive0 target=tgt sync=full",
        "Node 'drive0' is busy: block device is in use by block job: stream");
    row("2.8: blockdev-mirror, target", kBackup, "blockdev-mirror device=drive1 target=tgt sync=full",
        "Node 'tgt' is busy: block device is in use by block job: backup");
    row("2.8: block-stream, mid", kCommit, "block-stream device=m4 base-node=m1",
        "Node 'm3' is busy: block device is in use by block job: commit");
    row("2.8: block-commit, overlay", "block-stream device=m4 base-node=m1 job-id=j",
        "block-commit device=drive0 top-node=m1 base-node=base",
        "Node 'm2' is busy: block device is in use by block job: stream");
    row("2.8: block-commit, top", "block-stream device=m4 base-node=m1 job-id=j",
        "block-commit device=drive0 top-node=m3 base-node=base",
        "Node 'm3' is busy: block device is in use by block job: stream");
    row("2.8: block-commit, mid", "block-stream device=m3 base-node=m1 job-id=j",
        "block-commit device=drive0 top-node=m4 base-node=base",
        "Node 'm3' is busy: block device is in use by block job: stream");
}

void TestLegacy::busy()
{
    QFETCH(bool, isOf28);
    QFETCH(QString, running);
    QFETCH(QString, request);
    World world = fixture(isOf28);
    QCOMPARE(run(world, running), QString());
    const Outcome outcome = blockscope::apply(world, eventOf(request));
    QVERIFY2(outcome.kind == Outcome::Kind::Refused, qPrintable(describe(outcome)));
    QCOMPARE(outcome.verdict.policy, std::string("legacy"));
    QCOMPARE(outcome.verdict.reasons.size(), std::size_t{1});
    QCOMPARE(outcome.verdict.reasons.front().code, std::string("LEGACY-BUSY"));
    QTEST(QString::fromStdString(outcome.verdict.error), "error");
}

/// What checks nothing, or not what is blocked.
void TestLegacy::allowed_data()
{
    QTest::addColumn<bool>("isOf28");
    QTest::addColumn<QString>("events");

    const auto row = [](const char *name, const std::string &events) {
        QTest::newRow(name) << std::string_view(name).starts_with("2.8") << QString::fromStdString(events);
    };
    const std::string mirror = std::string(kMirror) + ';';
    row("blockdev-add", mirror + "blockdev-add driver=qcow2 node-name=dup file=top-file");
    row("blockdev-insert-medium", "eject device=cd0;" + mirror + "blockdev-insert-medium id=cd0 node-name=tgt");
    row("nbd-server-add", mirror + "nbd-server-add device=drive0 writable=true");
    row("block-export-add", mirror + "block-export-add type=nbd id=e node-name=top");
    row("savevm, loadvm, delvm", "savevm name=s1;" + mirror + "stop;loadvm name=s1;delvm name=s1");
    row("bitmaps", mirror + "block-dirty-bitmap-add node=top name=b;block-dirty-bitmap-clear node=top name=b;"
                            "block-dirty-bitmap-remove node=top name=b");
    row("another bitmap", std::string(kBitmap) + ";block-dirty-bitmap-remove node=top name=b1");
    row("throttling",
        mirror + "block_set_io_throttle device=drive0 bps=1 bps_rd=0 bps_wr=0 iops=0 iops_rd=0 iops_wr=0");
    row("write threshold", mirror + "block-set-write-threshold node-name=top write-threshold=65536");
    row("qemu-io", mirror + "qemu-io device=drive0 command=write+0+64k");
    row("device_add", mirror + "device_add driver=virtio-blk-pci id=second drive=tgt");
    row("device_del", mirror + "device_del id=drive0");
    row("stop, cont", mirror + "stop;cont");
    row("migrate", mirror + "migrate uri=exec:true");
    row("a backup over a live disk", "blockdev-backup device=drive0 target=cd sync=full");
    row("commit into a shared base", "block-commit device=drive1 base-node=base");
    row("commit into what another streams", "block-stream device=drive0;block-commit device=drive1 base-node=base");
    row("jobs on two devices", std::string(kStream) + ";blockdev-backup device=drive1 target=tgt sync=full");
    row("one after the other", std::string(kBackup) + ";run-until j null;block-stream device=drive0");
    row("resize", "block_resize device=drive0 size=134217728");
    row("snapshot", "blockdev-snapshot node=top overlay=snap");
    row("snapshot of a quorum's child", "blockdev-snapshot node=c1 overlay=snap");
    row("a root without a device", "block-stream device=tgt");

    row("2.8: stream into an inner node",
        std::string("block-commit device=drive0 top-node=m2 base-node=m1;") + "block-stream device=m4 base-node=m3");
    row("2.8: two streams", "block-stream device=m2 base-node=base;block-stream device=m4 base-node=m3");
    row("2.8: blockdev-mirror", "blockdev-mirror device=drive0 target=tgt sync=full");
    row("2.8: export of an inner node", "block-export-add type=nbd id=e node-name=m2 writable=false");
}

void TestLegacy::allowed()
{
    QFETCH(bool, isOf28);
    QFETCH(QString, events);
    World world = fixture(isOf28);
    QCOMPARE(run(world, events), QString());
    QVERIFY(verify(world));
}

/// Rule 5 of 1.5, and what came later.
void TestLegacy::cannotBeSaid_data()
{
    QTest::addColumn<bool>("isOf28");
    QTest::addColumn<QString>("request");
    QTest::addColumn<QString>("error");

    const auto row = [](const char *name, const char *request, const char *error) {
        QTest::newRow(name) << std::string_view(name).starts_with("2.8") << QString::fromLatin1(request)
                            << u"Blockscope: "_s + QString::fromLatin1(error);
    };
    const auto inner = [&](const char *name, const char *request, const char *argument) {
        const QByteArray error = "QEMU 2.5 has no device for node 'm2', and argument '" + QByteArray(argument) +
                                 "' of " + QByteArray(request).split(' ')[0] + " takes no node-name";
        row(name, request, error.constData());
    };
    inner("block-stream", "block-stream device=m2", "device");
    inner("block-commit", "block-commit device=m2 base-node=base", "device");
    inner("commit", "commit device=m2", "device");
    inner("drive-mirror", "drive-mirror device=m2 target=/images/t.qcow2 sync=full", "device");
    inner("drive-backup", "drive-backup device=m2 target=/images/t.qcow2 sync=full", "device");
    inner("blockdev-backup", "blockdev-backup device=m2 target=tgt sync=full", "device");
    inner("change-backing-file", "change-backing-file device=m2 image-node-name=m1 backing-file=/images/base.qcow2",
          "device");
    inner("block-export-add", "block-export-add type=nbd id=e node-name=m2", "node-name");
    inner("nbd-server-add", "nbd-server-add device=m2", "device");
    inner("device_add", "device_add driver=virtio-blk-pci drive=m2", "drive");
    row("blockdev-backup, target", "blockdev-backup device=drive0 target=c1 sync=full",
        "QEMU 2.5 has no device for node 'c1', and argument 'target' of blockdev-backup takes no node-name");
    row("blockdev-mirror", "blockdev-mirror device=drive0 target=tgt sync=full",
        "QEMU 2.5 has no command 'blockdev-mirror'");
    row("x-blockdev-change", "x-blockdev-change parent=Q child=children.1",
        "QEMU 2.5 has no command 'x-blockdev-change'");
    row("block-export-add of another type", "block-export-add type=fuse id=e node-name=top mountpoint=/mnt/e",
        "QEMU 2.5 has no argument 'type' with value 'fuse' of block-export-add");
    row("copy-mode", "drive-mirror device=drive0 target=/images/t.qcow2 sync=full copy-mode=write-blocking",
        "QEMU 2.5 has no argument 'copy-mode' of drive-mirror");
    row("compress", "drive-backup device=drive0 target=/images/t.qcow2 sync=full compress=true",
        "QEMU 2.5 has no argument 'compress' of drive-backup");
    row("query-jobs", "query-jobs", "QEMU 2.5 has no command 'query-jobs'");
    row("2.8: query-jobs", "query-jobs", "QEMU 2.8 has no command 'query-jobs'");
    row("2.8: commit", "commit device=m2",
        "QEMU 2.8 has no device for node 'm2', and argument 'device' of commit takes no node-name");
}

void TestLegacy::cannotBeSaid()
{
    QFETCH(bool, isOf28);
    QFETCH(QString, request);
    World world = fixture(isOf28);
    for (const char *name : {"m1", "m2"})
        setReadOnly(world, *world.graph.findNode(name), false);
    const Outcome outcome = blockscope::apply(world, eventOf(request));
    QVERIFY2(outcome.kind == Outcome::Kind::Refused, qPrintable(describe(outcome)));
    QCOMPARE(outcome.verdict.reasons.front().code, std::string("LEGACY-EXPRESS"));
    QTEST(QString::fromStdString(outcome.verdict.error), "error");
}

void TestLegacy::shape_data()
{
    QTest::addColumn<bool>("isOf28");
    QTest::addColumn<QString>("running");
    QTest::addColumn<QString>("request");
    QTest::addColumn<QString>("error");

    const auto row = [](const char *name, const char *running, const char *request, const char *error) {
        QTest::newRow(name) << std::string_view(name).starts_with("2.8") << QString::fromLatin1(running)
                            << QString::fromLatin1(request) << QString::fromLatin1(error);
    };
    row("snapshot of a file", "", "blockdev-snapshot node=top-file overlay=snap",
        "The feature 'snapshot' is not enabled");
    row("snapshot of a quorum", "", "blockdev-snapshot node=Q overlay=snap", "The feature 'snapshot' is not enabled");
    row("overlay with a backing file", "device_del id=drive1", "blockdev-snapshot node=tgt overlay=ovl2",
        "The snapshot already has a backing image");
    row("resize of a backing file", "", "block_resize node-name=m2 size=134217728",
        "The feature 'resize' is not enabled");
    row("2.8: commit", "", "block-commit device=m2 base-node=base", "Need a root block node");
    row("2.8: blockdev-backup", "", "blockdev-backup device=m2 target=tgt sync=full", "Need a root block node");
}

void TestLegacy::shape()
{
    QFETCH(bool, isOf28);
    QFETCH(QString, running);
    QFETCH(QString, request);
    World world = fixture(isOf28);
    QCOMPARE(run(world, running), QString());
    const Outcome outcome = blockscope::apply(world, eventOf(request));
    QVERIFY2(outcome.kind == Outcome::Kind::Refused, qPrintable(describe(outcome)));
    QCOMPARE(outcome.verdict.reasons.front().code, std::string("LEGACY-SHAPE"));
    QTEST(QString::fromStdString(outcome.verdict.error), "error");
}

/// An active commit blocks its base, one below the active layer does not (1.2).
void TestLegacy::orderMatters()
{
    const QString active = u"block-commit device=drive1 base-node=base"_s;
    const QString below = u"block-commit device=drive0 top-node=m1 base-node=base"_s;
    World world = fixture(false);
    QCOMPARE(run(world, below + u';' + active), QString());
    world = fixture(false);
    QVERIFY(run(world, active + u';' + below).contains(u"refused: Node 'base' is busy"_s));
}

void TestLegacy::theHolderIsTold()
{
    World world = fixture(false);
    QCOMPARE(run(world, u"stop;cont;"_s + QString::fromLatin1(kMirror)), QString());
    const Outcome byJob = blockscope::apply(world, eventOf(u"block-stream device=drive0"_s));
    const Reason &job = byJob.verdict.reasons.front();
    QCOMPARE(job.holder, Holder::of(*world.findJob("j")));
    QCOMPARE(job.node, *world.graph.findNode("top"));
    QCOMPARE(job.since, Tick{3});
    const Outcome byLink = blockscope::apply(world, eventOf(u"blockdev-del node-name=m2"_s));
    const Reason &link = byLink.verdict.reasons.front();
    QCOMPARE(link.holder, Holder::of(*world.graph.childEdge(*world.graph.findNode("m3"), "backing")));
    QCOMPARE(link.node, *world.graph.findNode("m2"));
}

/// A backup is started when its turn comes, a snapshot made when all are prepared.
void TestLegacy::transactionsFindWhatTheyStarted()
{
    const Value backup =
        action("drive-backup", {{"device", "drive0"}, {"target", "/images/t.qcow2"}, {"sync", "full"}});
    const Value snapshot = action("blockdev-snapshot", {{"node", "top"}, {"overlay", "snap"}});
    const auto submit = [](Value::List actions, const QString &running = {}) {
        World world = fixture(false);
        const QString failure = run(world, running);
        return failure.isEmpty() ? describe(blockscope::apply(
                                       world, QmpCommand{"transaction", {{"actions", Value(std::move(actions))}}}))
                                 : failure;
    };
    QCOMPARE(submit({snapshot, backup}), u"allowed: "_s);
    const QString busy = u"refused: Node 'drive0' is busy: block device is in use by block job: backup"_s;
    QCOMPARE(submit({backup, snapshot}), busy);
    QCOMPARE(submit({backup, backup}), busy);
    const Value clear = action("block-dirty-bitmap-clear", {{"node", "top"}, {"name", "b0"}});
    QCOMPARE(submit({clear}, QString::fromLatin1(kBitmap)), u"refused: Cannot modify a frozen bitmap"_s);
    const Value remove = action("block-dirty-bitmap-remove", {{"node", "top"}, {"name", "b1"}});
    QCOMPARE(submit({remove}, QString::fromLatin1(kBitmap)),
             u"refused: Blockscope: QEMU 2.5 has no 'block-dirty-bitmap-remove' in a transaction"_s);
}

/// Whatever the switch says: locks are of 2.10.
void TestLegacy::imageLocksCameLater()
{
    World world = fixture(false);
    setSwitch(world, Switch::ImageLocks, true);
    world.otherHosts.edit()["second"] = "running";
    QmpCommand add{"blockdev-add", {{"driver", "file"}, {"node-name", "other"}, {"filename", "/images/top.qcow2"}}};
    add.host = "second";
    const QmpCommand format{
        "blockdev-add", {{"driver", "qcow2"}, {"node-name", "other-top"}, {"file", "other"}}, {}, "second"};
    QVERIFY2(blockscope::apply(world, add).kind == Outcome::Kind::Allowed, "file");
    QVERIFY2(blockscope::apply(world, format).kind == Outcome::Kind::Allowed, "format");
}

QTEST_GUILESS_MAIN(TestLegacy)
#include "tst_legacy.moc"
