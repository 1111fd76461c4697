// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/scenario.h"
#include "engine/operations/catalogue.h"
#include "engine/run/apply.h"
#include "engine/world/standingclaims.h"
#include "tests/support/worlds.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace blockscope;
using namespace blockscope::test;

namespace {

/// base <- mid <- top with guest vda; target; a CD drive cd0 with disc in it; an empty floppy fd0.
World usersWorld()
{
    World world = chainWorld({"base", "mid", "top"});
    addImage(world, "target", std::nullopt, false);
    addImage(world, "over", addImage(world, "under", std::nullopt, false), false);
    User cd;
    cd.name = "cd0";
    cd.isRemovable = true;
    cd.isWritable = false;
    addUser(world, cd, addImage(world, "disc", std::nullopt, true));
    User floppy;
    floppy.name = "fd0";
    floppy.isRemovable = true;
    floppy.isTrayOpen = true;
    addUser(world, floppy, std::nullopt);
    return world;
}

const QmpCommand kServer{"nbd-server-start", {{"addr", Object{{"type", "unix"}}}}};

QmpCommand exporting(const char *node, bool isWritable, const char *id = "e0")
{
    return {"block-export-add", {{"type", "nbd"}, {"id", id}, {"node-name", node}, {"writable", isWritable}}};
}

QmpCommand plugging(const char *node, const char *id = "vdb")
{
    return {"device_add", {{"driver", "virtio-blk-pci"}, {"id", id}, {"drive", node}}};
}

const QmpCommand kMirror{"blockdev-mirror",
                         {{"device", "top"}, {"target", "target"}, {"sync", "full"}, {"job-id", "j"}}};
const QmpCommand kStream{"block-stream", {{"device", "top"}, {"base-node", "mid"}, {"job-id", "j"}}};
const QmpCommand kBackup{"blockdev-backup",
                         {{"device", "top"}, {"target", "target"}, {"sync", "full"}, {"job-id", "j"}}};
const QmpCommand kPause{"stop", {}};
const QmpCommand kGoOn{"cont", {}};
const QmpCommand kHandOver{"migrate", {{"uri", "tcp:destination"}}};

Outcome play(World &world, const std::vector<QmpCommand> &commands)
{
    Outcome last;
    for (const QmpCommand &command : commands) {
        last = apply(world, command);
        if (!verify(world))
            qWarning("not sound after %s", command.execute.c_str());
    }
    return last;
}

/// Saved and read again it is the same.
bool survivesSaving(const World &world)
{
    Scenario scenario;
    scenario.world = world;
    const auto again = readScenario(writeScenario(scenario));
    return again.hasValue() && again->world == world;
}

/// "vda@top RV MV": the nodes on which the user named so requires something, in the order of the claims.
QString heldBy(const World &world, const char *name)
{
    const auto user = world.findUser(name);
    const Holding *held = user ? world.ledger.holding(Holder::of(*user)) : nullptr;
    if (held == nullptr)
        return u"-"_s;
    QStringList nodes;
    for (const NodeClaim &claim : held->claims)
        nodes << QString::fromStdString(claim.role + ":" + world.node(claim.node).name);
    return nodes.join(u' ');
}

} // namespace

class TestUsers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void invalidRequests_data();
    void invalidRequests();
    void verdicts_data();
    void verdicts();
    void claimsFollow_data();
    void claimsFollow();
    void devicesComeAndGo();
    void drivesAreTakenFromUnderDevices();
    void mediaAreChanged();
    void exportsEndWithTheirServer();
    void writersPropagateOnlyWhereTheReadingIsOn();
    void fleecingToleratesTheGuest();
    void aLinkChangeIsAnAccess_data();
    void aLinkChangeIsAnAccess();
};

