// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/catalogue.h"
#include "engine/run/apply.h"
#include "tests/support/worlds.h"

#include <QTest>

using namespace blockscope;
using namespace blockscope::test;

namespace {

/// "top:top mid:mid2 base:base", in the plan's order.
QString rolesOf(const World &world, const Plan &plan)
{
    QStringList roles;
    for (const RoleNode &each : plan.nodes)
        roles << QString::fromStdString(each.role + ":" + world.node(each.node).name);
    return roles.join(u' ');
}

/// base <- mid1 <- mid2 <- top with guest vda; base <- side; target and overlay stand alone.
World bigWorld()
{
    World world = chainWorld({"base", "mid1", "mid2", "top"});
    addImage(world, "side", world.graph.findNode("base"), true);
    addImage(world, "target", std::nullopt, false);
    addImage(world, "overlay", std::nullopt, false);
    addImage(world, "high", addImage(world, "low", std::nullopt, false), false);
    addImage(world, "beside", world.graph.findNode("mid1"), true);
    return world;
}

} // namespace

class TestOperations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void planListsNodesByRole_data();
    void planListsNodesByRole();
    void invalidArgumentsAreSaidAsQemuSaysThem_data();
    void invalidArgumentsAreSaidAsQemuSaysThem();
    void aChainInACircleIsStreamedToItsEnd();
    void suggestionsArePlannable();
};

void TestOperations::planListsNodesByRole_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<Object>("arguments");
    QTest::addColumn<QString>("roles");

    const auto row = [](const char *name, const char *command, const Object &arguments, const char *roles) {
        QTest::newRow(name) << QString::fromUtf8(command) << arguments << QString::fromUtf8(roles);
    };
    row("commit mid2 to base", "block-commit", {{"device", "top"}, {"top-node", "mid2"}, {"base-node", "base"}},
        "top:mid2 mid:mid1 base:base overlay:top sibling:side sibling:beside");
    row("commit mid2 to mid1 changes what else is on mid1", "block-commit",
        {{"device", "vda"}, {"top-node", "mid2"}, {"base-node", "mid1"}},
        "top:mid2 base:mid1 overlay:top sibling:beside");
    row("commit by file name", "block-commit",
        {{"device", "top"}, {"top", "/images/mid2.qcow2"}, {"base", "/images/mid1.qcow2"}},
        "top:mid2 base:mid1 overlay:top sibling:beside");
    row("commit below two overlays", "block-commit", {{"device", "mid2"}, {"top-node", "mid1"}},
        "top:mid1 base:base overlay:mid2 overlay:beside sibling:side");
    row("commit of the active layer", "block-commit", {{"device", "top"}, {"base-node", "mid1"}},
        "top:top mid:mid2 base:mid1 sibling:beside");
    row("commit without names goes to the end of the chain", "block-commit", {{"device", "top"}},
        "top:top mid:mid2 mid:mid1 base:base sibling:side sibling:beside");
    row("stream everything", "block-stream", {{"device", "top"}}, "top:top mid:mid2 mid:mid1 mid:base");
    row("stream to a base", "block-stream", {{"device", "top"}, {"base-node", "mid1"}}, "top:top mid:mid2 base:mid1");
    row("stream down to a bottom", "block-stream", {{"device", "top"}, {"bottom", "mid1"}},
        "top:top mid:mid2 mid:mid1 base:base");
    row("stream an inner node", "block-stream", {{"device", "mid2"}, {"base-node", "base"}},
        "top:mid2 mid:mid1 base:base");
    row("mirror", "blockdev-mirror", {{"device", "top"}, {"target", "target"}, {"sync", "full"}},
        "source:top chain:mid2 chain:mid1 chain:base target:target");
    row("mirror into a node below another", "blockdev-mirror",
        {{"device", "target"}, {"target", "low"}, {"sync", "full"}}, "source:target target:low above:high");
    row("backup of an inner node", "blockdev-backup", {{"device", "mid1"}, {"target", "target"}, {"sync", "full"}},
        "source:mid1 chain:base target:target");
    row("snapshot", "blockdev-snapshot", {{"node", "top"}, {"overlay", "overlay"}}, "old:top overlay:overlay");
    row("snapshot below an overlay", "blockdev-snapshot", {{"node", "mid2"}, {"overlay", "overlay"}},
        "old:mid2 overlay:overlay parent:top");
    row("change-backing-file to the same file", "change-backing-file",
        {{"device", "top"}, {"image-node-name", "mid2"}, {"backing-file", "/images/mid1.qcow2"}}, "image:mid2");
    row("change-backing-file to another file", "change-backing-file",
        {{"device", "top"}, {"image-node-name", "mid1"}, {"backing-file", "/elsewhere"}},
        "above:mid2 above:top above:beside image:mid1");
    row("blockdev-add", "blockdev-add",
        {{"driver", "qcow2"}, {"node-name", "new"}, {"backing", "top"}, {"file", Object{{"driver", "file"}}}},
        "backing:top");
    row("blockdev-add of a driver with a child of its own name", "blockdev-add",
        {{"driver", "blkdebug"}, {"node-name", "new"}, {"image", "target"}}, "image:target");
    row("blockdev-add with a text that is called like a child", "blockdev-add",
        {{"driver", "iscsi"}, {"node-name", "new"}, {"portal", "host"}, {"target", "iqn.2015-12.org"}}, "");
    row("blockdev-del", "blockdev-del", {{"node-name", "target"}}, "node:target");
}

