// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/eventjson.h"
#include "engine/files/reproducer.h"
#include "engine/operations/arguments.h"
#include "engine/text/unplayedtext.h"
#include "tests/engine/files/support.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace blockscope;
using namespace blockscope::test;
using Why = Unplayed::Why;

namespace {

Event eventOf(const QByteArray &json)
{
    const auto read = readEvent(parsed(json));
    if (!read)
        qFatal("%s is no event", json.constData());
    return *read;
}

NodeId addDriver(World &world, const char *driver, const std::string &name, const std::string &filename, BlockData data)
{
    Node node;
    node.name = name;
    node.driver = driver;
    node.filename = filename;
    node.isMonitorOwned = true;
    return addNode(world, std::move(node), std::move(data));
}

NodeId addImage(World &world, const std::string &name, const std::string &filename, BlockData data = BlockData(64))
{
    const NodeId file = addDriver(world, "file", name + ".f", filename, {});
    const NodeId node = addDriver(world, "qcow2", name, filename, std::move(data));
    attach(world, Parent::of(node), file, "file");
    return node;
}

/// A guest vda on top, which stands on base.
World disk()
{
    World world;
    BlockData data(64);
    data[2].state = data[3].state = Cluster::State::Data;
    data[9].state = Cluster::State::Zero;
    const NodeId base = addImage(world, "base", "/images/base.qcow2", data);
    const NodeId top = addImage(world, "top", "/images/top.qcow2");
    world.graph.editNode(top).headerBacking = "/images/base.qcow2";
    attach(world, Parent::of(top), base, "backing");
    User guest;
    guest.name = "vda";
    addUser(world, guest, top);
    return world;
}

Reproduction made(const World &world, const std::vector<Event> &events = {})
{
    auto reproduction = reproduce(world, events);
    if (!reproduction)
        qFatal("%s", reproduction.error().what.c_str());
    return std::move(*reproduction);
}

QByteArray scriptOf(const Reproduction &reproduction, const std::string &title = {})
{
    return reproducerScript(reproduction, title,
                            [](const Unplayed &unplayed) { return unplayedText(unplayed).toStdString(); });
}

QByteArray line(const Value &value)
{
    return QByteArray::fromStdString(writeJsonLine(value));
}

QByteArray literalOf(const QByteArray &script)
{
    const qsizetype begin = script.indexOf("r'''") + 4;
    return script.mid(begin, script.indexOf("'''", begin) - begin);
}

const char *const kHostileNames[] = {"'''",        "\"\"\"",    "\\",     "\\'",
                                     "$(touch x)", "`touch x`", "a\nb",   "a,file=/etc/passwd",
                                     "../../x",    "-drive",    "@PLAN@", "\xe2\x80\xae\xf0\x9f\x98\x80",
                                     "json:{}",    "nbd:x:1"};

} // namespace

class TestReproduction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isSentSo_data();
    void isSentSo();
    void isNotPlayed_data();
    void isNotPlayed();
    void everyReasonHasASentence();
    void anImageHasTheClustersOfItsNode();
    void anOverlayOfTheDiskComesAfterTheDevice();
    void aDeviceNamedInACommandHasABlockBackend();
    void aControlSaysWhereTheJobIsToBe();
    void whatHappensToOtherJobsIsWaitedFor();
    void aCycleIsAnError();
    void noNameReachesTheCommandLine_data();
    void noNameReachesTheCommandLine();
    void everyCaptureGivesAProgram();
};

