// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The claims that stand as long as a link or a user does (reading P1 of
/// operations.md 3.1; Kevin Wolf: requirements between nodes belong on the BdrvChild).

#include "engine/access/claim.h"
#include "engine/world/world.h"

namespace blockscope {

/// What the link \a edge claims on its child, by its role and its parent's
/// driver and read-only flag (rows edge-* and quorum-child of Appendix A).
/// Null for links of users and jobs, whose claims are their own.
[[nodiscard]] std::optional<NodeClaim> standingClaim(const World &world, const Edge &edge);

/// What a link from a node with these properties would claim on its child.
[[nodiscard]] NodeClaim linkClaim(const Node &parent, bool parentIsReadOnly, const std::string &role, NodeId child);

/// What \a user claims on the node it uses; null when it requires nothing: a
/// guest while the VM does not run (Eric Blake), an unknown or a job's backend.
[[nodiscard]] std::optional<NodeClaim> standingClaim(const World &world, const User &user);
/// The same for a VM that runs, whatever the state of this one.
[[nodiscard]] std::optional<NodeClaim> claimWhileRunning(const World &world, const User &user);

} // namespace blockscope
