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

void drawPlate(Canvas &canvas, const QRectF &box, const QString &text, Rgb fill, const Theme &theme)
{
    const double room = box.width() - 2 * 8 - 2 * kPlatePadding;
    const TextLook look{inkOn(fill), TextSize::Small, false, Anchor::Start};
    const QString shown = elided(text, room, look.size);
    const double width = textWidth(shown, look.size) + 2 * kPlatePadding;
    const QRectF plate(box.left() + 8, box.bottom() - 5, width, kPlateHeight);
    canvas.rect(plate, {fill, {theme.surface, 1, Dash::Solid}}, 3);
    canvas.text({plate.left() + kPlatePadding, plate.center().y() + baselineDrop(look.size)}, shown, look);
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
    const Dash dash = node.obsolete ? Dash::Dashed : node.inactive ? Dash::Dotted : Dash::Solid;
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

void drawPlate(Canvas &canvas, const NodeFace &node, const Theme &theme)
{
    if (node.verdict != DragVerdict::None && !node.reason.isEmpty())
        drawPlate(canvas, node.rect, node.reason, node.verdict == DragVerdict::Refused ? theme.refused : theme.granted,
                  theme);
    else if (!node.finding.isEmpty())
        drawPlate(canvas, node.rect, node.finding, theme.warning, theme);
}

void drawVerdict(Canvas &canvas, const NodeFace &node, double radius, const Theme &theme)
{
    if (node.verdict == DragVerdict::Refused)
        drawCrossBadge(canvas, node.rect.topRight(), radius, theme);
    else if (node.verdict == DragVerdict::Granted)
        drawTickBadge(canvas, node.rect.topRight(), radius, theme);
}

} // namespace blockscope::views
