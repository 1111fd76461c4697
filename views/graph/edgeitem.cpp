// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/edgeitem.h"

#include <QPainterPathStroker>

namespace blockscope::views {

EdgeItem::EdgeItem(EdgeFace face, const SceneLook &look) : FaceItem(look)
{
    setZValue(-1); // a line ends under its box
    show(std::move(face));
}

void EdgeItem::show(EdgeFace face)
{
    const QRectF bounds = edgeBounds(face);
    setFace(std::move(face), bounds);
}

QPainterPath EdgeItem::shape() const
{
    constexpr double kReach = 8;
    QPainterPathStroker stroker;
    stroker.setWidth(kReach);
    return stroker.createStroke(edgePath(face()));
}

void EdgeItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    PainterCanvas canvas(*painter, look().fonts);
    drawEdge(canvas, face(), look().theme, detail(*painter));
}

} // namespace blockscope::views
