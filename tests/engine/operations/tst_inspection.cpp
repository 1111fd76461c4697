// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/numbers.h"
#include "engine/world/blockio.h"
#include "tests/support/playing.h"

#include <QTest>

using namespace blockscope;
using namespace blockscope::test;

namespace {

QmpCommand throttle(const char *id, const Object &limits)
{
    Object arguments{{"id", id}};
    for (const char *name : {"bps", "bps_rd", "bps_wr", "iops", "iops_rd", "iops_wr"})
        arguments[name] = Value(std::int64_t{0});
    for (const auto &[name, value] : limits)
        arguments[name] = value;
    return {"block_set_io_throttle", arguments};
}

QmpCommand setLimits(const char *path, const char *property, const Value &value)
{
    return {"qom-set", {{"path", path}, {"property", property}, {"value", value}}};
}

QmpCommand io(const char *device, const char *command)
{
    return {"qemu-io", {{"device", device}, {"command", command}}};
}

QmpCommand human(const char *line)
{
    return {"human-monitor-command", {{"command-line", line}}};
}

Value number(std::int64_t value)
{
    return value;
}

World inspectedWorld()
{
    World world = playground();
    world.throttles.edit()["g0"] = {};
    User drive;
    drive.name = "cd0";
    addUser(world, drive, std::nullopt);
    return world;
}

} // namespace

/// What looks, limits or reaches in from beside: queries, throttling, qemu-io, and the human monitor.
class TestInspection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wrongArgumentsAreSaidAsQemuSaysThem_data();
    void wrongArgumentsAreSaidAsQemuSaysThem();
    void claimsAreThoseOfTheTable_data();
    void claimsAreThoseOfTheTable();
    void whatIsJudgedAloneChangesNothing_data();
    void whatIsJudgedAloneChangesNothing();
    void besideAnother_data();
    void besideAnother();
    void limitsAreKeptByGroup();
    void qemuIoWritesBehindTheGuestsBack();
    void qemuIoOfAnotherProcessIsNotSeen();
    void humanCommandsAreTheirOperations_data();
    void humanCommandsAreTheirOperations();
    void humanCommandsKeepWhatTheyForget();
    void bytesAreReadWithSuffixes_data();
    void bytesAreReadWithSuffixes();
};

void TestInspection::wrongArgumentsAreSaidAsQemuSaysThem_data()
{
    QTest::addColumn<QmpCommand>("command");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("what");
    const auto row = [](const QmpCommand &command, const char *where, const char *what) {
        QTest::newRow(what) << command << QString::fromUtf8(where) << QString::fromUtf8(what);
    };
    row(throttle("nix", {}), "id", "Device 'nix' not found");
    row(throttle("cd0", {}), "id", "Device has no medium");
    row(throttle("vda", {{"device", "drive0"}}), "device", "Need exactly one of 'device' and 'id'");
    row(throttle("vda", {{"bps", number(1)}, {"bps_rd", number(1)}}), "bps",
        "bps/iops/max total values and read/write values cannot be used at the same time");
    row(throttle("vda", {{"iops_size", number(1)}, {"bps", number(1)}}), "bps",
        "iops size requires an iops value to be set");
    row(throttle("vda", {{"bps", number(-1)}}), "bps", "bps/iops/max values must be within [0, 1000000000000000]");
    row(throttle("vda", {{"bps", number(1)}, {"bps_max_length", number(2)}}), "bps",
        "burst length set without burst rate");
    row(throttle("vda", {{"iops_max", number(1)}}), "bps", "bps_max/iops_max require corresponding bps/iops values");
    row(throttle("vda", {{"iops", number(2)}, {"iops_max", number(1)}}), "bps",
        "bps_max/iops_max cannot be lower than bps/iops");
    row(setLimits("/objects/nix", "limits", Object{}), "path", "Device '/objects/nix' not found");
    row(setLimits("/objects/g0", "colour", Object{}), "property", "Property 'throttle-group.colour' not found");
    row(setLimits("/objects/g0", "limits", "fast"), "value", "Invalid parameter type for 'limits', expected: object");
    row(setLimits("/objects/g0", "limits", Object{{"bps", number(1)}}), "value", "Parameter 'bps' is unexpected");
    row(setLimits("/objects/g0", "limits", Object{{"bps-total-max-length", number(0)}}), "value",
        "the burst length cannot be 0");
    row({"block-set-write-threshold", {{"node-name", "none"}, {"write-threshold", number(1)}}}, "node-name",
        "Device 'none' not found");
    row({"block-set-write-threshold", {{"node-name", "top"}, {"write-threshold", number(-1)}}}, "write-threshold",
        "Parameter 'write-threshold' expects uint64");
    row({"block-latency-histogram-set", {{"id", "nobody"}}}, "id", "Device 'nobody' not found");
    row({"block-latency-histogram-set", {{"id", "vda"}, {"boundaries", Value::List{number(2), number(1)}}}},
        "boundaries", "Device 'vda' set read boundaries fail");
    row({"block-latency-histogram-set", {{"id", "vda"}, {"boundaries-flush", Value::List{number(0)}}}},
        "boundaries-flush", "Device 'vda' set flush boundaries fail");
    row({"check", {{"node", "nix"}}}, "node", "Cannot find device='nix' nor node-name='nix'");

    row(io("nix", "read 0 64k"), "device", "Cannot find device='nix' nor node-name='nix'");
    row(io("top", "truncate 0"), "command", "command \"truncate\" not found");
    row(io("top", "read 0"), "command", "bad argument count 1 to read, expected 2 arguments");
    row(io("top", "read -q 0 1"), "command", "read: Blockscope does not know the option -q");
    row(io("top", "read zero 64k"), "command",
        "Parsing error: non-numeric argument, or extraneous/unrecognized suffix -- zero");
    row(io("top", "read 1M 1"), "command", "read failed: Input/output error");
    row(io("top", "write 1023k 2k"), "command", "write failed: Input/output error");
    row(io("mid", "write 0 64k"), "device", "Block node is read-only");

    row({"human-monitor-command", {}}, "command-line", "Parameter 'command-line' is missing");
    row(human("frobnicate top"), "command-line", "unknown command: 'frobnicate top'");
    row(human("info status"), "command-line", "unknown command: 'info status'");
    row(human("loadvm"), "command-line", "loadvm: string expected");
    row(human("commit"), "command-line", "commit: block device name expected");
    row(human("block_resize top big"), "command-line", "invalid size");
    row(human("block_set_io_throttle top 1 2 three"), "command-line", "block_set_io_throttle: number expected");
    row(human("stop now"), "command-line", "stop: extraneous characters at the end of line");
    row(human("loadvm nix"), "name", "Snapshot 'nix' does not exist in one or more devices");
}

