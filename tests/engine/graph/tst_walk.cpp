// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/graph/walk.h"

#include <QTest>

using namespace blockscope;

namespace {

constexpr int kDeep = 100'000;

NodeId add(BlockGraph &graph, const std::string &name, const char *driver = "qcow2")
{
    Node node;
    node.name = name;
    node.driver = driver;
    return graph.addNode(std::move(node));
}

EdgeId link(BlockGraph &graph, NodeId parent, NodeId child, const char *role = "backing")
{
    return graph.attach(Parent::of(parent), child, role);
}

QStringList names(const BlockGraph &graph, const std::vector<NodeId> &nodes)
{
    QStringList list;
    for (NodeId node : nodes)
        list << QString::fromStdString(graph.node(node).name);
    return list;
}

/// top -> throttle -> mid -> copy-on-read -> base; side -> base; Q over mid.
struct Family
{
    BlockGraph graph;
    NodeId base = add(graph, "base");
    NodeId reader = add(graph, "reader", "copy-on-read");
    NodeId mid = add(graph, "mid");
    NodeId limit = add(graph, "limit", "throttle");
    NodeId top = add(graph, "top");
    NodeId side = add(graph, "side");
    NodeId quorum = add(graph, "Q", "quorum");

    Family()
    {
        link(graph, reader, base, "file");
        link(graph, mid, reader);
        link(graph, limit, mid, "file");
        link(graph, top, limit);
        link(graph, side, base);
        link(graph, quorum, mid, "children.0");
    }
};

BlockGraph deepChain(const char *role, const char *driver)
{
    BlockGraph graph;
    NodeId below = add(graph, "0", driver);
    for (int i = 1; i < kDeep; ++i) {
        const NodeId node = add(graph, std::to_string(i), driver);
        link(graph, node, below, role);
        below = node;
    }
    return graph;
}

} // namespace

/// The block graph and the walks over it.
class TestWalk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void editsKeepBothEndsOfEveryLink();
    void aClosedNodeFreesItsName();
    void editingACopyLeavesTheOriginal();
    void aSavedGraphIsTheSame();
    void verifyFindsDamage_data();
    void verifyFindsDamage();
    void chainsLookThroughFilters();
    void overlaysLookThroughFilters();
    void aFilterWithoutAChildIsItself();
    void nodesAboveFollowWhatIsShown();
    void cyclesEndEveryWalk();
    void deepChainsNeedNoStack();
    void stacksOfFiltersEnd();
    void everyDriverIsOfOneKind();
};

void TestWalk::editsKeepBothEndsOfEveryLink()
{
    BlockGraph graph;
    const NodeId a = add(graph, "a");
    const NodeId b = add(graph, "b");
    const NodeId c = add(graph, "c");
    const EdgeId edge = link(graph, a, b);
    QVERIFY(graph.verify());
    QCOMPARE(graph.childEdge(a, "backing"), std::optional(edge));
    QVERIFY(!graph.childEdge(a, "file"));
    graph.redirect(edge, c);
    QVERIFY(graph.verify());
    QVERIFY(graph.node(b).parents.empty());
    QCOMPARE(graph.node(c).parents, std::vector<EdgeId>{edge});
    graph.redirect(edge, c); // to where it is
    QVERIFY(graph.verify());
    graph.detach(edge);
    QVERIFY(graph.verify());
    QVERIFY(graph.edges().empty());
    QCOMPARE(graph.edgeCount(), std::size_t{1}); // ids are not used again
    QCOMPARE(link(graph, a, b).value, 1U);
}

void TestWalk::aClosedNodeFreesItsName()
{
    BlockGraph graph;
    const NodeId first = add(graph, "a");
    link(graph, first, add(graph, "b"));
    graph.closeNode(first);
    QVERIFY(!graph.findNode("a"));
    QVERIFY(graph.verify());
    const NodeId second = add(graph, "a");
    QVERIFY(second != first);
    QCOMPARE(graph.findNode("a"), std::optional(second));
    QCOMPARE(graph.nodes().size(), std::size_t{2});
    QVERIFY(graph.verify());
}

