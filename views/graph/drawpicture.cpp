// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/drawpicture.h"

#include "views/graph/drawcells.h"
#include "views/graph/drawframe.h"
#include "views/graph/drawnode.h"
#include "views/graph/glyphs.h"

#include <algorithm>

namespace blockscope::views {
namespace {

constexpr double kMediumFrom = 0.2;
constexpr double kFullFrom = 0.55;
constexpr double kFarPen = 4; // a hairline would vanish

Rgb farFill(const NodeFace &node, const Theme &theme)
{
    if (node.verdict == DragVerdict::Refused)
        return mixed(theme.surface, theme.refused, 0.4);
    if (node.verdict == DragVerdict::Granted)
        return mixed(theme.surface, theme.granted, 0.3);
    if (!node.finding.isEmpty())
        return theme.warning;
    return node.highlighted ? theme.halo : theme.surface;
}

/// Plain rectangles only: thousands of these are drawn at once.
void drawFar(Canvas &canvas, const NodeFace &node, const Theme &theme)
{
    const Pen outline = outlinePen(node, theme);
    const double pen = node.selected || outline.width > theme.thin ? 2 * kFarPen : kFarPen;
    canvas.rect(insidePen(node.rect, pen),
                {farFill(node, theme), {node.selected ? theme.accent : outline.color, pen, Dash::Solid}});
    if (node.protocol)
        return;
    const QRectF inner = node.rect.adjusted(16, 16, -16, -16);
    const double step = inner.width() / kActionCount;
    for (std::size_t i = 0; i < kActionCount; ++i) {
        if (node.cells[i].requireCount > 0)
            canvas.rect(QRectF(inner.left() + step * static_cast<double>(i), inner.top(), step, 40),
                        {theme.action[i], {}});
    }
    if (!node.jobs.empty()) {
        const double share = std::clamp(node.jobs.front().percent, 0, 100) / 100.0;
        canvas.rect(QRectF(inner.left(), inner.bottom() - 24, inner.width() * share, 24), {theme.progress, {}});
    }
}

} // namespace

Detail detailAt(double zoom)
{
    return zoom < kMediumFrom ? Detail::Far : zoom < kFullFrom ? Detail::Medium : Detail::Full;
}

void drawNode(Canvas &canvas, const NodeFace &node, const Theme &theme, Detail detail)
{
    if (detail == Detail::Far)
        drawFar(canvas, node, theme);
    else if (node.protocol)
        drawLeaf(canvas, node, theme, detail == Detail::Full);
    else
        drawBox(canvas, node, theme, detail == Detail::Full);
}

void drawUser(Canvas &canvas, const UserFace &user, const Theme &theme, Detail detail)
{
    const double radius = user.rect.height() / 2;
    const double pen = user.running ? theme.solid : theme.thin;
    if (detail == Detail::Far) {
        const Rgb line = user.selected ? theme.accent : theme.outlineHeld;
        return canvas.rect(insidePen(user.rect, kFarPen),
                           {user.highlighted ? theme.halo : theme.header, {line, kFarPen, Dash::Solid}});
    }
    drawBehind(canvas, user.rect, radius, user.selected, user.highlighted, theme);
    canvas.rect(insidePen(user.rect, pen),
                {theme.header, {user.running ? theme.outlineHeld : theme.outline, pen, Dash::Solid}}, radius - pen / 2);
    const double middle = user.rect.center().y();
    const double left = user.rect.left() + 38;
    // An export has no run state; its type needs the room.
    const bool isGuests = user.kind == UserKind::GuestDevice || user.kind == UserKind::Drive ||
                          user.kind == UserKind::OpenDrive || user.kind == UserKind::Job;
    const double room = user.rect.right() - (isGuests ? 34 : 12) - left;
    if (detail == Detail::Full)
        drawHost(canvas, user.rect, radius, user.host, theme);
    drawUserKind(canvas, {user.rect.left() + 22, middle}, user.kind, theme.text);
    if (isGuests && user.running)
        drawPlay(canvas, {user.rect.right() - 20, middle}, theme.text);
    else if (isGuests)
        drawPause(canvas, {user.rect.right() - 20, middle}, theme.textMuted);
    if (detail == Detail::Medium)
        return canvas.label({left, middle}, user.name, room, {theme.text, TextSize::Title, true, Anchor::Start});
    canvas.label({left, middle - 7}, user.name, room, {theme.text, TextSize::Body, true, Anchor::Start});
    canvas.label({left, middle + 8}, user.state, room, {theme.textMuted, TextSize::Small, false, Anchor::Start});
}

QRectF nodeBounds(const NodeFace &node)
{
    return node.rect.adjusted(-kBoxMargin, -kBoxMargin, kBoxMargin, kBoxMargin);
}

QRectF userBounds(const UserFace &user)
{
    return user.rect.adjusted(-kBoxMargin, -kBoxMargin, kBoxMargin, kBoxMargin);
}

bool isHeld(const NodeFace &node)
{
    return std::any_of(node.cells.begin(), node.cells.end(), [](const ActionCell &cell) { return cell.held; });
}

} // namespace blockscope::views