void TestOperations::planListsNodesByRole()
{
    QFETCH(QString, command);
    QFETCH(Object, arguments);
    QFETCH(QString, roles);
    const World world = bigWorld();
    const auto decision = decide(world, {command.toStdString(), arguments}, "nac");
    QVERIFY2(decision.hasValue(), decision ? "" : decision.error().what.c_str());
    QCOMPARE(rolesOf(world, decision->plan), roles);
}

void TestOperations::invalidArgumentsAreSaidAsQemuSaysThem_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<Object>("arguments");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("what");

    const auto row = [](const char *command, const Object &arguments, const char *where, const char *what) {
        QTest::newRow(what) << QString::fromUtf8(command) << arguments << QString::fromUtf8(where)
                            << QString::fromUtf8(what);
    };
    row("block-frobnicate", {}, "execute", "The command block-frobnicate has not been found");
    row("block-commit", {}, "device", "Parameter 'device' is missing");
    row("block-commit", {{"device", "top"}, {"speed", "fast"}}, "speed",
        "Invalid parameter type for 'speed', expected: integer");
    row("block-commit", {{"device", "top"}, {"colour", "red"}}, "colour", "Parameter 'colour' is unexpected");
    row("block-commit", {{"device", "nix"}}, "device", "Device 'nix' not found");
    row("block-commit", {{"device", "top"}, {"top", "/no/such"}}, "top", "Top image file /no/such not found");
    row("block-commit", {{"device", "top"}, {"top-node", "mid1"}, {"base", "/images/mid2.qcow2"}}, "base",
        "Can't find '/images/mid2.qcow2' in the backing chain");
    row("block-commit", {{"device", "top"}, {"top-node", "mid1"}, {"base", "/images/mid1.qcow2"}}, "base",
        "Can't find '/images/mid1.qcow2' in the backing chain");
    row("block-commit", {{"device", "top"}, {"top-node", "nix"}}, "top-node",
        "Cannot find device='' nor node-name='nix'");
    row("block-commit", {{"device", "top"}, {"top-node", "side"}}, "top-node",
        "'side' is not in this backing file chain");
    row("block-commit", {{"device", "top"}, {"top-node", "base"}}, "base-node", "cannot commit an image into itself");
    row("block-commit", {{"device", "top"}, {"top-node", "mid1"}, {"base-node", "mid2"}}, "base-node",
        "'mid2' is not in this backing file chain");
    row("block-commit", {{"device", "top"}, {"backing-file", "x"}}, "backing-file",
        "'backing-file' specified, but 'top' is the active layer");
    row("block-commit", {{"device", "top"}, {"job-id", "1job"}}, "job-id", "Invalid job ID '1job'");
    // Who makes the filter first (active commit, stream, mirror, backup), and who the job (commit).
    const auto filter = [&row](const char *command, Object arguments, const char *name, const char *what) {
        arguments["filter-node-name"] = Value(name);
        arguments["job-id"] = Value("1");
        row(command, arguments, "filter-node-name", what);
    };
    const Object copy{{"device", "top"}, {"target", "target"}, {"sync", "full"}};
    filter("block-commit", {{"device", "top"}}, "mid1", "Duplicate nodes with node-name='mid1'");
    filter("block-stream", {{"device", "top"}}, "9x", "Could not create node: Invalid node-name: '9x'");
    filter("blockdev-mirror", copy, "side", "Duplicate nodes with node-name='side'");
    filter("blockdev-backup", copy, "low", "Could not create node: Duplicate nodes with node-name='low'");
    row("block-commit", {{"device", "top"}, {"top-node", "mid1"}, {"filter-node-name", "9y"}, {"job-id", "1"}},
        "job-id", "Invalid job ID '1'");
    row("block-commit", {{"device", "top"}, {"top-node", "mid1"}, {"filter-node-name", "9y"}}, "filter-node-name",
        "Invalid node-name: '9y'");
    row("block-stream", {{"device", "top"}, {"base-node", "side"}}, "base-node",
        "Node 'side' is not a backing image of 'top'");
    row("block-stream", {{"device", "vda"}, {"base-node", "top"}}, "base-node",
        "Node 'top' is not a backing image of 'vda'");
    row("block-stream", {{"device", "vda"}, {"bottom", "side"}}, "bottom",
        "Node 'side' is not in a chain starting from 'vda'");
    row("block-stream", {{"device", "nix"}, {"bottom", "mid1"}, {"base-node", "mid1"}}, "bottom",
        "'bottom' and 'base-node' cannot be specified at the same time");
    row("block-stream", {{"device", "top"}, {"backing-file", "x"}}, "backing-file",
        "backing file specified, but streaming the entire chain");
    row("block-stream", {{"device", "top"}, {"bottom", "mid1"}, {"backing-file", "y"}}, "backing-file",
        "backing file specified, but streaming the entire chain");
    row("block-stream", {{"device", "top"}, {"on-error", "panic"}}, "on-error",
        "Parameter 'on-error' does not accept value 'panic'");
    row("blockdev-mirror", {{"device", "top"}, {"target", "target"}, {"sync", "full"}, {"speed", std::int64_t{-1}}},
        "speed", "Parameter 'speed' expects a non-negative value");
    row("block-stream", {{"device", "top"}, {"base", "x"}, {"base-node", "mid1"}}, "base",
        "'base' and 'base-node' cannot be specified at the same time");
    row("block-stream", {{"device", "top"}, {"base", "/no/such"}}, "base",
        "Can't find '/no/such' in the backing chain");
    row("blockdev-mirror", {{"device", "top"}, {"target", "top"}, {"sync", "full"}}, "target",
        "Can't mirror node into itself");
    row("blockdev-mirror", {{"device", "top"}, {"target", "target"}, {"sync", "half"}}, "sync",
        "Parameter 'sync' does not accept value 'half'");
    row("blockdev-backup", {{"device", "top"}, {"target", "top"}, {"sync", "full"}}, "target",
        "Source and target cannot be the same");
    row("blockdev-snapshot", {{"node", "mid1"}, {"overlay", "top"}}, "overlay", "The overlay is already in use");
    row("blockdev-snapshot", {{"node", "top"}, {"overlay", "side"}}, "overlay",
        "The overlay already has a backing image");
    row("blockdev-snapshot", {{"node", "target"}, {"overlay", "target"}}, "overlay",
        "Making 'target' a backing child of 'target' would create a cycle");
    row("change-backing-file", {{"device", "top"}, {"image-node-name", "base"}, {"backing-file", "x"}},
        "image-node-name", "not allowing backing file change on an image without a backing file");
    row("change-backing-file", {{"device", "top"}, {"image-node-name", "side"}, {"backing-file", "x"}},
        "image-node-name", "'top' and image file are not in the same chain");
    row("blockdev-add", {{"driver", "qcow2"}, {"node-name", "top"}}, "node-name",
        "Duplicate nodes with node-name='top'");
    row("blockdev-add", {{"driver", "qcow2"}, {"node-name", "x"}, {"file", "nix"}}, "file",
        "Cannot find device='nix' nor node-name='nix'");
    const auto addition = [&row](const Object &more, const char *where, const char *what) {
        Object arguments{{"driver", "qcow2"}, {"node-name", "x"}, {"file", Object{{"driver", "file"}}}};
        for (const auto &[name, value] : more)
            arguments[name] = value;
        row("blockdev-add", arguments, where, what);
    };
    const Object nested{{"driver", "file"}, {"read-only", "no"}};
    addition({{"odd", true}}, "odd", "Parameter 'odd' is unexpected");
    addition({{"driver", "raw"}, {"backing", Value()}}, "backing", "Parameter 'backing' is unexpected");
    addition({{"file", Object{{"filename", "a"}}}}, "file.driver", "Parameter 'file.driver' is missing");
    addition({{"file", Object{{"driver", "nope"}}}}, "file.driver", "Parameter 'driver' does not accept value 'nope'");
    addition({{"file", Object{{"driver", "file"}, {"odd", true}}}}, "file.odd", "Parameter 'file.odd' is unexpected");
    addition({{"file", nested}}, "file.read-only", "Invalid parameter type for 'file.read-only', expected: boolean");
    addition({{"file", Object{{"driver", "raw"}, {"file", nested}}}}, "file.file.read-only",
             "Invalid parameter type for 'file.file.read-only', expected: boolean");
    addition({{"file", Object{{"driver", "file"}, {"locking", "maybe"}}}}, "file.locking",
             "Parameter 'locking' does not accept value 'maybe'");
    addition({{"discard", "maybe"}}, "discard", "Parameter 'discard' does not accept value 'maybe'");
    addition({{"l2-cache-size", "5"}}, "l2-cache-size",
             "Invalid parameter type for 'l2-cache-size', expected: integer");
    addition({{"file", Value()}}, "file", "Invalid parameter type for 'file', expected: BlockdevRef");
    addition({{"cache", Object{{"direct", std::int64_t{1}}}}}, "cache.direct",
             "Invalid parameter type for 'cache.direct', expected: boolean");
    addition({{"cache", Object{{"odd", true}}}}, "cache.odd", "Parameter 'cache.odd' is unexpected");
    const Value::List children{Value("top"), Value(Object{{"driver", "file"}, {"odd", true}})};
    row("blockdev-add",
        {{"driver", "quorum"}, {"node-name", "x"}, {"vote-threshold", std::int64_t{1}}, {"children", children}},
        "children[1].odd", "Parameter 'children[1].odd' is unexpected");
    row("blockdev-del", {{"node-name", "nix"}}, "node-name", "Failed to find node with node-name='nix'");
}

