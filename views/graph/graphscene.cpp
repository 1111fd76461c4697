// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/graphscene.h"

#include "views/graph/facebuilder.h"

#include <QApplication>
#include <QStyle>

#include <algorithm>
#include <utility>

namespace blockscope::views {
namespace {

template <class Map, class Id>
auto *itemIn(const Map &items, Id id)
{
    const auto found = items.find(id);
    return found == items.end() ? nullptr : found->second;
}

std::set<NodeId> markedNodes(const Marks &marks)
{
    std::set<NodeId> nodes = marks.litNodes;
    if (marks.selectedNode)
        nodes.insert(*marks.selectedNode);
    for (const auto &[id, mark] : marks.verdicts)
        nodes.insert(id);
    for (const auto &[id, clash] : marks.clashes)
        nodes.insert(id);
    return nodes;
}

// A hint of the platform: users who get sick of motion switch it off there.
bool wantsMotion()
{
    return QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration) > 0;
}

} // namespace

GraphScene::GraphScene(const Theme &theme, QObject *parent) : QGraphicsScene(parent), m_look{theme, Fonts()}
{
    setItemIndexMethod(BspTreeIndex);
    setBackgroundBrush(QBrush(theme.canvas));
    m_animation.setDuration(kMoveTime);
    m_animation.setStartValue(0.0);
    m_animation.setEndValue(1.0);
    m_animation.setEasingCurve(QEasingCurve::InOutCubic);
    connect(&m_animation, &QVariantAnimation::valueChanged, this,
            [this](const QVariant &share) { moveTo(share.toDouble()); });
}

void GraphScene::setTheme(const Theme &theme)
{
    m_look.theme = theme;
    setBackgroundBrush(QBrush(theme.canvas));
    update();
    Q_EMIT facesChanged();
}

void GraphScene::clearGraph()
{
    m_animation.stop();
    clear();
    m_nodes.clear();
    m_users.clear();
    m_edges.clear();
    m_ends.clear();
    m_leaves.clear();
    m_placement = {};
    m_graphRect = {};
    m_marks = {};
    Q_EMIT arranged();
}

void GraphScene::follow(const World &world, const Delta &delta)
{
    if (delta.isTopologyChanged)
        dropClosed(world);
    const FaceBuilder faces(world);
    for (NodeId id : delta.nodes) {
        if (!m_nodes.contains(id))
            continue;
        showNode(faces, id);
        for (EdgeId edge : world.node(id).children)
            showEdge(faces, edge);
    }
    for (UserId id : delta.users)
        showUser(faces, id);
    Q_EMIT facesChanged();
}

void GraphScene::refresh(const World &world)
{
    dropClosed(world);
    const FaceBuilder faces(world);
    for (const auto &[id, item] : m_nodes)
        showNode(faces, id);
    for (const auto &[id, item] : m_users)
        showUser(faces, id);
    for (const auto &[id, item] : m_edges)
        showEdge(faces, id);
    Q_EMIT facesChanged();
}

void GraphScene::arrange(const World &world, const Topology &topology, const Placement &placement,
                         const std::vector<Selection> &anchors)
{
    m_animation.stop(); // from where everything is now, also in the middle of a move
    m_placement = placement;
    for (const Selection &anchor : anchors) {
        const NodeItem *node = std::holds_alternative<NodeId>(anchor) ? nodeItem(std::get<NodeId>(anchor)) : nullptr;
        const UserItem *user = std::holds_alternative<UserId>(anchor) ? userItem(std::get<UserId>(anchor)) : nullptr;
        const QGraphicsItem *item = node != nullptr ? static_cast<const QGraphicsItem *>(node) : user;
        const std::optional<QRectF> target = boxOf(anchor);
        if (item == nullptr || !target)
            continue;
        m_placement = translated(placement, (item->pos() - target->topLeft()).toPoint());
        break;
    }
    m_graphRect = boundsOf(m_placement);
    setSceneRect(m_graphRect.adjusted(-kBoxMargin, -kBoxMargin, kBoxMargin, kBoxMargin));
    renewItems(world, topology);
    startMoving();
    Q_EMIT arranged();
}

