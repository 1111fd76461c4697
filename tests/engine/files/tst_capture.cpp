// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/graph/walk.h"
#include "engine/run/apply.h"
#include "engine/world/blockio.h"
#include "tests/engine/files/support.h"

#include <QRandomGenerator>

#include <map>
#include <set>

using namespace blockscope;
using namespace blockscope::test;
using namespace Qt::StringLiterals;

class TestCapture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensEvery_data();
    void opensEvery();
    void savesEvery_data() { opensEvery_data(); }
    void savesEvery();
    void namesUsers_data();
    void namesUsers();
    void takesPermissions();
    void adoptsJobs_data();
    void adoptsJobs();
    void adoptedJobEndsLikeOurs();
    void marksFilters();
    void keepsUnknownKeys();
    void keepsClashingKeys();
    void bareGraph();
    void bareNamedNodes_data();
    void bareNamedNodes();
    void nestedBackingImages();
    void makesUpData();
    void toleratesCycles();
    void errorsSayWhere_data();
    void errorsSayWhere();
    void largeInputEndsSoon_data();
    void largeInputEndsSoon();
    void survivesTruncation();
    void survivesNoise();
    void survivesDamage_data();
    void survivesDamage();
};

static Scenario captured(const char *name)
{
    const auto scenario = readCapture(captureText(QString::fromLatin1(name)));
    return scenario ? *scenario : Scenario();
}

static NodeId nodeOf(const World &world, const char *name)
{
    return world.graph.findNode(name).value_or(NodeId());
}

void TestCapture::opensEvery_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : captureNames())
        QTest::newRow(qPrintable(name)) << name;
}

void TestCapture::opensEvery()
{
    QFETCH(QString, name);
    const QByteArray text = captureText(name);
    const auto scenario = readCapture(text);
    QVERIFY2(scenario, scenario ? "" : (scenario.error().where + ": " + scenario.error().what).c_str());
    const World &world = scenario->world;
    const Value document = parsed(text);
    const Object &graph = *document.asObject()->at("x-debug-query-block-graph").asObject()->at("return").asObject();

    // Our counts against the reply itself, kind by kind ...
    std::map<std::string, std::size_t> types;
    for (const Value &node : *graph.at("nodes").asList())
        ++types[*node.asObject()->at("type").asString()];
    QCOMPARE(world.graph.nodes().size(), types["block-driver"]);
    QCOMPARE(world.users.size(), types["block-backend"]);
    QCOMPARE(world.graph.edges().size(), graph.at("edges").asList()->size());
    QVERIFY(verify(world));
    // ... and in all against what was noted when it was captured.
    if (const Value *sizes = find(*document.asObject(), "sizes")) {
        const auto size = [&](const char *key) {
            return static_cast<std::size_t>(*sizes->asObject()->at(key).asInteger());
        };
        QCOMPARE(world.graph.nodes().size() + world.users.size() + types["block-job"], size("graph_nodes"));
        QCOMPARE(world.graph.edges().size(), size("graph_edges"));
        QCOMPARE(world.jobs.size(), size("jobs"));
        const auto exports = std::count_if(world.users.begin(), world.users.end(),
                                           [](const auto &user) { return user->kind == User::Kind::Export; });
        QCOMPARE(static_cast<std::size_t>(exports), size("exports"));
    }
    QCOMPARE(scenario->title, *document.asObject()->at("name").asString());
}

void TestCapture::savesEvery()
{
    QFETCH(QString, name);
    const auto scenario = readAny(captureText(name));
    QVERIFY(scenario);
    QCOMPARE(lossOf(*scenario), QByteArray());
}