void TestUsers::invalidRequests_data()
{
    QTest::addColumn<std::vector<QmpCommand>>("before");
    QTest::addColumn<QString>("command");
    QTest::addColumn<Object>("arguments");
    QTest::addColumn<QString>("what");

    int number = 0;
    const auto after = [&](const std::vector<QmpCommand> &before, const char *command, const Object &arguments,
                           const char *what) {
        QTest::addRow("%d %s: %s", number++, command, what)
            << before << QString::fromUtf8(command) << arguments << QString::fromUtf8(what);
    };
    const auto row = [&](const char *command, const Object &arguments, const char *what) {
        after({}, command, arguments, what);
    };
    row("device_add", {{"id", "x"}}, "Parameter 'driver' is missing");
    row("device_add", {{"driver", "e1000"}}, "'e1000' is not a valid device model name");
    row("device_add", {{"driver", "scsi-hd"}, {"drive", "nix"}}, "Property 'scsi-hd.drive' can't find value 'nix'");
    row("device_add", {{"driver", "scsi-hd"}}, "drive property not set");
    row("device_add", {{"driver", "scsi-hd"}, {"id", "vda"}, {"drive", "target"}}, "Duplicate device ID 'vda'");
    after({kServer, exporting("top", false)}, "device_add", {{"driver", "scsi-hd"}, {"id", "e0"}, {"drive", "target"}},
          "Duplicate device ID 'e0'");
    row("device_add", {{"driver", "ide-hd"}, {"drive", "base"}}, "Block node is read-only");
    row("device_del", {{"id", "nix"}}, "Device 'nix' not found");
    row("drive_add", {{"file", "/x"}, {"id", "d"}, {"if", "virtio"}}, "Can't hot-add drive to type 7");
    row("drive_add", {{"file", "/x"}, {"id", "top"}}, "Device name 'top' conflicts with an existing node name");
    after({{"drive_add", {{"file", "/x"}, {"id", "d"}}}}, "drive_add", {{"file", "/x"}, {"id", "d"}},
          "Duplicate ID 'd' for drive");
    after({{"drive_add", {{"file", "/x"}, {"id", "d"}}},
           {"device_add", {{"driver", "virtio-blk-pci"}, {"drive", "d"}, {"id", "vdb"}}}},
          "device_add", {{"driver", "virtio-blk-pci"}, {"drive", "d"}},
          "Drive 'd' is already in use by another device");
    row("drive_del", {{"id", "nix"}}, "Device 'nix' not found");
    row("blockdev-open-tray", {}, "Need exactly one of 'device' and 'id'");
    row("blockdev-open-tray", {{"id", "nix"}}, "Device 'nix' not found");
    row("blockdev-open-tray", {{"id", "vda"}}, "Device 'vda' is not removable");
    row("blockdev-close-tray", {{"id", "vda"}}, "Device 'vda' is not removable");
    row("blockdev-remove-medium", {{"id", "vda"}}, "Device 'vda' is not removable");
    row("blockdev-remove-medium", {{"id", "cd0"}}, "Tray of device 'cd0' is not open");
    row("eject", {{"id", "vda"}}, "Device 'vda' is not removable");
    row("blockdev-insert-medium", {{"id", "fd0"}, {"node-name", "nix"}}, "Node 'nix' not found");
    row("blockdev-insert-medium", {{"id", "fd0"}, {"node-name", "top"}}, "Node 'top' is already in use");
    row("blockdev-insert-medium", {{"id", "vda"}, {"node-name", "target"}}, "Device is not removable");
    row("blockdev-insert-medium", {{"id", "cd0"}, {"node-name", "target"}}, "Tray of the device is not open");
    row("blockdev-insert-medium", {{"id", "fd0"}, {"node-name", "base"}}, "Block node is read-only");
    after({{"blockdev-open-tray", {{"id", "cd0"}}}}, "blockdev-insert-medium", {{"id", "cd0"}, {"node-name", "target"}},
          "There already is a medium in the device");
    row("blockdev-change-medium", {{"id", "vda"}, {"filename", "/x"}}, "Device 'vda' is not removable");
    row("blockdev-change-medium", {{"id", "cd0"}, {"filename", "/x"}, {"read-only-mode", "maybe"}},
        "Parameter 'read-only-mode' does not accept value 'maybe'");
    row("change", {{"device", "vda"}, {"target", "/x"}}, "Device 'vda' is not removable");
    row("nbd-server-stop", {}, "NBD server not running");
    row("nbd-server-start", {}, "Parameter 'addr' is missing");
    after({kServer}, "nbd-server-start", kServer.arguments, "NBD server already running");
    row("nbd-server-add", {{"device", "top"}}, "NBD server not running");
    row("nbd-server-remove", {{"name", "nix"}}, "Export 'nix' is not found");
    row("block-export-add", exporting("top", false).arguments, "NBD server not running");
    after({kServer}, "block-export-add", exporting("top", false, "1x").arguments, "Invalid block export id");
    after({kServer}, "block-export-add", exporting("nix", false).arguments,
          "Cannot find device='' nor node-name='nix'");
    after({kServer}, "block-export-add", exporting("base", true).arguments, "Cannot export read-only node as writable");
    after({kServer, exporting("top", false)}, "block-export-add", exporting("base", false).arguments,
          "Block export id 'e0' is already in use");
    after({kServer, exporting("top", false)}, "block-export-add", exporting("top", false, "e1").arguments,
          "NBD server already has export named 'top'");
    const auto withBitmap = [](const char *node, bool isWritable, Value bitmap) {
        Object arguments = exporting(node, isWritable).arguments;
        arguments["bitmaps"] = Value::List{std::move(bitmap)};
        return arguments;
    };
    const QmpCommand addBitmap{"block-dirty-bitmap-add", {{"node", "top"}, {"name", "b"}}};
    row("block-export-add", withBitmap("top", true, Value(std::int64_t{5})),
        "Invalid parameter type for 'null', expected: BlockDirtyBitmapOrStr");
    row("block-export-add", withBitmap("top", true, Object{{"name", "b"}}), "Parameter 'bitmaps[0].node' is missing");
    after({kServer}, "block-export-add", withBitmap("top", true, Value("nix")), "Bitmap 'nix' is not found");
    after({kServer}, "block-export-add", withBitmap("top", true, Object{{"node", "nix"}, {"name", "b"}}),
          "Node 'nix' not found");
    after({kServer}, "block-export-add", withBitmap("top", true, Object{{"node", "top"}, {"name", "b"}}),
          "Dirty bitmap 'b' not found");
    after({kServer, addBitmap}, "block-export-add", withBitmap("top", false, Value("b")),
          "Enabled bitmap 'b' incompatible with readonly export");
    after({kServer}, "nbd-server-add", {{"device", "top"}, {"bitmap", "nix"}}, "Bitmap 'nix' is not found");
    const auto vhost = [](const char *name, std::int64_t value) {
        return Object{{"type", "vhost-user-blk"}, {"id", "e"}, {"node-name", "top"}, {"addr", Object{}}, {name, value}};
    };
    row("block-export-add", vhost("num-queues", 0), "num-queues must be greater than 0");
    row("block-export-add", vhost("num-queues", 65536), "Parameter 'num-queues' expects uint16_t");
    row("block-export-add",
        {{"type", "fuse"}, {"id", "e"}, {"node-name", "top"}, {"mountpoint", "/m"}, {"num-queues", std::int64_t{1}}},
        "Parameter 'num-queues' is unexpected");
    row("block-export-add", vhost("logical-block-size", 777),
        "Property e.logical-block-size doesn't take value '777', it's not a power of 2");
    row("block-export-add", vhost("logical-block-size", 256),
        "Property e.logical-block-size doesn't take value 256 (minimum: 512, maximum: 2097152)");
    row("block-export-add", {{"type", "fuse"}, {"id", "e"}, {"node-name", "top"}}, "Parameter 'mountpoint' is missing");
    row("block-export-add", {{"type", "vhost-user-blk"}, {"id", "e"}, {"node-name", "top"}},
        "Parameter 'addr' is missing");
    after({{"block-export-add", {{"type", "fuse"}, {"id", "f"}, {"node-name", "top"}, {"mountpoint", "/m"}}}},
          "nbd-server-remove", {{"name", "f"}}, "Block export 'f' is not an NBD export");
    row("block-export-del", {{"id", "nix"}}, "Export 'nix' is not found");
    row("migrate", {}, "Parameter 'uri' is missing");
    after({kHandOver}, "migrate", kHandOver.arguments,
          "Can't migrate the vm that was paused due to previous migration");
    row("migrate-incoming", {{"uri", "x"}}, "'-incoming' was not specified on the command line");
    row("blockdev-set-active", {{"node-name", "nix"}, {"active", true}}, "Failed to find node with node-name='nix'");
    row("blockdev-set-active", {{"node-name", "mid"}, {"active", false}}, "Node has active parent node");
    row("x-blockdev-set-iothread", {{"node-name", "nix"}, {"iothread", Value()}},
        "Failed to find node with node-name='nix'");
    row("x-blockdev-set-iothread", {{"node-name", "top"}, {"iothread", "t0"}},
        "Node top is associated with a BlockBackend and could be in use (use force=true to override this check)");
    row("xen-set-replication", {{"enable", true}, {"primary", true}, {"failover", false}},
        "Parameter 'failover' is only for stopping replication");
}

