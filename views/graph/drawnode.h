// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once
/// \file
/// The two shapes of a node at Detail::Full and Detail::Medium; drawNode() chooses. Also their parts, for the legend.

#include "views/common/canvas.h"
#include "views/common/theme.h"
#include "views/graph/picture.h"

namespace blockscope::views {

void drawBox(Canvas &canvas, const NodeFace &node, const Theme &theme, bool isFull);
void drawLeaf(Canvas &canvas, const NodeFace &node, const Theme &theme, bool isFull);

/// \a percent of \a rect, hatched while paused.
void drawProgress(Canvas &canvas, const QRectF &rect, int percent, JobLook look, const Theme &theme);

} // namespace blockscope::views
