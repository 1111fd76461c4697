// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/lanes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace blockscope::layout {
namespace {

constexpr std::size_t kBudgetANode = 100;

struct Interval
{
    double low = 0;
    double high = 0;
    auto operator<=>(const Interval &) const = default;
};

class Lanes
{
public:
    Lanes(const Shape &shape, const std::vector<Point> &anchors, const std::vector<std::uint32_t> &rowOf,
          std::size_t rows)
        : m_distance(shape.spacing.column / 4), m_taken(rows), m_budget(kBudgetANode * shape.nodes.size())
    {
        for (std::size_t node = 0; node < anchors.size(); ++node) {
            const double x = anchors[node].x;
            m_taken[rowOf[node]].push_back(
                {x - shape.nodes[node].left - m_distance, x + shape.nodes[node].right + m_distance});
        }
    }

    /// Takes the lane with the shortest way from \a from to \a to through the rows from \a first to \a last.
    std::optional<double> take(std::uint32_t first, std::uint32_t last, double from, double to)
    {
        std::vector<Interval> taken;
        for (std::uint32_t row = first; row <= last; ++row) {
            const std::size_t cost = m_taken[row].size() + 1;
            if (cost > m_budget)
                return std::nullopt;
            m_budget -= cost;
            taken.insert(taken.end(), m_taken[row].begin(), m_taken[row].end());
        }
        std::sort(taken.begin(), taken.end());
        const double lane = shortest(taken, from, to);
        for (std::uint32_t row = first; row <= last; ++row)
            m_taken[row].push_back({lane - m_distance, lane + m_distance});
        return lane;
    }

private:
    // In each free space the best lane is the one nearest to where the link comes from or goes to.
    static double shortest(const std::vector<Interval> &taken, double from, double to)
    {
        constexpr double kInfinity = std::numeric_limits<double>::infinity();
        const auto cost = [&](double x) {
            return std::tuple(std::abs(x - from) + std::abs(x - to), std::abs(x - from), x);
        };
        double best = kInfinity;
        double low = -kInfinity;
        const auto tryUpTo = [&](double high) {
            if (low > high)
                return;
            for (const double wish : {from, to}) {
                const double x = std::clamp(wish, low, high);
                if (std::isinf(best) || cost(x) < cost(best))
                    best = x;
            }
        };
        for (const Interval &interval : taken) {
            tryUpTo(interval.low);
            low = std::max(low, interval.high);
        }
        tryUpTo(kInfinity);
        return best;
    }

    double m_distance;
    std::vector<std::vector<Interval>> m_taken; // in each row
    std::size_t m_budget;                       // of intervals looked at
};

} // namespace

std::vector<std::optional<double>> lanesFor(const Shape &shape, const std::vector<Point> &anchors,
                                            const std::vector<std::uint32_t> &row, std::size_t rows)
{
    const auto length = [&](std::uint32_t link) { return row[shape.links[link].lower] - row[shape.links[link].upper]; };
    std::vector<std::uint32_t> longOnes;
    for (std::uint32_t link = 0; link < shape.links.size(); ++link) {
        if (length(link) > 1)
            longOnes.push_back(link);
    }
    std::vector<std::optional<double>> found(shape.links.size());
    if (longOnes.empty())
        return found;

    // Short ones first: they get the inner lanes, and the longer ones go round them.
    std::stable_sort(longOnes.begin(), longOnes.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return length(a) < length(b); });
    Lanes lanes(shape, anchors, row, rows);
    for (const std::uint32_t link : longOnes) {
        const ShapeLink &ends = shape.links[link];
        found[link] =
            lanes.take(row[ends.upper] + 1, row[ends.lower] - 1, anchors[ends.upper].x, anchors[ends.lower].x);
    }
    return found;
}

} // namespace blockscope::layout
