// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/run/adopt.h"

#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/run/joblife.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace blockscope {

namespace {

JobId addUnsimulated(World &world, const CapturedJob &captured)
{
    Job job;
    job.id = JobId{static_cast<std::uint32_t>(world.jobs.size())};
    job.name = captured.name;
    job.type = captured.type;
    job.operation = captured.operation;
    job.arguments = captured.arguments;
    job.isSimulated = false;
    job.startedAt = world.clock;
    world.jobs.emplace_back(job);
    return job.id;
}

std::optional<Plan> planOf(const World &world, const CapturedJob &captured)
{
    const Operation *operation = findOperation(captured.operation);
    if (operation == nullptr || !operation->isJob() || captured.status >= JobStatus::Aborting)
        return std::nullopt;
    Object arguments = captured.arguments;
    arguments["job-id"] = Value(captured.name);
    if (checkParameters(*operation, arguments))
        return std::nullopt;
    auto plan = operation->plan(world, arguments);
    return plan ? std::optional(std::move(*plan)) : std::nullopt;
}

/// What was done before the capture is done now, by the machine's own steps: the data is where the job had put
/// it, and what is still to do is what is left over.
void catchUp(World &world, JobId id, double fraction)
{
    const double wanted = std::isfinite(fraction) ? std::clamp(fraction, 0.0, 1.0) : 0.0;
    const Operation &operation = *findOperation(world.job(id).operation);
    const auto isBehind = [&] {
        const Progress progress = progressOf(world.job(id));
        return world.job(id).phase == Job::Phase::Write || progress.done < wanted * progress.total;
    };
    while (isBehind() && operation.step(world, world.editJob(id)) == StepResult::Progressed) {
    }
}

} // namespace

JobId adoptJob(World &world, const CapturedJob &captured)
{
    assert(!world.findJob(captured.name));
    const auto plan = planOf(world, captured);
    const JobId id = plan ? startJob(world, *plan) : addUnsimulated(world, captured);
    const bool isDone = captured.status == JobStatus::Ready || captured.status == JobStatus::Standby ||
                        captured.status == JobStatus::Pending;
    if (plan && !world.job(id).onlyFollows())
        catchUp(world, id, isDone ? 1.0 : captured.fraction);
    Job &job = world.editJob(id);
    job.status = captured.status == JobStatus::Null ? JobStatus::Concluded : captured.status;
    if (job.isSimulated)
        job.status = std::max(job.status, JobStatus::Running); // created: here it starts at once
    job.isPausedByUser = job.status == JobStatus::Paused || job.status == JobStatus::Standby;
    job.autoFinalize = captured.autoFinalize;
    job.autoDismiss = captured.autoDismiss;
    job.error = captured.error;
    if (captured.filter) {
        if (const auto filter = world.graph.findNode(*captured.filter))
            job.nodes.push_back({"filter", *filter});
    }
    return id;
}

} // namespace blockscope
