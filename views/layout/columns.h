// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The x coordinate of each node of a row graph, after Brandes and Köpf, "Fast and Simple Horizontal Coordinate
/// Assignment" (2001): four extreme placements, each with the longest straight columns, and their average median.

#include "views/layout/rowgraph.h"

namespace blockscope::layout {

/// The anchor of each node. Neighbours in a row are at least \a gap apart.
[[nodiscard]] std::vector<double> columnsOf(const RowGraph &graph, double gap);

} // namespace blockscope::layout
