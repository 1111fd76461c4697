// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The x coordinate of each node, after Brandes and Köpf, "Fast and Simple Horizontal Coordinate
/// Assignment" (2001): four extreme placements, each with the longest straight columns, and their average median.

#include "views/layout/rowgraph.h"

namespace blockscope::layout {

/// The anchor of each node.
[[nodiscard]] std::vector<double> columnsOf(const Shape &shape, const RowGraph &graph);

} // namespace blockscope::layout