void TestCapture::namesUsers_data()
{
    QTest::addColumn<QByteArray>("capture");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("backendName");
    QTest::addColumn<QByteArray>("root");
    const auto row = [](const char *title, const char *capture, const char *name, User::Kind kind, const char *backend,
                        const char *root) {
        QTest::newRow(title) << QByteArray(capture) << QByteArray(name) << static_cast<int>(kind) << QByteArray(backend)
                             << QByteArray(root);
    };
    using enum User::Kind;
    row("device by its path", "08-chain-4.json", "vda", Guest, "", "l4");
    row("device by its id", "00-scenario-standard.json", "disk0", Guest, "", "top");
    row("empty drive", "00-scenario-standard.json", "cd0", Guest, "", "");
    row("drive with a device", "12-chain-4-auto-names.json", "vda", Guest, "drive0", "#block140");
    row("drive with a nameless device", "94-multi-disk-drive-legacy.json", "ide0-hd0", Guest, "ide0-hd0", "#block320");
    row("part of the machine", "92-device-zoo.json", "system.flash0", Guest, "", "pf");
    row("export", "44-nbd-export-rw-share.json", "exp-base", Export, "", "l0");
    row("export of qemu-storage-daemon", "109-qsd-chain-export.json", "e0", Export, "", "l2");
    row("vhost-user export", "110-qsd-vhost-user.json", "e0", Export, "", "d");
    row("backend of a job", "55-job-mirror-full.json", "mirror0", Backend, "", "target");
}

void TestCapture::namesUsers()
{
    QFETCH(QByteArray, capture);
    QFETCH(QByteArray, name);
    QFETCH(int, kind);
    QFETCH(QByteArray, backendName);
    QFETCH(QByteArray, root);
    const Scenario scenario = captured(capture);
    auto user = scenario.world.findUser(name.toStdString());
    for (const auto &each : scenario.world.users) {
        if (each->job && each->name == name.toStdString()) {
            QVERIFY(!user); // it has no name that a command could use
            user = each->id;
        }
    }
    QVERIFY(user);
    QCOMPARE(static_cast<int>(scenario.world.user(*user).kind), kind);
    QCOMPARE(scenario.world.user(*user).backendName, backendName.toStdString());
    const auto node = scenario.world.rootOf(*user);
    QCOMPARE(node ? scenario.world.node(*node).name : std::string(), root.toStdString());
    QCOMPARE(scenario.world.user(*user).job.has_value(), kind == static_cast<int>(User::Kind::Backend));
}

void TestCapture::takesPermissions()
{
    const World world = captured("44-nbd-export-rw-share.json").world;
    const User &guest = world.user(*world.findUser("vda"));
    QVERIFY(guest.isWritable && guest.sharesWrites);
    QVERIFY(!world.user(*world.findUser("exp-base")).isWritable);
    QVERIFY(world.user(*world.findUser("exp-rw")).isWritable);
    const auto edge = world.graph.childEdge(nodeOf(world, "l1"), "file");
    QVERIFY(edge);
    QCOMPARE(world.graph.edge(*edge).captured->perm, PermissionSet{0b1011});
    QCOMPARE(world.graph.edge(*edge).captured->sharedPerm, PermissionSet{0b0101});
    QCOMPARE(world.runState, std::string("prelaunch"));
    QVERIFY(captured("80-vm-running.json").world.isVmRunning());
    // A VM that migrates in holds nothing yet; its disk is writable all the same.
    const World incoming = captured("83-vm-incoming.json").world;
    QVERIFY(incoming.user(*incoming.findUser("vda")).isWritable);
}

void TestCapture::adoptsJobs_data()
{
    QTest::addColumn<QByteArray>("capture");
    QTest::addColumn<QByteArray>("job");
    QTest::addColumn<QByteArray>("roles");
    QTest::addColumn<int>("status");
    const auto row = [](const char *capture, const char *job, const char *roles, JobStatus status) {
        QTest::newRow(capture) << QByteArray(capture) << QByteArray(job) << QByteArray(roles)
                               << static_cast<int>(status);
    };
    using enum JobStatus;
    row("47-job-commit-intermediate.json", "commit0", "top=l3 mid=l2 base=l1 overlay=l4 filter=commit-filter", Running);
    row("48-job-commit-intermediate-autofilter.json", "commit0", "top=l3 mid=l2 base=l1 overlay=l4 filter=#block040",
        Running);
    row("49-job-commit-active-running.json", "commit0",
        "top=l4 mid=l3 mid=l2 mid=l1 base=l0 parent=commit-filter filter=commit-filter", Running);
    row("54-job-stream-intermediate.json", "stream0", "top=l3 mid=l2 base=l1 filter=stream-filter", Running);
    row("55-job-mirror-full.json", "mirror0", "source=l2 chain=l1 chain=l0 target=target filter=mirror-filter",
        Running);
    row("58-job-mirror-ready.json", "mirror0", "source=l2 chain=l1 chain=l0 target=target filter=mirror-filter", Ready);
    row("74-job-io-error-stopped.json", "mirror0", "source=dbg source=d target=target filter=mirror-filter", Paused);
}

