// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once
/// \file
/// Draws nodes, users and edges, and says how far each drawing reaches. One drawing for the screen and every file.
///
/// Units: scene units. Thread: any; plain functions of their arguments.

#include "views/common/canvas.h"
#include "views/common/theme.h"
#include "views/graph/picture.h"

namespace blockscope::views {

/// How much is drawn, by how large it will be.
enum class Detail : std::uint8_t {
    Far,    ///< boxes coloured by state: the shape of the whole
    Medium, ///< names, cells without letters, progress
    Full,
};

/// \a zoom: device-independent pixels to a scene unit.
[[nodiscard]] Detail detailAt(double zoom);

void drawNode(Canvas &canvas, const NodeFace &node, const Theme &theme, Detail detail = Detail::Full);
void drawUser(Canvas &canvas, const UserFace &user, const Theme &theme, Detail detail = Detail::Full);
void drawEdge(Canvas &canvas, const EdgeFace &edge, const Theme &theme, Detail detail = Detail::Full);

/// Everything the drawing can cover, pens, badges and labels included, whatever the state: a change of state needs no
/// other bounds.
[[nodiscard]] QRectF nodeBounds(const NodeFace &node);
[[nodiscard]] QRectF userBounds(const UserFace &user);
[[nodiscard]] QRectF edgeBounds(const EdgeFace &edge);

/// The line of \a edge without its arrow head, for hit tests.
[[nodiscard]] QPainterPath edgePath(const EdgeFace &edge);

/// A holder is known to stand on \a node.
[[nodiscard]] bool isHeld(const NodeFace &node);

} // namespace blockscope::views
