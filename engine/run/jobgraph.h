// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What a job puts into the graph: since 2.9 QEMU's jobs hold links to the nodes they use and BlockBackends of their
/// own, and put a filter above the node they work on (block/commit.c, mirror.c, stream.c, copy-before-write.c). With a
/// policy of that time (Policy::hasPermissions) jobs here do so, too; what is captured always has it.

#include "engine/world/world.h"

namespace blockscope {

struct Policy;

/// Puts filter, links and BlockBackends of a block job that has just started into the graph. Nothing for other jobs.
void enterGraph(World &world, JobId id);
/// Lets what used the job's filter use the node below it again.
void dissolveFilter(World &world, const Job &job);
/// Takes out the BlockBackends of a job.
void removeBackends(World &world, JobId id);
/// Takes out what stands in the graph only for this job: its links and BlockBackends.
void leaveGraph(World &world, JobId id);

/// Puts \a policy in force. Where it wants jobs in the graph, those that are not there enter it.
void usePolicy(World &world, const Policy &policy);

} // namespace blockscope
