// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "engine/run/apply.h"
#include "tests/support/worlds.h"
#include "views/graph/graphscene.h"

#include <QSignalSpy>
#include <QTest>

using namespace blockscope;
using namespace blockscope::views;

namespace {

void arrange(GraphScene &scene, const World &world, const std::vector<Selection> &anchors = {})
{
    const Topology topology = topologyOf(world);
    scene.arrange(world, topology, place(topology), anchors);
}

QPointF placeOf(const GraphScene &scene, const World &world, const char *node)
{
    const NodeItem *item = scene.nodeItem(*world.graph.findNode(node));
    return item == nullptr ? QPointF(-1e9, -1e9) : item->pos();
}

} // namespace

class TestGraphScene : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsNodesUsersAndLinks();
    void aStepMovesNothing();
    void onlyWhatChangedIsPainted();
    void anAdditionLeavesTheAnchorWhereItIs();
    void movesWithinItsTime();
    void whatIsGoneGoes();
    void marksComeAndGo();
    void findsWhatIsThere();
};

void TestGraphScene::showsNodesUsersAndLinks()
{
    const World world = test::chainWorld({"base", "top"}, "vda");
    GraphScene scene(theme(ThemeKind::Light));
    scene.setAnimated(false);
    QVERIFY(scene.isEmpty());
    arrange(scene, world);
    QCOMPARE(scene.boxes().size(), std::size_t{5});
    QCOMPARE(scene.items().size(), 9);
    for (EdgeId edge : world.graph.edges())
        QVERIFY(scene.edgeItem(edge) != nullptr);
    scene.clearGraph();
    QVERIFY(scene.isEmpty() && scene.items().isEmpty());
}

void TestGraphScene::aStepMovesNothing()
{
    World world = test::chainWorld({"base", "mid", "top"}, "vda");
    GraphScene scene(theme(ThemeKind::Light));
    scene.setAnimated(false);
    arrange(scene, world);
    const auto positions = [&] {
        std::vector<std::pair<QPointF, std::vector<QPointF>>> all;
        for (const QGraphicsItem *item : scene.items(Qt::AscendingOrder)) {
            const auto *edge = qgraphicsitem_cast<const EdgeItem *>(item);
            all.emplace_back(item->pos(), edge == nullptr ? std::vector<QPointF>() : edge->face().points);
        }
        return all;
    };
    const auto before = positions();
    const auto follow = [&](const Event &event) {
        const World old = world;
        QVERIFY(apply(world, event).kind == Outcome::Kind::Allowed);
        scene.follow(world, difference(old, world));
    };
    follow(
        QmpCommand{"block-commit", {{"device", "top"}, {"top-node", "mid"}, {"base-node", "base"}, {"job-id", "c0"}}});
    for (int i = 0; i < 20; ++i)
        follow(StepControl{"c0", 1});
    QCOMPARE(positions(), before);
    QCOMPARE(scene.nodeItem(*world.graph.findNode("base"))->face().jobs.size(), std::size_t{1});
    QVERIFY(scene.nodeItem(*world.graph.findNode("base"))->face().jobs.front().percent > 0);
}

void TestGraphScene::onlyWhatChangedIsPainted()
{
    World world = test::diskWorld(3, 2);
    GraphScene scene(theme(ThemeKind::Light));
    scene.setAnimated(false);
    arrange(scene, world);
    QSignalSpy changed(&scene, &QGraphicsScene::changed);
    QCoreApplication::processEvents();
    changed.clear();
    const World old = world;
    QVERIFY(apply(world, GuestWriteControl{"vd1", 5}).kind == Outcome::Kind::Allowed);
    scene.follow(world, difference(old, world));
    QTRY_VERIFY(!changed.isEmpty());
    const QRectF box = *scene.boxOf(*world.graph.findNode("d1-1"));
    for (const QList<QVariant> &signal : changed) {
        for (const QRectF &rect : signal.front().value<QList<QRectF>>())
            QVERIFY(box.adjusted(-kBoxMargin, -kBoxMargin, kBoxMargin, kBoxMargin).contains(rect));
    }
}

void TestGraphScene::anAdditionLeavesTheAnchorWhereItIs()
{
    World world = test::diskWorld(3, 2);
    GraphScene scene(theme(ThemeKind::Light));
    scene.setAnimated(false);
    arrange(scene, world);
    const NodeId anchor = *world.graph.findNode("d2-1");
    const QPointF before = placeOf(scene, world, "d2-1");
    const NodeId overlay = test::addImage(world, "new", {}, false);
    attach(world, Parent::of(overlay), *world.graph.findNode("d0-1"), "backing");
    arrange(scene, world, {UserId{99}, anchor});
    QCOMPARE(placeOf(scene, world, "d2-1"), before);
    QVERIFY(scene.nodeItem(overlay) != nullptr);
    // The rest stands as the layout has it, moved as a whole.
    const Placement plain = place(topologyOf(world));
    const QPointF shift = before - plain.nodes.at(anchor).topLeft();
    for (const PlacedBox &box : scene.boxes()) {
        if (const NodeId *node = std::get_if<NodeId>(&box.what))
            QCOMPARE(box.rect.topLeft(), plain.nodes.at(*node).topLeft() + shift);
    }
}

