// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Pieces that routes are made of.

#include "views/layout/layoutrequest.h"

#include <optional>
#include <span>

namespace blockscope::layout {

/// The space of one row: no box of another row reaches into it.
struct Band
{
    double top = 0;
    double bottom = 0;
};

/// From \a start, at the bottom of a box, to \a end, at the top of another. \a bands are the rows from the one of
/// the first box to that of the second; those between are passed straight at \a lane, if there is one.
[[nodiscard]] std::vector<Point> routeDown(Point start, Point end, std::span<const Band> bands,
                                           std::optional<double> lane);

[[nodiscard]] std::vector<Point> straight(Point from, Point to);

/// From the right border of \a box out and back to it.
[[nodiscard]] std::vector<Point> selfLoop(const Placement &box, double reach);

/// Lengthens \a route by a straight piece to \a end.
void appendLine(std::vector<Point> &route, Point end);

/// Lengthens \a route to \a end, rounding \a corner.
void appendCorner(std::vector<Point> &route, Point corner, Point end);

/// Lengthens \a route by straight pieces so that it begins at height \a top and ends at height \a bottom.
void extend(std::vector<Point> &route, double top, double bottom);

} // namespace blockscope::layout