void TestWalk::editingACopyLeavesTheOriginal()
{
    const Family family;
    BlockGraph copy = family.graph;
    QVERIFY(copy == family.graph);
    QVERIFY(copy.isSharedWith(family.graph, family.top));
    copy.editNode(family.top).isReadOnly = true;
    QVERIFY(!family.graph.node(family.top).isReadOnly);
    QVERIFY(!copy.isSharedWith(family.graph, family.top));
    QVERIFY(copy.isSharedWith(family.graph, family.base));
    copy.detach(*copy.childEdge(family.side, "backing"));
    QVERIFY(family.graph.childEdge(family.side, "backing"));
    copy.closeNode(family.side);
    QVERIFY(family.graph.findNode("side"));
    QVERIFY(family.graph.verify() && copy.verify());
    QVERIFY(!(copy == family.graph));
}

void TestWalk::aSavedGraphIsTheSame()
{
    Family family;
    family.graph.closeNode(family.top);
    std::vector<Node> nodes;
    std::vector<Edge> edges;
    for (std::uint32_t id = 0; id < family.graph.nodeCount(); ++id)
        nodes.push_back(family.graph.node(NodeId{id}));
    for (std::uint32_t id = 0; id < family.graph.edgeCount(); ++id)
        edges.push_back(family.graph.edge(EdgeId{id}));
    const BlockGraph loaded(std::move(nodes), std::move(edges));
    QVERIFY(loaded == family.graph);
    QVERIFY(loaded.verify());
    QVERIFY(!loaded.findNode("top"));
}

void TestWalk::verifyFindsDamage_data()
{
    QTest::addColumn<int>("damage");
    QTest::newRow("none") << 0;
    QTest::newRow("two nodes of one name") << 1;
    QTest::newRow("a parent's link is not known below") << 2;
    QTest::newRow("a link known below twice") << 3;
    QTest::newRow("a link that is not there") << 4;
    QTest::newRow("a closed node with a parent") << 5;
    QTest::newRow("a detached link still known") << 6;
    QTest::newRow("a renamed node") << 7;
}

void TestWalk::verifyFindsDamage()
{
    QFETCH(int, damage);
    std::vector<Node> nodes(2);
    nodes[0].name = "above";
    nodes[1].name = damage == 1 ? "above" : "below";
    if (damage != 2)
        nodes[1].parents = {EdgeId{0}};
    if (damage == 3)
        nodes[1].parents = {EdgeId{0}, EdgeId{0}};
    if (damage == 4)
        nodes[0].parents = {EdgeId{7}};
    nodes[1].isOpen = damage != 5;
    Edge edge;
    edge.parent = Parent::of(NodeId{0});
    edge.child = NodeId{1};
    edge.isAttached = damage != 6;
    BlockGraph graph(nodes, {edge});
    if (damage == 7)
        graph.editNode(NodeId{0}).name = "other";
    QCOMPARE(graph.verify(), damage == 0);
}

void TestWalk::chainsLookThroughFilters()
{
    const Family family;
    QCOMPARE(names(family.graph, backingChain(family.graph, family.top)),
             (QStringList{u"top"_qs, u"mid"_qs, u"base"_qs}));
    QCOMPARE(names(family.graph, backingChain(family.graph, family.limit)), (QStringList{u"mid"_qs, u"base"_qs}));
    QCOMPARE(nextInChain(family.graph, family.top), std::optional(family.mid));
    QCOMPARE(nextInChain(family.graph, family.limit), std::optional(family.base));
    QCOMPARE(backingChild(family.graph, family.top), std::optional(family.limit));
    QVERIFY(!nextInChain(family.graph, family.base));
    QCOMPARE(skipFilters(family.graph, family.limit), family.mid);
    QCOMPARE(names(family.graph, filterPath(family.graph, family.limit)), (QStringList{u"limit"_qs, u"mid"_qs}));
    QCOMPARE(names(family.graph, filterPath(family.graph, family.top)), QStringList{u"top"_qs});
}

void TestWalk::overlaysLookThroughFilters()
{
    Family family;
    QCOMPARE(names(family.graph, overlaysOf(family.graph, family.mid)), QStringList{u"top"_qs});
    QCOMPARE(names(family.graph, overlaysOf(family.graph, family.base)), (QStringList{u"mid"_qs, u"side"_qs}));
    QVERIFY(overlaysOf(family.graph, family.top).empty());
    // A damaged node may be linked twice, in two roles.
    const NodeId odd = add(family.graph, "odd");
    link(family.graph, odd, family.top, "file");
    link(family.graph, odd, family.top);
    QCOMPARE(names(family.graph, overlaysOf(family.graph, family.top)), QStringList{u"odd"_qs});
}

