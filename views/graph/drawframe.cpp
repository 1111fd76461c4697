// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/drawframe.h"

#include "views/graph/drawpicture.h"
#include "views/graph/glyphs.h"

#include <algorithm>

namespace blockscope::views {
namespace {

constexpr double kHaloReach = 6;
constexpr double kRingReach = 4;
constexpr double kPlateHeight = 16;
constexpr double kPlatePadding = 6;
constexpr double kPlateInset = 8;
constexpr double kTagGap = 4;
constexpr double kMinimumTag = 40; // less cannot be read
constexpr double kTagShare = 0.45; // of the edge, beside a plate
constexpr double kSpineWidth = 4;

/// \a text in a rounded frame at \a corner, not wider than \a room.
void drawLabelled(Canvas &canvas, QPointF corner, double room, const QString &text, Rgb ink, const Look &look)
{
    const QString shown = elided(text, room - 2 * kPlatePadding, TextSize::Small);
    const double width = textWidth(shown, TextSize::Small) + 2 * kPlatePadding;
    canvas.rect(QRectF(corner, QSizeF(width, kPlateHeight)), look, 3);
    if (!shown.isEmpty())
        canvas.text({corner.x() + kPlatePadding, corner.y() + kPlateHeight / 2 + baselineDrop(TextSize::Small)}, shown,
                    {ink, TextSize::Small, false, Anchor::Start});
}

double tagWidth(const QString &tag)
{
    return textWidth(tag, TextSize::Small) + 2 * kPlatePadding;
}

/// Draws \a tags on the lower edge of \a box from the right, as far as \a room reaches, and returns what they took.
double drawTags(Canvas &canvas, const QRectF &box, QStringList tags, double room, const Theme &theme)
{
    const Look look{theme.header, {theme.outline, theme.thin, Dash::Solid}};
    double taken = 0;
    while (!tags.isEmpty() && room - taken > kMinimumTag) {
        const double width = std::min(tagWidth(tags.back()), room - taken);
        drawLabelled(canvas, {box.right() - kPlateInset - taken - width, box.bottom() - 5}, width, tags.takeLast(),
                     theme.text, look);
        taken += width + kTagGap;
    }
    return taken;
}

bool hasPlate(const NodeFace &node)
{
    return !node.finding.isEmpty() || (node.verdict != DragVerdict::None && !node.reason.isEmpty());
}

} // namespace

void drawBehind(Canvas &canvas, const QRectF &rect, double radius, bool selected, bool highlighted, const Theme &theme)
{
    const auto around = [&rect](double reach) { return rect.adjusted(-reach, -reach, reach, reach); };
    if (highlighted)
        canvas.rect(insidePen(around(kHaloReach), 1), {theme.halo, {theme.haloLine, 1, Dash::Solid}},
                    radius + kHaloReach);
    if (selected)
        canvas.rect(insidePen(around(kRingReach), 2), {0, {theme.accent, 2, Dash::Solid}}, radius + kRingReach);
}

Pen outlinePen(const NodeFace &node, const Theme &theme)
{
    if (node.verdict == DragVerdict::Refused)
        return {theme.refused, theme.solid, Dash::Solid};
    if (node.verdict == DragVerdict::Granted)
        return {theme.granted, theme.solid, Dash::Solid};
    const Dash dash = node.obsolete ? Dash::Dashed : node.inactive || node.greyed ? Dash::Dotted : Dash::Solid;
    if (isHeld(node))
        return {theme.outlineHeld, theme.solid, dash};
    return {theme.outline, dash == Dash::Solid ? theme.thin : 1.5 * theme.thin, dash};
}

void drawOutline(Canvas &canvas, const NodeFace &node, double radius, const Theme &theme)
{
    const Pen pen = outlinePen(node, theme);
    canvas.rect(insidePen(node.rect, pen.width), {0, pen}, radius);
    if (node.verdict != DragVerdict::Refused)
        return;
    constexpr double kBetween = 2;
    const double inset = pen.width + kBetween;
    canvas.rect(insidePen(node.rect.adjusted(inset, inset, -inset, -inset), theme.thin),
                {0, {theme.refused, theme.thin, Dash::Solid}}, std::max(radius - inset, 1.0));
}

void drawPlateAndTags(Canvas &canvas, const NodeFace &node, const Theme &theme)
{
    const double room = node.rect.width() - 2 * kPlateInset;
    // A plate says more than tags do, and what they leave out stands in the tool tip.
    const double taken = drawTags(canvas, node.rect, node.tags, hasPlate(node) ? kTagShare * room : room, theme);
    if (!hasPlate(node))
        return;
    const bool isVerdict = node.verdict != DragVerdict::None && !node.reason.isEmpty();
    const Rgb fill = !isVerdict ? theme.warning : node.verdict == DragVerdict::Refused ? theme.refused : theme.granted;
    drawLabelled(canvas, {node.rect.left() + kPlateInset, node.rect.bottom() - 5}, room - taken,
                 isVerdict ? node.reason : node.finding, inkOn(fill), {fill, {theme.surface, 1, Dash::Solid}});
}

void drawHost(Canvas &canvas, const QRectF &box, double inset, const QString &host, const Theme &theme)
{
    if (host.isEmpty())
        return;
    drawLabelled(canvas, {box.left() + inset, box.top() - 11}, box.width() / 2, host, inkOn(theme.edge),
                 {theme.edge, {theme.surface, 1, Dash::Solid}});
}

void drawSpine(Canvas &canvas, const QRectF &box, double radius, const QString &host, const Theme &theme)
{
    if (!host.isEmpty())
        canvas.rect(QRectF(box.left(), box.top() + radius, kSpineWidth, box.height() - 2 * radius), {theme.edge, {}});
}

void drawVerdict(Canvas &canvas, const NodeFace &node, double radius, const Theme &theme)
{
    if (node.verdict == DragVerdict::Refused)
        drawCrossBadge(canvas, node.rect.topRight(), radius, theme);
    else if (node.verdict == DragVerdict::Granted)
        drawTickBadge(canvas, node.rect.topRight(), radius, theme);
}

} // namespace blockscope::views
