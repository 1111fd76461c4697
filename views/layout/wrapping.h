// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Draws a shape whose wide fans are wrapped: each piece is a drawing of its own, the pieces of a fan are put in rows,
/// and the rows are one large box in the drawing of what the hub belongs to.

#include "views/layout/fans.h"

#include <functional>

namespace blockscope::layout {

/// Places a shape in plain rows.
using Place = std::function<Drawing(const Shape &)>;

/// The drawing of \a shape with its \a fans, from fansOf(), wrapped. Equal pieces are given to \a place once.
[[nodiscard]] Drawing placeWrapped(const Shape &shape, const std::vector<Fan> &fans, const Place &place);

} // namespace blockscope::layout