void TestCapture::adoptsJobs()
{
    QFETCH(QByteArray, capture);
    QFETCH(QByteArray, job);
    QFETCH(QByteArray, roles);
    QFETCH(int, status);
    const World world = captured(capture).world;
    const auto id = world.findJob(job.toStdString());
    QVERIFY(id);
    const Job &adopted = world.job(*id);
    QVERIFY(adopted.isSimulated);
    QCOMPARE(static_cast<int>(adopted.status), status);
    QByteArrayList found;
    for (const RoleNode &each : adopted.nodes)
        found += QByteArray::fromStdString(each.role + "=" + world.node(each.node).name);
    QCOMPARE(found.join(' '), roles);
    QVERIFY(world.ledger.holding(Holder::of(*id)) != nullptr);
    QVERIFY(adopted.extra.contains("speed"));
}

void TestCapture::adoptedJobEndsLikeOurs()
{
    World world = captured("48-job-commit-intermediate-autofilter.json").world;
    QCOMPARE(apply(world, RunUntilControl{"commit0", JobStatus::Null}).kind, Outcome::Kind::Allowed);
    QVERIFY(verify(world));
    QVERIFY(!world.graph.findNode("#block040"));
    QCOMPARE(backingChild(world.graph, nodeOf(world, "l4")), std::optional(nodeOf(world, "l1")));
    QCOMPARE(lossOf({world, {}, {}, {}, {}}), QByteArray());
}

void TestCapture::marksFilters()
{
    const World world = captured("47-job-commit-intermediate.json").world;
    QVERIFY(world.node(nodeOf(world, "commit-filter")).isImplicit);
    QVERIFY(!world.node(nodeOf(world, "commit-filter")).isMonitorOwned);
    QVERIFY(world.node(nodeOf(world, "l4")).isMonitorOwned);
    const World throttle = captured("18-throttle.json").world;
    QVERIFY(std::none_of(throttle.graph.nodes().begin(), throttle.graph.nodes().end(), [&](NodeId) { return false; }));
    for (NodeId node : throttle.graph.nodes())
        QVERIFY(!throttle.node(node).isImplicit);
}

void TestCapture::keepsUnknownKeys()
{
    const Scenario scenario = captured("97-dirty-bitmaps.json");
    const World &world = scenario.world;
    bool hasBitmaps = false;
    for (NodeId node : world.graph.nodes())
        hasBitmaps = hasBitmaps || world.node(node).extra.contains("dirty-bitmaps");
    QVERIFY(hasBitmaps);
    QVERIFY(scenario.extra.at("capture").asObject()->contains("qemu_version"));
    const World cd = captured("90-cdrom-legacy-eject.json").world;
    QVERIFY(cd.user(*cd.findUser("cd0")).isRemovable);
    // QEMU died over this query; what is there instead of a reply is kept.
    QVERIFY(
        captured("72-job-concluded-error.json").extra.at("capture").asObject()->contains("query-named-block-nodes"));
}

void TestCapture::keepsClashingKeys()
{
    const QByteArray text = R"({"query-named-block-nodes": [{"node-name": "n", "drv": "new-driver",
        "data": {"x": 1}, "qemu-data": 2, "obsolete": "yes", "image": {"filename": "f", "name": [3]}}]})";
    const auto scenario = readCapture(text);
    QVERIFY(scenario);
    const Node &node = scenario->world.node(NodeId{0});
    QCOMPARE(node.driver, std::string("new-driver"));
    for (const char *key : {"qemu-data", "qemu-qemu-data", "qemu-obsolete", "qemu-name"})
        QVERIFY2(node.extra.contains(key), key);
    QCOMPARE(lossOf(*scenario), QByteArray());
}

