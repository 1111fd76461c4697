// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/nodeitem.h"

namespace blockscope::views {

NodeItem::NodeItem(NodeFace face, const SceneLook &look) : FaceItem(look)
{
    show(std::move(face));
}

void NodeItem::show(NodeFace face)
{
    const QRectF bounds = nodeBounds(face);
    setFace(std::move(face), bounds);
}

QPainterPath NodeItem::shape() const
{
    QPainterPath path;
    path.addRect(face().rect);
    return path;
}

void NodeItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    PainterCanvas canvas(*painter, look().fonts);
    // Greyed: what is dragged makes no sense here. A refusal is drawn in full.
    const bool isGrey = face().greyed;
    const double opacity = painter->opacity();
    if (isGrey)
        painter->setOpacity(opacity * 0.45);
    drawNode(canvas, face(), look().theme, detail(*painter));
    if (isGrey)
        painter->setOpacity(opacity);
}

} // namespace blockscope::views
