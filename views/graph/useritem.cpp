// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/useritem.h"

namespace blockscope::views {

UserItem::UserItem(UserFace face, const SceneLook &look) : FaceItem(look)
{
    show(std::move(face));
}

void UserItem::show(UserFace face)
{
    const QRectF bounds = userBounds(face);
    setFace(std::move(face), bounds);
}

QPainterPath UserItem::shape() const
{
    QPainterPath path;
    path.addRect(face().rect);
    return path;
}

void UserItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    PainterCanvas canvas(*painter, look().fonts);
    drawUser(canvas, face(), look().theme, detail(*painter));
}

} // namespace blockscope::views
