// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/placement.h"

#include "views/graph/picture.h"
#include "views/layout/layoutengine.h"

#include <cmath>

namespace blockscope::views {
namespace {

// Users and nodes share one row of ids in the layout.
constexpr std::uint32_t kUserBit = 0x80000000U;

std::uint32_t boxId(UserId user)
{
    return user.value | kUserBit;
}

std::uint32_t boxId(const Parent &parent)
{
    return parent.isNode() ? parent.id : boxId(UserId{parent.id});
}

layout::Box box(std::uint32_t id, QSizeF size, bool isFolded)
{
    return {id, size.width(), size.height(), isFolded};
}

layout::Request requestFor(const Topology &topology)
{
    layout::Request request;
    request.spacing = {40, kRowGap, kColumnGap, 64};
    for (NodeId id : topology.nodes)
        request.boxes.push_back(box(id.value, nodeSize(), false));
    for (const Topology::Leaf &leaf : topology.leaves) {
        request.boxes.push_back(box(leaf.node.value, protocolSize(), true));
        request.links.push_back({leaf.edge.value, leaf.parent.value, leaf.node.value, false});
    }
    for (UserId id : topology.users)
        request.boxes.push_back(box(boxId(id), userSize(), false));
    for (const Topology::Line &line : topology.lines)
        request.links.push_back({line.edge.value, boxId(line.parent), line.child.value, line.isChain});
    return request;
}

Placement placementOf(const layout::Result &result)
{
    Placement placement;
    for (const layout::Placement &each : result.boxes) {
        const QRectF rect(std::round(each.x), std::round(each.y), each.width, each.height);
        if ((each.id & kUserBit) != 0)
            placement.users.emplace(UserId{each.id & ~kUserBit}, rect);
        else
            placement.nodes.emplace(NodeId{each.id}, rect);
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
    return placementOf(layout::place(requestFor(topology)));
}

Placement place(const Topology &topology, layout::LayoutCache &cache)
{
    return placementOf(layout::place(requestFor(topology), cache));
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