void TestReproduction::isSentSo_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("step");
    const auto row = [](const char *name, const char *sent, const char *step) {
        QTest::newRow(name) << QByteArray(sent) << QByteArray(step);
    };
    row("a job: slowly, and it waits for job-finalize",
        R"({"execute": "block-stream", "arguments": {"device": "top", "job-id": "s", "speed": 9}})",
        R"({"arguments": {"auto-finalize": false, "device": "top", "job-id": "s", "speed": 1}, "execute": "block-stream"})");
    row("a job without a name", R"({"execute": "block-stream", "arguments": {"device": "top"}})",
        R"({"arguments": {"auto-finalize": false, "device": "top", "job-id": "stream0", "speed": 1}, "execute": "block-stream"})");
    row("a job in a transaction",
        R"({"execute": "transaction", "arguments": {"actions": [{"type": "drive-backup", "data":
           {"device": "top", "job-id": "b", "sync": "full", "target": "/x/y z"}}]}})",
        R"({"arguments": {"actions": [{"data": {"auto-finalize": false, "device": "top", "job-id": "b", "speed": 1, "sync": "full", "target": "2-yz.img"}, "type": "drive-backup"}]}, "execute": "transaction"})");
    row("without arguments", R"({"execute": "stop"})", R"({"execute": "stop"})");
    row("an image of the graph",
        R"({"execute": "blockdev-add", "arguments": {"driver": "qcow2", "node-name": "n", "file": {"driver": "file", "filename": "/images/base.qcow2"}}})",
        R"({"arguments": {"driver": "qcow2", "file": {"driver": "file", "filename": "0-base.img"}, "node-name": "n"}, "execute": "blockdev-add"})");
    row("a file of the host",
        R"({"execute": "blockdev-add", "arguments": {"driver": "file", "node-name": "n", "filename": "/etc/passwd"}})",
        R"({"arguments": {"driver": "file", "filename": "2-passwd.img", "node-name": "n"}, "execute": "blockdev-add"})");
    row("a file name that is a protocol",
        R"({"execute": "blockdev-snapshot-sync", "arguments": {"node-name": "top", "snapshot-file": "nbd:host:1"}})",
        R"({"arguments": {"node-name": "top", "snapshot-file": "2-nbdhost1.img"}, "execute": "blockdev-snapshot-sync"})");
    row("a header",
        R"({"execute": "change-backing-file", "arguments": {"device": "vda", "image-node-name": "top", "backing-file": "json:{}"}})",
        R"({"arguments": {"backing-file": "2-json.img", "device": "vda", "image-node-name": "top"}, "execute": "change-backing-file"})");
    row("no header",
        R"({"execute": "change-backing-file", "arguments": {"device": "vda", "image-node-name": "top", "backing-file": ""}})",
        R"({"arguments": {"backing-file": "", "device": "vda", "image-node-name": "top"}, "execute": "change-backing-file"})");
    row("an address of the host",
        R"({"execute": "nbd-server-start", "arguments": {"addr": {"type": "inet", "data": {"host": "0.0.0.0", "port": "22"}}}})",
        R"({"arguments": {"addr": {"data": {"path": "socket0"}, "type": "unix"}}, "execute": "nbd-server-start"})");
    row("a device on PCI",
        R"({"execute": "device_add", "arguments": {"driver": "virtio-blk-pci", "id": "d", "drive": "base", "bus": "x"}})",
        R"({"arguments": {"bus": "port0", "drive": "base", "driver": "virtio-blk-pci", "id": "d"}, "execute": "device_add"})");
    row("an operation of the human monitor", R"({"execute": "savevm", "arguments": {"name": "s1"}})",
        R"({"human": "savevm s1"})");
    row("its line", R"({"execute": "human-monitor-command", "arguments": {"command-line": "savevm s1"}})",
        R"({"human": "savevm s1"})");
    row("its line that QMP has too",
        R"({"execute": "human-monitor-command", "arguments": {"command-line": "info block"}})",
        R"({"arguments": {}, "execute": "query-block"})");
    row("an access",
        R"({"execute": "human-monitor-command", "arguments": {"command-line": "qemu-io top \"read  0   64k\""}})",
        R"({"answer": "read", "human": "qemu-io top \"read 0 64k\""})");
    row("a drive", R"({"execute": "drive_add", "arguments": {"id": "d", "file": "/etc/passwd", "readonly": true}})",
        R"({"answer": "OK", "human": "drive_add 0 if=none,id=d,readonly=on,file=2-passwd.img"})");
}

