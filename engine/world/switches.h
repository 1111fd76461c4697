// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What can be switched on and off in a World: how the RFC is read (N1 to N6, P1 to P6 and C1 of operations.md 3.1),
/// whether its claims are enforced, whether hosts lock images, and deliberate mistakes in the step machines, which the
/// invariants must find (explore.md 4).

#include "engine/base/flagset.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace blockscope {

enum class Switch : std::uint8_t {
    EmptyAllowsAll,       ///< N1: with no holder everything is allowed; off: nothing is that anybody requires
    BothRules,            ///< N2: both halves of the rule; off: only R1, so that the order matters
    DefaultAllowsNothing, ///< N3: an empty Allow locks the node; off: it tolerates everything
    UnlistedUnprotected,  ///< N4: only listed nodes are claimed; off: all that is below a listed node is locked
    GraphLock,            ///< N5: listing the nodes and acquiring them is one step (Eric Blake); off: it may be two
    AcquireFirst,         ///< N6: nothing is touched before all is acquired; off: a refused job has prepared its target
    StandingUsers,        ///< P1: guests, exports and links hold claims; off: only operations do, the literal RFC
    ReadersStayUp,        ///< P2: RV includes the backing files; off: a reader claims RV on all of them
    WritersPropagateUp,   ///< P3: MV is claimed on all whose content changes; off: on the written node alone
    DataChainListed,      ///< P4: copies list the backing files they read; off: their source alone
    FileChildProtected,   ///< P5: a format node claims its file; off: the protocol layer is open (Kevin Wolf)
    TransactionIsOne,     ///< P6: members of a transaction do not conflict; off: each is judged against the others
    MetadataIsReliedOn,   ///< C1: RM means relying on the metadata that was read; off: nobody minds a resize
    Enforce,              ///< accesses are checked against the claims where they happen; off: the honour system
    ImageLocks,           ///< hosts lock byte ranges of images, as QEMU does since 2.10
    LegacyOf28,           ///< the policy legacy is that of QEMU 2.8 instead of 2.5
    FaultNoDirtyBit,      ///< a write to a mirror's source is not marked
    FaultDirtyBitCleared, ///< the dirty bit goes after the copy, so that a write in between is lost
    FaultNoCopyBeforeWrite,   ///< a write to a backup's source does not save the old data
    FaultCopyAfterWrite,      ///< ... saves what is there after the write
    FaultUnlockedCopyOnRead,  ///< a write may come between stream's read and its write
    FaultBaseNotReopened,     ///< commit does not make its base writable
    FaultHeaderForgotten,     ///< commit and stream leave the header as it is
    FaultOneClusterShort,     ///< copies end one cluster early
    FaultParentsNotMoved,     ///< a snapshot leaves the users on the old node
    FaultLowerMidsIgnored,    ///< commit looks at its top alone for data
    FaultGuestNotMoved,       ///< a pivot leaves the guest where it was
    FaultReadOnlyNotRestored, ///< what was made writable stays so
};

using SwitchSet = FlagSet<Switch, std::uint32_t>;
inline constexpr unsigned kSwitchCount = static_cast<unsigned>(Switch::FaultReadOnlyNotRestored) + 1;

/// The readings that operations.md's masks rely on, the honour system, image locks, no mistakes.
inline constexpr SwitchSet kDefaultSwitches{
    Switch::EmptyAllowsAll,     Switch::BothRules,       Switch::DefaultAllowsNothing, Switch::UnlistedUnprotected,
    Switch::GraphLock,          Switch::AcquireFirst,    Switch::StandingUsers,        Switch::ReadersStayUp,
    Switch::WritersPropagateUp, Switch::DataChainListed, Switch::FileChildProtected,   Switch::TransactionIsOne,
    Switch::MetadataIsReliedOn, Switch::ImageLocks};

/// The name in files and events: "N1", "P3", "C1", "enforce", "image-locks", "fault-no-dirty-bit".
[[nodiscard]] std::string_view switchName(Switch which);
[[nodiscard]] std::optional<Switch> switchFromName(std::string_view name);
[[nodiscard]] constexpr bool isFault(Switch which)
{
    return which >= Switch::FaultNoDirtyBit;
}

} // namespace blockscope
