// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// How links run between boxes that are placed in rows, whoever placed them: curves between neighbouring rows, and
/// straight lanes beside the boxes where they pass a row. No link runs through a box.

#include "views/layout/shape.h"

namespace blockscope::layout {

/// The drawing of \a shape with its nodes at \a anchors; nodes at the same height are one row, and no row reaches
/// into another. In graphs with very many long links the longest of them take the direct way, behind the boxes.
[[nodiscard]] Drawing drawingAt(const Shape &shape, std::vector<Point> anchors);

} // namespace blockscope::layout
