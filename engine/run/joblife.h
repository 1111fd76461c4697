// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The life of a job: created, running, (ready), waiting, pending, concluded,
/// null, as job.c of QEMU has it. The step machines themselves are in operations/.

#include "engine/operations/plan.h"
#include "engine/world/world.h"

namespace blockscope {

/// Enters the job of \a plan, with its claims, and starts it. REQUIRES: the plan was just made and allowed.
JobId startJob(World &world, const Plan &plan);
/// One step. REQUIRES: canStep().
void stepJob(World &world, JobId job);
/// Completion proper, for a job that is pending.
void finalizeJob(World &world, JobId job);
/// Ends a job without completing it: releases its claims, cleans up, keeps what it wrote.
void abortJob(World &world, JobId job, std::string error);
/// Lets a concluded job go.
void dismissJob(World &world, JobId job);

} // namespace blockscope