void TestOperations::invalidArgumentsAreSaidAsQemuSaysThem()
{
    QFETCH(QString, command);
    QFETCH(Object, arguments);
    World world = bigWorld();
    const World before = world;
    const Outcome outcome = apply(world, QmpCommand{command.toStdString(), arguments});
    QCOMPARE(outcome.kind, Outcome::Kind::Invalid);
    QTEST(QString::fromStdString(outcome.error->what), "what");
    QTEST(QString::fromStdString(outcome.error->where), "where");
    QVERIFY(world == before);
}

/// No graph of QEMU's is one; that of a damaged file may be.
void TestOperations::aChainInACircleIsStreamedToItsEnd()
{
    World world;
    const NodeId b = addImage(world, "b", std::nullopt, false);
    attach(world, Parent::of(b), addImage(world, "a", b, false), "backing");
    const auto decision = decide(world, {"block-stream", {{"device", "a"}, {"bottom", "b"}}}, "nac");
    QVERIFY(decision.hasValue());
    QCOMPARE(rolesOf(world, decision->plan), QStringLiteral("top:a mid:b"));
}

void TestOperations::suggestionsArePlannable()
{
    const World world = bigWorld();
    for (const Operation *operation : operations()) {
        if (operation->suggest == nullptr)
            continue;
        QVERIFY(operation->parameter(operation->dropParameter) != nullptr);
        for (NodeId node : world.graph.nodes()) {
            const Object arguments = operation->suggest(world, node);
            for (const auto &[name, value] : arguments)
                QVERIFY2(operation->parameter(name) != nullptr, name.c_str());
        }
    }
}

QTEST_GUILESS_MAIN(TestOperations)
#include "tst_operations.moc"
