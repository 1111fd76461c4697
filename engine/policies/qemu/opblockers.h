// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What is left of QEMU's op blockers in 7.2 (operations.md 2.9; bdrv_op_block() in block.c): a node keeps, per type of
/// operation, a stack of reasons; the newest one is told.

#include "engine/world/world.h"

#include <optional>
#include <string>

namespace blockscope::qemu {

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
    MirrorSource,
    MirrorTarget,
    Resize,
    Replace,
    Stream
};

struct OpBlocker
{
    EdgeId link;        ///< the link for whose sake it is blocked: a job's, or that of an overlay to its backing file
    std::string reason; ///< "block device is in use by block job: commit"
};

/// Why operations of \a type must not touch \a node now; nothing when they may.
[[nodiscard]] std::optional<OpBlocker> opBlocker(const World &world, NodeId node, OpType type);

} // namespace blockscope::qemu
