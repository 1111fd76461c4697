// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// QEMU 2.5's op blockers (operations.md 1.1 to 1.3; bdrv_op_block() in block.c): a node keeps, per type of operation,
/// a stack of reasons. Overlays and jobs push and remove them; here the stacks are not kept but follow from the World,
/// as do who pushed last (a job's start, and since when a link has its claims) and what it said.
///
/// Differs from QEMU where the World does not remember: the reason of an overlay has the overlay's name of today, and
/// a link that was moved to another node counts as old as it is. Dataplane and "migrate -b" leave nothing in a World.

#include "engine/access/ledger.h"
#include "engine/world/world.h"

#include <optional>
#include <string>

namespace blockscope::legacy {

/// BlockOpType of 2.5. MIRROR was split in two in 2.6; what blocks one half blocks the other.
enum class OpType : std::uint8_t {
    BackupSource,
    BackupTarget,
    Change,
    CommitSource,
    CommitTarget,
    Dataplane,
    DriveDel,
    Eject,
    ExternalSnapshot,
    InternalSnapshot,
    InternalSnapshotDelete,
    Mirror,
    Resize,
    Stream,
    Replace
};

struct OpBlocker
{
    Holder holder;      ///< the job, or the link of an overlay to its backing file
    std::string reason; ///< "block device is in use by block job: commit"
    Tick since = 0;
};

/// The newest reason why operations of \a type must not touch \a node; nothing when they may.
/// Switch::LegacyOf28 makes jobs and overlays block as in QEMU 2.8 (operations.md 1.5, rule 6).
[[nodiscard]] std::optional<OpBlocker> opBlocker(const World &world, NodeId node, OpType type);

} // namespace blockscope::legacy
