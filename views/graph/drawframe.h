// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once
/// \file
/// The parts of a node's drawing that tell its state and are the same for a box and a leaf: what lies behind it, its
/// outline, and what hangs over its border.

#include "views/common/canvas.h"
#include "views/common/theme.h"
#include "views/graph/picture.h"

namespace blockscope::views {

/// Ring and halo behind a box.
void drawBehind(Canvas &canvas, const QRectF &rect, double radius, bool selected, bool highlighted, const Theme &theme);

/// Thin when idle, solid when held, double when refused, dashed when obsolete, dotted when inactive or greyed.
[[nodiscard]] Pen outlinePen(const NodeFace &node, const Theme &theme);
void drawOutline(Canvas &canvas, const NodeFace &node, double radius, const Theme &theme);

/// On the lower edge: the plate with the reason of the verdict or the finding at the left, the tags at the right.
void drawPlateAndTags(Canvas &canvas, const NodeFace &node, const Theme &theme);

/// The name of another process on the upper edge, \a inset from the left. Nothing for the first one.
void drawHost(Canvas &canvas, const QRectF &box, double inset, const QString &host, const Theme &theme);
/// The mark along the left side by which one sees from further away what belongs to another process.
void drawSpine(Canvas &canvas, const QRectF &box, double radius, const QString &host, const Theme &theme);

/// The badge of the verdict, \a radius wide.
void drawVerdict(Canvas &canvas, const NodeFace &node, double radius, const Theme &theme);

} // namespace blockscope::views
