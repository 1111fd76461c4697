// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The claims that stand as long as a link or a user does (reading P1 of
/// operations.md 3.1; Kevin Wolf: requirements between nodes belong on the BdrvChild).
///
/// A claim on a filter is a claim on what the filter passes on to as well, as
/// QEMU's filters pass permissions on: first the node itself, then the path below.

#include "engine/access/claim.h"
#include "engine/world/world.h"

#include <unordered_map>

namespace blockscope {

/// The role of a node above one that a user writes to.
inline constexpr const char *kAboveWrittenRole = "above-written";

/// What the link \a edge claims on its child, by its role and its parent's
/// driver and read-only flag (rows edge-* and quorum-child of Appendix A).
/// None for links of users and jobs, whose claims are their own.
[[nodiscard]] std::vector<NodeClaim> standingClaims(const World &world, const Edge &edge);

/// What a link from a node with these properties would claim; nothing where only operations hold claims (P1).
[[nodiscard]] std::vector<NodeClaim> linkClaims(const World &world, const Node &parent, bool parentIsReadOnly,
                                                const std::string &role, NodeId child);

/// What \a user claims on the node it uses; none when it requires nothing: a
/// guest while the VM does not run (Eric Blake), an unknown or a job's backend, anybody on an inactive node.
/// A writer claims MV on every node above as well (P3), but not on the target of a running backup of what it writes:
/// there the old data is saved first.
[[nodiscard]] std::vector<NodeClaim> standingClaims(const World &world, const User &user);

/// What is above the nodes that were asked about before, for asking about many users of one World in turn.
using NodesAbove = std::unordered_map<NodeId, std::vector<NodeId>>;
[[nodiscard]] std::vector<NodeClaim> standingClaims(const World &world, const User &user, NodesAbove &known);
[[nodiscard]] std::vector<NodeClaim> userClaims(const World &world, const User &user, NodeId root, NodesAbove &known);

/// What \a user would claim if it used \a root.
[[nodiscard]] std::vector<NodeClaim> userClaims(const World &world, const User &user, NodeId root);

/// Adds what reading P2 of operations.md 3.1 leaves out: who reads a node reads its backing files, so RV is claimed on
/// all of them.
void addBackingReads(const BlockGraph &graph, std::vector<NodeClaim> &claims);

} // namespace blockscope
