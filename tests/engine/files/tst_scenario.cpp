// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/graph/walk.h"
#include "engine/run/apply.h"
#include "engine/world/blockio.h"
#include "tests/engine/files/support.h"
#include "tests/support/worlds.h"

#include <QRandomGenerator>

using namespace blockscope;
using namespace blockscope::test;
using namespace Qt::StringLiterals;

class TestScenario : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fillsInWhatIsNotSaid();
    void keepsUnknownKeys();
    void savesEveryStateOfAHistory_data();
    void savesEveryStateOfAHistory();
    void savesWhatAJobIsDoing();
    void savesClosedNodes();
    void readsClusters_data();
    void readsClusters();
    void linesFitTheEye();
    void errorsSayWhere_data();
    void errorsSayWhere();
    void limitsAreKept_data();
    void limitsAreKept();
    void survivesDamage();
    void survivesTruncation();
};

static const QByteArray kSmall = R"({"blockscope": 1, "title": "Small", "world": {
  "nodes": [{"name": "base", "driver": "qcow2", "filename": "base.qcow2"}, {"name": "top", "driver": "qcow2"},
            {"name": "top-file", "driver": "file"}, {"name": "#block1", "driver": "raw", "clusters": 5}],
  "edges": [{"parent": "top", "child": "base"}, {"parent": "top", "child": "top-file", "role": "file"}],
  "users": [{"name": "vda", "node": "top"}]}})";

void TestScenario::fillsInWhatIsNotSaid()
{
    const auto scenario = readScenario(kSmall);
    QVERIFY(scenario);
    const World &world = scenario->world;
    const Node &base = world.node(*world.graph.findNode("base"));
    const Node &top = world.node(*world.graph.findNode("top"));
    QVERIFY(base.isReadOnly && !top.isReadOnly);
    QCOMPARE(top.headerBacking, std::string("base.qcow2"));
    QVERIFY(top.isMonitorOwned && !world.node(*world.graph.findNode("#block1")).isMonitorOwned);
    QCOMPARE(world.data[top.id.value]->size(), std::size_t{kDefaultClusters});
    QVERIFY(world.data[world.graph.findNode("top-file")->value]->empty());
    QCOMPARE(world.data[world.graph.findNode("#block1")->value]->size(), std::size_t{5});
    QVERIFY(std::any_of(world.data[top.id.value]->begin(), world.data[top.id.value]->end(),
                        [](const Cluster &cluster) { return cluster.isAllocated(); }));
    const UserId vda = *world.findUser("vda");
    QCOMPARE(world.rootOf(vda), std::optional(top.id));
    // The claims that stand came by themselves: links, and the guest of a VM that runs.
    QVERIFY(world.isVmRunning());
    QVERIFY(world.ledger.holding(Holder::of(vda)) != nullptr);
    QVERIFY(world.ledger.holding(Holder::of(EdgeId{0})) != nullptr);
    QCOMPARE(lossOf(*scenario), QByteArray());
    QVERIFY(readScenario(R"({"blockscope": 1})"));
}

void TestScenario::keepsUnknownKeys()
{
    const QByteArray text = R"({"blockscope": 1, "author": {"name": "x"}, "world": {"mood": [1, 2.5, null],
      "nodes": [{"name": "n", "driver": "quantum-foam", "colour": "blue"}],
      "users": [{"name": "vda", "node": "n", "comment": "c"}],
      "jobs": [{"name": "j", "type": "create", "simulated": false, "status": "concluded", "note": 1}]},
      "events": [{"execute": "stop", "id": "libvirt-12", "expect": {"verdict": "allowed", "why": "w"}}]})";
    const auto scenario = readScenario(text);
    QVERIFY(scenario);
    QVERIFY(scenario->extra.contains("author"));
    QVERIFY(scenario->world.extra.contains("mood"));
    QVERIFY(scenario->world.node(NodeId{0}).extra.contains("colour"));
    QVERIFY(scenario->world.user(UserId{0}).extra.contains("comment"));
    QVERIFY(scenario->world.job(JobId{0}).extra.contains("note"));
    QVERIFY(scenario->events.front().extra.contains("id"));
    QVERIFY(scenario->events.front().expected->extra.contains("why"));
    QCOMPARE(lossOf(*scenario), QByteArray());
    const QByteArray saved = writeScenario(*scenario);
    for (const char *key : {"author", "mood", "colour", "comment", "note", "libvirt-12", "why", "quantum-foam"})
        QVERIFY2(saved.contains(key), key);
}

