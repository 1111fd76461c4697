// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Folds protocol leaves beside their parents: one box with its leaves is one node for the placement.

#include "views/layout/layoutgraph.h"
#include "views/layout/shape.h"

namespace blockscope::layout {

struct FoldedLeaf
{
    std::uint32_t box = 0;
    std::uint32_t host = 0;
    std::uint32_t link = 0;
    Point offset; ///< from the middle of the host to the leaf's top left corner
};

struct Folding
{
    std::vector<FoldedLeaf> leaves;
    std::vector<bool> foldedBox;    ///< for every box
    std::vector<bool> foldedLink;   ///< for every link
    std::vector<ShapeNode> extents; ///< for every box: with its leaves
};

[[nodiscard]] Folding fold(const LayoutGraph &graph);

} // namespace blockscope::layout
