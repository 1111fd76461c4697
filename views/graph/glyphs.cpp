// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/glyphs.h"

#include <QPolygonF>

namespace blockscope::views {
namespace {

QPainterPath polygon(QPointF middle, std::initializer_list<QPointF> points)
{
    QPainterPath path;
    for (const QPointF &point : points) {
        if (path.elementCount() == 0)
            path.moveTo(middle + point);
        else
            path.lineTo(middle + point);
    }
    path.closeSubpath();
    return path;
}

QPainterPath polyline(QPointF middle, std::initializer_list<QPointF> points)
{
    QPainterPath path;
    for (const QPointF &point : points) {
        if (path.elementCount() == 0)
            path.moveTo(middle + point);
        else
            path.lineTo(middle + point);
    }
    return path;
}

void drawDevice(Canvas &canvas, QPointF middle, Rgb color)
{
    const Pen pen{color, 1.5, Dash::Solid};
    canvas.rect(QRectF(middle.x() - 7, middle.y() - 6, 14, 9), {0, pen}, 1.5);
    canvas.line(middle + QPointF(0, 3), middle + QPointF(0, 6), pen);
    canvas.line(middle + QPointF(-4, 6), middle + QPointF(4, 6), pen);
}

// A disc; with its tray open, the sign for that on every drive.
void drawDrive(Canvas &canvas, QPointF middle, bool isOpen, Rgb color)
{
    if (isOpen) {
        canvas.path(polygon(middle, {{0, -6}, {6.5, 1}, {-6.5, 1}}), {color, {}});
        canvas.rect(QRectF(middle.x() - 6.5, middle.y() + 3, 13, 2.5), {color, {}});
        return;
    }
    canvas.circle(middle, 6.5, {0, {color, 1.5, Dash::Solid}});
    canvas.circle(middle, 1.8, {0, {color, 1.5, Dash::Solid}});
}

// A folder: the image appears as a file.
void drawFuse(Canvas &canvas, QPointF middle, Rgb color)
{
    canvas.path(polygon(middle, {{-7, -5}, {-2, -5}, {0, -3}, {7, -3}, {7, 5}, {-7, 5}}),
                {0, {color, 1.5, Dash::Solid}});
}

// A plug: a socket that another program's device is plugged into.
void drawVhost(Canvas &canvas, QPointF middle, Rgb color)
{
    const Pen pen{color, 1.5, Dash::Solid};
    canvas.rect(QRectF(middle.x() - 5, middle.y() - 2, 10, 6), {0, pen}, 2);
    canvas.line(middle + QPointF(-2.5, -2), middle + QPointF(-2.5, -6), pen);
    canvas.line(middle + QPointF(2.5, -2), middle + QPointF(2.5, -6), pen);
    canvas.line(middle + QPointF(0, 4), middle + QPointF(0, 7), pen);
}

void drawExport(Canvas &canvas, QPointF middle, Rgb color)
{
    const Pen pen{color, 1.5, Dash::Solid};
    canvas.path(polyline(middle, {{-1, -5}, {-6, -5}, {-6, 5}, {-1, 5}}), {0, pen});
    canvas.line(middle + QPointF(-3, 0), middle + QPointF(4, 0), pen);
    canvas.path(polygon(middle, {{3, -4}, {8, 0}, {3, 4}}), {color, {}});
}

void drawBackend(Canvas &canvas, QPointF middle, Rgb color)
{
    const Pen pen{color, 1.5, Dash::Solid};
    canvas.rect(QRectF(middle.x() - 6, middle.y() - 6, 12, 5), {0, pen}, 1);
    canvas.rect(QRectF(middle.x() - 6, middle.y() + 1, 12, 5), {0, pen}, 1);
}

void drawJob(Canvas &canvas, QPointF middle, Rgb color)
{
    canvas.circle(middle, 6.5, {0, {color, 1.5, Dash::Solid}});
    canvas.path(polygon(middle, {{-2, -3.2}, {3.6, 0}, {-2, 3.2}}), {color, {}});
}

Look badgeLook(Rgb color, const Theme &theme)
{
    return {color, {theme.surface, 1.5, Dash::Solid}};
}

} // namespace

void drawLock(Canvas &canvas, QPointF middle, Rgb color)
{
    QPainterPath shackle(middle + QPointF(-2.5, 0));
    shackle.lineTo(middle + QPointF(-2.5, -2));
    shackle.cubicTo(middle + QPointF(-2.5, -5.6), middle + QPointF(2.5, -5.6), middle + QPointF(2.5, -2));
    shackle.lineTo(middle + QPointF(2.5, 0));
    canvas.path(shackle, {0, {color, 1.5, Dash::Solid}});
    canvas.rect(QRectF(middle.x() - 4, middle.y() - 1, 8, 6), {color, {}}, 1);
}

void drawFunnel(Canvas &canvas, QPointF middle, Rgb color)
{
    canvas.path(polygon(middle, {{-5, -5}, {5, -5}, {1.25, 0}, {1.25, 5}, {-1.25, 3.5}, {-1.25, 0}}), {color, {}});
}

void drawWarning(Canvas &canvas, QPointF middle, const Theme &theme)
{
    const Rgb ink = inkOn(theme.warning);
    canvas.path(polygon(middle, {{0, -6}, {6.8, 5.5}, {-6.8, 5.5}}), {theme.warning, {theme.text, 1, Dash::Solid}});
    canvas.line(middle + QPointF(0, -2.5), middle + QPointF(0, 1.8), {ink, 1.5, Dash::Solid});
    canvas.circle(middle + QPointF(0, 3.6), 0.9, {ink, {}});
}

void drawStopped(Canvas &canvas, QPointF middle, const Theme &theme)
{
    QPainterPath shield(middle + QPointF(0, -6.5));
    shield.lineTo(middle + QPointF(5.5, -4.5));
    shield.lineTo(middle + QPointF(5.5, 0));
    shield.cubicTo(middle + QPointF(5.5, 3.5), middle + QPointF(3, 5.5), middle + QPointF(0, 6.5));
    shield.cubicTo(middle + QPointF(-3, 5.5), middle + QPointF(-5.5, 3.5), middle + QPointF(-5.5, 0));
    shield.lineTo(middle + QPointF(-5.5, -4.5));
    shield.closeSubpath();
    canvas.path(shield, {theme.warning, {theme.text, 1, Dash::Solid}});
    canvas.line(middle + QPointF(-3, -0.5), middle + QPointF(3, -0.5), {inkOn(theme.warning), 2, Dash::Solid});
}

void drawFinding(Canvas &canvas, QPointF middle, bool isStopped, const Theme &theme)
{
    if (isStopped)
        drawStopped(canvas, middle, theme);
    else
        drawWarning(canvas, middle, theme);
}

void drawPlay(Canvas &canvas, QPointF middle, Rgb color)
{
    canvas.path(polygon(middle, {{-4, -5}, {5, 0}, {-4, 5}}), {color, {}});
}

void drawPause(Canvas &canvas, QPointF middle, Rgb color)
{
    const QRectF bars[] = {{middle.x() - 4, middle.y() - 5, 3, 10}, {middle.x() + 1, middle.y() - 5, 3, 10}};
    canvas.rects(bars, color);
}

void drawUserKind(Canvas &canvas, QPointF middle, UserKind kind, Rgb color)
{
    switch (kind) {
    case UserKind::GuestDevice:
        return drawDevice(canvas, middle, color);
    case UserKind::Drive:
        return drawDrive(canvas, middle, false, color);
    case UserKind::OpenDrive:
        return drawDrive(canvas, middle, true, color);
    case UserKind::Export:
        return drawExport(canvas, middle, color);
    case UserKind::FuseExport:
        return drawFuse(canvas, middle, color);
    case UserKind::VhostExport:
        return drawVhost(canvas, middle, color);
    case UserKind::Backend:
        return drawBackend(canvas, middle, color);
    case UserKind::Job:
        return drawJob(canvas, middle, color);
    }
}

void drawCrossBadge(Canvas &canvas, QPointF middle, double radius, const Theme &theme)
{
    const double arm = radius * 0.42;
    const QLineF cross[] = {{middle + QPointF(-arm, -arm), middle + QPointF(arm, arm)},
                            {middle + QPointF(-arm, arm), middle + QPointF(arm, -arm)}};
    canvas.circle(middle, radius, badgeLook(theme.refused, theme));
    canvas.lines(cross, {inkOn(theme.refused), radius * 0.28, Dash::Solid});
}

void drawTickBadge(Canvas &canvas, QPointF middle, double radius, const Theme &theme)
{
    const QPointF unit(radius, radius);
    const auto at = [&](double x, double y) { return QPointF(x * unit.x(), y * unit.y()); };
    canvas.circle(middle, radius, badgeLook(theme.granted, theme));
    canvas.path(polyline(middle, {at(-0.45, 0.02), at(-0.12, 0.36), at(0.48, -0.34)}),
                {0, {inkOn(theme.granted), radius * 0.28, Dash::Solid}});
}

} // namespace blockscope::views