void TestReproduction::isSentSo()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, step);
    const Reproduction reproduction = made(disk(), {eventOf(sent)});
    QVERIFY(reproduction.isPlayable());
    QVERIFY(!reproduction.events.front().unplayed);
    QCOMPARE(line(reproduction.events.front().step), step);
}

void TestReproduction::isNotPlayed_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<Why>("why");
    const auto row = [](const char *name, const char *sent, Why why) {
        QTest::newRow(name) << QByteArray(sent) << why;
    };
    row("two hosts", R"({"execute": "stop", "host": "b"})", Why::OtherHost);
    row("a forgotten claim", R"({"execute": "block-stream", "arguments": {"device": "top"}, "forget": ["top"]})",
        Why::Forgotten);
    row("a switch", R"({"control": "set-switch", "switch": "P1", "on": false})", Why::OwnControl);
    row("a policy", R"({"control": "set-policy", "policy": "nac"})", Why::OwnControl);
    row("a listed request", R"({"control": "acquire", "id": "r"})", Why::OwnControl);
    row("a later command", R"({"execute": "blockdev-set-active", "arguments": {"active": false}})", Why::NewerCommand);
    row("qemu-img", R"({"execute": "check", "arguments": {"node": "top"}})", Why::ImageTool);
    row("migration", R"({"execute": "migrate", "arguments": {"uri": "exec:touch x"}})", Why::NeedsOtherQemu);
    row("another command", R"({"execute": "pmemsave", "arguments": {"filename": "/x"}})", Why::UnknownCommand);
    row("another command in a transaction",
        R"({"execute": "transaction", "arguments": {"actions": [{"type": "pmemsave", "data": {}}]}})",
        Why::UnknownCommand);
    row("another driver",
        R"({"execute": "blockdev-add", "arguments": {"driver": "ssh", "node-name": "n", "path": "/x"}})",
        Why::ForeignDriver);
    row("another driver within",
        R"({"execute": "blockdev-add", "arguments": {"driver": "quorum", "node-name": "n", "children": [{"driver": "host_device", "filename": "/dev/sda"}]}})",
        Why::ForeignDriver);
    row("rules from a file",
        R"({"execute": "blockdev-add", "arguments": {"driver": "blkdebug", "node-name": "n", "image": "top", "config": "/x"}})",
        Why::ForeignOption);
    row("a mount",
        R"({"execute": "block-export-add", "arguments": {"type": "fuse", "id": "e", "node-name": "top", "mountpoint": "/x"}})",
        Why::ForeignOption);
    row("a ROM from a file",
        R"({"execute": "device_add", "arguments": {"driver": "virtio-blk-pci", "drive": "top", "romfile": "/x"}})",
        Why::ForeignOption);
    row("a device of the host", R"({"execute": "device_add", "arguments": {"driver": "vfio-pci"}})",
        Why::ForeignDevice);
    row("a property of another object",
        R"({"execute": "qom-set", "arguments": {"path": "/x", "property": "y", "value": 1}})", Why::ForeignOption);
    row("another line of the human monitor",
        R"({"execute": "human-monitor-command", "arguments": {"command-line": "dump-guest-memory /x"}})",
        Why::HumanLine);
    row("an access to a file of the host",
        R"({"execute": "human-monitor-command", "arguments": {"command-line": "qemu-io top \"write -s /etc/passwd 0 64k\""}})",
        Why::HumanLine);
    row("a word that is more than one", R"({"execute": "savevm", "arguments": {"name": "a b"}})", Why::HumanLine);
    row("a word that is an option", R"({"execute": "savevm", "arguments": {"name": "-d"}})", Why::HumanLine);
    row("an id that is more than one", R"({"execute": "drive_add", "arguments": {"id": "d,file=/x", "file": "y"}})",
        Why::HumanLine);
}

