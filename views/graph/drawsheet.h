// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once
/// \file
/// A whole picture on its page: title, graph, explanation and legend, none of them ever cropped. The page is as large
/// as they need.
///
/// Units: scene units; the page may begin left of or above 0. Thread: any. Needs no QGuiApplication for a SvgCanvas.

#include "views/common/canvas.h"
#include "views/common/theme.h"
#include "views/graph/picture.h"

namespace blockscope::views {

/// Where the parts are; empty rectangles for parts that the picture does not have.
struct Sheet
{
    QRectF page; ///< on whole multiples of 8
    QRectF title;
    QRectF graph;
    std::vector<QRectF> explanations; ///< of each of the picture's, in their order
    QRectF legend;
};

[[nodiscard]] Sheet arrangeSheet(const Picture &picture);

/// Draws what \a exposed shows of \a picture on \a sheet; not the background of the page.
void drawSheet(Canvas &canvas, const Picture &picture, const Sheet &sheet, const Theme &theme, const QRectF &exposed);

} // namespace blockscope::views
