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
/// the order allows. In rows, as text is read; beside a much taller one there are several rows.
[[nodiscard]] std::vector<Point> pack(std::span<const Size> sizes, double gap);

} // namespace blockscope::layout