void TestScenario::savesEveryStateOfAHistory_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 12; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestScenario::savesEveryStateOfAHistory()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    Scenario scenario;
    World &world = scenario.world;
    addChain(world, {"base", "mid1", "mid2", "top"}, "vda", 12);
    for (const char *name : {"target", "overlay"})
        addImage(world, name, std::nullopt, false, 12);
    const auto nodeName = [&] {
        const auto nodes = world.graph.nodes();
        return world.node(nodes[static_cast<std::size_t>(random.bounded(static_cast<int>(nodes.size())))]).name;
    };
    const auto jobName = [&] {
        const auto jobs = world.liveJobs();
        return jobs.empty()
                   ? std::string("none")
                   : world.job(jobs[static_cast<std::size_t>(random.bounded(static_cast<int>(jobs.size())))]).name;
    };
    int allowed = 0;
    for (int i = 0; i < 150; ++i) {
        const std::vector<Event> choices{
            QmpCommand{"block-commit",
                       {{"device", nodeName()},
                        {"top-node", nodeName()},
                        {"base-node", nodeName()},
                        {"auto-dismiss", i % 2 == 0}}},
            QmpCommand{"block-stream", {{"device", nodeName()}}},
            QmpCommand{"blockdev-mirror", {{"device", nodeName()}, {"target", "target"}, {"sync", "full"}}},
            QmpCommand{"blockdev-backup", {{"device", nodeName()}, {"target", "target"}, {"sync", "full"}}},
            QmpCommand{"blockdev-snapshot", {{"node", nodeName()}, {"overlay", "overlay"}}},
            QmpCommand{"blockdev-del", {{"node-name", nodeName()}}},
            QmpCommand{"blockdev-add",
                       {{"driver", "qcow2"},
                        {"node-name", "overlay"},
                        {"file", Object{{"driver", "file"}, {"filename", "o"}, {"node-name", "overlay-file"}}}}},
            QmpCommand{i % 2 == 0 ? "stop" : "cont", {}},
            QmpCommand{i % 2 == 0 ? "job-pause" : "job-resume", {{"id", jobName()}}},
            QmpCommand{i % 2 == 0 ? "job-complete" : "job-cancel", {{"id", jobName()}}},
            StepControl{jobName(), 3},
            StepControl{jobName(), 20},
            RunUntilControl{jobName(), JobStatus::Null},
            GuestWriteControl{"vda", random.bounded(12U)}};
        const Event &event = choices[random.bounded(static_cast<quint32>(choices.size()))];
        const Outcome outcome = apply(world, event);
        allowed += outcome.kind == Outcome::Kind::Allowed ? 1 : 0;
        scenario.events.push_back({event, Expectation{outcome.kind, {}, {}}, {}});
        QCOMPARE(lossOf(scenario), QByteArray());
    }
    QVERIFY(allowed > 15);
}

void TestScenario::savesWhatAJobIsDoing()
{
    World world = chainWorld({"base", "mid", "top"});
    QCOMPARE(apply(world, QmpCommand{"block-commit", {{"device", "top"}, {"top-node", "mid"}, {"job-id", "j0"}}}).kind,
             Outcome::Kind::Allowed);
    World straight = world;
    QCOMPARE(apply(world, StepControl{"j0", 9}).kind, Outcome::Kind::Allowed);
    auto loaded = readScenario(writeScenario({world, {}, {}, {}, {}}));
    QVERIFY(loaded);
    // The job goes on where it was, as if nothing had happened.
    apply(loaded->world, RunUntilControl{"j0", JobStatus::Null});
    apply(straight, StepControl{"j0", 9});
    apply(straight, RunUntilControl{"j0", JobStatus::Null});
    QVERIFY(loaded->world == straight);
}

void TestScenario::savesClosedNodes()
{
    World world;
    addImage(world, "n", std::nullopt, false);
    QCOMPARE(apply(world, QmpCommand{"blockdev-del", {{"node-name", "n"}}}).kind, Outcome::Kind::Allowed);
    Node again;
    again.name = "n"; // the name is free again, the id is not
    again.driver = "qcow2";
    const NodeId id = addNode(world, again);
    QVERIFY(!world.node(NodeId{1}).isOpen);
    const auto loaded = readScenario(writeScenario({world, {}, {}, {}, {}}));
    QVERIFY(loaded);
    QVERIFY(loaded->world == world);
    QCOMPARE(loaded->world.graph.findNode("n"), std::optional(id));
}

