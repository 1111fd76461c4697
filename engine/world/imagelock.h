// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Advisory locks on image files, by which two processes (or two nodes of one) that open the same file keep off each
/// other (Eric Blake in the RFC thread; QEMU since 2.10, operations.md 2.8). For permission i a process holds byte
/// 100+i while it uses it, and byte 200+i while it does not share it. Which permissions those are follows from what is
/// above the node, by QEMU's rules (operations.md 2.4 and 2.5).
///
/// Left out: byte 104/204 of QEMU before 7.0, and what jobs with a filter of their own pass on (captured ones have it
/// in their graph).

#include "engine/access/ledger.h"
#include "engine/world/world.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace blockscope {

/// One byte that a node holds.
struct ImageLock
{
    NodeId file;              ///< the protocol node that holds it
    std::uint8_t byte = 0;    ///< 100+i or 200+i
    Holder holder;            ///< the link, user or job above the node for whose sake it is held
    std::string_view meaning; ///< "uses write", "does not share resize"

    friend bool operator==(const ImageLock &, const ImageLock &) = default;
};

/// What a process takes of a file that it opens, beside the nodes of the graph.
struct FileLock
{
    std::string filename;
    Permissions taken;

    friend bool operator==(const FileLock &, const FileLock &) = default;
};

/// What making a file anew, or emptying it, takes of it meanwhile (raw_co_create() in block/file-posix.c).
inline constexpr Permissions kCreatesFile{kWrite | kResize, kAllPermissions & ~kResize};

/// A byte that one node wants and another stands against.
struct LockConflict
{
    NodeId wanting;           ///< the protocol node whose locks changed, or that was opened later; none of a FileLock
    NodeId held;              ///< the other
    unsigned permission = 0;  ///< bit 1 << permission of graph/permissions.h
    bool wantsShared = false; ///< the wanting one does not share what the other uses; else it uses what is not shared
    Holder holder;            ///< whose lock is in the way

    friend bool operator==(const LockConflict &, const LockConflict &) = default;
};

/// The bytes that \a file holds, by byte; none where it has no file, waits for an incoming
/// migration or nobody uses it.
[[nodiscard]] std::vector<ImageLock> imageLocks(const World &world, NodeId file);
/// The bytes that all open nodes hold on the file of that name, by node and byte.
[[nodiscard]] std::vector<ImageLock> imageLocksOn(const World &world, std::string_view filename);
/// Every pair of nodes that cannot both take their locks in \a after and did not clash in \a before, with the first
/// byte on which they do; in the order in which QEMU comes upon them. With an empty World before: every pair.
[[nodiscard]] std::vector<LockConflict> newLockConflicts(const World &before, const World &after);
/// The first node, if any, that keeps a newcomer from \a lock; nobody wants it yet.
[[nodiscard]] std::optional<LockConflict> conflictWith(const World &world, const FileLock &lock);
/// QEMU's words: Failed to get "write" lock, Failed to get shared "write" lock.
[[nodiscard]] std::string lockText(unsigned permission, bool wantsShared);
/// The byte that another holds when QEMU says \a text: 201 for Failed to get "write" lock; nothing for other texts.
[[nodiscard]] std::optional<unsigned> byteInTheWayOf(std::string_view text);
/// Of the five actions the one that a permission stands for.
[[nodiscard]] Action actionOfPermission(unsigned permission);

} // namespace blockscope
