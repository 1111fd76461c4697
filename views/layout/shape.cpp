// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/shape.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace blockscope::layout {

void settle(Drawing &drawing, const Shape &shape)
{
    constexpr double kFar = std::numeric_limits<double>::max();
    Point low{kFar, kFar};
    Point high{-kFar, -kFar};
    const auto include = [&](Point point) {
        low = {std::min(low.x, point.x), std::min(low.y, point.y)};
        high = {std::max(high.x, point.x), std::max(high.y, point.y)};
    };
    for (std::size_t node = 0; node < shape.nodes.size(); ++node) {
        const ShapeNode &extent = shape.nodes[node];
        const Point anchor = drawing.anchors[node];
        include({anchor.x - extent.left, anchor.y - extent.height / 2});
        include({anchor.x + extent.right, anchor.y + extent.height / 2});
    }
    for (const std::vector<Point> &route : drawing.routes)
        std::for_each(route.begin(), route.end(), include);

    low = {std::floor(low.x), std::floor(low.y)}; // what is on whole units stays there
    const auto move = [low](Point &point) { point = {point.x - low.x, point.y - low.y}; };
    std::for_each(drawing.anchors.begin(), drawing.anchors.end(), move);
    for (std::vector<Point> &route : drawing.routes)
        std::for_each(route.begin(), route.end(), move);
    drawing.width = high.x - low.x;
    drawing.height = high.y - low.y;
}

} // namespace blockscope::layout
