// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The common half of the three items of the scene: an item holds a face, a
/// plain value, and repaints when it is given another one.
///
/// Ownership: the look must outlive the item. Thread: GUI.

#include "views/common/paintercanvas.h"
#include "views/common/theme.h"
#include "views/graph/drawpicture.h"

#include <QGraphicsItem>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include <utility>

namespace blockscope::views {

/// What all items of a scene are drawn with.
struct SceneLook
{
    Theme theme;
    Fonts fonts;
};

template <class Face>
class FaceItem : public QGraphicsItem
{
public:
    explicit FaceItem(const SceneLook &look) : m_look(look) { setFlag(ItemUsesExtendedStyleOption, false); }

    [[nodiscard]] const Face &face() const { return m_face; }
    /// Repaints if \a face differs from what is shown. \a bounds: what it can cover.
    void setFace(Face face, const QRectF &bounds)
    {
        if (face == m_face)
            return;
        if (bounds != m_bounds) {
            prepareGeometryChange();
            m_bounds = bounds;
        }
        m_face = std::move(face);
        update();
    }

    [[nodiscard]] QRectF boundingRect() const final { return m_bounds; }

protected:
    [[nodiscard]] const SceneLook &look() const { return m_look; }
    /// How much to draw on \a painter.
    static Detail detail(const QPainter &painter)
    {
        return detailAt(QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter.worldTransform()));
    }

private:
    const SceneLook &m_look;
    Face m_face;
    QRectF m_bounds;
};

} // namespace blockscope::views
