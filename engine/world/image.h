// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What an image holds beside its clusters: dirty bitmaps and internal snapshots.

#include "engine/world/cluster.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace blockscope {

/// A dirty bitmap (BdrvDirtyBitmap). Bits are clusters of ours, whatever the granularity says.
struct DirtyBitmap
{
    std::string name;
    std::vector<bool> bits;
    std::uint64_t granularity = 65536; ///< bytes, as QMP shows it
    bool isRecording = true;           ///< enabled
    bool isPersistent = false;
    bool isInconsistent = false;
    bool isReadOnly = false;
    std::optional<JobId> busy; ///< the job that uses it ("busy", "frozen" in 2.5)
    /// While a job uses it: what is written meanwhile is noted here instead, and at the end takes the place of bits or
    /// is added to them (bdrv_dirty_bitmap_create_successor). Empty without such a job.
    std::vector<bool> successor;

    friend bool operator==(const DirtyBitmap &, const DirtyBitmap &) = default;
};

/// A snapshot inside an image: its own clusters, not those of its backing file (operations.md F8).
struct InternalSnapshot
{
    std::string id;
    std::string name;
    Tick taken = 0;
    bool hasVmState = false;
    BlockData clusters; ///< the image's own clusters when it was taken
    BlockData shown;    ///< what a reader of the node saw then

    friend bool operator==(const InternalSnapshot &, const InternalSnapshot &) = default;
};

/// By the node that keeps the data; few nodes have any.
using Bitmaps = std::map<NodeId, std::vector<DirtyBitmap>>;
using Snapshots = std::map<NodeId, std::vector<InternalSnapshot>>;

} // namespace blockscope