void TestReproduction::isNotPlayed()
{
    QFETCH(QByteArray, sent);
    QFETCH(Why, why);
    const Reproduction reproduction = made(disk(), {eventOf(sent)});
    QVERIFY(!reproduction.isPlayable());
    QVERIFY(reproduction.events.front().unplayed);
    QCOMPARE(reproduction.events.front().unplayed->why, why);
    QVERIFY(reproduction.events.front().step.empty());
}

void TestReproduction::everyReasonHasASentence()
{
    for (int why = 0; why <= static_cast<int>(Why::OtherRunState); ++why) {
        const QString text = unplayedText({static_cast<Why>(why), "subject"});
        QVERIFY2(text.endsWith(u'.') && text.contains(u"subject"_s), qPrintable(text));
    }
}

void TestReproduction::anImageHasTheClustersOfItsNode()
{
    const Value::List images = made(disk()).images;
    QCOMPARE(images.size(), std::size_t{3});
    QCOMPARE(line(images[0]), R"(["qemu-img", "create", "-q", "-f", "qcow2", "0-base.img", "4194304"])");
    QCOMPARE(line(images[1]),
             R"(["qemu-io", "-c", "write -q -P 1 131072 131072", "-c", "write -q -z 589824 65536", )"
             R"({"backing": null, "driver": "qcow2", "file": {"driver": "file", "filename": "0-base.img"}}])");
    QCOMPARE(line(images[2]), R"(["qemu-img", "create", "-q", "-f", "qcow2", "-u", "-b", "0-base.img", "-F", "qcow2", )"
                              R"("1-top.img", "4194304"])");
}

void TestReproduction::anOverlayOfTheDiskComesAfterTheDevice()
{
    World world = disk();
    const NodeId overlay = addImage(world, "fleece", "/images/fleece.qcow2");
    attach(world, Parent::of(overlay), *world.graph.findNode("top"), "backing");
    const Reproduction reproduction = made(world);
    QVERIFY(!line(reproduction.qemu).contains("\"node-name\": \"fleece\""));
    QCOMPARE(reproduction.setup.size(), std::size_t{1});
    QVERIFY(line(reproduction.setup.front()).contains("\"execute\": \"blockdev-add\""));
}

void TestReproduction::aDeviceNamedInACommandHasABlockBackend()
{
    QVERIFY(!line(made(disk()).qemu).contains("-drive"));
    const Reproduction reproduction =
        made(disk(), {eventOf(R"({"execute": "eject", "arguments": {"device": "vda"}})")});
    QVERIFY2(
        line(reproduction.qemu)
            .contains("\"-drive\", \"if=none,id=vda,backing=base,driver=qcow2,file.auto-read-only=on,file.driver=file,"
                      "file.filename=1-top.img,file.node-name=top.f,node-name=top\""),
        line(reproduction.qemu).constData());
    QVERIFY(!line(reproduction.qemu).contains("\"node-name\": \"top"));
}

void TestReproduction::aControlSaysWhereTheJobIsToBe()
{
    const auto events =
        made(disk(), {eventOf(R"({"execute": "block-stream", "arguments": {"device": "top", "job-id": "s"}})"),
                      eventOf(R"({"control": "step", "job": "s", "count": 2})"),
                      eventOf(R"({"control": "guest-write", "device": "vda", "cluster": 3})"),
                      eventOf(R"({"control": "run-until", "job": "s", "status": "ready"})"),
                      eventOf(R"({"control": "run-until", "job": "t", "status": null})")})
            .events;
    QVERIFY(!events[1].isCompared && events[1].step.empty());
    QCOMPARE(line(events[2].step), R"({"write": {"device": "vda", "length": 65536, "offset": 196608}})");
    QCOMPARE(line(events[3].step), R"({"until": ["s", "null"]})"); // a stream never gets ready
    QVERIFY(!events[4].isCompared && events[4].step.empty());      // there is no such job
}

