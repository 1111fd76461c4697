// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The snapshots inside one image. They keep the image's own clusters and not those of its backing files, so what one
/// shows when it is loaded depends on the chain of that day (operations.md 3.4, F8).

#include "engine/access/ledger.h"
#include "engine/world/world.h"

namespace blockscope {

/// bdrv_can_snapshot() of QEMU: it is writable, and its format keeps snapshots.
[[nodiscard]] bool canSnapshot(const World &world, NodeId node);
/// The snapshot of \a node with that id and that name, whichever of the two are given; null when there is none.
[[nodiscard]] const InternalSnapshot *findSnapshot(const World &world, NodeId node,
                                                   const std::optional<std::string> &id,
                                                   const std::optional<std::string> &name);
/// Enters a snapshot of \a node as it is now. Does nothing when \a actor may not (grant.h).
void takeSnapshot(World &world, NodeId node, const std::string &name, bool hasVmState, Holder actor);
/// Brings back what the snapshot of that name had saved, and its size; entitles the readers of \a node to what it
/// showed then. A finding when that is not what \a node shows. Neither jobs nor dirty bitmaps notice, as in QEMU.
void loadSnapshot(World &world, NodeId node, const std::string &name, Holder actor);
/// Takes the snapshot with that id and that name out, if there is one.
void deleteSnapshot(World &world, NodeId node, const std::optional<std::string> &id,
                    const std::optional<std::string> &name, Holder actor);

} // namespace blockscope
