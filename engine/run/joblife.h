// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The life of a job: created, running, (ready), waiting, pending, concluded,
/// null, as job.c of QEMU has it. The step machines themselves are in operations/.

#include "engine/operations/plan.h"
#include "engine/world/world.h"

namespace blockscope {

/// Enters the job of \a plan, with its claims, and starts it. Jobs of one \a transaction (0: none) end together: each
/// waits when it is done, and when one fails or is cancelled, so are the others. REQUIRES: the plan was just made and
/// allowed.
JobId startJob(World &world, const Plan &plan, std::uint32_t transaction = 0);
/// One step. REQUIRES: canStep().
void stepJob(World &world, JobId job);
/// Completion proper, for a job that is pending, and the others of its transaction.
void finalizeJob(World &world, JobId job);
/// Completes the jobs that are pending only because the graph was locked when they were done.
void finalizeWaitingJobs(World &world);
/// Ends a job without completing it: releases its claims, cleans up, keeps what it wrote. The others of its transaction
/// are cancelled.
void abortJob(World &world, JobId job, std::string error);
/// Lets a concluded job go.
void dismissJob(World &world, JobId job);

} // namespace blockscope
