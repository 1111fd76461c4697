// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/scenario.h"
#include "engine/run/apply.h"
#include "engine/world/blockio.h"
#include "engine/world/imagelock.h"
#include "tests/support/worlds.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace blockscope;
using namespace blockscope::test;

namespace {

/// base <- top with guest vda here; a second process "there" in \a state.
World twoHosts(const char *state)
{
    World world = chainWorld({"base", "top"});
    world.otherHosts.edit()["there"] = state;
    return world;
}

Object image(const char *node, const char *file, bool isReadOnly = false)
{
    return {{"driver", "qcow2"},
            {"node-name", node},
            {"read-only", isReadOnly},
            {"file", Object{{"driver", "file"}, {"filename", std::string("/images/") + file + ".qcow2"}}}};
}

Object withBacking(Object options, const char *backing)
{
    options["backing"] = backing;
    return options;
}

QmpCommand there(const char *execute, const Object &arguments)
{
    return {execute, arguments, {}, "there"};
}

const QmpCommand kOpenBase = there("blockdev-add", image("base2", "base", true));
const QmpCommand kOpenTop = there("blockdev-add", withBacking(image("top2", "top"), "base2"));
const QmpCommand kPlug = there("device_add", {{"driver", "virtio-blk-pci"}, {"id", "vdz"}, {"drive", "top2"}});
const QmpCommand kListen = there("migrate-incoming", {{"uri", "tcp:0"}});
const QmpCommand kGoOn = there("cont", {});
const QmpCommand kHandOver{"migrate", {{"uri", "tcp:there"}}};

QString bytesOf(const std::vector<ImageLock> &locks)
{
    QStringList bytes;
    for (const ImageLock &each : locks)
        bytes << QString::number(each.byte);
    return bytes.join(u' ');
}

bool survivesSaving(const World &world)
{
    Scenario scenario;
    scenario.world = world;
    const auto again = readScenario(writeScenario(scenario));
    return again.hasValue() && again->world == world;
}

} // namespace

class TestHosts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void locksAreAsMeasured_data();
    void locksAreAsMeasured();
    void requests_data();
    void requests();
    void migrationHandsTheDataOver();
    void withoutLocksTwoGuestsWriteOneImage();
    void anImageOpenedTwiceIsOne();
    void locksNameTheirHolders();
    void runStatesAreOfOneHost();
    void scenariosFindTheDamage_data();
    void scenariosFindTheDamage();
};

void TestHosts::locksAreAsMeasured_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<Object>("node");
    QTest::addColumn<Object>("user"); // "kind": guest, nbd, fuse; else nobody
    QTest::addColumn<QString>("bytes");

    // /work/shared/qemu/locking.json: QEMU 7.2.
    const auto row = [](const char *format, const char *name, const Object &node, const Object &user,
                        const char *bytes) {
        QTest::addRow("%s %s", format, name) << QString::fromUtf8(format) << node << user << QString::fromUtf8(bytes);
    };
    const Object ro{{"read-only", true}};
    row("raw", "vm-rw", {}, {{"kind", "guest"}}, "100 101 201");
    row("raw", "vm-rw-share-rw", {}, {{"kind", "guest"}, {"share-rw", true}}, "100 101");
    row("raw", "vm-ro", ro, {{"kind", "guest"}}, "100 201");
    row("raw", "vm-rw-node-only", {}, {}, "");
    row("raw", "vm-ro-force-share", {{"read-only", true}, {"force-share", true}}, {{"kind", "guest"}}, "100");
    row("raw", "vm-cdrom", ro, {{"kind", "cd"}}, "100 201 203");
    row("raw", "qsd-export-rw", {}, {{"kind", "nbd"}, {"writable", true}}, "100 101 203");
    row("raw", "qsd-export-ro", {}, {{"kind", "nbd"}}, "100 203");
    row("raw", "vm-mirror-target", {}, {{"kind", "mirror"}}, "101 200 201 203");
    row("raw", "vm-backup-target", {}, {{"kind", "backup"}}, "101 203");
    row("raw", "fuse (code)", {}, {{"kind", "fuse"}, {"writable", true}}, "100 101 103");
    row("qcow2", "vm-rw", {}, {{"kind", "guest"}}, "100 101 103 201 203");
    row("qcow2", "vm-rw-share-rw", {}, {{"kind", "guest"}, {"share-rw", true}}, "100 101 103 201 203");
    row("qcow2", "vm-ro", ro, {{"kind", "guest"}}, "100 201 203");
    row("qcow2", "vm-rw-node-only", {}, {}, "100 101 103 201 203");
    row("qcow2", "vm-ro-node-only", ro, {}, "100 201 203");
    row("qcow2", "vm-ro-force-share", {{"read-only", true}, {"force-share", true}}, {{"kind", "guest"}}, "100");
    row("qcow2", "vm-rw-locking-off", {{"locking", "off"}}, {{"kind", "guest"}}, "");
    row("qcow2", "qsd-export-ro", {}, {{"kind", "nbd"}}, "100 101 103 201 203");
    row("qcow2", "vm-mirror-target", {}, {{"kind", "mirror"}}, "100 101 103 200 201 203");
    row("qcow2", "vm-backup-target", {}, {{"kind", "backup"}}, "100 101 103 201 203");
    row("qcow2", "vm-incoming", {}, {{"kind", "incoming"}}, "");
}

