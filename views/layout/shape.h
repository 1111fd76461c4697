// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// One component as the placement algorithms see it: no ids, only numbers from 0 in the order of ids, so that equal
/// components are equal values and need to be placed once.

#include "views/layout/layoutrequest.h"

#include <limits>

namespace blockscope::layout {

/// No box, node or link: what an index is before it is known.
inline constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

/// A box with what is folded beside it. Its anchor, which the links go to, is the middle of the box.
struct ShapeNode
{
    double left = 0;   ///< from the anchor to the left border
    double right = 0;  ///< from the anchor to the right border, leaves included
    double height = 0; ///< the anchor is in the middle of it
    bool operator==(const ShapeNode &) const = default;
};

struct ShapeLink
{
    std::uint32_t upper = 0;
    std::uint32_t lower = 0;
    bool chain = false;
    bool operator==(const ShapeLink &) const = default;
};

/// Connected, without cycles and self loops, links sorted by (upper, lower, chain).
struct Shape
{
    std::vector<ShapeNode> nodes;
    std::vector<ShapeLink> links;
    Spacing spacing;
    bool operator==(const Shape &) const = default;
};

/// A placed shape; its origin is the top left of all it contains.
struct Drawing
{
    std::vector<Point> anchors; ///< one a node
    std::vector<std::vector<Point>>
        routes; ///< one a link: cubic pieces, from the upper node's bottom to the lower's top
    double width = 0;
    double height = 0;
};

/// Moves \a drawing of \a shape to its origin and measures it.
void settle(Drawing &drawing, const Shape &shape);

} // namespace blockscope::layout
