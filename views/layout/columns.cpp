// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/columns.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace blockscope::layout {
namespace {

/// For every node its neighbours in the row above or below, from the left to the right. Where there are chains,
/// only those: they are to be straight before anything else.
class Neighbours
{
public:
    Neighbours(const RowGraph &graph, std::uint32_t ShapeLink::*self, std::uint32_t ShapeLink::*other)
        : m_first(graph.row.size() + 1, 0)
    {
        std::vector<bool> hasChain(graph.row.size());
        for (const ShapeLink &segment : graph.segments)
            hasChain[segment.*self] = hasChain[segment.*self] || segment.chain;
        const auto counts = [&](const ShapeLink &segment) { return segment.chain || !hasChain[segment.*self]; };
        for (const ShapeLink &segment : graph.segments)
            m_first[segment.*self + 1] += counts(segment) ? 1U : 0U;
        for (std::size_t node = 0; node + 1 < m_first.size(); ++node)
            m_first[node + 1] += m_first[node];

        m_items.resize(m_first.back());
        std::vector<std::uint32_t> next(m_first.begin(), m_first.end() - 1);
        const Adjacency from(graph.row.size(), graph.segments, other);
        for (const std::uint32_t node : graph.order) {
            for (const std::uint32_t index : from.at(node)) {
                const ShapeLink &segment = graph.segments[index];
                if (counts(segment))
                    m_items[next[segment.*self]++] = node;
            }
        }
    }
    [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t node) const
    {
        return std::span(m_items).subspan(m_first[node], m_first[node + 1] - m_first[node]);
    }

private:
    std::vector<std::uint32_t> m_first;
    std::vector<std::uint32_t> m_items;
};

/// One of the four extreme placements: built from the top or the bottom, as far to the left or right as possible.
struct Pass
{
    bool fromBelow = false;
    bool fromRight = false;
};

class Columns
{
public:
    Columns(const Shape &shape, const RowGraph &graph)
        : m_shape(shape), m_graph(graph), m_above(graph, &ShapeLink::lower, &ShapeLink::upper),
          m_below(graph, &ShapeLink::upper, &ShapeLink::lower)
    {
    }

    std::vector<double> place(Pass pass)
    {
        align(pass);
        return compact(pass);
    }

private:
    [[nodiscard]] std::uint32_t nodeAt(std::size_t row, std::size_t index) const
    {
        return m_graph.order[m_graph.first[row] + index];
    }

    // Joins each node to the middle one of its neighbours; joined nodes are a block and get one x.
    void align(Pass pass)
    {
        const auto count = static_cast<std::uint32_t>(m_graph.row.size());
        m_root.resize(count);
        m_next.resize(count);
        for (std::uint32_t node = 0; node < count; ++node)
            m_root[node] = m_next[node] = node;
        for (std::size_t step = 1; step < m_graph.rows(); ++step) {
            const std::size_t row = pass.fromBelow ? m_graph.rows() - 1 - step : step;
            const std::size_t size = m_graph.rowSize(row);
            m_used = -1;
            for (std::size_t index = 0; index < size; ++index)
                alignNode(pass, nodeAt(row, pass.fromRight ? size - 1 - index : index));
        }
    }
    void alignNode(Pass pass, std::uint32_t node)
    {
        const auto items = pass.fromBelow ? m_below.of(node) : m_above.of(node);
        if (items.empty())
            return;
        const std::size_t low = (items.size() - 1) / 2;
        const std::size_t high = items.size() / 2;
        const std::array<std::size_t, 2> middles{pass.fromRight ? high : low, pass.fromRight ? low : high};
        for (const std::size_t middle : middles) {
            const std::uint32_t other = items[middle];
            const auto place = static_cast<std::int64_t>(m_graph.place[other]);
            const std::int64_t distance =
                pass.fromRight ? static_cast<std::int64_t>(m_graph.rowSize(m_graph.row[other])) - 1 - place : place;
            if (m_next[node] != node || distance <= m_used)
                continue;
            m_next[other] = node;
            m_root[node] = m_root[other];
            m_next[node] = m_root[node];
            m_used = distance;
        }
    }

    // The next node in the direction of the pass, or none.
    [[nodiscard]] std::uint32_t after(std::uint32_t node, bool leftwards) const
    {
        const std::size_t row = m_graph.row[node];
        const std::uint32_t place = m_graph.place[node];
        if (leftwards)
            return place == 0 ? kNone : nodeAt(row, place - 1);
        return place + 1 == m_graph.rowSize(row) ? kNone : nodeAt(row, place + 1);
    }
    [[nodiscard]] double distance(std::uint32_t a, std::uint32_t b) const
    {
        const bool inOrder = m_graph.place[a] < m_graph.place[b];
        const ShapeNode &left = m_shape.nodes[inOrder ? a : b];
        const ShapeNode &right = m_shape.nodes[inOrder ? b : a];
        return left.right + m_shape.spacing.column + right.left;
    }
    template <typename Visit>
    void forBlock(std::uint32_t root, Visit visit) const
    {
        std::uint32_t node = root;
        do {
            visit(node);
            node = m_next[node];
        } while (node != root);
    }

