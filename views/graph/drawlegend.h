// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once
/// \file
/// The legend: a sample and its meaning for what a picture shows, and for nothing that it does not show.
///
/// Units: scene units. Thread: any.

#include "views/common/canvas.h"
#include "views/common/theme.h"
#include "views/graph/picture.h"

namespace blockscope::views {

/// Room the legend of \a picture takes: its groups side by side, or on top of each other.
[[nodiscard]] QSizeF legendSize(const Picture &picture, bool sideBySide);

void drawLegend(Canvas &canvas, QPointF corner, const Picture &picture, bool sideBySide, const Theme &theme);

} // namespace blockscope::views