void TestGraphScene::movesWithinItsTime()
{
    World world = test::diskWorld(2, 2);
    GraphScene scene(theme(ThemeKind::Light));
    arrange(scene, world);
    QTRY_VERIFY(!scene.isMoving());
    const NodeId overlay = test::addImage(world, "new", {}, false);
    attach(world, Parent::of(overlay), *world.graph.findNode("d0-1"), "backing");
    const QPointF before = placeOf(scene, world, "d0-1");
    arrange(scene, world, {*world.graph.findNode("d1-0")});
    QVERIFY(scene.isMoving());
    QCOMPARE(placeOf(scene, world, "d0-1"), before);
    QElapsedTimer time;
    time.start();
    QTRY_VERIFY(!scene.isMoving());
    QVERIFY2(time.elapsed() < 3 * kMoveTime, qPrintable(QString::number(time.elapsed())));
    for (const PlacedBox &box : scene.boxes()) {
        if (const NodeId *node = std::get_if<NodeId>(&box.what))
            QCOMPARE(scene.nodeItem(*node)->pos(), box.rect.topLeft());
    }
    // Lines end where their boxes are.
    const EdgeId edge = *world.graph.childEdge(overlay, "backing");
    const QPointF end = scene.edgeItem(edge)->face().points.back();
    const QRectF box = scene.nodeItem(*world.graph.findNode("d0-1"))->box();
    QVERIFY(box.adjusted(-2, -2, 2, 2).contains(end));
}

void TestGraphScene::whatIsGoneGoes()
{
    World world = test::chainWorld({"base", "top"}, "vda");
    GraphScene scene(theme(ThemeKind::Light));
    scene.setAnimated(false);
    arrange(scene, world);
    const World old = world;
    removeUser(world, UserId{0});
    scene.follow(world, difference(old, world));
    QVERIFY(scene.userItem(UserId{0}) == nullptr);
    QCOMPARE(scene.items().size(), 7);
    // Undo can lead to a World that never knew some ids.
    scene.refresh(World());
    QVERIFY(scene.isEmpty());
}

void TestGraphScene::marksComeAndGo()
{
    const World world = test::chainWorld({"base", "top"}, "vda");
    GraphScene scene(theme(ThemeKind::Light));
    scene.setAnimated(false);
    arrange(scene, world);
    const NodeId top = *world.graph.findNode("top");
    const EdgeId edge = *world.graph.childEdge(top, "backing");
    Marks marks;
    marks.selectedNode = top;
    marks.litHolders = {Holder::of(edge), Holder::of(UserId{0})};
    scene.setMarks(marks);
    QVERIFY(scene.nodeItem(top)->face().selected);
    QVERIFY(scene.edgeItem(edge)->face().highlighted);
    QVERIFY(scene.userItem(UserId{0})->face().highlighted);
    scene.addVerdicts({{top, {DragVerdict::Granted, true, {}}}});
    QVERIFY(scene.nodeItem(top)->face().verdict == DragVerdict::Granted);
    QVERIFY(scene.nodeItem(top)->face().selected);
    scene.refresh(world);
    QVERIFY(scene.nodeItem(top)->face().verdict == DragVerdict::Granted);
    scene.setMarks({});
    QVERIFY(!scene.nodeItem(top)->face().selected);
    QVERIFY(scene.nodeItem(top)->face().verdict == DragVerdict::None);
    QVERIFY(!scene.edgeItem(edge)->face().highlighted);
}

void TestGraphScene::findsWhatIsThere()
{
    const World world = test::chainWorld({"base", "top"}, "vda");
    GraphScene scene(theme(ThemeKind::Light));
    scene.setAnimated(false);
    arrange(scene, world);
    for (const PlacedBox &box : scene.boxes())
        QVERIFY(scene.boxAt(box.rect.center()) == box.what);
    QVERIFY(scene.boxAt({-500, -500}) == Selection());
    const NodeId top = *world.graph.findNode("top");
    const EdgeId edge = *world.graph.childEdge(top, "backing");
    const QPointF between(scene.boxOf(top)->center().x(), scene.boxOf(top)->bottom() + kRowGap / 2);
    QVERIFY(scene.boxAt(between) == Selection());
    QVERIFY(scene.edgeAt(between) == edge);
}

QTEST_MAIN(TestGraphScene)
#include "tst_graphscene.moc"
