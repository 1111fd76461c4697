// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The graph lock. Eric Blake in the RFC thread: between computing the list of affected nodes and acquiring them the
/// graph must not change, so "some sort of lock" is needed. A request may be listed first and acquired later; with the
/// lock (reading N5) nobody else changes the graph in between, without it the list may be stale when it is used.

#include "engine/policies/policy.h"
#include "engine/run/apply.h"

namespace blockscope {

/// Lists the nodes of a request and keeps the list. Invalid when the request is, or its id is taken.
Outcome listRequest(World &world, const ListControl &control);
/// Asks for the claims that were listed, as they were listed, and carries the request out on the graph as it is now.
/// Where a listed node is gone the list was stale: the event is allowed, as nobody checks it, and comes to a finding
/// (use after drop) instead of what was asked for. A refused one stays listed.
Outcome acquireListed(World &world, const AcquireControl &control);
/// Gives a listed request up.
Outcome unlistRequest(World &world, const UnlistControl &control);
/// Why the graph may not be changed now. REQUIRES: world.isGraphLocked().
[[nodiscard]] Reason lockReason(const World &world);
/// What \a policy says of \a plan; one that it allows is refused all the same while another request holds the graph
/// lock.
[[nodiscard]] Verdict judgeWithLock(const World &world, const Policy &policy, const Plan &plan);

} // namespace blockscope
