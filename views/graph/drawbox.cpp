// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/drawcells.h"
#include "views/graph/drawframe.h"
#include "views/graph/drawnode.h"
#include "views/graph/glyphs.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace blockscope::views {
namespace {

struct NodeText
{
    Q_DECLARE_TR_FUNCTIONS(Node)
};

// All from the top left corner of a box of nodeSize(). The cells and the data share one column of 192 units: 64
// clusters are 3 units each.
constexpr double kRadius = 6;
constexpr double kFilterRadius = 16;
constexpr double kPadding = 8;
constexpr double kHeaderHeight = 28;
constexpr double kCellsLeft = 56;
constexpr double kCellWidth = 36;
constexpr double kCellHeight = 16;
constexpr double kCellStep = 39;
constexpr double kRequireTop = 34;
constexpr double kAllowTop = 56;
constexpr double kDataTop = 80;
constexpr double kDataHeight = 8;
constexpr double kFootMiddle = 99;
constexpr double kBarTop = 107;
constexpr double kBarHeight = 4;
constexpr double kBadgeRadius = 9;
constexpr double kLargeBadgeRadius = 11;

QPointF at(const NodeFace &node, double x, double y)
{
    return node.rect.topLeft() + QPointF(x, y);
}

QRectF cellRect(const NodeFace &node, std::size_t action, double top)
{
    return {at(node, kCellsLeft + kCellStep * static_cast<double>(action), top), QSizeF(kCellWidth, kCellHeight)};
}

TextLook textLook(Rgb color, TextSize size = TextSize::Small, bool bold = false, Anchor anchor = Anchor::Start)
{
    return {color, size, bold, anchor};
}

bool isFaded(const NodeFace &node)
{
    return node.obsolete || node.inactive || node.greyed;
}

QPainterPath headerPath(const QRectF &rect, double radius)
{
    const double curve = radius * 0.4477; // what a quarter circle leaves to its corner
    QPainterPath path(QPointF(rect.left(), rect.top() + kHeaderHeight));
    path.lineTo(rect.left(), rect.top() + radius);
    path.cubicTo(rect.left(), rect.top() + curve, rect.left() + curve, rect.top(), rect.left() + radius, rect.top());
    path.lineTo(rect.right() - radius, rect.top());
    path.cubicTo(rect.right() - curve, rect.top(), rect.right(), rect.top() + curve, rect.right(), rect.top() + radius);
    path.lineTo(rect.right(), rect.top() + kHeaderHeight);
    path.closeSubpath();
    return path;
}

/// Draws the signs before \a right, and returns where they begin.
double drawSigns(Canvas &canvas, const NodeFace &node, double right, const Theme &theme)
{
    const double middle = node.rect.top() + kHeaderHeight / 2 + 0.5;
    constexpr double kStep = kGlyphSize + 4;
    const auto next = [&right, middle] {
        return QPointF(std::exchange(right, right - kStep) - kGlyphSize / 2, middle);
    };
    if (node.readOnly)
        drawLock(canvas, next(), theme.textMuted);
    if (node.filter)
        drawFunnel(canvas, next(), theme.textMuted);
    if (!node.finding.isEmpty())
        drawFinding(canvas, next(), node.stopped, theme);
    return right;
}

void drawHeader(Canvas &canvas, const NodeFace &node, const Theme &theme)
{
    constexpr double kDriverRoom = 96;
    const double middle = kHeaderHeight / 2 + 0.5;
    const QString driver = elided(node.driver, kDriverRoom, TextSize::Small);
    const double driverLeft = nodeSize().width() - kPadding - textWidth(driver, TextSize::Small);
    canvas.label(at(node, nodeSize().width() - kPadding, middle), driver, kDriverRoom,
                 textLook(theme.textMuted, TextSize::Small, false, Anchor::End));
    const double right = drawSigns(canvas, node, node.rect.left() + driverLeft - 6, theme);
    canvas.label(at(node, kPadding, middle), node.name, right - node.rect.left() - kPadding - 2,
                 textLook(isFaded(node) ? theme.textMuted : theme.text, TextSize::Body, true));
}

/// The name alone, for a view from further away.
void drawLargeName(Canvas &canvas, const NodeFace &node, const Theme &theme)
{
    double right = nodeSize().width() - kPadding;
    if (!node.finding.isEmpty()) {
        right -= kGlyphSize + 4;
        drawFinding(canvas, at(node, right + kGlyphSize / 2 + 2, kHeaderHeight / 2 + 1), node.stopped, theme);
    }
    canvas.label(at(node, kPadding, kHeaderHeight / 2 + 1), node.name, right - kPadding,
                 textLook(isFaded(node) ? theme.textMuted : theme.text, TextSize::Title, true));
}

void drawRows(Canvas &canvas, const NodeFace &node, const Theme &theme)
{
    constexpr double kRoom = kCellsLeft - kPadding - 2;
    const TextLook look = textLook(theme.textMuted);
    canvas.label(at(node, kPadding, kRequireTop + kCellHeight / 2), NodeText::tr("Require"), kRoom, look);
    canvas.label(at(node, kPadding, kAllowTop + kCellHeight / 2), NodeText::tr("Allow"), kRoom, look);
    canvas.label(at(node, kPadding, kDataTop + kDataHeight / 2), NodeText::tr("Data"), kRoom, look);
    for (std::size_t i = 0; i < kActionCount; ++i) {
        const ActionCell &cell = node.cells[i];
        drawCell(canvas, cellRect(node, i, kRequireTop), i, requireLook(cell), cell.requireCount, theme);
        drawCell(canvas, cellRect(node, i, kAllowTop), i, allowLook(cell), 0, theme);
    }
}

void drawPlainRows(Canvas &canvas, const NodeFace &node, const Theme &theme)
{
    for (std::size_t i = 0; i < kActionCount; ++i) {
        drawPlainCell(canvas, cellRect(node, i, kRequireTop), i, requireLook(node.cells[i]), theme);
        drawPlainCell(canvas, cellRect(node, i, kAllowTop), i, allowLook(node.cells[i]), theme);
    }
}

void drawClashes(Canvas &canvas, const NodeFace &node, const Theme &theme)
{
    for (std::size_t i = 0; i < kActionCount; ++i) {
        if (node.cells[i].clashRequire)
            drawClash(canvas, cellRect(node, i, kRequireTop), theme);
        if (node.cells[i].clashAllow)
            drawClash(canvas, cellRect(node, i, kAllowTop), theme);
    }
}

QString progressText(const JobMark &job, std::size_t others)
{
    QString text = job.look == JobLook::Ready || job.look == JobLook::Failed ? job.status
                   : job.look == JobLook::Paused ? NodeText::tr("%1 %2 %").arg(job.status).arg(job.percent)
                                                 : NodeText::tr("%1 %").arg(job.percent);
    if (others > 0)
        text += QLatin1String("  +") + QString::number(others);
    return text;
}

void drawJobText(Canvas &canvas, const NodeFace &node, const Theme &theme)
{
    const JobMark &job = node.jobs.front();
    const QString progress = progressText(job, node.jobs.size() - 1);
    const double right = nodeSize().width() - kPadding;
    constexpr double kProgressRoom = 88;
    constexpr double kGap = 6;
    canvas.label(
        at(node, right, kFootMiddle), progress, kProgressRoom,
        textLook(job.look == JobLook::Failed ? theme.refused : theme.text, TextSize::Small, false, Anchor::End));
    const double end = right - std::min(textWidth(progress, TextSize::Small), kProgressRoom) - kGap;
    double x = kPadding;
    const auto add = [&](const QString &text, Rgb color, bool bold) {
        const QString shown = elided(text, end - x, TextSize::Small, bold);
        canvas.label(at(node, x, kFootMiddle), shown, end - x, textLook(color, TextSize::Small, bold));
        x += textWidth(shown, TextSize::Small, bold) + kGap;
    };
    add(job.id, theme.text, true);
    add(job.type, theme.text, false);
    add(job.role, theme.textMuted, false);
}

void drawFoot(Canvas &canvas, const NodeFace &node, const Theme &theme, bool isFull)
{
    const double width = nodeSize().width() - 2 * kPadding;
    if (node.jobs.empty()) {
        if (isFull)
            canvas.label(at(node, kPadding, kFootMiddle + 3), node.detail, width, textLook(theme.textMuted));
        return;
    }
    const double height = isFull ? kBarHeight : 3 * kBarHeight;
    const QRectF bar(at(node, kPadding, kBarTop + kBarHeight - height), QSizeF(width, height));
    drawProgress(canvas, bar, node.jobs.front().percent, node.jobs.front().look, theme);
    if (isFull)
        drawJobText(canvas, node, theme);
}

} // namespace

