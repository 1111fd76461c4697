// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Our own layered placement, in time linear in the size of the graph (but for sorting) and without recursion: for
/// components that Graphviz would need seconds or minutes for.

#include "views/layout/shape.h"

namespace blockscope::layout {

/// REQUIRES: \a shape has no cycle and at least one node.
[[nodiscard]] Drawing placeLinear(const Shape &shape);

} // namespace blockscope::layout