void TestUsers::invalidRequests()
{
    QFETCH(std::vector<QmpCommand>, before);
    QFETCH(QString, command);
    QFETCH(Object, arguments);
    World world = usersWorld();
    if (!before.empty())
        QCOMPARE(toString(play(world, before).kind), "allowed");
    const World unchanged = world;
    const Outcome outcome = apply(world, QmpCommand{command.toStdString(), arguments});
    QCOMPARE(toString(outcome.kind), "invalid");
    QTEST(QString::fromStdString(outcome.error->what), "what");
    const std::string place = outcome.error->where.substr(0, outcome.error->where.find_first_of(".["));
    const Operation *operation = findOperation(command.toStdString());
    QVERIFY2(operation == nullptr || place == "execute" || operation->parameter(place) != nullptr, place.c_str());
    QVERIFY(world == unchanged);
}

void TestUsers::verdicts_data()
{
    QTest::addColumn<std::vector<QmpCommand>>("commands");
    QTest::addColumn<QString>("verdict"); // of the last; "allowed", or the first reason as "node action rule"

    const auto row = [](const char *name, const std::vector<QmpCommand> &commands, const char *verdict) {
        QTest::newRow(name) << commands << QString::fromUtf8(verdict);
    };
    const QmpCommand resized{"device_add",
                             {{"driver", "scsi-hd"}, {"id", "s"}, {"drive", "under"}, {"share-rw", true}}};
    const QmpCommand openCd{"blockdev-open-tray", {{"id", "cd0"}}};
    const QmpCommand mirrorDisc{"blockdev-mirror",
                                {{"device", "disc"}, {"target", "target"}, {"sync", "full"}, {"job-id", "j"}}};
    const QmpCommand backupDisc{"blockdev-backup",
                                {{"device", "disc"}, {"target", "target"}, {"sync", "full"}, {"job-id", "j"}}};
    const QmpCommand reader{"device_add", {{"driver", "scsi-cd"}, {"id", "r"}, {"drive", "over"}}};
    row("a second disk on an idle node", {plugging("target")}, "allowed");
    row("a second writer", {plugging("top")}, "top MV NAC-R1");
    row("two that share", {resized, {"device_add", {{"driver", "scsi-hd"}, {"drive", "under"}, {"share-rw", true}}}},
        "allowed");
    row("a disk on a mirror's target", {kMirror, plugging("target")}, "target MV NAC-R1");
    row("43: a writable export under a guest", {kServer, exporting("top", true)}, "top MV NAC-R1");
    row("44: the guest shares", {kServer, resized, exporting("under", true)}, "allowed");
    row("45: a read-only export", {kServer, exporting("top", false)}, "allowed");
    row("46: a writable export below a guest", {kServer, plugging("over"), exporting("under", true)}, "over MV NAC-R1");
    row("46 for a second guest", {plugging("over"), plugging("under", "vdc")}, "over MV NAC-R1");
    row("46 the other way round", {plugging("under", "vdc"), plugging("over")}, "over MV NAC-R2");
    row("46 for a reader above", {reader, plugging("under", "vdc")}, "over MV NAC-R1");
    row("47: the guest above shares",
        {kServer,
         {"device_add", {{"driver", "scsi-hd"}, {"drive", "over"}, {"share-rw", true}}},
         exporting("under", true)},
        "allowed");
    row("54: backup onto a disk", {plugging("target"), kBackup}, "target MV NAC-R1");
    row("64: export and stream", {kServer, exporting("top", false), kStream}, "allowed");
    row("67: the file of an exported node",
        {kServer, exporting("target", true, "e1"), {"nbd-server-add", {{"device", "target-file"}}}}, "allowed");
    row("67: of one node",
        {kServer,
         exporting("target", true, "e1"),
         {"block-export-add", {{"type", "nbd"}, {"id", "e2"}, {"node-name", "target"}, {"name", "n"}}}},
        "allowed");
    row("72: a node in use", {{"blockdev-del", {{"node-name", "mid"}}}}, "mid RM NAC-R2");
    row("73: a second format on one file",
        {{"blockdev-add", {{"driver", "qcow2"}, {"node-name", "dup"}, {"file", "top-file"}}}}, "top-file MV NAC-R1");
    row("74: eject under a mirror", {mirrorDisc, openCd, {"blockdev-remove-medium", {{"id", "cd0"}}}},
        "disc GR NAC-R1");
    row("75: eject under a backup", {backupDisc, openCd, {"blockdev-remove-medium", {{"id", "cd0"}}}}, "allowed");
    row("76: unplug under a mirror", {kMirror, {"device_del", {{"id", "vda"}}}}, "allowed");
    row("insert a job's target", {kMirror, {"blockdev-insert-medium", {{"id", "fd0"}, {"node-name", "target"}}}},
        "target MV NAC-R1");
    row("82: hand over under a stream", {kStream, kHandOver}, "top MM NAC-R2");
    row("83: hand over what is exported for writing", {kServer, exporting("target", true), kHandOver},
        "target MV NAC-R2");
    row("hand over what is exported for reading", {kServer, exporting("target", false), kHandOver}, "allowed");
    row("84: hand over under a mirror", {kMirror, kHandOver}, "top GR NAC-R2");
    row("with disks", {{"migrate", {{"uri", "x"}, {"blk", true}}}}, "allowed");
    row("take back", {kHandOver, kGoOn}, "allowed");
    row("hand over a guest's disk", {{"blockdev-set-active", {{"node-name", "top"}, {"active", false}}}},
        "top MV NAC-R2");
    row("hand over a paused guest's disk", {kPause, {"blockdev-set-active", {{"node-name", "top"}, {"active", false}}}},
        "allowed");
    row("86: a paused guest claims nothing", {kServer, kPause, exporting("top", true)}, "allowed");
    row("86: and may not go on then", {kServer, kPause, exporting("top", true), kGoOn}, "top MV NAC-R2");
    row("reset", {{"system_reset", {}}}, "allowed");
    row("another thread", {{"x-blockdev-set-iothread", {{"node-name", "target"}, {"iothread", "t"}}}}, "allowed");
    row("another thread under a job",
        {kMirror, {"x-blockdev-set-iothread", {{"node-name", "target"}, {"iothread", "t"}}}}, "target GR NAC-R1");
}

