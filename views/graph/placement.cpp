// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/placement.h"

#include "views/graph/picture.h"
#include "views/graph/readingorder.h"
#include "views/layout/layoutcache.h"
#include "views/layout/layoutengine.h"

#include <cmath>

namespace blockscope::views {
namespace {

/// The ids of boxes are their places in \a order: the layout goes by them.
layout::Request requestFor(const Topology &topology, const ReadingOrder &order)
{
    layout::Request request;
    request.spacing = {40, kRowGap, kColumnGap, 64};
    const auto addBox = [&](const Parent &box, QSizeF size, bool isFolded) {
        request.boxes.push_back({order.placeOf(box), size.width(), size.height(), isFolded});
    };
    const auto addLink = [&](EdgeId id, const Parent &parent, NodeId child, bool isChain) {
        request.links.push_back({id.value, order.placeOf(parent), order.placeOf(Parent::of(child)), isChain});
    };
    for (NodeId id : topology.nodes)
        addBox(Parent::of(id), nodeSize(), false);
    for (const Topology::Leaf &leaf : topology.leaves) {
        addBox(Parent::of(leaf.node), protocolSize(), true);
        addLink(leaf.edge, Parent::of(leaf.parent), leaf.node, false);
    }
    for (UserId id : topology.users)
        addBox(Parent::of(id), userSize(), false);
    for (const Topology::Line &line : topology.lines)
        addLink(line.edge, line.parent, line.child, line.isChain);
    return request;
}

Placement placementOf(const layout::Result &result, const ReadingOrder &order)
{
    Placement placement;
    for (const layout::Placement &each : result.boxes) {
        const QRectF rect(std::round(each.x), std::round(each.y), each.width, each.height);
        const Parent &box = order.boxes()[each.id];
        if (box.isNode())
            placement.nodes.emplace(box.node(), rect);
        else
            placement.users.emplace(UserId{box.id}, rect);
    }
    for (const layout::Route &each : result.links) {
        Route route{{}, true};
        for (const layout::Point &point : each.points)
            route.points.emplace_back(point.x, point.y);
        if (route.points.size() >= 2)
            placement.routes.emplace(EdgeId{each.id}, std::move(route));
    }
    return placement;
}

} // namespace

Placement place(const Topology &topology)
{
    layout::LayoutCache cache;
    return place(topology, cache);
}

Placement place(const Topology &topology, layout::LayoutCache &cache)
{
    const ReadingOrder order(topology);
    return placementOf(layout::place(requestFor(topology, order), cache), order);
}

Placement translated(Placement placement, QPointF by)
{
    for (auto &[id, rect] : placement.nodes)
        rect.translate(by);
    for (auto &[id, rect] : placement.users)
        rect.translate(by);
    for (auto &[id, route] : placement.routes) {
        for (QPointF &point : route.points)
            point += by;
    }
    return placement;
}

QRectF boundsOf(const Placement &placement)
{
    QRectF bounds;
    for (const auto &[id, rect] : placement.nodes)
        bounds |= rect;
    for (const auto &[id, rect] : placement.users)
        bounds |= rect;
    return bounds;
}

} // namespace blockscope::views
