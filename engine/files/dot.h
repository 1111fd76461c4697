// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A World as a Graphviz DOT text, for other programs to draw: nodes with
/// driver and the Require and Allow sums of the ledger, users, running jobs,
/// links with their roles. Needs no Graphviz. The same World gives the same bytes.
///
/// Thread: any.

#include "engine/world/world.h"

#include <string>

namespace blockscope {

/// \a title stands above the drawing; empty for none.
[[nodiscard]] std::string writeDot(const World &world, const std::string &title = {});

} // namespace blockscope
