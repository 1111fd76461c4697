// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/routing.h"

#include "views/layout/lanes.h"
#include "views/layout/routes.h"

#include <algorithm>

namespace blockscope::layout {
namespace {

struct Rows
{
    std::vector<Band> bands;
    std::vector<std::uint32_t> row; // of each node
};

Rows rowsAt(const Shape &shape, const std::vector<Point> &anchors)
{
    std::vector<double> heights;
    heights.reserve(anchors.size());
    for (const Point anchor : anchors)
        heights.push_back(anchor.y);
    std::sort(heights.begin(), heights.end());
    heights.erase(std::unique(heights.begin(), heights.end()), heights.end());
    Rows rows;
    for (const double height : heights)
        rows.bands.push_back({height, height});
    for (std::size_t node = 0; node < anchors.size(); ++node) {
        const double y = anchors[node].y;
        const auto row = std::lower_bound(heights.begin(), heights.end(), y) - heights.begin();
        Band &band = rows.bands[static_cast<std::size_t>(row)];
        band = {std::min(band.top, y - shape.nodes[node].height / 2),
                std::max(band.bottom, y + shape.nodes[node].height / 2)};
        rows.row.push_back(static_cast<std::uint32_t>(row));
    }
    return rows;
}

} // namespace

Drawing drawingAt(const Shape &shape, std::vector<Point> anchors)
{
    const Rows rows = rowsAt(shape, anchors);
    const std::vector<std::optional<double>> lanes = lanesFor(shape, anchors, rows.row, rows.bands.size());
    Drawing drawing;
    drawing.routes.reserve(shape.links.size());
    for (std::size_t index = 0; index < shape.links.size(); ++index) {
        const ShapeLink &link = shape.links[index];
        const Point upper = anchors[link.upper];
        const Point lower = anchors[link.lower];
        const std::uint32_t row = rows.row[link.upper];
        const std::uint32_t count = rows.row[link.lower] - row + 1;
        drawing.routes.push_back(routeDown({upper.x, upper.y + shape.nodes[link.upper].height / 2},
                                           {lower.x, lower.y - shape.nodes[link.lower].height / 2},
                                           std::span(rows.bands).subspan(row, count), lanes[index]));
    }
    drawing.anchors = std::move(anchors);
    settle(drawing, shape);
    return drawing;
}

} // namespace blockscope::layout
