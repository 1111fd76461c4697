// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/layoutgraph.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

namespace blockscope::layout {
namespace {

constexpr double kLargest = 1e5; // ten times the largest sheet; sums of them stay exact

double sensible(double value, double least)
{
    return std::isfinite(value) ? std::clamp(value, least, kLargest) : least;
}

std::vector<Box> sortedBoxes(const std::vector<Box> &given)
{
    std::vector<Box> boxes = given;
    for (Box &box : boxes) {
        box.width = sensible(box.width, 1);
        box.height = sensible(box.height, 1);
    }
    const auto key = [](const Box &box) { return std::tuple(box.id, box.width, box.height, box.folded); };
    const auto before = [&](const Box &a, const Box &b) { return key(a) < key(b); };
    if (!std::is_sorted(boxes.begin(), boxes.end(), before))
        std::sort(boxes.begin(), boxes.end(), before);
    const auto sameId = [](const Box &a, const Box &b) { return a.id == b.id; };
    boxes.erase(std::unique(boxes.begin(), boxes.end(), sameId), boxes.end());
    return boxes;
}

std::optional<std::uint32_t> indexOf(const std::vector<Box> &boxes, std::uint32_t id)
{
    const auto found = std::lower_bound(boxes.begin(), boxes.end(), id,
                                        [](const Box &box, std::uint32_t value) { return box.id < value; });
    if (found == boxes.end() || found->id != id)
        return std::nullopt;
    return static_cast<std::uint32_t>(found - boxes.begin());
}

} // namespace

LayoutGraph normalised(const Request &request)
{
    LayoutGraph graph;
    graph.boxes = sortedBoxes(request.boxes);
    graph.links.reserve(request.links.size());
    for (const Link &link : request.links) {
        const auto parent = indexOf(graph.boxes, link.parent);
        const auto child = indexOf(graph.boxes, link.child);
        if (parent && child)
            graph.links.push_back({link.id, *parent, *child, link.chain});
    }
    if (!std::is_sorted(graph.links.begin(), graph.links.end()))
        std::sort(graph.links.begin(), graph.links.end());
    graph.spacing = {sensible(request.spacing.column, 2), sensible(request.spacing.row, 2),
                     sensible(request.spacing.leaf, 2), sensible(request.spacing.component, 2)};
    return graph;
}

} // namespace blockscope::layout
