// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Snapshots of the whole VM: which images take part (bdrv_all_*() of block/snapshot.c in QEMU 7.2), for savevm, loadvm
/// and delvm, which take all that the guest could write, and for snapshot-save, -load and -delete, which name them.

#include "engine/base/result.h"
#include "engine/operations/operation.h"

namespace blockscope {

/// What of a snapshot of the VM an operation does.
enum class SnapshotVerb : std::uint8_t { Save, Load, Delete };

struct SnapshotRequest
{
    std::string tag;
    std::vector<NodeId> roots; ///< in QEMU's order: of BlockBackends first, then of nodes that nobody uses
};

/// The images that take part: those of "devices", else every root that is not read-only; each must support snapshots.
/// Roots of the first process alone, to which HMP belongs here. \a tagName is where \a arguments have the tag.
/// A tag that the arguments leave out is made of the clock, as QEMU makes it of the time of day.
[[nodiscard]] Result<SnapshotRequest> snapshotRequest(const World &world, const Object &arguments,
                                                      std::string_view tagName);
/// Checks the tag and the place of the VM state as save_snapshot() and load_snapshot() do. \a replacesTag: a snapshot
/// of that name may be there before (savevm).
[[nodiscard]] std::optional<Error> checkSnapshot(const World &world, const Object &arguments, SnapshotVerb verb,
                                                 const SnapshotRequest &request, bool replacesTag,
                                                 std::string_view tagName);
/// The plan: every root and what it passes on to. The claims of a load are judged as if the VM was stopped.
[[nodiscard]] Plan planSnapshot(const World &world, const Operation &operation, const Object &arguments,
                                SnapshotVerb verb, const SnapshotRequest &request);
/// Does it to all of \a nodes in the role "root", each image once.
void doSnapshot(World &world, SnapshotVerb verb, const std::vector<RoleNode> &nodes, const std::string &tag,
                const std::optional<std::string> &vmState, Holder actor);

} // namespace blockscope