void TestScenario::readsClusters_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("written"); // empty: an error
    const auto row = [](const char *text, const char *written) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(written);
    };
    row("3*- x 0", "3*- x 0");
    row("- - - 2*x x", "3*- 3*x");
    row("x=n0", "x");
    row("x=n0>n0@0", "x");
    row("x=u0@7", "x=u0@7");
    row("x=u0@7>j0@9", "x=u0@7>j0@9");
    row("0>j0@3", "0>j0@3");
    row("x=n?", "x=n?");
    row("  x  ", "x");
    for (const char *wrong :
         {"y", "0*x", "*x", "-1*x", "x=", "x=n", "x=n1", "x=u1", "x=j9", "x>", "x=n0@", "x=n0@-1", "3*", "5000*x",
          "4000*x 97*x", "99999999999999999999*x", "x=n0>n0>n0", "x\n", "x=n0@99999999999999999999"})
        row(wrong, "");
}

void TestScenario::readsClusters()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, written);
    const Value document =
        Object{{"blockscope", std::int64_t{1}},
               {"world",
                Object{{"nodes", Value::List{Object{{"name", "n"}, {"driver", "qcow2"}, {"data", text.toStdString()}}}},
                       {"users", Value::List{Object{{"name", "vda"}, {"node", "n"}}}},
                       {"jobs", Value::List{Object{{"name", "j"}, {"simulated", false}}}}}}};
    const auto scenario = readScenario(toText(document));
    QCOMPARE(scenario.hasValue(), !written.isEmpty());
    if (scenario)
        QVERIFY2(writeScenario(*scenario).contains("\"data\": \"" + written + '"'), writeScenario(*scenario));
    else
        QCOMPARE(scenario.error().where, std::string("world.nodes[0].data"));
}