void TestUsers::verdicts()
{
    QFETCH(std::vector<QmpCommand>, commands);
    World world = usersWorld();
    const std::vector<QmpCommand> before(commands.begin(), commands.end() - 1);
    for (const QmpCommand &command : before)
        QCOMPARE(toString(apply(world, command).kind), "allowed");
    const World unchanged = world;
    const Outcome outcome = apply(world, commands.back());
    QVERIFY(verify(world));
    QString verdict = QString::fromUtf8(toString(outcome.kind));
    if (outcome.kind == Outcome::Kind::Refused) {
        QVERIFY(world == unchanged);
        const Reason &first = outcome.verdict.reasons.front();
        verdict = u"%1 %2 %3"_s.arg(QString::fromStdString(world.node(first.node).name),
                                    QString::fromLatin1(letters(first.action)), QString::fromStdString(first.code));
    }
    QVERIFY(survivesSaving(world));
    QTEST(verdict, "verdict");
}

void TestUsers::claimsFollow_data()
{
    QTest::addColumn<std::vector<QmpCommand>>("commands");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("held");

    const auto row = [](const char *name, const std::vector<QmpCommand> &commands, const char *user, const char *held) {
        QTest::newRow(name) << commands << QString::fromUtf8(user) << QString::fromUtf8(held);
    };
    const QmpCommand overlay{"blockdev-add", {{"driver", "qcow2"}, {"node-name", "new"}, {"backing", "over"}}};
    row("a guest below an overlay", {plugging("under")}, "vdb", "guest:under above-written:over");
    row("an export", {kServer, exporting("under", true)}, "e0", "nbd-rw:under above-written:over");
    row("a reader changes nothing above", {kServer, exporting("under", false)}, "e0", "nbd-ro:under");
    row("the graph grows above", {plugging("under"), overlay}, "vdb",
        "guest:under above-written:over above-written:new");
    row("and shrinks", {plugging("under"), overlay, {"blockdev-del", {{"node-name", "new"}}}}, "vdb",
        "guest:under above-written:over");
    row("a filter above",
        {plugging("under"), {"blockdev-add", {{"driver", "throttle"}, {"node-name", "f"}, {"file", "over"}}}}, "vdb",
        "guest:under above-written:over above-written:f");
    row("a guest through a filter",
        {{"blockdev-add", {{"driver", "throttle"}, {"node-name", "f"}, {"file", "under"}}}, plugging("f")}, "vdb",
        "guest:f guest:under above-written:over");
    row("stopped", {plugging("under"), kPause}, "vdb", "-");
    row("gone on", {plugging("under"), kPause, kGoOn}, "vdb", "guest:under above-written:over");
    row("handed over", {plugging("under"), kHandOver}, "vdb", "-");
    row("handed over, a reader", {kServer, exporting("under", false), kHandOver}, "e0", "-");
    row("unplugged", {plugging("under"), {"device_del", {{"id", "vdb"}}}}, "vdb", "-");
    row("no medium", {{"eject", {{"id", "cd0"}}}}, "cd0", "-");
    row("a medium", {{"blockdev-insert-medium", {{"id", "fd0"}, {"node-name", "under"}}}}, "fd0",
        "guest:under above-written:over");
}

