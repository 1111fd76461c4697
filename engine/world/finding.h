// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Damage, or an access that was stopped before it did any: an invariant of explore.md section 2 that broke, with the
/// first step at which it was seen. A finding is a fact of the World, never an assert of ours.

#include "engine/access/action.h"
#include "engine/access/ledger.h"
#include "engine/world/cluster.h"

#include <optional>
#include <string_view>

namespace blockscope {

struct Finding
{
    enum class Kind : std::uint8_t {
        LostWrite,          ///< the guest no longer reads what it wrote
        GuestDataChanged,   ///< the guest reads other data than it must
        ReaderInconsistent, ///< an export shows other data than it must
        SizeShrunk,         ///< an image is shorter than who uses it relies on
        UseAfterDrop,       ///< a node was used that had been closed
        WriteReadOnly,      ///< a write hit a node that is read-only
        ForeignWriter,      ///< somebody else wrote to the node of a guest that does not share it
        StaleHeader,        ///< after a restart the guest would need an image that may be gone
        RestartDiffers,     ///< after a restart the guest would read other data
        BackupDiffers,      ///< a backup is not what its source was when it started
        MirrorDiffers,      ///< a mirror, or an active commit, is not what its source shows
        GuestLeftBehind,    ///< a job completed and the guest was not moved
        SnapshotDiffers,    ///< loading an internal snapshot did not bring back what it had saved
        BitmapIncomplete,   ///< a dirty bitmap lacks a cluster that changed while it recorded
        AccessViolation,    ///< not damage: an access without a claim for it, stopped
    };

    Kind kind = Kind::GuestDataChanged;
    Tick since = 0;                        ///< the first step at which it was so
    NodeId node;                           ///< where
    std::optional<Holder> party;           ///< whose data it is, or who did it: a user, a job, a synchronous operation
    std::uint32_t cluster = 0;             ///< the first cluster that is wrong, where the kind has one
    Cluster expected;                      ///< what had to be there
    Cluster found;                         ///< what is
    Action action = Action::ModifyVisible; ///< AccessViolation: what was tried

    friend bool operator==(const Finding &, const Finding &) = default;
};

/// Stable names for files and output: "lost-write", "access-violation".
[[nodiscard]] std::string_view findingName(Finding::Kind kind);
[[nodiscard]] std::optional<Finding::Kind> findingFromName(std::string_view name);

} // namespace blockscope
