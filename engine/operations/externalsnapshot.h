// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What blockdev-snapshot and blockdev-snapshot-sync have in common: an overlay is put on top of a node, and everything
/// that used the node uses the overlay from then on (external_snapshot_action() in blockdev.c).

#include "engine/operations/arguments.h"

namespace blockscope {

/// Puts \a overlay on top of \a old in the name of a synchronous operation; stops where it may not (grant.h).
void putOverlayOn(World &world, NodeId old, NodeId overlay);

} // namespace blockscope
