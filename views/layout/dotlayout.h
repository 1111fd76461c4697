// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Layered placement by Graphviz "dot", in the process.

#include "views/layout/shape.h"

#include <optional>

namespace blockscope::layout {

/// Nothing when Graphviz fails. Equal shapes give equal drawings.
/// REQUIRES: \a shape has no cycle and at least one node.
///
/// Time: grows with the square to the cube of the nodes; cannot be cancelled. Thread: any, calls wait for each other.
[[nodiscard]] std::optional<Drawing> placeWithDot(const Shape &shape);

} // namespace blockscope::layout