void TestHosts::locksAreAsMeasured()
{
    QFETCH(QString, format);
    QFETCH(Object, node);
    QFETCH(Object, user);
    const std::string *kind = findString(user, "kind");
    World world = twoHosts("inmigrate");
    const std::string host = kind != nullptr && *kind == "incoming" ? "there" : "";
    Object file{{"driver", "file"}, {"node-name", "f"}, {"filename", "/images/x"}};
    if (node.contains("locking"))
        file["locking"] = node.at("locking");
    Object options = node;
    options.erase("locking");
    options["driver"] = format.toStdString();
    options["node-name"] = "n";
    options["file"] = file;
    QCOMPARE(toString(apply(world, QmpCommand{"blockdev-add", options, {}, host}).kind), "allowed");
    const bool isWritable = user.contains("writable");
    std::vector<QmpCommand> more;
    if (kind == nullptr)
        more = {};
    else if (*kind == "guest" || *kind == "incoming")
        more = {{"device_add",
                 {{"driver", "virtio-blk-pci"}, {"drive", "n"}, {"share-rw", user.contains("share-rw")}},
                 {},
                 host}};
    else if (*kind == "cd")
        more = {{"device_add", {{"driver", "scsi-cd"}, {"drive", "n"}}}};
    else if (*kind == "nbd")
        more = {{"nbd-server-start", {{"addr", Object()}}},
                {"block-export-add", {{"type", "nbd"}, {"id", "e"}, {"node-name", "n"}, {"writable", isWritable}}}};
    else if (*kind == "fuse")
        more = {{"block-export-add",
                 {{"type", "fuse"}, {"id", "e"}, {"node-name", "n"}, {"writable", isWritable}, {"mountpoint", "/m"}}}};
    else
        more = {{"blockdev-" + *kind, {{"device", "top"}, {"target", "n"}, {"sync", "full"}}}};
    for (const QmpCommand &command : more)
        QCOMPARE(toString(apply(world, command).kind), "allowed");
    QTEST(bytesOf(imageLocks(world, *world.graph.findNode("f"))), "bytes");
    QVERIFY(survivesSaving(world));
}

void TestHosts::requests_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<std::vector<QmpCommand>>("commands");
    QTest::addColumn<QString>("outcome"); // of the last: "allowed", QEMU's text of a lock, or what is invalid

    const auto row = [](const char *name, const char *state, const std::vector<QmpCommand> &commands,
                        const char *outcome) {
        QTest::newRow(name) << QString::fromUtf8(state) << commands << QString::fromUtf8(outcome);
    };
    row("no such process", "running", {{"stop", {}, {}, "nowhere"}}, "There is no process 'nowhere'");
    row("a node of another process", "running", {there("blockdev-del", {{"node-name", "top"}})},
        "Node 'top' belongs to another process");
    row("a device of another process", "running", {there("device_del", {{"id", "vda"}})}, "Device 'vda' not found");
    row("a base for reading", "running", {kOpenBase}, "allowed");
    row("87: an image that a guest writes", "running", {kOpenBase, kOpenTop}, R"(Failed to get "write" lock)");
    row("88: the same for reading", "running", {there("blockdev-add", image("top2", "top", true))},
        R"(Failed to get shared "write" lock)");
    Object shared = image("top2", "top", true);
    shared["force-share"] = true;
    row("88: with force-share", "running", {there("blockdev-add", shared)}, "allowed");
    Object unlocked = image("top2", "top");
    unlocked["file"].asObject()->emplace("locking", "off");
    row("without locks", "running", {there("blockdev-add", unlocked)}, "allowed");
    row("a destination", "inmigrate", {kOpenBase, kOpenTop, kPlug}, "allowed");
    row("it goes on too early", "inmigrate", {kOpenBase, kOpenTop, kPlug, kGoOn}, R"(Failed to get "write" lock)");
    row("it takes an image too early", "inmigrate",
        {kOpenBase, kOpenTop, there("blockdev-set-active", {{"node-name", "top2"}, {"active", true}})},
        R"(Failed to get "write" lock)");
    row("it exports too early", "inmigrate",
        {kOpenBase, kOpenTop,
         there("block-export-add", {{"type", "fuse"}, {"id", "e"}, {"node-name", "top2"}, {"mountpoint", "/m"}})},
        R"(Failed to get "write" lock)");
    row("it waits for an incoming migration", "inmigrate", {there("migrate", {{"uri", "x"}})},
        "Guest is waiting for an incoming migration");
    row("it listens", "inmigrate", {kListen}, "allowed");
    row("it listens twice", "inmigrate", {kListen, kListen}, "The incoming migration has already been started");
    row("after the hand-over", "inmigrate", {kOpenBase, kOpenTop, kPlug, kHandOver, kGoOn}, "allowed");
    row("the source comes back too late", "inmigrate", {kOpenBase, kOpenTop, kPlug, kHandOver, kGoOn, {"cont", {}}},
        R"(Failed to get "write" lock)");
    row("the source comes back in time", "inmigrate", {kOpenBase, kOpenTop, kPlug, kHandOver, {"cont", {}}}, "allowed");
    row("the destination has taken over", "inmigrate", {kOpenBase, kOpenTop, kPlug, kListen, kHandOver, {"cont", {}}},
        R"(Failed to get "write" lock)");
    row("a commit into a shared base", "running",
        {kOpenBase, {"block-commit", {{"device", "top"}, {"base-node", "base"}}}}, R"(Failed to get "write" lock)");
    row("two formats on one file in one process", "running", {{"blockdev-add", image("dup", "top")}},
        R"(Failed to get "write" lock)");
}