void TestUsers::claimsFollow()
{
    QFETCH(std::vector<QmpCommand>, commands);
    QFETCH(QString, user);
    World world = usersWorld();
    QCOMPARE(toString(play(world, commands).kind), "allowed");
    QVERIFY(verify(world));
    QVERIFY(survivesSaving(world));
    QTEST(heldBy(world, qPrintable(user)), "held");
}

void TestUsers::devicesComeAndGo()
{
    World world = usersWorld();
    play(world, {{"device_add", {{"driver", "scsi-cd"}, {"id", "cd1"}}}, plugging("base", "ro"), plugging("target")});
    QVERIFY(world.user(*world.findUser("cd1")).isRemovable);
    QVERIFY(!world.user(*world.findUser("cd1")).root);
    QVERIFY(!world.user(*world.findUser("ro")).isWritable); // as the node
    QVERIFY(world.user(*world.findUser("vdb")).isWritable);
    QCOMPARE(toString(apply(world, GuestWriteControl{"vdb", 3}).kind), "allowed");
    QVERIFY(world.findings->empty());
    play(world, {{"device_del", {{"id", "vdb"}}}});
    QVERIFY(!world.findUser("vdb"));
    QVERIFY(world.graph.findNode("target")); // the monitor owns it
    QVERIFY(verify(world) && survivesSaving(world));
}

