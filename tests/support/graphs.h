// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Help for tests of the graph view. Nothing here sleeps.

#include "views/graph/graphview.h"

#include <QTest>

namespace blockscope::test {

/// The graph is laid out and stands still.
[[nodiscard]] inline bool waitUntilPlaced(const views::GraphView &view)
{
    return QTest::qWaitFor(
        [&view] { return !view.isLayingOut() && !view.graphScene().isEmpty() && !view.graphScene().isMoving(); });
}

/// Where the middle of \a what is in the viewport.
[[nodiscard]] inline QPoint placeOf(const views::GraphView &view, const views::Selection &what)
{
    const std::optional<QRectF> box = view.graphScene().boxOf(what);
    return box ? view.mapFromScene(box->center()) : QPoint(-1, -1);
}

[[nodiscard]] inline NodeId nodeNamed(const World &world, const char *name)
{
    return world.graph.findNode(name).value_or(NodeId());
}

/// Where everything stands, to compare.
[[nodiscard]] inline std::vector<std::pair<views::Selection, QRectF>> placesIn(const views::GraphView &view)
{
    std::vector<std::pair<views::Selection, QRectF>> places;
    for (const views::PlacedBox &box : view.graphScene().boxes())
        places.emplace_back(box.what, box.rect);
    return places;
}

} // namespace blockscope::test
