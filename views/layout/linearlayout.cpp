// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/linearlayout.h"

#include "views/layout/columns.h"
#include "views/layout/layering.h"
#include "views/layout/routing.h"
#include "views/layout/rowgraph.h"

#include <algorithm>
#include <cmath>

namespace blockscope::layout {
namespace {

// The middle of each row.
std::vector<double> rowMiddles(const Shape &shape, const RowGraph &graph)
{
    std::vector<double> heights(graph.rows(), 0);
    for (std::size_t node = 0; node < shape.nodes.size(); ++node)
        heights[graph.row[node]] = std::max(heights[graph.row[node]], shape.nodes[node].height);
    double y = 0;
    for (double &value : heights) {
        const double height = std::ceil(value);
        value = y + height / 2;
        y += height + shape.spacing.row;
    }
    return heights;
}

} // namespace

Drawing placeLinear(const Shape &shape)
{
    const RowGraph graph = rowGraph(shape, layersOf(shape));
    const std::vector<double> columns = columnsOf(shape, graph);
    const std::vector<double> middles = rowMiddles(shape, graph);
    std::vector<Point> anchors;
    anchors.reserve(columns.size());
    for (std::size_t node = 0; node < columns.size(); ++node)
        anchors.push_back({columns[node], middles[graph.row[node]]});
    return drawingAt(shape, std::move(anchors));
}

} // namespace blockscope::layout
