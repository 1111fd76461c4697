// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A shape in rows: the order of the nodes in each.

#include "views/layout/adjacency.h"

namespace blockscope::layout {

struct RowGraph
{
    std::vector<ShapeLink> segments;  ///< the links from one row to the next
    std::vector<std::uint32_t> row;   ///< of each node
    std::vector<std::uint32_t> first; ///< where each row begins in order; one more than rows
    std::vector<std::uint32_t> order; ///< nodes row by row, from the left to the right
    std::vector<std::uint32_t> place; ///< of each node within its row

    [[nodiscard]] std::size_t rows() const { return first.size() - 1; }
    [[nodiscard]] std::size_t rowSize(std::size_t index) const { return first[index + 1] - first[index]; }
};

/// Rows are ordered by a walk along the links, siblings by number: trees come out without crossings.
/// \a rowOf has the row of each node, none of them empty.
[[nodiscard]] RowGraph rowGraph(const Shape &shape, std::vector<std::uint32_t> rowOf);

} // namespace blockscope::layout
