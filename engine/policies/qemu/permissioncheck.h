// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What QEMU checks when it has changed the graph provisionally (operations.md 2.2; bdrv_list_refresh_perms() in
/// block.c): that no parent needs what another does not share, and that nobody writes to a read-only node.

#include "engine/policies/qemu/refusal.h"

#include <optional>

namespace blockscope::qemu {

/// The first conflict in \a after that \a before did not have; nothing when there is none.
[[nodiscard]] std::optional<Refusal> permissionRefusal(const World &before, const World &after);
/// QEMU's text: \a needing uses \a node in \a role and needs what \a denies does not share.
[[nodiscard]] std::string conflictText(const World &world, NodeId node, PermissionSet permissions,
                                       const std::string &needing, const std::string &role, EdgeId denies);
/// "consistent read, write"
[[nodiscard]] std::string permissionNames(PermissionSet set);

} // namespace blockscope::qemu
