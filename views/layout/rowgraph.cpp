// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/rowgraph.h"

#include <algorithm>

namespace blockscope::layout {
namespace {

// The order of a walk over all nodes along the links, down before up.
std::vector<std::uint32_t> walkOrder(const Shape &shape)
{
    const Adjacency down(shape.nodes.size(), shape.links, &ShapeLink::upper);
    const Adjacency up(shape.nodes.size(), shape.links, &ShapeLink::lower);
    std::vector<std::uint32_t> order;
    std::vector<bool> seen(shape.nodes.size());
    std::vector<std::uint32_t> stack;
    order.reserve(shape.nodes.size());
    for (std::uint32_t start = 0; start < shape.nodes.size(); ++start) {
        stack.push_back(start);
        while (!stack.empty()) {
            const std::uint32_t node = stack.back();
            stack.pop_back();
            if (seen[node])
                continue;
            seen[node] = true;
            order.push_back(node);
            const auto above = up.at(node);
            const auto below = down.at(node);
            for (auto link = above.rbegin(); link != above.rend(); ++link)
                stack.push_back(shape.links[*link].upper);
            for (auto link = below.rbegin(); link != below.rend(); ++link)
                stack.push_back(shape.links[*link].lower);
        }
    }
    return order;
}

} // namespace

RowGraph rowGraph(const Shape &shape, std::vector<std::uint32_t> rowOf)
{
    RowGraph graph;
    graph.row = std::move(rowOf);
    for (const ShapeLink &link : shape.links) {
        if (graph.row[link.lower] == graph.row[link.upper] + 1)
            graph.segments.push_back(link);
    }
    graph.first.assign(*std::max_element(graph.row.begin(), graph.row.end()) + 2, 0);
    for (const std::uint32_t row : graph.row)
        ++graph.first[row + 1];
    for (std::size_t row = 0; row + 1 < graph.first.size(); ++row)
        graph.first[row + 1] += graph.first[row];

    std::vector<std::uint32_t> next = graph.first;
    graph.order.resize(shape.nodes.size());
    graph.place.resize(shape.nodes.size());
    for (const std::uint32_t node : walkOrder(shape)) {
        const std::uint32_t row = graph.row[node];
        graph.place[node] = next[row] - graph.first[row];
        graph.order[next[row]++] = node;
    }
    return graph;
}

} // namespace blockscope::layout
