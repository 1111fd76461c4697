// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A request from its decision to what it does. The decision itself is in apply.h.

#include "engine/policies/policy.h"
#include "engine/run/apply.h"

namespace blockscope {

[[nodiscard]] Outcome invalid(const World &world, Error error);
[[nodiscard]] Outcome allowed(const World &world, std::optional<JobId> job = std::nullopt);

/// The plan of a request whose parameters are known to fit.
[[nodiscard]] Result<Plan> planOf(const World &world, const Operation &operation, const Object &arguments,
                                  const std::string &host);
/// All that \a policy looks at: claims and blockers, the graph lock, and what it and the image locks say of the result.
[[nodiscard]] Verdict judgeInFull(const World &world, const Policy &policy, const Plan &plan);

/// Does what was decided: starts the job, or carries the synchronous operation out; refuses it when the verdict says
/// so, when the graph lock is held by another, when images are locked by another process, or when a synchronous
/// operation tries what it did not claim. REQUIRES: \a decision was made on this World, or lists nodes that are still
/// open.
Outcome carryOut(World &world, const Decision &decision);

/// Does a synchronous operation, which holds its claims only while it is done; why it was stopped, if it was.
[[nodiscard]] std::optional<Reason> doSynchronously(World &world, const Plan &plan);
/// Starts a job; \a transaction is the number of its group, 0 for none.
JobId beginJob(World &world, const Plan &plan, std::uint32_t transaction = 0);

} // namespace blockscope