void drawProgress(Canvas &canvas, const QRectF &rect, int percent, JobLook look, const Theme &theme)
{
    const Rgb color = look == JobLook::Failed ? theme.refused : look == JobLook::Ready ? theme.granted : theme.progress;
    const double radius = std::min(2.0, rect.height() / 2);
    QRectF done = rect;
    done.setWidth(look == JobLook::Ready ? rect.width() : rect.width() * std::clamp(percent, 0, 100) / 100);
    canvas.rect(rect, {theme.track, {}}, radius);
    if (look == JobLook::Paused)
        canvas.hatch(done, 4, {color, 1.5, Dash::Solid});
    else if (done.width() > 0)
        canvas.rect(done, {color, {}}, std::min(radius, done.width() / 2));
}

void drawBox(Canvas &canvas, const NodeFace &node, const Theme &theme, bool isFull)
{
    const double radius = node.filter ? kFilterRadius : kRadius;
    const QRectF data(at(node, kCellsLeft, kDataTop), QSizeF(4 * kCellStep + kCellWidth, kDataHeight));
    drawBehind(canvas, node.rect, radius, node.selected, node.highlighted, theme);
    canvas.rect(insidePen(node.rect, 1), {theme.surface, {}}, radius);
    canvas.path(headerPath(insidePen(node.rect, 1), radius), {isFaded(node) ? theme.surface : theme.header, {}});
    drawOutline(canvas, node, radius, theme);
    drawSpine(canvas, node.rect, radius, node.host, theme);
    if (isFull) {
        drawHeader(canvas, node, theme);
        drawRows(canvas, node, theme);
    } else {
        drawLargeName(canvas, node, theme);
        drawPlainRows(canvas, node, theme);
    }
    drawData(canvas, data, node.data, theme);
    drawFoot(canvas, node, theme, isFull);
    drawClashes(canvas, node, theme);
    if (isFull) {
        drawHost(canvas, node.rect, 8, node.host, theme);
        drawPlateAndTags(canvas, node, theme);
    }
    drawVerdict(canvas, node, isFull ? kBadgeRadius : kLargeBadgeRadius, theme);
}

} // namespace blockscope::views
