// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once
/// \file
/// The small signs of the picture, drawn from shapes so that they look the same in every format. Each is about 12
/// units wide and stands on its middle.

#include "views/common/canvas.h"
#include "views/common/theme.h"
#include "views/graph/picture.h"

namespace blockscope::views {

inline constexpr double kGlyphSize = 12;

void drawLock(Canvas &canvas, QPointF middle, Rgb color);
void drawFunnel(Canvas &canvas, QPointF middle, Rgb color);
void drawWarning(Canvas &canvas, QPointF middle, const Theme &theme);
/// A sign with a bar in it: an access was stopped here.
void drawStopped(Canvas &canvas, QPointF middle, const Theme &theme);
void drawFinding(Canvas &canvas, QPointF middle, bool isStopped, const Theme &theme);
void drawPlay(Canvas &canvas, QPointF middle, Rgb color);
void drawPause(Canvas &canvas, QPointF middle, Rgb color);
void drawUserKind(Canvas &canvas, QPointF middle, UserKind kind, Rgb color);

/// A disc with a cross or a tick, \a radius wide, edged with the background so that it stands off what it covers.
void drawCrossBadge(Canvas &canvas, QPointF middle, double radius, const Theme &theme);
void drawTickBadge(Canvas &canvas, QPointF middle, double radius, const Theme &theme);

} // namespace blockscope::views