void TestWalk::aFilterWithoutAChildIsItself()
{
    BlockGraph graph;
    const NodeId filter = add(graph, "filter", "throttle");
    QCOMPARE(skipFilters(graph, filter), filter);
    QVERIFY(!nextInChain(graph, filter));
    QCOMPARE(backingChain(graph, filter), std::vector<NodeId>{filter});
}

void TestWalk::nodesAboveFollowWhatIsShown()
{
    Family family;
    QCOMPARE(names(family.graph, nodesAbove(family.graph, {family.base})),
             (QStringList{u"reader"_qs, u"mid"_qs, u"limit"_qs, u"top"_qs, u"side"_qs, u"Q"_qs}));
    QCOMPARE(names(family.graph, nodesAbove(family.graph, {family.mid, family.base}, family.top)),
             (QStringList{u"reader"_qs, u"limit"_qs, u"side"_qs, u"Q"_qs}));
    const NodeId guard = add(family.graph, "guard", "copy-before-write");
    link(family.graph, guard, family.top, "file");
    link(family.graph, guard, family.side, "target");
    QVERIFY(nodesAbove(family.graph, {family.side}).empty()); // what is saved there is not shown
    QCOMPARE(names(family.graph, nodesAbove(family.graph, {family.top})), QStringList{u"guard"_qs});
    QVERIFY(isReachable(family.graph, family.top, family.base));
    QVERIFY(!isReachable(family.graph, family.base, family.top));
}

void TestWalk::cyclesEndEveryWalk()
{
    BlockGraph graph;
    const NodeId a = add(graph, "a");
    const NodeId b = add(graph, "b");
    const NodeId f = add(graph, "f", "throttle");
    const NodeId g = add(graph, "g", "throttle");
    link(graph, a, b);
    link(graph, b, a);
    link(graph, f, g, "file");
    link(graph, g, f, "file");
    link(graph, a, a, "file");
    QCOMPARE(backingChain(graph, a), (std::vector<NodeId>{a, b}));
    QCOMPARE(filterPath(graph, f), (std::vector<NodeId>{f, g}));
    const NodeId end = skipFilters(graph, f);
    QVERIFY(end == f || end == g);
    QCOMPARE(nodesAbove(graph, {a}), std::vector<NodeId>{b});
    QCOMPARE(overlaysOf(graph, a), std::vector<NodeId>{b});
    QVERIFY(isReachable(graph, a, b));
    QVERIFY(!isReachable(graph, a, f));
    QVERIFY(graph.verify()); // each link is known at both ends; whether a cycle makes sense is not asked here
}

void TestWalk::deepChainsNeedNoStack()
{
    const BlockGraph graph = deepChain("backing", "qcow2");
    const NodeId top{kDeep - 1};
    QCOMPARE(backingChain(graph, top).size(), std::size_t{kDeep});
    QVERIFY(isReachable(graph, top, NodeId{0}));
    QCOMPARE(nodesAbove(graph, {NodeId{0}}).size(), std::size_t{kDeep - 1});
    QCOMPARE(nodesAbove(graph, {NodeId{0}}, NodeId{10}).size(), std::size_t{9});
    QVERIFY(graph.verify());
}

void TestWalk::stacksOfFiltersEnd()
{
    const BlockGraph graph = deepChain("file", "throttle");
    const NodeId top{kDeep - 1};
    QCOMPARE(skipFilters(graph, top), NodeId{0});
    QCOMPARE(filterPath(graph, top).size(), kMaximumFilters);
    QVERIFY(overlaysOf(graph, NodeId{0}).empty());
}

void TestWalk::everyDriverIsOfOneKind()
{
    for (const char *driver : {"throttle", "copy-on-read", "copy-before-write", "commit_top", "mirror_top", "blkdebug"})
        QVERIFY(isFilterDriver(driver) && !isProtocolDriver(driver));
    for (const char *driver : {"file", "nbd", "host_device", "null-co"})
        QVERIFY(isProtocolDriver(driver) && !isFilterDriver(driver));
    for (const char *driver : {"qcow2", "raw", "quorum", "luks", ""})
        QVERIFY(!isProtocolDriver(driver) && !isFilterDriver(driver));
}

QTEST_GUILESS_MAIN(TestWalk)
#include "tst_walk.moc"
