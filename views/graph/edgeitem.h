// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A link in the scene. Its points are scene coordinates and the item stays at
/// the origin. See faceitem.h.

#include "engine/base/id.h"
#include "views/graph/faceitem.h"

namespace blockscope::views {

class EdgeItem final : public FaceItem<EdgeFace>
{
public:
    enum { Type = UserType + 3 };

    EdgeItem(EdgeFace face, const SceneLook &look);

    [[nodiscard]] EdgeId id() const { return EdgeId{face().id}; }
    void show(EdgeFace face);

    [[nodiscard]] int type() const override { return Type; }
    /// Wide enough to be hit.
    [[nodiscard]] QPainterPath shape() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;
};

} // namespace blockscope::views