void TestInspection::wrongArgumentsAreSaidAsQemuSaysThem()
{
    compareInvalid(inspectedWorld());
}

void TestInspection::claimsAreThoseOfTheTable_data()
{
    QTest::addColumn<QmpCommand>("command");
    QTest::addColumn<QString>("claims");
    const auto row = [](const char *name, const QmpCommand &command, const char *claims) {
        QTest::newRow(name) << command << QString::fromUtf8(claims);
    };
    row("throttle", throttle("vda", {{"iops", number(5)}}), "root:top -/*");
    row("write threshold", {"block-set-write-threshold", {{"node-name", "top-file"}, {"write-threshold", number(1)}}},
        "root:top-file -/*");
    row("query-block", {"query-block", {}}, "node:base RM/*, node:mid RM/*, node:top RM/*");
    row("query-jobs", {"query-jobs", {}}, "");
    row("check", {"check", {{"node", "top"}}}, "node:top RV+RM/MV+GR+RV+RM");
    row("info", {"info", {{"node", "top"}}}, "node:top RM/*");
    row("map", {"map", {{"node", "vda"}}}, "node:top RM/*");
    row("qemu-io read", io("mid", "read 0 64k"), "node:mid RV/*");
    row("qemu-io write", io("tgt", "write 0 64k"), "node:tgt MV/*");
    row("qemu-io write below a format", io("tgt-file", "write 0 0"), "node:tgt-file MV/*, above:tgt MV/RM");
}

void TestInspection::claimsAreThoseOfTheTable()
{
    compareClaims(inspectedWorld());
}

void TestInspection::whatIsJudgedAloneChangesNothing_data()
{
    QTest::addColumn<QmpCommand>("command");
    for (const char *name : {"query-block", "query-blockstats", "query-named-block-nodes", "query-jobs",
                             "query-block-jobs", "x-debug-query-block-graph"})
        QTest::newRow(name) << QmpCommand{name, {}};
    for (const char *name : {"check", "info", "map"})
        QTest::newRow(name) << QmpCommand{name, {{"node", "top"}}};
    QTest::newRow("block-set-write-threshold")
        << QmpCommand{"block-set-write-threshold", {{"node-name", "top"}, {"write-threshold", number(1)}}};
    QTest::newRow("block-latency-histogram-set") << QmpCommand{
        "block-latency-histogram-set", {{"id", "vda"}, {"boundaries", Value::List{number(1), number(2)}}}};
    QTest::newRow("query-blockstats of nodes") << QmpCommand{"query-blockstats", {{"query-nodes", true}}};
    QTest::newRow("qemu-io read") << io("top", "read 0 1M");
}

