// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What a tool tip says of a node, a user or a link; plain text, of whole lines.
///
/// Thread: any.

#include "views/session/session.h"

#include <QString>

namespace blockscope::views {

[[nodiscard]] QString tipFor(const World &world, const Selection &what);
[[nodiscard]] QString tipFor(const World &world, EdgeId edge);
/// One sentence, for screen readers.
[[nodiscard]] QString spoken(const World &world, const Selection &what);

} // namespace blockscope::views