void TestCapture::bareGraph()
{
    const Value document = parsed(captureText(u"54-job-stream-intermediate.json"_s));
    const Value &reply = document.asObject()->at("x-debug-query-block-graph");
    const auto wrapped = readAny(toText(reply));
    const auto bare = readAny(toText(reply.asObject()->at("return")));
    QVERIFY(wrapped && bare);
    QVERIFY(wrapped->world == bare->world);
    const World &world = bare->world;
    QCOMPARE(world.graph.nodes().size(), std::size_t{11});
    QCOMPARE(world.runState, std::string("running"));
    QCOMPARE(world.user(*world.findUser("vda")).kind, User::Kind::Guest);
    QCOMPARE(world.job(*world.findJob("stream0")).type, std::string("stream"));
    QCOMPARE(world.node(nodeOf(world, "stream-filter")).driver, std::string("copy-on-read"));
    QVERIFY(!bare->extra.at("import-notes").asList()->empty());
    QCOMPARE(lossOf(*bare), QByteArray());
}

void TestCapture::bareNamedNodes_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"00-scenario-standard.json", "08-chain-4.json", "10-chain-32.json",
                             "13-chain-32-auto-names.json", "14-chain-4-libvirt-names.json", "106-disks-50x4.json",
                             "107-disks-200-tree.json", "95-unattached.json", "98-after-snapshots.json"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestCapture::bareNamedNodes()
{
    QFETCH(QString, name);
    const Value document = parsed(captureText(name));
    const auto inferred = readAny(toText(document.asObject()->at("query-named-block-nodes")));
    QVERIFY(inferred);
    QCOMPARE(lossOf(*inferred), QByteArray());
    // Where no file is open twice, the file names say what the graph reply says.
    const World whole = captured(qPrintable(name)).world;
    const auto links = [](const World &world) {
        std::set<std::string> lines;
        for (EdgeId id : world.graph.edges()) {
            const Edge &edge = world.graph.edge(id);
            if (edge.parent.isNode())
                lines.insert(world.node(edge.parent.node()).name + " " + edge.role + " " + world.node(edge.child).name);
        }
        return lines;
    };
    std::set<std::string> expected = links(whole);
    if (name.startsWith(u"95-"_s))
        expected.erase("thr file nul"); // null-co has no file name
    QCOMPARE(links(inferred->world), expected);
}

void TestCapture::nestedBackingImages()
{
    const QByteArray text =
        R"([{"node-name": "top", "drv": "qcow2", "image": {"filename": "top.qcow2", "backing-filename": "mid.qcow2",
        "virtual-size": 1048576, "backing-image": {"filename": "mid.qcow2", "format": "qcow2", "virtual-size": 1048576,
        "backing-filename": "base.raw", "backing-image": {"filename": "base.raw", "format": "raw"}}}}])";
    const auto scenario = readAny(text);
    QVERIFY(scenario);
    const World &world = scenario->world;
    QCOMPARE(world.graph.nodes().size(), std::size_t{3});
    const auto chain = backingChain(world.graph, nodeOf(world, "top"));
    QCOMPARE(chain.size(), std::size_t{3});
    QCOMPARE(world.node(chain[2]).driver, std::string("raw"));
    QCOMPARE(lossOf(*scenario), QByteArray());
}

void TestCapture::makesUpData()
{
    const World world = captured("36-qcow2-data-file.json").world;
    for (NodeId node : world.graph.nodes()) {
        const Node &each = world.node(node);
        const bool isBelowFormat = each.driver == "file" && !each.parents.empty() &&
                                   world.graph.edge(each.parents.front()).parent.isNode() &&
                                   world.node(world.graph.edge(each.parents.front()).parent.node()).driver == "qcow2";
        if (each.driver == "qcow2")
            QCOMPARE(world.data[node.value]->size(), std::size_t{64});
        if (isBelowFormat)
            QVERIFY(world.data[node.value]->empty());
    }
    // A raw node passes on to its file, which keeps the data.
    const World raw = captured("01-raw-single.json").world;
    const NodeId holder = dataNode(raw.graph, *raw.rootOf(*raw.findUser("vda")));
    QCOMPARE(raw.node(holder).driver, std::string("file"));
    QCOMPARE(raw.data[holder.value]->size(), std::size_t{64});
    // Made up, but the same every time.
    QVERIFY(captured("08-chain-4.json").world.data == captured("08-chain-4.json").world.data);
}