void TestReproduction::whatHappensToOtherJobsIsWaitedFor()
{
    const auto events =
        made(disk(),
             {eventOf(R"({"execute": "block-stream", "arguments": {"device": "top", "job-id": "s"}})"),
              eventOf(R"({"control": "step", "job": "s", "count": 1000})"),
              eventOf(
                  R"({"execute": "block-stream", "arguments": {"device": "top", "job-id": "t"}, "forget": ["top"]})"),
              eventOf(R"({"execute": "job-cancel", "arguments": {"id": "t"}})")})
            .events;
    QVERIFY(!events[0].step.contains("settle"));
    QCOMPARE(line(events[1].step), R"({"settle": [["s", "null"]]})");
    QCOMPARE(events[3].unplayed->why, Why::JobNotStarted);
}

void TestReproduction::aCycleIsAnError()
{
    World world = disk();
    attach(world, Parent::of(*world.graph.findNode("base")), *world.graph.findNode("top"), "backing");
    const auto reproduction = reproduce(world, {});
    QVERIFY(!reproduction);
    QCOMPARE(reproduction.error().code, std::string("FILE-STATE"));
}

void TestReproduction::noNameReachesTheCommandLine_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : kHostileNames)
        QTest::newRow(QByteArray(name).toPercentEncoding().constData()) << QByteArray(name);
}

void TestReproduction::noNameReachesTheCommandLine()
{
    QFETCH(QByteArray, name);
    const std::string text = name.toStdString();
    World world = disk();
    const NodeId node = addImage(world, text, text);
    User user;
    user.name = user.backendName = text;
    addUser(world, user, node);
    user.name = user.backendName = "drive0"; // -drive takes its options as text
    addUser(world, user, node);
    attach(world, Parent::of(node), *world.graph.findNode("base"), text);
    DirtyBitmap bitmap;
    bitmap.name = text;
    world.bitmaps.edit()[node].push_back(std::move(bitmap));
    const auto stream = QmpCommand{"block-stream", {{"device", text}, {"job-id", text}, {"backing-file", text}}};
    const Reproduction reproduction = made(world, {stream, GuestWriteControl{text, 1}});
    for (const Value::List &words : {reproduction.images, reproduction.qemu}) {
        const bool isThere = line(words).contains(line(text).chopped(1).mid(1));
        QVERIFY2(!isThere || name == "-drive", line(words).constData());
    }
    QVERIFY(line(reproduction.qemu).contains("if=none,id=drive0,"));

    const QByteArray script = scriptOf(reproduction, text);
    const QByteArray plain = scriptOf(made(World()));
    const QByteArray literal = literalOf(script);
    QVERIFY(std::all_of(literal.begin(), literal.end(),
                        [](char c) { return (c >= ' ' && c < '\x7f' && c != '\'') || c == '\n'; }));
    QCOMPARE(QByteArray(script).replace(literal, ""), QByteArray(plain).replace(literalOf(plain), ""));
    const Value plan = parsed(literal);
    QVERIFY(plan.asObject() != nullptr);
    QCOMPARE(*findString(*plan.asObject(), "title"), text);
}

void TestReproduction::everyCaptureGivesAProgram()
{
    QTemporaryDir folder;
    QStringList scripts;
    for (const QString &name : captureNames()) {
        const auto scenario = readCapture(captureText(name));
        QVERIFY2(scenario, qPrintable(name));
        const QByteArray script = scriptOf(made(scenario->world), scenario->title);
        QVERIFY2(!script.contains("@PLAN@"), qPrintable(name));
        scripts += folder.filePath(name + u".py"_s);
        QFile file(scripts.last());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(script) == script.size());
    }
    QVERIFY(scripts.size() > 50);
    QProcess python; // reads them, without running them
    python.start(u"python3"_s, QStringList{u"-I"_s, u"-m"_s, u"py_compile"_s} + scripts);
    QVERIFY2(python.waitForFinished(), "python3 is missing; tests/run installs it");
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
}

QTEST_GUILESS_MAIN(TestReproduction)
#include "tst_reproduction.moc"
