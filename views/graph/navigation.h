// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Getting around in a placed graph by keys and by name: plain functions of
/// boxes and lines.

#include "engine/world/world.h"
#include "views/session/session.h"

#include <QRectF>
#include <QString>

#include <vector>

namespace blockscope::views {

/// A node or a user and where it stands.
struct PlacedBox
{
    Selection what;
    QRectF rect;
};

enum class Direction : std::uint8_t { Up, Down, Left, Right };

/// Where an arrow key leads from \a from: along a link if one leads that way, else to the next
/// box on that side; nothing at the border. Along links a backing file comes before other children.
[[nodiscard]] Selection neighbour(const World &world, const std::vector<PlacedBox> &boxes, const Selection &from,
                                  Direction direction);

/// All of \a boxes from top to bottom, then from left to right.
[[nodiscard]] std::vector<Selection> readingOrder(std::vector<PlacedBox> boxes);

/// What \a text is part of, in reading order: names, drivers and images of nodes, names of users. Nothing for an
/// empty text; upper and lower case are one.
[[nodiscard]] std::vector<Selection> matches(const World &world, const std::vector<PlacedBox> &boxes,
                                             const QString &text);

} // namespace blockscope::views