void TestScenario::linesFitTheEye()
{
    const auto scenario = readScenario(kSmall);
    QVERIFY(scenario);
    const QByteArray start = R"({
  "blockscope": 1,
  "title": "Small",
  "world": {
    "edges": [
      {"child": "base", "parent": "top", "role": "backing"},
      {"child": "top-file", "parent": "top", "role": "file"},
      {"child": "top", "role": "root", "user": "vda"}
    ],
    "nodes": [
)";
    QCOMPARE(writeScenario(*scenario).first(start.size()), start);
}

void TestScenario::errorsSayWhere_data()
{
    QTest::addColumn<QByteArray>("world");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("where");
    const auto row = [](const char *name, const char *world, const char *code, const char *where) {
        QTest::newRow(name) << QByteArray(world) << QByteArray(code) << QByteArray(where);
    };
    row("world", "[]", "FILE-KIND", "world");
    row("nodes", R"({"nodes": {}})", "FILE-KIND", "world.nodes");
    row("a process without a state", R"({"hosts": {"b": {"listens": true}}})", "FILE-KIND", "world.hosts");
    row("a process with more", R"({"hosts": {"b": {"run-state": "running", "sleeps": true}}})", "FILE-KIND",
        "world.hosts");
    row("name is missing", R"({"nodes": [{"driver": "raw"}]})", "FILE-MISSING", "world.nodes[0]");
    row("driver is missing", R"({"nodes": [{"name": "a"}]})", "FILE-MISSING", "world.nodes[0].driver");
    row("name is empty", R"({"nodes": [{"name": "", "driver": "raw"}]})", "FILE-RANGE", "world.nodes[0].name");
    row("two of one name", R"({"nodes": [{"name": "a", "driver": "raw"}, {"name": "a", "driver": "raw"}]})",
        "FILE-DUPLICATE", "world.nodes[1].name");
    row("clusters", R"({"nodes": [{"name": "a", "driver": "raw", "clusters": 5000}]})", "FILE-RANGE",
        "world.nodes[0].clusters");
    row("clusters and data", R"({"nodes": [{"name": "a", "driver": "raw", "clusters": 5, "data": "x"}]})", "FILE-DATA",
        "world.nodes[0].clusters");
    row("no such child", R"({"nodes": [{"name": "a", "driver": "raw"}], "edges": [{"parent": "a", "child": "b"}]})",
        "FILE-REFERENCE", "world.edges[0].child");
    row("no such number", R"({"nodes": [{"name": "a", "driver": "raw"}], "edges": [{"parent": "a", "child": 1}]})",
        "FILE-REFERENCE", "world.edges[0].child");
    row("no parent", R"({"nodes": [{"name": "a", "driver": "raw"}], "edges": [{"child": "a"}]})", "FILE-KIND",
        "world.edges[0].parent");
    row("unknown key of a link",
        R"({"nodes": [{"name": "a", "driver": "raw"}], "edges": [{"parent": "a", "child": "a", "colour": 1}]})",
        "FILE-KEY", "world.edges[0].colour");
    row("permission",
        R"({"nodes": [{"name": "a", "driver": "raw"}], "edges": [{"parent": "a", "child": "a", "perm": ["fly"]}]})",
        "FILE-RANGE", "world.edges[0].perm");
    row("link to a closed node",
        R"({"nodes": [{"name": "a", "driver": "raw"}, {"name": "b", "driver": "raw", "open": false}], "edges": [{"parent": "a", "child": 1}]})",
        "FILE-STATE", "world.edges[0].child");
    row("a closed node by name",
        R"({"nodes": [{"name": "a", "driver": "raw", "open": false}], "users": [{"name": "u", "node": "a"}]})",
        "FILE-REFERENCE", "world.users[0].node");
    row("user kind", R"({"users": [{"name": "u", "kind": "cat"}]})", "FILE-RANGE", "world.users[0].kind");
    row("root of another",
        R"({"nodes": [{"name": "a", "driver": "raw"}], "users": [{"name": "u", "node": "a"}, {"name": "v", "root": 0}]})",
        "FILE-REFERENCE", "world.users[1].root");
    row("parent order", R"({"nodes": [{"name": "a", "driver": "raw", "parent-order": [1]}]})", "FILE-STATE",
        "world.nodes[0].parent-order");
    row("policy", R"({"policy": "none"})", "FILE-REFERENCE", "world.policy");
    row("job status", R"({"jobs": [{"name": "j", "status": "dancing"}]})", "FILE-RANGE", "world.jobs[0].status");
    row("job operation", R"({"jobs": [{"name": "j", "operation": "dance"}]})", "FILE-STATE", "world.jobs[0].operation");
    row("job type", R"({"jobs": [{"name": "j", "operation": "block-stream", "type": "commit"}]})", "FILE-STATE",
        "world.jobs[0].operation");
    row("job without nodes", R"({"jobs": [{"name": "j", "operation": "block-stream", "type": "stream"}]})",
        "FILE-STATE", "world.jobs[0].nodes");
    row("job on nothing", R"({"jobs": [{"name": "j", "nodes": [{"role": "top", "node": "a"}]}]})", "FILE-REFERENCE",
        "world.jobs[0].nodes[0].node");
    row("job about to write nothing",
        R"({"nodes": [{"name": "a", "driver": "qcow2"}], "jobs": [{"name": "j", "operation": "block-stream", "type": "stream", "nodes": [{"role": "top", "node": "a"}], "length": 5, "phase": "write"}]})",
        "FILE-STATE", "world.jobs[0].phase");
    row("claims after the end",
        R"({"nodes": [{"name": "a", "driver": "qcow2"}], "jobs": [{"name": "j", "status": "concluded", "claims": [{"node": "a", "require": "RV"}]}]})",
        "FILE-STATE", "world.jobs[0].claims");
    row("actions",
        R"({"nodes": [{"name": "a", "driver": "qcow2"}], "jobs": [{"name": "j", "simulated": false, "claims": [{"node": "a", "require": "RW"}]}]})",
        "FILE-RANGE", "world.jobs[0].claims[0].require");
    row("two jobs", R"({"jobs": [{"name": "j", "simulated": false}, {"name": "j", "simulated": false}]})",
        "FILE-DUPLICATE", "world.jobs[1].name");
    row("clock", R"({"clock": -1})", "FILE-RANGE", "world.clock");
}

void TestScenario::errorsSayWhere()
{
    QFETCH(QByteArray, world);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, where);
    const auto scenario = readScenario("{\"blockscope\": 1, \"world\": " + world + "}");
    QVERIFY(!scenario);
    QCOMPARE(scenario.error().code, code.toStdString());
    QCOMPARE(scenario.error().where, where.toStdString());
    QVERIFY(!scenario.error().what.empty());
}

