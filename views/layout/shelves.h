// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Packs rectangles in rows, keeping their order.

#include "views/layout/layoutrequest.h"

#include <span>

namespace blockscope::layout {

struct Size
{
    double width = 0;
    double height = 0;
};

/// The top left corner of each of \a sizes, \a gap apart, so that a screen of 16:10 shows all of them as large as
/// the order allows. Each is to the right of the one before it, or below it, or begins a new row.
[[nodiscard]] std::vector<Point> pack(std::span<const Size> sizes, double gap);

} // namespace blockscope::layout
