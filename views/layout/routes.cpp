// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/routes.h"

#include <utility>

namespace blockscope::layout {
namespace {

Point between(Point from, Point to, double share)
{
    return {from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share};
}

/// A cubic path that runs down. Straight pieces that continue each other become one.
class Path
{
public:
    explicit Path(Point start) : m_points{start} {}

    void lineTo(Point end)
    {
        if (end == m_points.back())
            return;
        const bool isVertical = end.x == m_points.back().x;
        if (isVertical && m_vertical)
            m_points.resize(m_points.size() - 3);
        appendLine(m_points, end);
        m_vertical = isVertical;
    }
    /// Leaves and arrives vertically.
    void curveTo(Point end)
    {
        const Point start = m_points.back();
        if (start.x == end.x)
            return lineTo(end);
        const double middle = (start.y + end.y) / 2;
        m_points.insert(m_points.end(), {{start.x, middle}, {end.x, middle}, end});
        m_vertical = false;
    }
    [[nodiscard]] std::vector<Point> take() { return std::move(m_points); }

private:
    std::vector<Point> m_points;
    bool m_vertical = false; // the last piece
};

} // namespace

std::vector<Point> routeDown(Point start, Point end, std::span<const Band> bands, std::optional<double> lane)
{
    Path path(start);
    path.lineTo({start.x, bands.front().bottom});
    if (lane) {
        path.curveTo({*lane, bands[1].top});
        path.lineTo({*lane, bands[bands.size() - 2].bottom});
    }
    path.curveTo({end.x, bands.back().top});
    path.lineTo(end);
    return path.take();
}

std::vector<Point> straight(Point from, Point to)
{
    return {from, between(from, to, 1.0 / 3), between(from, to, 2.0 / 3), to};
}

std::vector<Point> selfLoop(const Placement &box, double reach)
{
    const double right = box.x + box.width;
    const double top = box.y + box.height / 4;
    const double bottom = box.y + box.height * 3 / 4;
    return {{right, top}, {right + reach, top}, {right + reach, bottom}, {right, bottom}};
}

void appendLine(std::vector<Point> &route, Point end)
{
    const Point start = route.back();
    route.insert(route.end(), {between(start, end, 1.0 / 3), between(start, end, 2.0 / 3), end});
}

void appendCorner(std::vector<Point> &route, Point corner, Point end)
{
    constexpr double kRound = 0.55; // nearly a quarter of a circle
    const Point start = route.back();
    route.insert(route.end(), {between(start, corner, kRound), between(end, corner, kRound), end});
}

void extend(std::vector<Point> &route, double top, double bottom)
{
    if (route.front().y != top) {
        std::vector<Point> longer{{route.front().x, top}};
        appendLine(longer, route.front());
        longer.insert(longer.end(), route.begin() + 1, route.end());
        route = std::move(longer);
    }
    if (route.back().y != bottom)
        appendLine(route, {route.back().x, bottom});
}

} // namespace blockscope::layout