void TestInspection::whatIsJudgedAloneChangesNothing()
{
    QFETCH(QmpCommand, command);
    World world = inspectedWorld();
    setSwitch(world, Switch::Enforce, true);
    // Case 90 of operations.md: a query beside a stream.
    if (command.execute != "check") // that minds what the stream is about to write
        QCOMPARE(play(world, QmpCommand{"block-stream", {{"device", "top"}, {"job-id", "j"}}}), u"allowed");
    World expected = world;
    ++expected.clock;
    QCOMPARE(play(world, command), u"allowed");
    QVERIFY(world == expected);
}

void TestInspection::besideAnother_data()
{
    QTest::addColumn<QmpCommand>("first");
    QTest::addColumn<QmpCommand>("second");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char *name, const QmpCommand &first, const QmpCommand &second, const char *outcome) {
        QTest::newRow(name) << first << second << QString::fromUtf8(outcome);
    };
    const QmpCommand stream{"block-stream", {{"device", "top"}, {"job-id", "j"}}};
    const QmpCommand mirror{"blockdev-mirror", {{"device", "top"}, {"target", "tgt"}, {"sync", "full"}}};
    const QmpCommand commit{"block-commit",
                            {{"device", "top"}, {"top-node", "mid"}, {"base-node", "base"}, {"job-id", "j"}}};
    row("a check beside a stream", stream, {"check", {{"node", "top"}}}, "refused");
    row("a check of a mirror's target", mirror, {"check", {{"node", "tgt"}}}, "refused");
    row("info of a mirror's target", mirror, {"info", {{"node", "tgt"}}}, "allowed");
    row("limits beside a mirror", mirror, throttle("vda", {{"iops", number(5)}}), "allowed");
    row("a read of a base that is written", commit, io("base", "read 0 64k"), "refused");
    row("a read of a node that is streamed", stream, io("mid", "read 0 64k"), "allowed");
    row("a write under the guest", {"cont", {}}, io("top", "write 0 64k"), "refused");
    row("a write into a mirror's target", mirror, io("tgt", "write 0 64k"), "refused");
}

void TestInspection::besideAnother()
{
    QFETCH(QmpCommand, first);
    QFETCH(QmpCommand, second);
    World world = playground();
    QCOMPARE(play(world, first), u"allowed");
    const World before = world;
    const QString outcome = play(world, second);
    QTEST(outcome, "outcome");
    QVERIFY(outcome == u"allowed" || world == before);
}

void TestInspection::limitsAreKeptByGroup()
{
    World world = inspectedWorld();
    const auto group = [&] { return world.users.front()->throttleGroup; };
    QCOMPARE(play(world, throttle("vda", {{"iops", number(100)}, {"iops_max", number(200)}})), u"allowed");
    QCOMPARE(group(), std::string("drive0"));
    const Object expected{{"iops-total", number(100)}, {"iops-total-max", number(200)}};
    QVERIFY(world.throttles->at("drive0") == expected);
    QCOMPARE(play(world, throttle("vda", {{"bps_rd", number(7)}, {"group", "g0"}})), u"allowed");
    QCOMPARE(group(), std::string("g0"));
    const auto decision = decide(world, setLimits("/objects/g0", "limits", Object{{"bps-total", number(9)}}), "nac");
    QVERIFY(decision.hasValue());
    QCOMPARE(claimsText(world, decision->plan), u"root:top -/*");
    QCOMPARE(play(world, setLimits("/objects/g0", "limits", Object{{"bps-total", number(9)}})), u"allowed");
    const Object limits{{"bps-total", number(9)}};
    QVERIFY(world.throttles->at("g0") == limits);
    QCOMPARE(play(world, throttle("vda", {})), u"allowed");
    QCOMPARE(group(), std::string());
    QVERIFY(verify(world));
}

void TestInspection::qemuIoWritesBehindTheGuestsBack()
{
    World world = playground();
    const NodeId top = nodeOf(world, "top");
    QCOMPARE(play(world, io("tgt", "write -P 7 64k 64k")), u"allowed");
    QVERIFY(readCluster(world, nodeOf(world, "tgt"), 1).value.kind == Stamp::Kind::Operation);
    QVERIFY(readCluster(world, nodeOf(world, "tgt"), 0).value.kind != Stamp::Kind::Operation);
    QVERIFY(readCluster(world, nodeOf(world, "tgt"), 2).value.kind != Stamp::Kind::Operation);
    QCOMPARE(findingsText(world), QString());
    QCOMPARE(play(world, QmpCommand{"stop", {}}), u"allowed");
    QCOMPARE(play(world, io("top", "write -z 960k 1")), u"allowed");
    QVERIFY(readCluster(world, top, 15).state == Cluster::State::Zero);
    QVERIFY2(findingsText(world).contains(u"guest-data-changed top 15"), qPrintable(findingsText(world)));
}