void GraphScene::setMarks(Marks marks)
{
    std::set<NodeId> changed = markedNodes(m_marks);
    changed.merge(markedNodes(marks));
    m_marks = std::move(marks);
    for (NodeId id : changed)
        remark(id);
    for (const auto &[id, item] : m_users) {
        UserFace face = item->face();
        applyMarks(face, m_marks);
        item->show(std::move(face));
    }
    for (const auto &[id, item] : m_edges) {
        if (m_marks.litHolders.contains(Holder::of(id)) != item->face().highlighted) {
            EdgeFace face = item->face();
            applyMarks(face, m_marks);
            item->show(std::move(face));
        }
    }
    Q_EMIT facesChanged();
}

void GraphScene::addVerdicts(const std::map<NodeId, NodeMark> &verdicts)
{
    for (const auto &[id, mark] : verdicts) {
        m_marks.verdicts[id] = mark;
        remark(id);
    }
    Q_EMIT facesChanged();
}

void GraphScene::remark(NodeId id)
{
    if (NodeItem *item = itemIn(m_nodes, id)) {
        NodeFace face = item->face();
        applyMarks(face, m_marks);
        item->show(std::move(face));
    }
}

Selection GraphScene::boxAt(QPointF place) const
{
    const QList<QGraphicsItem *> found = items(place);
    for (const QGraphicsItem *item : found) {
        if (const auto *node = qgraphicsitem_cast<const NodeItem *>(item))
            return node->id();
        if (const auto *user = qgraphicsitem_cast<const UserItem *>(item))
            return user->id();
    }
    return {};
}

std::optional<EdgeId> GraphScene::edgeAt(QPointF place) const
{
    const QList<QGraphicsItem *> found = items(place);
    for (const QGraphicsItem *item : found) {
        if (const auto *edge = qgraphicsitem_cast<const EdgeItem *>(item))
            return edge->id();
    }
    return {};
}

std::vector<PlacedBox> GraphScene::boxes() const
{
    std::vector<PlacedBox> boxes;
    boxes.reserve(m_nodes.size() + m_users.size());
    for (const auto &[id, item] : m_nodes)
        boxes.push_back({id, m_placement.nodes.at(id)});
    for (const auto &[id, item] : m_users)
        boxes.push_back({id, m_placement.users.at(id)});
    // The maps have no order of their own.
    std::sort(boxes.begin(), boxes.end(), [](const PlacedBox &a, const PlacedBox &b) { return a.what < b.what; });
    return boxes;
}

std::optional<QRectF> GraphScene::boxOf(const Selection &what) const
{
    if (const NodeId *node = std::get_if<NodeId>(&what)) {
        const auto found = m_placement.nodes.find(*node);
        return found == m_placement.nodes.end() ? std::nullopt : std::optional(found->second);
    }
    if (const UserId *user = std::get_if<UserId>(&what)) {
        const auto found = m_placement.users.find(*user);
        return found == m_placement.users.end() ? std::nullopt : std::optional(found->second);
    }
    return {};
}

const NodeItem *GraphScene::nodeItem(NodeId id) const
{
    return itemIn(m_nodes, id);
}

const UserItem *GraphScene::userItem(UserId id) const
{
    return itemIn(m_users, id);
}

const EdgeItem *GraphScene::edgeItem(EdgeId id) const
{
    return itemIn(m_edges, id);
}

Picture GraphScene::faces() const
{
    Picture picture;
    for (const auto &[id, item] : m_nodes)
        picture.nodes.push_back(item->face());
    for (const auto &[id, item] : m_users)
        picture.users.push_back(item->face());
    return picture;
}

void GraphScene::renewItems(const World &world, const Topology &topology)
{
    m_leaves.clear();
    for (const Topology::Leaf &leaf : topology.leaves)
        m_leaves.insert(leaf.node);
    m_ends.clear();
    for (const auto &[id, route] : m_placement.routes)
        m_ends.emplace(id, Ends{world.graph.edge(id).parent, world.graph.edge(id).child});
    dropUnplaced();

    const FaceBuilder faces(world);
    for (const auto &[id, rect] : m_placement.nodes)
        renew(m_nodes, id, rect.topLeft(), [&](NodeId each) { return faces.node(each, m_leaves.contains(each)); });
    for (const auto &[id, rect] : m_placement.users)
        renew(m_users, id, rect.topLeft(), [&](UserId each) { return faces.user(each); });
    for (const auto &[id, route] : m_placement.routes)
        renew(m_edges, id, QPointF(), [&](EdgeId each) { return placed(faces.edge(each)); });
}

