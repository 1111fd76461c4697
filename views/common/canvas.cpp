// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/common/canvas.h"

#include <algorithm>
#include <vector>

namespace blockscope::views {

Canvas::~Canvas() = default;

void Canvas::beginGroup(const QString &, const QString &)
{
}

void Canvas::endGroup()
{
}

void Canvas::line(QPointF from, QPointF to, const Pen &pen)
{
    const QLineF one(from, to);
    lines({&one, 1}, pen);
}

void Canvas::hatch(const QRectF &rect, double step, const Pen &pen)
{
    // A stroke is where x + y = sum, cut at the four sides.
    std::vector<QLineF> strokes;
    for (double offset = step / 2; offset < rect.width() + rect.height(); offset += step) {
        const double sum = rect.left() + rect.top() + offset;
        const double left = std::max(rect.left(), sum - rect.bottom());
        const double right = std::min(rect.right(), sum - rect.top());
        strokes.emplace_back(left, sum - left, right, sum - right);
    }
    lines(strokes, pen);
}

void Canvas::label(QPointF middle, const QString &label, double width, const TextLook &look)
{
    const QString shown = elided(label, width, look.size, look.bold);
    if (!shown.isEmpty())
        text(middle + QPointF(0, baselineDrop(look.size)), shown, look);
}

QRectF insidePen(const QRectF &rect, double width)
{
    const double half = width / 2;
    return rect.adjusted(half, half, -half, -half);
}

} // namespace blockscope::views
