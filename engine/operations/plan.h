// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What an operation would do to a World, computed before anything is touched:
/// its affected nodes by role and the claims on them. This is what a policy judges.

#include "engine/access/ledger.h"
#include "engine/base/value.h"
#include "engine/world/imagelock.h"
#include "engine/world/job.h"

#include <optional>
#include <string>
#include <vector>

namespace blockscope {

struct Operation;

struct Plan
{
    const Operation *operation = nullptr; ///< a row of the catalogue; never null in a plan that was returned
    Object arguments;                     ///< as given, with the job-id that was chosen
    std::string jobName;                  ///< empty for a synchronous operation
    std::string host;                     ///< the QEMU process it is sent to; empty for the first
    std::vector<RoleNode> nodes;          ///< every affected node with its role; a node may have two roles
    std::vector<NodeClaim> claims;        ///< what the operation itself asks, node by node
    /// What it asks on nodes that it makes itself: they have no id yet, and nobody holds anything there.
    std::vector<NodeClaim> created;
    /// What links will claim that the operation makes or makes writable (P1, P5);
    /// asked with claims, but held by those links.
    std::vector<NodeClaim> standing;
    /// Holders whose standing claims the operation replaces: they do not stand in its way.
    std::vector<Holder> replaces;
    /// The members of a transaction, in order, without what they claim on nodes that do not exist yet. What is left is
    /// in the lists above as well.
    std::vector<Plan> members;
    /// Of a member: what is held when its turn comes, by all but the other members; a snapshot may have moved a guest.
    std::optional<Ledger> heldThen;
    std::vector<FileLock> passingLocks; ///< on files that are open only while it is done
    std::vector<std::string> forgotten; ///< the roles in which nothing is claimed although it should be

    /// The first node in that role, if any.
    [[nodiscard]] std::optional<NodeId> node(std::string_view role) const;
};

} // namespace blockscope
