// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The rows of a wrapped fan. In the middle they leave an aisle for the trunk, the line that goes on to the hub;
/// along each row runs a bus, a line that joins its pieces to the trunk.

#include "views/layout/routes.h"
#include "views/layout/shelves.h"

namespace blockscope::layout {

/// A piece as it is drawn. Its port is the point that its links to the hub go through, at the bottom of a piece above
/// the hub, at the top of one below.
struct PieceSize
{
    Size size;
    Point port;
};

/// Units as in the request; the origin is the block's top left corner.
struct FanBlock
{
    std::vector<Point> corners; ///< of each piece, in rows from the left to the right
    double aisle = 0;           ///< the x of the trunk
    Size size;
};

/// As many rows as make a screen of 16:10 show the block as large as possible. \a isAbove: the hub is below it.
[[nodiscard]] FanBlock fanBlock(std::span<const PieceSize> pieces, const Spacing &spacing, bool isAbove);

/// Lengthens \a route, which ends at a port, along the bus and down the trunk to \a end, the bottom of the aisle.
void appendBus(std::vector<Point> &route, Point end);

/// Lengthens \a route, which ends at the top of the aisle, down the trunk and along the bus to \a port.
void appendTrunk(std::vector<Point> &route, Point port);

} // namespace blockscope::layout
