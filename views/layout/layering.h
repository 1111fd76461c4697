// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Which row each node goes to.

#include "views/layout/adjacency.h"

namespace blockscope::layout {

/// Nodes in an order in which every link goes forward. REQUIRES: no cycle.
[[nodiscard]] std::vector<std::uint32_t> topologicalOrder(const Shape &shape, const Adjacency &down);

/// The row of each node, 0 being the top: the longest way from a node without parents, then moved down as far as
/// that shortens its links (a user of a base is just above the base, not at the top of the picture).
[[nodiscard]] std::vector<std::uint32_t> layersOf(const Shape &shape);

} // namespace blockscope::layout