void TestUsers::drivesAreTakenFromUnderDevices()
{
    World world = usersWorld();
    play(world, {{"drive_add", {{"file", "/images/new.raw"}, {"id", "d"}, {"format", "raw"}}}});
    const NodeId image = *world.rootOf(*world.findUser("d"));
    QVERIFY(decide(world, plugging("d", "d"), "nac").hasValue()); // a device may be called as its drive
    QCOMPARE(heldBy(world, "d"), u"-"_s);
    play(world, {plugging("d")});
    QVERIFY(heldBy(world, "vdb").startsWith(u"guest:"));
    QCOMPARE(world.findUser("d"), world.findUser("vdb"));
    play(world, {{"drive_del", {{"id", "d"}}}});
    QVERIFY(world.findUser("vdb") && !world.findUser("d"));
    QVERIFY(!world.node(image).isOpen);
    // A node-name will do: then it is blockdev-del.
    QCOMPARE(toString(apply(world, QmpCommand{"drive_del", {{"id", "over"}}}).kind), "allowed");
    QVERIFY(!world.graph.findNode("over"));
    QVERIFY(verify(world) && survivesSaving(world));
}

void TestUsers::mediaAreChanged()
{
    World world = usersWorld();
    play(world, {{"blockdev-change-medium", {{"id", "cd0"}, {"filename", "/images/top.qcow2"}}}});
    QVERIFY(world.graph.findNode("disc")); // the monitor owns it
    // The file of a running guest is locked.
    QCOMPARE(*world.rootOf(*world.findUser("cd0")), *world.graph.findNode("disc"));
    play(world, {{"blockdev-change-medium", {{"id", "cd0"}, {"filename", "/images/cd.raw"}, {"format", "raw"}}}});
    const NodeId medium = *world.rootOf(*world.findUser("cd0"));
    QCOMPARE(world.node(medium).driver, std::string("raw"));
    QVERIFY(world.node(medium).isReadOnly);
    QVERIFY(!world.user(*world.findUser("cd0")).isTrayOpen);
    play(world, {{"eject", {{"device", "cd0"}}}});
    QVERIFY(world.user(*world.findUser("cd0")).isTrayOpen);
    QVERIFY(!world.rootOf(*world.findUser("cd0")) && !world.node(medium).isOpen);
    play(world,
         {{"change", {{"device", "cd0"}, {"target", "/images/other.raw"}}}, {"blockdev-open-tray", {{"id", "cd0"}}}});
    QVERIFY(world.rootOf(*world.findUser("cd0")) && world.user(*world.findUser("cd0")).isTrayOpen);
    QVERIFY(verify(world) && survivesSaving(world));
    play(world, {{"blockdev-close-tray", {{"id", "cd0"}}}});
    QVERIFY(!world.user(*world.findUser("cd0")).isTrayOpen);
}