    // Blocks such that each comes after all that are before it in some row.
    [[nodiscard]] std::vector<std::uint32_t> blockOrder(Pass pass) const
    {
        const auto count = static_cast<std::uint32_t>(m_root.size());
        std::vector<std::uint32_t> waiting(count, 0);
        for (std::uint32_t node = 0; node < count; ++node)
            waiting[m_root[node]] += after(node, !pass.fromRight) == kNone ? 0U : 1U;
        std::vector<std::uint32_t> order;
        for (std::uint32_t node = 0; node < count; ++node) {
            if (m_root[node] == node && waiting[node] == 0)
                order.push_back(node);
        }
        for (std::size_t done = 0; done < order.size(); ++done) {
            forBlock(order[done], [&](std::uint32_t node) {
                const std::uint32_t next = after(node, pass.fromRight);
                if (next != kNone && --waiting[m_root[next]] == 0)
                    order.push_back(m_root[next]);
            });
        }
        return order;
    }

    // As far to the first side as possible, then back towards the other as far as nothing moves that need not.
    [[nodiscard]] std::vector<double> compact(Pass pass) const
    {
        const std::vector<std::uint32_t> order = blockOrder(pass);
        std::vector<double> x(m_root.size(), 0);
        for (const std::uint32_t root : order) {
            forBlock(root, [&](std::uint32_t node) {
                const std::uint32_t next = after(node, pass.fromRight);
                if (next != kNone)
                    x[m_root[next]] = std::max(x[m_root[next]], x[root] + distance(node, next));
            });
        }
        for (auto root = order.rbegin(); root != order.rend(); ++root) {
            double most = std::numeric_limits<double>::infinity();
            forBlock(*root, [&](std::uint32_t node) {
                const std::uint32_t next = after(node, pass.fromRight);
                if (next != kNone)
                    most = std::min(most, x[m_root[next]] - distance(node, next));
            });
            if (std::isfinite(most))
                x[*root] = std::max(x[*root], most);
        }
        for (std::uint32_t node = 0; node < x.size(); ++node) {
            if (m_root[node] != node)
                x[node] = x[m_root[node]];
        }
        if (pass.fromRight)
            std::for_each(x.begin(), x.end(), [](double &value) { value = -value; });
        return x;
    }

    const Shape &m_shape;
    const RowGraph &m_graph;
    Neighbours m_above;
    Neighbours m_below;
    std::vector<std::uint32_t> m_root; // of the block of each node
    std::vector<std::uint32_t> m_next; // in the block, a ring
    std::int64_t m_used = -1;          // the last neighbour joined to in this row, counted from the pass's side
};

struct Range
{
    double low = 0;
    double high = 0;
    [[nodiscard]] double width() const { return high - low; }
};

Range rangeOf(const std::vector<double> &x)
{
    const auto [low, high] = std::minmax_element(x.begin(), x.end());
    return {*low, *high};
}

} // namespace

std::vector<double> columnsOf(const Shape &shape, const RowGraph &graph)
{
    constexpr std::array<Pass, 4> kPasses{{{false, false}, {false, true}, {true, false}, {true, true}}};
    Columns columns(shape, graph);
    std::array<std::vector<double>, 4> found;
    std::array<Range, 4> ranges;
    std::size_t narrowest = 0;
    for (std::size_t pass = 0; pass < found.size(); ++pass) {
        found[pass] = columns.place(kPasses[pass]);
        ranges[pass] = rangeOf(found[pass]);
        if (ranges[pass].width() < ranges[narrowest].width())
            narrowest = pass;
    }
    const Range &best = ranges[narrowest];
    std::array<double, 4> shift{};
    for (std::size_t pass = 0; pass < found.size(); ++pass)
        shift[pass] = kPasses[pass].fromRight ? best.high - ranges[pass].high : best.low - ranges[pass].low;

    std::vector<double> x(graph.row.size());
    for (std::size_t node = 0; node < x.size(); ++node) {
        std::array<double, 4> values{};
        for (std::size_t pass = 0; pass < found.size(); ++pass)
            values[pass] = found[pass][node] + shift[pass];
        std::sort(values.begin(), values.end());
        x[node] = std::round((values[1] + values[2]) / 2);
    }
    return x;
}

} // namespace blockscope::layout