void TestHosts::requests()
{
    QFETCH(QString, state);
    QFETCH(std::vector<QmpCommand>, commands);
    World world = twoHosts(qPrintable(state));
    for (std::size_t i = 0; i + 1 < commands.size(); ++i) {
        QCOMPARE(toString(apply(world, commands[i]).kind), "allowed");
        QVERIFY(verify(world));
    }
    const World before = world;
    const Outcome outcome = apply(world, commands.back());
    QVERIFY(verify(world));
    QVERIFY(survivesSaving(world));
    // What was said of it beforehand.
    const auto decision = decide(before, commands.back(), before.policy);
    QCOMPARE(decision.hasValue() && decision->verdict.isAllowed(), outcome.kind == Outcome::Kind::Allowed);
    QString said = u"allowed"_s;
    if (outcome.error) {
        said = QString::fromStdString(outcome.error->what);
    } else if (outcome.kind == Outcome::Kind::Refused) {
        const Reason &reason = outcome.verdict.reasons.front();
        QCOMPARE(reason.code, std::string("IMAGE-LOCK"));
        QCOMPARE(world.node(reason.node).driver, std::string("file"));
        said = QString::fromStdString(reason.askedRole);
    }
    if (said != u"allowed"_s)
        QVERIFY(world == before);
    QTEST(said, "outcome");
}

void TestHosts::migrationHandsTheDataOver()
{
    World world = twoHosts("inmigrate");
    for (const QmpCommand &command : {kOpenBase, kOpenTop, kPlug, kListen})
        QCOMPARE(toString(apply(world, command).kind), "allowed");
    const NodeId top = *world.graph.findNode("top");
    const NodeId top2 = *world.graph.findNode("top2");
    QVERIFY(world.node(top2).isInactive);
    apply(world, GuestWriteControl{"vda", 5});
    QCOMPARE(toString(apply(world, kHandOver).kind), "allowed");
    QCOMPARE(world.runState, std::string("postmigrate"));
    QVERIFY(world.node(top).isInactive);
    QVERIFY(world.ledger.holding(Holder::of(*world.findUser("vda"))) == nullptr);
    QCOMPARE(toString(apply(world, GuestWriteControl{"vda", 6}).kind), "invalid");
    QCOMPARE(world.runStateOf("there"), std::string("paused"));
    QVERIFY(!world.node(top2).isInactive && world.is(HostFlag::HasNotRun, "there"));
    QVERIFY(survivesSaving(world));
    QCOMPARE(toString(apply(world, kGoOn).kind), "allowed");
    QVERIFY(world.hostFlags->empty());
    QVERIFY(world.ledger.holding(Holder::of(*world.findUser("vdz"))) != nullptr);
    QVERIFY(readCluster(world, top2, 5) == readCluster(world, top, 5));
    apply(world, GuestWriteControl{"vdz", 6});
    QVERIFY(world.findings->empty());
    QVERIFY(verify(world) && survivesSaving(world));
    // The source goes; what it had opened first is there all the same.
    apply(world, QmpCommand{"device_del", {{"id", "vda"}}});
    for (const char *node : {"top", "base"})
        QCOMPARE(toString(apply(world, QmpCommand{"blockdev-del", {{"node-name", node}}}).kind), "allowed");
    QVERIFY(world.findings->empty());
    QVERIFY(verify(world) && survivesSaving(world));
}

