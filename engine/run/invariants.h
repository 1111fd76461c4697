// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The invariants of explore.md section 2, checked after every step. What the steps themselves can see is reported
/// where it happens (blockio: writes to a read-only node and by a foreign writer; the jobs' own completion: backup and
/// mirror); here are those that concern the users: their data, its size, and what a restart would show them.

#include "engine/world/world.h"

namespace blockscope {

/// Looks at what changed since the last call (World::changes), enters what broke as findings, and clears the changes.
void checkInvariants(World &world);

} // namespace blockscope
