// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Splits a graph in its weakly connected components.

#include "views/layout/folding.h"

namespace blockscope::layout {

struct ComponentLink
{
    std::uint32_t link = 0;
    bool reversed = false; ///< the child is above: a cycle was broken here
};

struct Component
{
    Shape shape;
    std::vector<std::uint32_t> boxes; ///< index of the box of each node; ascending
    std::vector<ComponentLink> links; ///< of each link of the shape
};

/// Sorted by smallest id. Folded leaves and self loops are not in them.
[[nodiscard]] std::vector<Component> components(const LayoutGraph &graph, const Folding &folding);

} // namespace blockscope::layout
