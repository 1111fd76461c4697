// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/drawcells.h"
#include "views/graph/drawframe.h"
#include "views/graph/drawnode.h"
#include "views/graph/drawpicture.h"
#include "views/graph/glyphs.h"

namespace blockscope::views {
namespace {

constexpr double kPadding = 8;
constexpr double kBadgeRadius = 9;
constexpr double kFold = 12;
constexpr double kCell = 8;
constexpr double kCellStep = 10;
constexpr double kRequireTop = 22;
constexpr double kAllowTop = 32;
constexpr double kNameMiddle = 13;
constexpr double kDriverMiddle = 31;
constexpr double kCellsWidth = 4 * kCellStep + kCell;

QPainterPath sheetPath(const QRectF &rect)
{
    QPainterPath path(rect.topLeft());
    path.lineTo(rect.right() - kFold, rect.top());
    path.lineTo(rect.right(), rect.top() + kFold);
    path.lineTo(rect.bottomRight());
    path.lineTo(rect.bottomLeft());
    path.closeSubpath();
    return path;
}

void drawFold(Canvas &canvas, const QRectF &rect, const Pen &pen, const Theme &theme)
{
    QPainterPath fold(QPointF(rect.right() - kFold, rect.top()));
    fold.lineTo(rect.right() - kFold, rect.top() + kFold);
    fold.lineTo(rect.right(), rect.top() + kFold);
    fold.closeSubpath();
    canvas.path(fold, {theme.header, pen});
}

void drawSheet(Canvas &canvas, const NodeFace &node, const Theme &theme)
{
    const Pen pen = outlinePen(node, theme);
    const QRectF rect = insidePen(node.rect, pen.width);
    drawBehind(canvas, node.rect, 2, node.selected, node.highlighted, theme);
    canvas.path(sheetPath(rect), {theme.surface, pen});
    if (node.verdict == DragVerdict::Refused) {
        const double inset = pen.width + 2;
        canvas.path(sheetPath(rect.adjusted(inset, inset, -inset, -inset)),
                    {theme.surface, {theme.refused, theme.thin, Dash::Solid}});
    }
    drawFold(canvas, rect, {pen.color, theme.thin, Dash::Solid}, theme);
}

void drawCells(Canvas &canvas, const NodeFace &node, const Theme &theme)
{
    const QPointF first(node.rect.right() - kPadding - kCellsWidth, node.rect.top());
    const auto rect = [&first](std::size_t action, double top) {
        return QRectF(first + QPointF(kCellStep * static_cast<double>(action), top), QSizeF(kCell, kCell));
    };
    const Pen frame{theme.refused, theme.solid, Dash::Solid};
    for (std::size_t i = 0; i < kActionCount; ++i) {
        const ActionCell &cell = node.cells[i];
        drawPlainCell(canvas, rect(i, kRequireTop), i, requireLook(cell), theme);
        drawPlainCell(canvas, rect(i, kAllowTop), i, allowLook(cell), theme);
        if (cell.clashRequire)
            canvas.rect(rect(i, kRequireTop), {0, frame});
        if (cell.clashAllow)
            canvas.rect(rect(i, kAllowTop), {0, frame});
    }
}

void drawText(Canvas &canvas, const NodeFace &node, const Theme &theme)
{
    const QPointF corner = node.rect.topLeft();
    const Rgb ink = node.obsolete || node.inactive || node.greyed ? theme.textMuted : theme.text;
    double right = node.rect.width() - kFold - 6;
    const auto sign = [&] {
        right -= kGlyphSize + 3;
        return corner + QPointF(right + kGlyphSize / 2 + 3, kNameMiddle);
    };
    if (node.readOnly)
        drawLock(canvas, sign(), theme.textMuted);
    if (!node.finding.isEmpty())
        drawFinding(canvas, sign(), node.stopped, theme);
    canvas.label(corner + QPointF(kPadding, kNameMiddle), node.name, right - kPadding,
                 {ink, TextSize::Small, true, Anchor::Start});
    canvas.label(corner + QPointF(kPadding, kDriverMiddle), node.driver,
                 node.rect.width() - 2 * kPadding - kCellsWidth - 6,
                 {theme.textMuted, TextSize::Small, false, Anchor::Start});
}

} // namespace

void drawLeaf(Canvas &canvas, const NodeFace &node, const Theme &theme, bool isFull)
{
    drawSheet(canvas, node, theme);
    drawSpine(canvas, node.rect, 2, node.host, theme);
    drawCells(canvas, node, theme);
    if (!node.jobs.empty())
        drawProgress(canvas, QRectF(node.rect.left() + 4, node.rect.bottom() - 5, node.rect.width() - 8, 2),
                     node.jobs.front().percent, node.jobs.front().look, theme);
    if (isFull) {
        drawText(canvas, node, theme);
        drawHost(canvas, node.rect, 4, node.host, theme);
        drawPlateAndTags(canvas, node, theme);
    } else {
        canvas.label(node.rect.topLeft() + QPointF(kPadding, kNameMiddle), node.name,
                     node.rect.width() - kPadding - kFold - 4, {theme.text, TextSize::Body, true, Anchor::Start});
    }
    drawVerdict(canvas, node, kBadgeRadius, theme);
}

} // namespace blockscope::views
