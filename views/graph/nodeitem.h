// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A node in the scene. Its face stands at the origin; where it is says the
/// item's position. See faceitem.h.

#include "engine/base/id.h"
#include "views/graph/faceitem.h"

namespace blockscope::views {

class NodeItem final : public FaceItem<NodeFace>
{
public:
    enum { Type = UserType + 1 };

    NodeItem(NodeFace face, const SceneLook &look);

    [[nodiscard]] NodeId id() const { return NodeId{face().id}; }
    void show(NodeFace face);
    /// The box on the scene, without what hangs over it.
    [[nodiscard]] QRectF box() const { return face().rect.translated(pos()); }

    [[nodiscard]] int type() const override { return Type; }
    [[nodiscard]] QPainterPath shape() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;
};

} // namespace blockscope::views
