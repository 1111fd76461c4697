// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What the layout is asked and what it answers. Plain values: no Graphviz type, no Qt type and no handle, so
/// both may outlive the call and cross threads.
///
/// Units: scene units, one scene unit being one point (1/72 inch).
/// Axes:  x to the right, y DOWN, origin at the drawing's top left corner.
/// Ids:   the caller's; every order that can be seen follows them.

#include <cstdint>
#include <vector>

namespace blockscope::layout {

struct Point
{
    double x = 0;
    double y = 0;
    bool operator==(const Point &) const = default;
};

/// One thing to place: a node, or a user of nodes.
struct Box
{
    std::uint32_t id = 0;
    double width = 0;
    double height = 0;
    bool folded = false; ///< a protocol leaf: wants to be beside its parent rather than below it
};

/// A line from a parent down to its child. Several between the same two boxes are several lines.
struct Link
{
    std::uint32_t id = 0;
    std::uint32_t parent = 0;
    std::uint32_t child = 0;
    bool chain = false; ///< backing or filtered: to be kept short and straight
};

/// Free space between things; multiples of 8 keep the picture on the grid.
struct Spacing
{
    double column = 32;    ///< between boxes side by side
    double row = 40;       ///< between rows
    double leaf = 24;      ///< between a box and the leaf folded beside it; half of it between such leaves
    double component = 64; ///< between parts that no link connects
    bool operator==(const Spacing &) const = default;
};

struct Request
{
    std::vector<Box> boxes;  ///< any order; of boxes with the same id one is kept
    std::vector<Link> links; ///< any order; cycles are fine; a link to an unknown box is left out
    Spacing spacing;
    std::uint32_t graphvizLimit = 300; ///< larger components, in boxes, are placed without Graphviz; 0: all of them
};

/// Where a box is: its top left corner and its size.
struct Placement
{
    std::uint32_t id = 0;
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    bool operator==(const Placement &) const = default;
};

/// How a link runs: cubic Bézier pieces, 3n + 1 points from the parent's border to the child's.
struct Route
{
    std::uint32_t id = 0;
    std::vector<Point> points;
    bool operator==(const Route &) const = default;
};

struct Result
{
    std::vector<Placement> boxes; ///< by id
    std::vector<Route> links;     ///< by id
    double width = 0;
    double height = 0;
    bool operator==(const Result &) const = default;
};

} // namespace blockscope::layout