/// Case 87 of operations.md: claims are of one process, so they do not see who opened the same file elsewhere.
void TestInspection::qemuIoOfAnotherProcessIsNotSeen()
{
    World world = playground();
    setSwitch(world, Switch::ImageLocks, false);
    world.otherHosts.edit()["second"] = "running";
    Node copy;
    copy.name = "top2";
    copy.driver = "qcow2";
    copy.host = "second";
    const NodeId again = addNode(world, copy);
    shareImage(world, again, nodeOf(world, "top"));
    QmpCommand write = io("top2", "write 0 64k");
    write.host = "second";
    QCOMPARE(play(world, write), u"allowed");
    QVERIFY2(findingsText(world).contains(u"guest-data-changed top 0"), qPrintable(findingsText(world)));
}

void TestInspection::humanCommandsAreTheirOperations_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QmpCommand>("command");
    const auto row = [](const char *line, const QmpCommand &command) {
        QTest::newRow(line) << QString::fromUtf8(line) << command;
    };
    row("savevm s1", {"savevm", {{"name", "s1"}}});
    row("savevm", {"savevm", {}});
    row("  loadvm \t s0", {"loadvm", {{"name", "s0"}}});
    row("delvm \"s0\"", {"delvm", {{"name", "s0"}}});
    row("commit drive0", {"commit", {{"device", "drive0"}}});
    row("commit all", {"commit", {{"device", "all"}}});
    row("block_resize drive0 2", {"block_resize", {{"device", "drive0"}, {"size", number(2097152)}}});
    row("block_resize drive0 1536k", {"block_resize", {{"device", "drive0"}, {"size", number(1572864)}}});
    row("qemu-io tgt \"write -P 3 0 64k\"", io("tgt", "write -P 3 0 64k"));
    row("block_set_io_throttle drive0 0 0 0 10 0 0", {"block_set_io_throttle",
                                                      {{"device", "drive0"},
                                                       {"bps", number(0)},
                                                       {"bps_rd", number(0)},
                                                       {"bps_wr", number(0)},
                                                       {"iops", number(10)},
                                                       {"iops_rd", number(0)},
                                                       {"iops_wr", number(0)}}});
    row("stop", {"stop", {}});
    row("c", {"cont", {}});
    row("info block", {"query-block", {}});
}

void TestInspection::humanCommandsAreTheirOperations()
{
    QFETCH(QString, line);
    QFETCH(QmpCommand, command);
    World before = playground();
    QCOMPARE(play(before, QmpCommand{"savevm", {{"name", "s0"}}}), u"allowed");
    World direct = before;
    World human = before;
    QCOMPARE(play(direct, command), u"allowed");
    QCOMPARE(play(human, QmpCommand{"human-monitor-command", {{"command-line", line.toStdString()}}}), u"allowed");
    QVERIFY(human == direct);
}

void TestInspection::humanCommandsKeepWhatTheyForget()
{
    World world = playground();
    QmpCommand command = human("commit drive0");
    command.forget = {"base"};
    const auto decision = decide(world, command, "nac");
    QVERIFY(decision.hasValue());
    QCOMPARE(claimsText(world, decision->plan), u"top:top MM+RV+RM/MV+RV+RM");
    command.forget = {"overlay"};
    QVERIFY(!decide(world, command, "nac"));
}

void TestInspection::bytesAreReadWithSuffixes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("bytes"); // -1: none
    QTest::newRow("plain") << QStringLiteral("512") << qint64(512);
    QTest::newRow("hexadecimal") << QStringLiteral("0x10") << qint64(16);
    QTest::newRow("bytes") << QStringLiteral("7b") << qint64(7);
    QTest::newRow("kilo") << QStringLiteral("64k") << qint64(65536);
    QTest::newRow("mega") << QStringLiteral("1M") << qint64(1048576);
    QTest::newRow("exa") << QStringLiteral("1E") << qint64(1152921504606846976);
    QTest::newRow("too large") << QStringLiteral("8E") << qint64(-1);
    QTest::newRow("no number") << QStringLiteral("k") << qint64(-1);
    QTest::newRow("empty") << QString() << qint64(-1);
    QTest::newRow("another suffix") << QStringLiteral("1x") << qint64(-1);
    QTest::newRow("two suffixes") << QStringLiteral("1kk") << qint64(-1);
    QTest::newRow("negative") << QStringLiteral("-1") << qint64(-1);
}

void TestInspection::bytesAreReadWithSuffixes()
{
    QFETCH(QString, text);
    const auto bytes = bytesFromText(text.toStdString());
    QTEST(bytes ? static_cast<qint64>(*bytes) : qint64(-1), "bytes");
}

QTEST_GUILESS_MAIN(TestInspection)
#include "tst_inspection.moc"
