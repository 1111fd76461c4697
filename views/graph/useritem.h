// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A user in the scene. Its face stands at the origin; where it is says the
/// item's position. See faceitem.h.

#include "engine/base/id.h"
#include "views/graph/faceitem.h"

namespace blockscope::views {

class UserItem final : public FaceItem<UserFace>
{
public:
    enum { Type = UserType + 2 };

    UserItem(UserFace face, const SceneLook &look);

    [[nodiscard]] UserId id() const { return UserId{face().id}; }
    void show(UserFace face);
    /// The box on the scene, without what hangs over it.
    [[nodiscard]] QRectF box() const { return face().rect.translated(pos()); }

    [[nodiscard]] int type() const override { return Type; }
    [[nodiscard]] QPainterPath shape() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;
};

} // namespace blockscope::views
