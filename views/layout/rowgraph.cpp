// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/rowgraph.h"

#include <algorithm>

namespace blockscope::layout {
namespace {

constexpr std::size_t kBendsANode = 4; // the budget for bends
constexpr double kBendWidth = 8;

std::uint32_t bendsWanted(const ShapeLink &link, const std::vector<std::uint32_t> &row)
{
    return row[link.lower] - row[link.upper] - 1;
}

// The longest link that is still cut, such that all bends together stay within the budget.
std::uint32_t longestCut(const Shape &shape, const std::vector<std::uint32_t> &row)
{
    std::vector<std::uint32_t> wanted;
    for (const ShapeLink &link : shape.links) {
        if (const std::uint32_t count = bendsWanted(link, row); count > 0)
            wanted.push_back(count);
    }
    std::sort(wanted.begin(), wanted.end());
    std::size_t left = kBendsANode * shape.nodes.size();
    std::uint32_t longest = 0;
    for (const std::uint32_t count : wanted) {
        if (count > left)
            break;
        left -= count;
        longest = count;
    }
    return longest;
}

void cut(const Shape &shape, RowGraph &graph)
{
    const std::uint32_t longest = longestCut(shape, graph.row);
    std::size_t left = kBendsANode * shape.nodes.size(); // links of the longest kind may not all fit
    graph.bends.reserve(shape.links.size());
    for (const ShapeLink &link : shape.links) {
        const std::uint32_t count = bendsWanted(link, graph.row);
        const auto first = static_cast<std::uint32_t>(graph.nodes.size());
        if (count > longest || count > left) {
            graph.bends.push_back({});
            continue;
        }
        left -= count;
        graph.bends.push_back({first, count});
        std::uint32_t upper = link.upper;
        for (std::uint32_t bend = 0; bend < count; ++bend) {
            graph.nodes.push_back({kBendWidth / 2, kBendWidth / 2, 0});
            graph.row.push_back(graph.row[link.upper] + 1 + bend);
            graph.segments.push_back({upper, first + bend, link.chain});
            upper = first + bend;
        }
        graph.segments.push_back({upper, link.lower, link.chain});
    }
}

// The order of a walk over all nodes along the segments, down before up.
std::vector<std::uint32_t> walkOrder(const RowGraph &graph)
{
    const Adjacency down(graph.nodes.size(), graph.segments, &ShapeLink::upper);
    const Adjacency up(graph.nodes.size(), graph.segments, &ShapeLink::lower);
    std::vector<std::uint32_t> order;
    std::vector<bool> seen(graph.nodes.size());
    std::vector<std::uint32_t> stack;
    order.reserve(graph.nodes.size());
    for (std::uint32_t start = 0; start < graph.nodes.size(); ++start) {
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
                stack.push_back(graph.segments[*link].upper);
            for (auto link = below.rbegin(); link != below.rend(); ++link)
                stack.push_back(graph.segments[*link].lower);
        }
    }
    return order;
}

void fillRows(RowGraph &graph)
{
    const std::uint32_t last = *std::max_element(graph.row.begin(), graph.row.end());
    graph.first.assign(last + 2, 0);
    for (const std::uint32_t row : graph.row)
        ++graph.first[row + 1];
    for (std::size_t row = 0; row + 1 < graph.first.size(); ++row)
        graph.first[row + 1] += graph.first[row];
    std::vector<std::uint32_t> next = graph.first;
    graph.order.resize(graph.nodes.size());
    graph.place.resize(graph.nodes.size());
    for (const std::uint32_t node : walkOrder(graph)) {
        const std::uint32_t row = graph.row[node];
        graph.place[node] = next[row] - graph.first[row];
        graph.order[next[row]++] = node;
    }
}

} // namespace

RowGraph rowGraph(const Shape &shape, std::vector<std::uint32_t> rowOf)
{
    RowGraph graph;
    graph.boxes = shape.nodes.size();
    graph.nodes = shape.nodes;
    graph.row = std::move(rowOf);
    cut(shape, graph);
    fillRows(graph);
    return graph;
}

} // namespace blockscope::layout
