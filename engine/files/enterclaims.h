// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The standing claims of a World that was built from a file, all at once.
///
/// Thread: any.

#include "engine/world/world.h"

namespace blockscope {

/// Enters what links and users claim, since the ticks given by EdgeId and UserId (0 beyond their ends). False
/// when a hostile graph makes for more claims than are kept; the ledger is of no use then.
[[nodiscard]] bool enterStandingClaims(World &world, const std::vector<Tick> &edgesSince = {},
                                       const std::vector<Tick> &usersSince = {});

} // namespace blockscope
