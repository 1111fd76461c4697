// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Finds wide fans: a node that so many parts hang on, by it alone, that side by side they make a picture too wide to
/// be read. A base image shared by hundreds of overlays is one.

#include "views/layout/shape.h"

namespace blockscope::layout {

struct Fan
{
    std::uint32_t hub = 0;
    bool isAbove = false; ///< the pieces are above the hub, else below it
    /// The nodes of each piece, ascending, without those of fans inside it; the pieces by their first nodes.
    std::vector<std::vector<std::uint32_t>> pieces;
};

/// The fans of \a shape; one inside a piece of another comes before it. A node has at most one above and one below.
/// A piece is linked to nothing outside it but the hub. None where the picture is readable in plain rows, judged by
/// rough sizes. In time linear in the size of the shape (but for sorting).
[[nodiscard]] std::vector<Fan> fansOf(const Shape &shape);

} // namespace blockscope::layout
