// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// QEMU's permissions on an edge (BLK_PERM_* of include/block/block-common.h, since 2.9): what the parent needs, and
/// what it lets the other parents of the child have.

namespace blockscope {

using PermissionSet = unsigned; ///< of the bits below

inline constexpr PermissionSet kConsistentRead = 1U << 0;
inline constexpr PermissionSet kWrite = 1U << 1;
inline constexpr PermissionSet kWriteUnchanged = 1U << 2;
inline constexpr PermissionSet kResize = 1U << 3;
inline constexpr PermissionSet kAllPermissions = kConsistentRead | kWrite | kWriteUnchanged | kResize;
inline constexpr unsigned kPermissionCount = 4;

struct Permissions
{
    PermissionSet perm = 0;
    PermissionSet sharedPerm = kAllPermissions;

    /// What two parents take together.
    void add(const Permissions &other)
    {
        perm |= other.perm;
        sharedPerm &= other.sharedPerm;
    }
    friend bool operator==(const Permissions &, const Permissions &) = default;
};

} // namespace blockscope
