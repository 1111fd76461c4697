// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The op blockers of QEMU 2.5 (operations.md 1.1 to 1.3; bdrv_op_block() in block.c, blockjob.c, block/mirror.c): a
/// node keeps, per type of operation, a stack of reasons, of which the newest is told. Here they follow from the World.
///
/// Left out: dataplane and block migration, which the World does not know.

#include "engine/world/world.h"

#include <optional>
#include <string>

namespace blockscope::legacy {

enum class OpType : std::uint8_t {
    BackupSource,
    BackupTarget,
    Change,
    CommitSource,
    CommitTarget,
    DriveDel,
    Eject,
    ExternalSnapshot,
    InternalSnapshot,
    InternalSnapshotDelete,
    Mirror,
    Replace,
    Resize,
    Stream
};

struct OpBlocker
{
    Holder holder;      ///< the job, or the link of an overlay to its backing file
    Tick since = 0;     ///< when it was pushed
    std::string reason; ///< "block device is in use by block job: commit"
};

/// Why operations of \a type must not touch \a node; nothing when they may. Filters, which 2.5 did not have, are looked
/// through.
[[nodiscard]] std::optional<OpBlocker> opBlocker(const World &world, NodeId node, OpType type);
/// bdrv_get_device_or_node_name(): the device whose root \a node is, else the node-name.
[[nodiscard]] std::string deviceOrNodeName(const World &world, NodeId node);

} // namespace blockscope::legacy