void TestHosts::withoutLocksTwoGuestsWriteOneImage()
{
    World world = twoHosts("running");
    apply(world, SetSwitchControl{Switch::ImageLocks, false});
    for (const QmpCommand &command : {kOpenBase, kOpenTop, kPlug})
        QCOMPARE(toString(apply(world, command).kind), "allowed");
    QCOMPARE(toString(apply(world, GuestWriteControl{"vdz", 7}).kind), "allowed");
    std::vector<Finding::Kind> kinds;
    for (const Finding &each : *world.findings)
        kinds.push_back(each.kind);
    QVERIFY(std::find(kinds.begin(), kinds.end(), Finding::Kind::ForeignWriter) != kinds.end());
    QVERIFY(std::find(kinds.begin(), kinds.end(), Finding::Kind::GuestDataChanged) != kinds.end());
    QVERIFY(verify(world) && survivesSaving(world));
}

/// In one process too, where the claims on the file allow it (17-same-base-opened-separately).
void TestHosts::anImageOpenedTwiceIsOne()
{
    World world = chainWorld({"base", "top"});
    QCOMPARE(toString(apply(world, QmpCommand{"blockdev-add", image("again", "base", true)}).kind), "allowed");
    const NodeId base = *world.graph.findNode("base");
    const NodeId again = *world.graph.findNode("again");
    QVERIFY(world.node(again).sameImageAs == base);
    QCOMPARE(clusterCount(world, again), clusterCount(world, base));
    for (std::uint32_t i = 0; i < clusterCount(world, base); ++i)
        QVERIFY(readCluster(world, again, i) == readCluster(world, base, i));
    // A file below a format is no image of its own.
    QVERIFY(!world.node(world.graph.edge(*world.graph.childEdge(again, "file")).child).sameImageAs);
    QVERIFY(verify(world) && survivesSaving(world));
}

void TestHosts::locksNameTheirHolders()
{
    World world = twoHosts("running");
    apply(world, kOpenBase);
    const auto locks = imageLocksOn(world, "/images/base.qcow2");
    QCOMPARE(bytesOf(locks), u"100 201 203 100 201 203"_s);
    QCOMPARE(std::string(locks[1].meaning), std::string("does not share write"));
    QVERIFY(locks[0].holder == Holder::of(*world.graph.childEdge(*world.graph.findNode("base"), "file")));
    QVERIFY(imageLocksOn(world, "/images/nix").empty());
    QVERIFY(newLockConflicts(World(), world).empty());
}

void TestHosts::runStatesAreOfOneHost()
{
    World world = twoHosts("running");
    apply(world, there("stop", {}));
    QCOMPARE(world.runStateOf("there"), std::string("paused"));
    QCOMPARE(world.runState, std::string("running"));
    apply(world, QmpCommand{"stop", {}});
    apply(world, kGoOn);
    QCOMPARE(world.runStateOf("there"), std::string("running"));
    QCOMPARE(world.runState, std::string("paused"));
    QVERIFY(verify(world) && survivesSaving(world));
}

void TestHosts::scenariosFindTheDamage_data()
{
    QTest::addColumn<QString>("findings"); // at the end

    QTest::newRow("two-writers") << u""_s;
    QTest::newRow("migration-hand-over") << u""_s;
    QTest::newRow("two-hosts-one-image") << u"foreign-writer guest-data-changed foreign-writer lost-write"_s;
    QTest::newRow("guest-keeps-or-drops-claims") << u""_s;
    QTest::newRow("graph-lock-stale-list") << u"use-after-drop"_s;
}

void TestHosts::scenariosFindTheDamage()
{
    const QString name = QString::fromUtf8(QTest::currentDataTag());
    QFile file(QStringLiteral(BLOCKSCOPE_SOURCE_DIR "/resources/scenarios/%1.blockscope").arg(name));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto scenario = readScenario(file.readAll());
    QVERIFY(scenario.hasValue());
    World world = scenario->world;
    for (const ScenarioEvent &event : scenario->events) {
        QVERIFY(event.expected.has_value());
        const World before = world;
        const Outcome outcome = apply(world, event.event);
        QVERIFY(outcome.kind == *event.expected->verdict);
        QVERIFY(outcome.kind == Outcome::Kind::Allowed || world == before);
        QVERIFY(verify(world));
        QVERIFY(survivesSaving(world));
    }
    QStringList findings;
    for (const Finding &each : *world.findings) {
        const std::string_view kind = findingName(each.kind);
        findings << QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size()));
    }
    QTEST(findings.join(u' '), "findings");
}

QTEST_GUILESS_MAIN(TestHosts)
#include "tst_hosts.moc"
