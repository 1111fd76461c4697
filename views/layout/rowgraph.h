// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A shape cut in rows: links that cross rows are cut in segments by bends, which take room in the rows they pass,
/// so that no link runs through a box.

#include "views/layout/adjacency.h"

namespace blockscope::layout {

/// The bends of one link, numbered as nodes.
struct Bends
{
    std::uint32_t first = 0;
    std::uint32_t count = 0;
};

struct RowGraph
{
    std::size_t boxes = 0; ///< nodes below this number are the shape's, the others bends
    std::vector<ShapeNode> nodes;
    std::vector<std::uint32_t> row;   ///< of each node
    std::vector<ShapeLink> segments;  ///< each from one row to the next
    std::vector<Bends> bends;         ///< of each link of the shape
    std::vector<std::uint32_t> first; ///< where each row begins in order; one more than rows
    std::vector<std::uint32_t> order; ///< nodes row by row, from the left to the right
    std::vector<std::uint32_t> place; ///< of each node within its row

    [[nodiscard]] std::size_t rows() const { return first.size() - 1; }
    [[nodiscard]] std::size_t rowSize(std::size_t index) const { return first[index + 1] - first[index]; }
    [[nodiscard]] bool isBend(std::uint32_t node) const { return node >= boxes; }
};

/// Rows are ordered by a walk along the links, siblings by number: trees come out without crossings.
/// Links too long to be cut within a linear budget have no bends and no segments.
[[nodiscard]] RowGraph rowGraph(const Shape &shape, std::vector<std::uint32_t> rowOf);

} // namespace blockscope::layout
