// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Pieces that routes are made of.

#include "views/layout/layoutrequest.h"

#include <utility>

namespace blockscope::layout {

/// A cubic path that runs down. Straight pieces that continue each other become one.
class RouteBuilder
{
public:
    explicit RouteBuilder(Point start) : m_points{start} {}
    void lineTo(Point end);
    void curveTo(Point end); ///< leaves and arrives vertically
    [[nodiscard]] std::vector<Point> take() { return std::move(m_points); }

private:
    std::vector<Point> m_points;
    bool m_vertical = false; ///< the last piece is a vertical line
};

[[nodiscard]] std::vector<Point> straight(Point from, Point to);

/// From the right border of \a box out and back to it.
[[nodiscard]] std::vector<Point> selfLoop(const Placement &box, double reach);

/// Lengthens \a route by straight pieces so that it begins at height \a top and ends at height \a bottom.
void extend(std::vector<Point> &route, double top, double bottom);

} // namespace blockscope::layout