void TestCapture::toleratesCycles()
{
    const auto scenario = readAny(
        R"({"nodes": [{"id": 1, "type": "block-driver", "name": "a"}, {"id": 2, "type": "block-driver", "name": "b"}],
        "edges": [{"parent": 1, "child": 2, "name": "backing"}, {"parent": 2, "child": 1, "name": "backing"},
                  {"parent": 1, "child": 1, "name": "file"}]})");
    QVERIFY(scenario);
    QCOMPARE(backingChain(scenario->world.graph, NodeId{0}).size(), std::size_t{2});
    QCOMPARE(lossOf(*scenario), QByteArray());
}

void TestCapture::errorsSayWhere_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("where");
    const auto row = [](const char *name, const char *text, const char *code, const char *where) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(code) << QByteArray(where);
    };
    row("no JSON", "{", "FILE-JSON", "line 1, column 2");
    row("something else", R"({"name": "x"})", "FILE-FORMAT", "the file");
    row("a number", "3", "FILE-FORMAT", "the file");
    row("an error reply", R"({"error": {"class": "GenericError", "desc": "no"}})", "FILE-FORMAT", "the file");
    row("an empty list", "[]", "FILE-FORMAT", "the file");
    row("an empty reply", R"({"return": []})", "FILE-FORMAT", "return");
    row("nodes of a wrong kind", R"({"return": {"nodes": 1, "edges": []}})", "FILE-KIND", "return.nodes");
    row("no id", R"({"nodes": [{"name": "a"}], "edges": []})", "FILE-MISSING", "nodes[0].id");
    row("doubled id", R"({"nodes": [{"id": 1, "name": "a"}, {"id": 1, "name": "b"}], "edges": []})", "FILE-DUPLICATE",
        "nodes[1].id");
    row("doubled name", R"({"nodes": [{"id": 1, "name": "a"}, {"id": 2, "name": "a"}], "edges": []})", "FILE-DUPLICATE",
        "the file");
    row("link to nothing",
        R"({"x-debug-query-block-graph": {"return": {"nodes": [{"id": 1, "name": "a"}], "edges": [{"parent": 1, "child": 7}]}}})",
        "FILE-REFERENCE", "x-debug-query-block-graph.return.edges[0].child");
    row("link to a user",
        R"({"nodes": [{"id": 1, "name": "a"}, {"id": 2, "type": "block-backend", "name": ""}], "edges": [{"parent": 1, "child": 2}]})",
        "FILE-REFERENCE", "edges[0].child");
    row("huge size", R"([{"node-name": "n", "image": {"virtual-size": 1e308}}])", "FILE-KIND",
        "[0].image.virtual-size");
    row("negative size", R"([{"node-name": "n", "image": {"virtual-size": -1}}])", "FILE-RANGE",
        "[0].image.virtual-size");
    row("doubled named node", R"([{"node-name": "n"}, {"node-name": "n"}])", "FILE-DUPLICATE", "the file");
}

void TestCapture::errorsSayWhere()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, where);
    const auto scenario = readAny(text);
    QVERIFY(!scenario);
    QCOMPARE(scenario.error().code, code.toStdString());
    QCOMPARE(scenario.error().where, where.toStdString());
    QVERIFY(!scenario.error().what.empty());
    QCOMPARE(readAny(text, "my.json").error().where, "my.json: " + where.toStdString());
}

