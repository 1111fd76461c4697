// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/drawpicture.h"
#include "views/graph/glyphs.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace blockscope::views {
namespace {

constexpr double kHeadLength = 8;
constexpr double kHeadHalf = 3.5;
constexpr double kBend = 8;
constexpr double kRoleRoom = 112;
constexpr double kRoleGap = 6;
constexpr double kRolePlate = 14; // height of a line of role text

/// Unit vector from \a from to \a to; down where they are the same.
QPointF direction(QPointF from, QPointF to)
{
    const QPointF way = to - from;
    const double length = std::hypot(way.x(), way.y());
    return length > 0 ? way / length : QPointF(0, 1);
}

/// Which way the edge goes when it arrives.
QPointF arrival(const EdgeFace &edge)
{
    for (std::size_t i = edge.points.size() - 1; i-- > 0;) {
        if (edge.points[i] != edge.points.back())
            return direction(edge.points[i], edge.points.back());
    }
    return {0, 1};
}

void addCurves(QPainterPath &path, const std::vector<QPointF> &points, QPointF end)
{
    for (std::size_t i = 1; i + 2 < points.size(); i += 3)
        path.cubicTo(points[i], points[i + 1], i + 3 < points.size() ? points[i + 2] : end);
}

/// Straight lines with rounded corners.
void addLines(QPainterPath &path, const std::vector<QPointF> &points, QPointF end)
{
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
        const QPointF corner = points[i];
        const QPointF before = corner - points[i - 1];
        const QPointF after = points[i + 1] - corner;
        const double bend =
            std::min({kBend, std::hypot(before.x(), before.y()) / 2, std::hypot(after.x(), after.y()) / 2});
        path.lineTo(corner - direction(points[i - 1], corner) * bend);
        path.quadTo(corner, corner + direction(corner, points[i + 1]) * bend);
    }
    path.lineTo(end);
}

QPainterPath headPath(const EdgeFace &edge)
{
    const QPointF tip = edge.points.back();
    const QPointF along = arrival(edge);
    const QPointF across(-along.y(), along.x());
    QPainterPath path(tip);
    path.lineTo(tip - along * kHeadLength + across * kHeadHalf);
    path.lineTo(tip - along * kHeadLength - across * kHeadHalf);
    path.closeSubpath();
    return path;
}

struct Middle
{
    QPointF point;
    QPointF along;
    double length = 0; ///< of the whole edge, roughly
};

Middle middleOfLines(const std::vector<QPointF> &points)
{
    Middle middle;
    for (std::size_t i = 1; i < points.size(); ++i)
        middle.length += QLineF(points[i - 1], points[i]).length();
    double rest = middle.length / 2;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const QLineF part(points[i - 1], points[i]);
        middle.along = direction(part.p1(), part.p2());
        middle.point = part.p1() + middle.along * rest;
        if (rest <= part.length())
            break;
        rest -= part.length();
    }
    return middle;
}

Middle middleOfPiece(const QPointF *p, double length)
{
    return {(p[0] + 3 * p[1] + 3 * p[2] + p[3]) / 8, direction(p[0] + p[1], p[2] + p[3]), length};
}

/// The piece of an edge that runs alone, if it shares a bus with others: that at the end which is nearer to the bus,
/// the level piece between.
std::optional<std::size_t> lonePiece(const std::vector<QPointF> &points)
{
    for (std::size_t first = 3; first + 6 < points.size(); first += 3) {
        const double level = points[first].y();
        if (points[first + 3].y() == level && points[first + 3].x() != points[first].x())
            return level - points.front().y() <= points.back().y() - level ? 0 : points.size() - 4;
    }
    return std::nullopt;
}

/// The middle piece halfway, or the joint of the two middle pieces; for one on a bus, where it runs alone.
Middle middleOfCurves(const std::vector<QPointF> &points)
{
    const std::size_t pieces = (points.size() - 1) / 3;
    const std::size_t first = pieces / 2 * 3;
    const double length = QLineF(points.front(), points.back()).length();
    if (const auto lone = lonePiece(points))
        return middleOfPiece(&points[*lone], length);
    if (pieces % 2 == 0)
        return {points[first], direction(points[first - 1], points[first + 1]), length};
    return middleOfPiece(&points[first], length);
}

struct RolePlace
{
    QString text;
    QRectF plate;
};

double lockRoom(const EdgeFace &edge)
{
    return edge.frozen ? kGlyphSize : 0;
}

/// Right of an edge that goes down, above one that goes sideways, at its middle.
RolePlace rolePlace(const EdgeFace &edge)
{
    const bool isCurved = edge.curved && edge.points.size() >= 4;
    const auto [middle, along, length] = isCurved ? middleOfCurves(edge.points) : middleOfLines(edge.points);
    const bool isSideways = std::abs(along.x()) > 2 * std::abs(along.y());
    const double room = isSideways ? std::clamp(length - 4, 16.0, kRoleRoom) : kRoleRoom;
    RolePlace place;
    place.text = elided(edge.role, room - lockRoom(edge), TextSize::Small);
    const double width = textWidth(place.text, TextSize::Small) + lockRoom(edge);
    if (width > 0 && isSideways)
        place.plate = {middle.x() - width / 2, middle.y() - kRolePlate - 2, width, kRolePlate};
    else if (width > 0)
        place.plate = {middle.x() + kRoleGap, middle.y() - kRolePlate / 2, width, kRolePlate};
    return place;
}

void drawRole(Canvas &canvas, const EdgeFace &edge, const Theme &theme)
{
    const RolePlace place = rolePlace(edge);
    if (place.plate.isEmpty())
        return;
    const double middle = place.plate.center().y();
    if (edge.frozen)
        drawLock(canvas, {place.plate.left() + 4, middle}, theme.textMuted);
    canvas.label({place.plate.left() + lockRoom(edge), middle}, place.text, place.plate.width() + 1,
                 {edge.highlighted ? theme.text : theme.textMuted, TextSize::Small, false, Anchor::Start});
}

} // namespace

QPainterPath edgePath(const EdgeFace &edge)
{
    QPainterPath path;
    if (edge.points.size() < 2)
        return path;
    const QPointF end = edge.points.back() - arrival(edge) * (kHeadLength - 1);
    path.moveTo(edge.points.front());
    if (edge.curved && edge.points.size() >= 4)
        addCurves(path, edge.points, end);
    else
        addLines(path, edge.points, end);
    return path;
}

void drawEdge(Canvas &canvas, const EdgeFace &edge, const Theme &theme, Detail detail)
{
    if (edge.points.size() < 2)
        return;
    const Rgb color = edge.highlighted ? theme.haloLine : theme.edge;
    const double width = (edge.highlighted ? 2.5 : 1.25) * (detail == Detail::Far ? 3 : 1);
    canvas.path(edgePath(edge), {0, {color, width, edge.dashed ? Dash::Dashed : Dash::Solid}});
    if (detail == Detail::Far)
        return;
    canvas.path(headPath(edge), {color, {}});
    if (detail == Detail::Full)
        drawRole(canvas, edge, theme);
}

QRectF edgeBounds(const EdgeFace &edge)
{
    if (edge.points.size() < 2)
        return {};
    constexpr double kReach = kHeadHalf + 3; // half of the thickest line, at any detail
    const QRectF line = (edgePath(edge).boundingRect() | headPath(edge).boundingRect());
    return line.adjusted(-kReach, -kReach, kReach, kReach) | rolePlace(edge).plate;
}

} // namespace blockscope::views
