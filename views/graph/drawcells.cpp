// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/drawcells.h"

#include "views/graph/glyphs.h"

#include <algorithm>
#include <cmath>

namespace blockscope::views {
namespace {

using namespace Qt::StringLiterals;

constexpr double kCellRadius = 2;
constexpr double kHatchStep = 4;

void drawLetters(Canvas &canvas, const QRectF &rect, const QString &letters, int count, TextLook look)
{
    if (count <= 1)
        return canvas.label(rect.center(), letters, rect.width(), look);
    const QString number = count > 999 ? u"999+"_s : QString::number(count);
    if (count > 99) // no room for both: the letters stand in the row below too
        return canvas.label(rect.center(), number, rect.width(), look);
    constexpr double kGap = 3;
    look.bold = count < 10;
    const double lettersWidth = textWidth(letters, look.size, look.bold);
    const double numberWidth = textWidth(number, look.size);
    const double left = rect.center().x() - (lettersWidth + kGap + numberWidth) / 2;
    look.anchor = Anchor::Start;
    canvas.label({left, rect.center().y()}, letters, lettersWidth + 1, look);
    look.bold = false;
    canvas.label({left + lettersWidth + kGap, rect.center().y()}, number, numberWidth + 1, look);
}

/// One column of the strip: what it shows, as a number that orders by weight.
int weight(const DataCell &cell)
{
    return cell.damaged ? 3 : static_cast<int>(cell.kind);
}

DataCell weightiest(std::span<const DataCell> cells)
{
    return *std::max_element(cells.begin(), cells.end(),
                             [](const DataCell &a, const DataCell &b) { return weight(a) < weight(b); });
}

bool looksSame(const DataCell &a, const DataCell &b)
{
    return weight(a) == weight(b) && (weight(a) != 2 || a.color % kValueColorCount == b.color % kValueColorCount);
}

void drawRun(Canvas &canvas, const QRectF &run, const DataCell &cell, const Theme &theme)
{
    if (cell.damaged) {
        canvas.rect(run, {theme.refused, {}});
        QPainterPath pointer(QPointF(run.center().x() - 4, run.top() - 6));
        pointer.lineTo(run.center().x() + 4, run.top() - 6);
        pointer.lineTo(run.center().x(), run.top() - 0.5);
        pointer.closeSubpath();
        canvas.path(pointer, {theme.refused, {}});
    } else if (cell.kind == DataCell::Kind::Zero) {
        canvas.rect(run.adjusted(0, run.height() / 2, 0, 0), {theme.zero, {}});
    } else if (cell.kind == DataCell::Kind::Value) {
        canvas.rect(run, {theme.value[cell.color % kValueColorCount], {}});
    }
}

} // namespace

CellLook requireLook(const ActionCell &cell)
{
    return cell.requireCount > 0 ? CellLook::Filled : CellLook::Empty;
}

CellLook allowLook(const ActionCell &cell)
{
    return !cell.held ? CellLook::Empty : cell.allowed ? CellLook::Filled : CellLook::Denied;
}

Rgb cellBackground(CellLook look, std::size_t action, const Theme &theme)
{
    return look == CellLook::Filled ? theme.action[action] : theme.surface;
}

Rgb cellInk(CellLook look, std::size_t action, const Theme &theme)
{
    switch (look) {
    case CellLook::Filled:
        return inkOn(theme.action[action]);
    case CellLook::Denied:
        return theme.text;
    case CellLook::Empty:
        break;
    }
    return theme.textMuted;
}

QString actionLetters(std::size_t action)
{
    const QString letters[kActionCount] = {u"MV"_s, u"MM"_s, u"GR"_s, u"RV"_s, u"RM"_s};
    return letters[action];
}

void drawCell(Canvas &canvas, const QRectF &rect, std::size_t action, CellLook look, int count, const Theme &theme)
{
    const QString letters = actionLetters(action);
    const Pen line{theme.actionLine[action], theme.thin, Dash::Solid};
    const TextLook text{cellInk(look, action, theme), TextSize::Small, look != CellLook::Empty, Anchor::Middle};
    if (look == CellLook::Filled) {
        canvas.rect(rect, {theme.action[action], {}}, kCellRadius);
    } else {
        const QRectF frame = insidePen(rect, line.width);
        if (look == CellLook::Denied) {
            // The letters stand on a plain plate: hatching behind them would make them hard to read.
            const double half = textWidth(letters, text.size, text.bold) / 2 + 2;
            const double middle = rect.center().x();
            canvas.hatch(QRectF(frame.topLeft(), QPointF(middle - half, frame.bottom())), kHatchStep, line);
            canvas.hatch(QRectF(QPointF(middle + half, frame.top()), frame.bottomRight()), kHatchStep, line);
        }
        canvas.rect(frame, {0, line}, kCellRadius);
    }
    drawLetters(canvas, rect, letters, count, text);
    if (look == CellLook::Denied)
        canvas.line({rect.left(), rect.center().y()}, {rect.right(), rect.center().y()},
                    {text.color, 1.2, Dash::Solid});
}

void drawPlainCell(Canvas &canvas, const QRectF &rect, std::size_t action, CellLook look, const Theme &theme)
{
    if (look == CellLook::Filled)
        return canvas.rect(rect, {theme.action[action], {}});
    const Pen line{theme.actionLine[action], theme.thin, Dash::Solid};
    canvas.rect(insidePen(rect, line.width), {0, line});
    if (look == CellLook::Denied)
        canvas.line(rect.bottomLeft(), rect.topRight(), line);
}

void drawClash(Canvas &canvas, const QRectF &rect, const Theme &theme)
{
    canvas.rect(rect.adjusted(-0.5, -0.5, 0.5, 0.5), {0, {theme.refused, theme.thick, Dash::Solid}}, kCellRadius);
    drawCrossBadge(canvas, rect.topRight() + QPointF(-0.5, 0.5), 5, theme);
}

void drawData(Canvas &canvas, const QRectF &rect, std::span<const DataCell> data, const Theme &theme)
{
    canvas.rect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), {theme.outline, {}});
    if (data.empty())
        return;
    const std::size_t columns = std::min(data.size(), static_cast<std::size_t>(rect.width()));
    const auto cellAt = [&](std::size_t column) {
        const std::size_t first = column * data.size() / columns;
        return weightiest(data.subspan(first, (column + 1) * data.size() / columns - first));
    };
    const auto edgeAt = [&](std::size_t column) {
        return rect.left() + std::round(static_cast<double>(column) * rect.width() / static_cast<double>(columns));
    };
    for (std::size_t begin = 0; begin < columns;) {
        const DataCell cell = cellAt(begin);
        std::size_t end = begin + 1;
        while (end < columns && looksSame(cell, cellAt(end)))
            ++end;
        drawRun(canvas, QRectF(edgeAt(begin), rect.top(), edgeAt(end) - edgeAt(begin), rect.height()), cell, theme);
        begin = end;
    }
}

} // namespace blockscope::views