/// Graphs that would take hours if anything looked at every pair; a hang shows as the test's timeout.
void TestCapture::largeInputEndsSoon_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isRead");
    const auto repeat = [](int count, auto line) {
        QByteArrayList lines;
        for (int i = 0; i < count; ++i)
            lines += line(QByteArray::number(i));
        return lines.join(',');
    };
    const auto node = [](const QByteArray &i) {
        return "{\"id\":" + i + ",\"type\":\"block-driver\",\"name\":\"n" + i + "\"}";
    };
    const QByteArray driver = ",\"drv\":\"throttle\"}";
    QTest::newRow("star of filters")
        << QByteArray(
               "{\"x-debug-query-block-graph\":{\"nodes\":[" + repeat(20000, node) + "],\"edges\":[" +
               repeat(10000,
                      [](const QByteArray &i) { return "{\"parent\":" + i + ",\"child\":19999,\"name\":\"file\"}"; }) +
               "," +
               repeat(10000,
                      [](const QByteArray &i) { return "{\"parent\":19999,\"child\":" + i + ",\"name\":\"file\"}"; }) +
               "]},\"query-named-block-nodes\":[" +
               repeat(20000, [&](const QByteArray &i) { return "{\"node-name\":\"n" + i + "\"" + driver; }) + "]}")
        << true;
    QTest::newRow("exports")
        << QByteArray(
               "{\"x-debug-query-block-graph\":{\"nodes\":[{\"id\":100000,\"name\":\"a\"}," +
               repeat(
                   50000,
                   [](const QByteArray &i) { return "{\"id\":" + i + ",\"type\":\"block-backend\",\"name\":\"\"}"; }) +
               "],\"edges\":[" +
               repeat(20000,
                      [](const QByteArray &i) { return "{\"parent\":" + i + ",\"child\":100000,\"name\":\"root\"}"; }) +
               "]},\"query-block-exports\":[" +
               repeat(20000, [](const QByteArray &i) { return "{\"id\":\"e" + i + "\",\"node-name\":\"a\"}"; }) + "]}")
        << true;
    QTest::newRow("chain") << QByteArray("{\"nodes\":[" + repeat(40000, node) + "],\"edges\":[" +
                                         repeat(39999,
                                                [](const QByteArray &i) {
                                                    return "{\"parent\":" + i +
                                                           ",\"child\":" + QByteArray::number(i.toInt() + 1) +
                                                           ",\"name\":\"backing\"}";
                                                }) +
                                         "]}")
                           << true;
    QTest::newRow("jobs") << QByteArray("{\"nodes\":[" + repeat(5000, node) + "," +
                                        repeat(10000,
                                               [](const QByteArray &i) {
                                                   return "{\"id\":" + QByteArray::number(i.toInt() + 10000) +
                                                          ",\"type\":\"block-job\",\"name\":\"j" + i + "\"}";
                                               }) +
                                        "],\"edges\":[]}")
                          << false;
}

void TestCapture::largeInputEndsSoon()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isRead);
    const auto scenario = readAny(text);
    QCOMPARE(scenario.hasValue(), isRead);
    QCOMPARE(faultOf(scenario), QByteArray());
}

void TestCapture::survivesTruncation()
{
    const QByteArray text = captureText(u"47-job-commit-intermediate.json"_s);
    for (qsizetype length = 0; length < text.size() - 2; length += 7) {
        const auto scenario = readAny(text.first(length));
        QVERIFY(!scenario);
        QCOMPARE(faultOf(scenario), QByteArray());
    }
}

void TestCapture::survivesNoise()
{
    QRandomGenerator random(42);
    const QByteArray text = captureText(u"01-raw-single.json"_s);
    for (int round = 0; round < 2000; ++round) {
        QByteArray noise = text;
        for (int i = random.bounded(1, 30); i > 0; --i)
            noise[random.bounded(noise.size())] = static_cast<char>(random.bounded(256));
        QCOMPARE(faultOf(readAny(noise)), QByteArray());
        QByteArray pure(random.bounded(200), '\0');
        for (char &c : pure)
            c = static_cast<char>(random.bounded(256));
        QCOMPARE(faultOf(readAny(pure)), QByteArray());
    }
}

void TestCapture::survivesDamage_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"01-raw-single.json", "44-nbd-export-rw-share.json", "47-job-commit-intermediate.json"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestCapture::survivesDamage()
{
    QFETCH(QString, name);
    Value document = parsed(captureText(name));
    for (const char *key : {"commands", "events", "sizes", "stderr"}) // not looked into
        document.asObject()->erase(key);
    int count = 0;
    forEachDamage(document, document, [&](const Value &damaged) {
        ++count;
        const QByteArray fault = faultOf(readAny(toText(damaged)));
        if (!fault.isEmpty())
            QFAIL(fault + "\n" + toText(damaged));
    });
    QVERIFY(count > 500);
}

QTEST_APPLESS_MAIN(TestCapture)
#include "tst_capture.moc"