void TestScenario::limitsAreKept_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *name, const QByteArray &text, const char *code) {
        QTest::newRow(name) << text << QByteArray(code);
    };
    row("newer format", R"({"blockscope": 2, "world": {"nodes": "no longer a list"}})", "FILE-VERSION");
    row("no format", R"({"world": {}})", "FILE-FORMAT");
    row("format is text", R"({"blockscope": "1"})", "FILE-KIND");
    const auto nodes = [](int count, const QByteArray &rest) {
        QByteArray list;
        for (int i = 0; i < count; ++i)
            list += (i == 0 ? "{\"name\": \"n" : ", {\"name\": \"n") + QByteArray::number(i) +
                    "\", \"driver\": \"qcow2\"" + rest + "}";
        return "{\"blockscope\": 1, \"world\": {\"nodes\": [" + list + "]}}";
    };
    row("nodes", nodes(200001, {}), "FILE-LIMIT");
    row("clusters of all", nodes(5000, ", \"data\": \"4096*x\""), "FILE-LIMIT");
    row("clusters made up", nodes(5000, ", \"clusters\": 4096"), "FILE-LIMIT");
    row("steps", R"({"blockscope": 1, "events": [{"control": "step", "job": "j", "count": 1000000000000}]})",
        "FILE-RANGE");
    row("depth", "{\"blockscope\": 1, \"x\": " + QByteArray(200, '['), "FILE-JSON");
}

void TestScenario::limitsAreKept()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, code);
    const auto scenario = readScenario(text);
    QVERIFY(!scenario);
    QCOMPARE(scenario.error().code, code.toStdString());
}

/// A scenario with something of everything.
static Scenario richScenario()
{
    Scenario scenario;
    World &world = scenario.world;
    addChain(world, {"base", "mid", "top"}, "vda", 6);
    addChain(world, {"source"}, {}, 6);
    addImage(world, "target", std::nullopt, false, 6);
    apply(world, QmpCommand{"block-commit", {{"device", "top"}, {"top-node", "mid"}, {"job-id", "c0"}}});
    apply(world, QmpCommand{"blockdev-backup",
                            {{"device", "source"}, {"target", "target"}, {"sync", "full"}, {"job-id", "b0"}}});
    apply(world, StepControl{"c0", 3});
    apply(world, StepControl{"b0", 4});
    apply(world, GuestWriteControl{"vda", 2});
    scenario.title = "t";
    scenario.events.push_back(
        {RunUntilControl{"c0", JobStatus::Null}, Expectation{Outcome::Kind::Allowed, {"NAC-R1"}, {}}, {}});
    scenario.events.push_back({StepControl{"b0", 5}, {}, {}});
    scenario.events.push_back({GuestWriteControl{"vda", 1}, {}, {}});
    scenario.events.push_back({QmpCommand{"stop", {}}, {}, {}});
    return scenario;
}

void TestScenario::survivesDamage()
{
    Value document = parsed(writeScenario(richScenario()));
    QVERIFY(readScenario(toText(document)));
    int readable = 0;
    int count = 0;
    forEachDamage(document, document, [&](const Value &damaged) {
        ++count;
        auto scenario = readScenario(toText(damaged));
        const QByteArray fault = faultOf(scenario);
        if (!fault.isEmpty())
            QFAIL(fault + "\n" + toText(damaged));
        if (!scenario)
            return;
        ++readable;
        // What could be read can be played without breaking a promise.
        for (const ScenarioEvent &event : scenario->events)
            apply(scenario->world, event.event);
        for (JobId job : scenario->world.liveJobs())
            apply(scenario->world, RunUntilControl{scenario->world.job(job).name, JobStatus::Null});
        QVERIFY(verify(scenario->world));
    });
    QVERIFY(count > 1000 && readable > 100);
}

void TestScenario::survivesTruncation()
{
    const QByteArray text = writeScenario(richScenario());
    for (qsizetype length = 0; length < text.size() - 2; length += 3) {
        const auto scenario = readScenario(text.first(length));
        QVERIFY(!scenario);
        QCOMPARE(faultOf(scenario), QByteArray());
    }
}

QTEST_APPLESS_MAIN(TestScenario)
#include "tst_scenario.moc"
