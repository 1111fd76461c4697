// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Where links that pass rows go down: straight lanes beside the boxes.

#include "views/layout/shape.h"

#include <optional>

namespace blockscope::layout {

/// For each link of \a shape the x of its lane, if it passes rows. Lanes keep off boxes and, in the rows they share,
/// off each other; otherwise they are where the way is shortest. \a row is that of each node, 0 being the top.
/// Works within a budget that is linear in the nodes, the shortest links first: the rest gets no lane.
[[nodiscard]] std::vector<std::optional<double>> lanesFor(const Shape &shape, const std::vector<Point> &anchors,
                                                          const std::vector<std::uint32_t> &row, std::size_t rows);

} // namespace blockscope::layout