void TestUsers::exportsEndWithTheirServer()
{
    World world = usersWorld();
    play(world, {kServer,
                 exporting("target", true),
                 {"nbd-server-add", {{"device", "base"}, {"writable", true}}},
                 {"block-export-add", {{"type", "fuse"}, {"id", "f"}, {"node-name", "top"}, {"mountpoint", "/m"}}}});
    QVERIFY(world.is(HostFlag::ServesNbd, {}));
    QCOMPARE(heldBy(world, "base"), u"nbd-ro:base"_s); // quietly read-only
    QCOMPARE(world.user(*world.findUser("f")).exportType, std::string("fuse"));
    QVERIFY(survivesSaving(world));
    play(world, {{"nbd-server-stop", {}}});
    QVERIFY(!world.is(HostFlag::ServesNbd, {}) && !world.findUser("e0") && !world.findUser("base") &&
            world.findUser("f"));
    play(world, {{"block-export-del", {{"id", "f"}, {"mode", "hard"}}}});
    QVERIFY(!world.findUser("f") && verify(world));
}

void TestUsers::writersPropagateOnlyWhereTheReadingIsOn()
{
    World world = usersWorld();
    play(world, {plugging("over")});
    apply(world, SetSwitchControl{Switch::WritersPropagateUp, false});
    QCOMPARE(toString(play(world, {plugging("under", "vdc")}).kind), "allowed");
    QCOMPARE(heldBy(world, "vdc"), u"guest:under"_s);
    apply(world, GuestWriteControl{"vdc", 0});
    QVERIFY(!world.findings->empty()); // vdb reads what it did not write
    apply(world, SetSwitchControl{Switch::WritersPropagateUp, true});
    QCOMPARE(heldBy(world, "vdc"), u"guest:under above-written:over"_s);
    QVERIFY(verify(world));
}

