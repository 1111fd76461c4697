// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What no reply of QEMU says of a node, but the permissions on its links tell.

#include "engine/world/world.h"

namespace blockscope {

/// Sets, from the captured permissions on the links of \a world: which nodes are inactive during a migration, which
/// were opened with force-share, what a blkdebug node takes and does not share, and, when \a driversAreKnown is false,
/// which nodes are read-only.
void concludeFromPermissions(World &world, bool driversAreKnown);

} // namespace blockscope