template <class Map, class Id, class MakeFace>
void GraphScene::renew(Map &items, Id id, QPointF place, const MakeFace &makeFace)
{
    auto face = makeFace(id);
    applyMarks(face, m_marks);
    if (auto *item = itemIn(items, id))
        return item->show(std::move(face));
    using Item = std::remove_pointer_t<typename Map::mapped_type>;
    auto *item = new Item(std::move(face), m_look);
    item->setPos(place);
    addItem(item);
    items.emplace(id, item);
}

void GraphScene::showNode(const FaceBuilder &faces, NodeId id)
{
    if (m_nodes.contains(id))
        renew(m_nodes, id, {}, [&](NodeId each) { return faces.node(each, m_leaves.contains(each)); });
}

void GraphScene::showUser(const FaceBuilder &faces, UserId id)
{
    if (m_users.contains(id))
        renew(m_users, id, {}, [&](UserId each) { return faces.user(each); });
}

void GraphScene::showEdge(const FaceBuilder &faces, EdgeId id)
{
    if (m_edges.contains(id))
        renew(m_edges, id, {}, [&](EdgeId each) { return placed(faces.edge(each)); });
}

template <class Map, class Places, class Keep>
void GraphScene::dropUnless(Map &items, Places &places, const Keep &keep)
{
    for (auto item = items.begin(); item != items.end();) {
        if (keep(item->first)) {
            ++item;
            continue;
        }
        places.erase(item->first);
        delete item->second;
        item = items.erase(item);
    }
}

void GraphScene::dropUnplaced()
{
    dropUnless(m_nodes, m_placement.nodes, [this](NodeId id) { return m_placement.nodes.contains(id); });
    dropUnless(m_users, m_placement.users, [this](UserId id) { return m_placement.users.contains(id); });
    dropUnless(m_edges, m_placement.routes, [this](EdgeId id) { return m_placement.routes.contains(id); });
}

void GraphScene::dropClosed(const World &world)
{
    // Undo leads to Worlds that never knew some ids.
    const BlockGraph &graph = world.graph;
    dropUnless(m_nodes, m_placement.nodes,
               [&](NodeId id) { return id.value < graph.nodeCount() && graph.node(id).isOpen; });
    dropUnless(m_users, m_placement.users,
               [&](UserId id) { return id.value < world.users.size() && isDrawn(world.user(id)); });
    dropUnless(m_edges, m_placement.routes,
               [&](EdgeId id) { return id.value < graph.edgeCount() && graph.edge(id).isAttached; });
}

void GraphScene::startMoving()
{
    m_start = {};
    for (const auto &[id, item] : m_nodes)
        m_start.nodes.emplace(id, item->pos());
    for (const auto &[id, item] : m_users)
        m_start.users.emplace(id, item->pos());
    if (m_isAnimated && wantsMotion())
        m_animation.start();
    else
        moveTo(1);
}

void GraphScene::moveTo(double share)
{
    const auto between = [share](QPointF start, QPointF end) { return start + share * (end - start); };
    for (const auto &[id, item] : m_nodes)
        item->setPos(between(m_start.nodes.at(id), m_placement.nodes.at(id).topLeft()));
    for (const auto &[id, item] : m_users)
        item->setPos(between(m_start.users.at(id), m_placement.users.at(id).topLeft()));
    for (const auto &[id, item] : m_edges)
        item->show(placed(item->face()));
}

QPointF GraphScene::displacement(NodeId id) const
{
    const NodeItem *item = nodeItem(id);
    return item == nullptr ? QPointF() : item->pos() - m_placement.nodes.at(id).topLeft();
}

QPointF GraphScene::displacement(const Parent &parent) const
{
    if (parent.isNode())
        return displacement(parent.node());
    const UserItem *item = userItem(UserId{parent.id});
    return item == nullptr ? QPointF() : item->pos() - m_placement.users.at(item->id()).topLeft();
}

EdgeFace GraphScene::placed(EdgeFace face) const
{
    const EdgeId id{face.id};
    const Route &route = m_placement.routes.at(id);
    face.points = route.points;
    face.curved = route.isCurved;
    const Ends &ends = m_ends.at(id);
    const QPointF above = displacement(ends.parent);
    const QPointF below = displacement(ends.child);
    if (above.isNull() && below.isNull())
        return face;
    // While its boxes move, a line follows each of them at that end.
    const double last = static_cast<double>(face.points.size()) - 1;
    for (std::size_t i = 0; i < face.points.size(); ++i) {
        const double share = static_cast<double>(i) / last;
        face.points[i] += (1 - share) * above + share * below;
    }
    return face;
}

} // namespace blockscope::views