/// The backup saves the old data into the target that lies above its source, before the guest changes it.
void TestUsers::fleecingToleratesTheGuest()
{
    World world = usersWorld();
    play(world, {plugging("under"),
                 {"blockdev-backup", {{"device", "under"}, {"target", "over"}, {"sync", "full"}, {"job-id", "j"}}}});
    QVERIFY(world.findJob("j"));
    QCOMPARE(heldBy(world, "vdb"), u"guest:under"_s);
    QVERIFY(verify(world) && survivesSaving(world));
    QCOMPARE(toString(apply(world, GuestWriteControl{"vdb", 1}).kind), "allowed");
    apply(world, RunUntilControl{"j"});
    QVERIFY(world.findings->empty());
    QCOMPARE(heldBy(world, "vdb"), u"guest:under above-written:over"_s);
    QVERIFY(verify(world));
}

void TestUsers::aLinkChangeIsAnAccess_data()
{
    QTest::addColumn<QmpCommand>("command");
    QTest::addColumn<QString>("role");
    QTest::newRow("eject") << QmpCommand{"eject", {{"id", "cd0"}}} << u"root"_s;
    QTest::newRow("blockdev-del") << QmpCommand{"blockdev-del", {{"node-name", "target"}}} << u"node"_s;
    const QmpCommand snapshot{"blockdev-snapshot", {{"node", "mid"}, {"overlay", "target"}}};
    QTest::newRow("snapshot below an overlay") << snapshot << u"parent"_s;
    QTest::newRow("snapshot") << snapshot << u"old"_s;
}

void TestUsers::aLinkChangeIsAnAccess()
{
    QFETCH(QmpCommand, command);
    QFETCH(QString, role);
    World world = usersWorld();
    apply(world, SetSwitchControl{Switch::Enforce, true});
    const BlockGraph before = world.graph;
    QmpCommand careless = command;
    careless.forget = {role.toStdString()};
    const Outcome outcome = apply(world, careless);
    QCOMPARE(toString(outcome.kind), "refused");
    QCOMPARE(outcome.verdict.reasons.front().code, std::string("NAC-ACCESS"));
    QVERIFY(world.graph == before);
    QCOMPARE(toString(apply(world, command).kind), "allowed");
}

QTEST_GUILESS_MAIN(TestUsers)
#include "tst_users.moc"
