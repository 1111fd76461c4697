// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Where the boxes and lines of a topology stand. Position has one owner: a
/// placement. Values in, values out.
///
/// Units: scene units, whole numbers for boxes; x to the right, y down.

#include "views/graph/topology.h"

#include <QPointF>
#include <QRectF>

#include <unordered_map>
#include <vector>

namespace blockscope::layout {
class LayoutCache;
}

namespace blockscope::views {

struct Route
{
    std::vector<QPointF> points; ///< parent first
    bool isCurved = false;       ///< a start, then cubic Bezier triples

    bool operator==(const Route &) const = default;
};

struct Placement
{
    std::unordered_map<NodeId, QRectF> nodes; ///< leaves too
    std::unordered_map<UserId, QRectF> users;
    std::unordered_map<EdgeId, Route> routes; ///< lines, and those to leaves

    bool operator==(const Placement &) const = default;
};

/// Lays out at once. The same topology gives the same placement. Thread: any,
/// calls are serialised where they must be; cannot be cancelled.
[[nodiscard]] Placement place(const Topology &topology);
/// The same, faster for what \a cache has seen. One cache belongs to one caller at a time.
[[nodiscard]] Placement place(const Topology &topology, layout::LayoutCache &cache);

[[nodiscard]] Placement translated(Placement placement, QPointF by);
/// The smallest rectangle around all boxes.
[[nodiscard]] QRectF boundsOf(const Placement &placement);

} // namespace blockscope::views
