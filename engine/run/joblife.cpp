// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/run/joblife.h"

#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/policies/policy.h"
#include "engine/run/apply.h"
#include "engine/run/jobgraph.h"
#include "engine/world/grant.h"

#include <algorithm>
#include <cassert>

namespace blockscope {

namespace {

/// A stream, and a commit that succeeded, let go of their nodes only when they are dismissed; commit_abort(),
/// mirror_exit_common() and backup_clean() do so by themselves (block_job_remove_all_bdrv()).
bool keepsLinks(const Job &job)
{
    return job.type == "stream" || (job.type == "commit" && job.node("overlay") && job.error.empty());
}

/// The common end: whatever happened, no claim and no half-opened node stays behind.
void conclude(World &world, JobId id)
{
    Job &job = world.editJob(id);
    if (const Operation *operation = findOperation(job.operation); operation != nullptr && job.isSimulated)
        operation->cleanUp(world, job);
    world.ledger.release(Holder::of(id));
    const bool keptTarget = job.keepsTarget();
    job.status = JobStatus::Concluded;
    job.isPausedByUser = false;
    job.endedAt = world.clock;
    job.buffer.reset();
    job.phase = Job::Phase::Scan;
    const Progress reached = progressOf(job); // to be told when what it was counted by is gone
    job.cursor = reached.done;
    job.length = reached.total;
    job.dirty.clear();
    job.done.clear();
    job.pointInTime.clear();
    const std::vector<RoleNode> nodes = job.nodes;
    if (keptTarget)
        refreshUsers(world); // who writes to its source changes its target now
    if (world.job(id).autoDismiss || !keepsLinks(world.job(id)))
        leaveGraph(world, id);
    else
        removeBackends(world, id);
    for (const RoleNode &each : nodes)
        closeIfUnreferenced(world, each.node);
    if (world.job(id).autoDismiss)
        dismissJob(world, id);
}

/// What a job was stopped at, if it was.
std::optional<std::string> violationText(const World &world, JobId id)
{
    const Finding *violation = accessViolation(world, Holder::of(id));
    if (violation == nullptr)
        return std::nullopt;
    return "Access violation: " + world.job(id).operation + " holds no claim for " + letters(violation->action) +
           " on node '" + world.node(violation->node).name + "'";
}

void stopAtViolation(World &world, JobId id)
{
    if (auto violation = violationText(world, id))
        abortJob(world, id, std::move(*violation));
}

/// The jobs that end with \a id, itself among them, that have not ended yet.
std::vector<JobId> groupOf(const World &world, JobId id)
{
    const std::uint32_t transaction = world.job(id).transaction;
    if (transaction == 0)
        return {id};
    std::vector<JobId> group;
    for (const auto &job : world.jobs) {
        if (job->transaction == transaction && job->isActive())
            group.push_back(job->id);
    }
    return group;
}

/// Done, and so waiting for the others of its transaction; the last one lets all of them go on
/// (job_completed_txn_success() in job.c).
void finishCopying(World &world, JobId id)
{
    world.editJob(id).status = JobStatus::Waiting;
    const auto group = groupOf(world, id);
    if (std::any_of(group.begin(), group.end(),
                    [&](JobId each) { return world.job(each).status < JobStatus::Waiting; }))
        return;
    for (JobId each : group)
        world.editJob(each).status = JobStatus::Pending;
    // Who holds the graph lock is waited for (finalizeWaitingJobs()).
    if (!world.isGraphLocked() &&
        std::all_of(group.begin(), group.end(), [&](JobId each) { return world.job(each).autoFinalize; }))
        finalizeJob(world, id);
}

/// Graph and headers change; what went wrong is in the job's error.
/// False when it failed; job.error says why.
bool completeJob(World &world, JobId id)
{
    bool isDone = true;
    dissolveFilter(world, world.job(id));
    const Operation *operation = findOperation(world.job(id).operation);
    if (operation != nullptr && world.job(id).isSimulated) {
        isDone = operation->complete(world, world.editJob(id));
        if (auto violation = violationText(world, id))
            world.editJob(id).error = std::move(*violation);
    }
    conclude(world, id);
    return isDone;
}

void abortAlone(World &world, JobId id, std::string error)
{
    world.editJob(id).error = std::move(error);
    dissolveFilter(world, world.job(id));
    conclude(world, id);
}

} // namespace

JobId startJob(World &world, const Plan &plan, std::uint32_t transaction)
{
    const JobId id{static_cast<std::uint32_t>(world.jobs.size())};
    Job job;
    job.id = id;
    job.name = plan.jobName;
    job.operation = plan.operation->name;
    job.type = plan.operation->jobType;
    job.arguments = plan.arguments;
    job.nodes = plan.nodes;
    job.status = JobStatus::Running;
    job.autoFinalize = boolArgument(plan.arguments, "auto-finalize", true);
    job.autoDismiss = boolArgument(plan.arguments, "auto-dismiss", true);
    job.startedAt = world.clock;
    job.transaction = transaction;
    world.jobs.emplace_back(std::move(job));
    world.ledger.acquire(Holder::of(id), world.clock, plan.claims);
    if (world.job(id).keepsTarget())
        refreshUsers(world); // who writes to its source does not change its target any more
    plan.operation->start(world, plan, &world.editJob(id));
    if (world.job(id).keepsTarget())
        refreshUsers(world); // a target that was made just now
    if (const Policy *policy = findPolicy(world.policy); policy != nullptr && policy->hasPermissions)
        enterGraph(world, id);
    stopAtViolation(world, id);
    return id;
}

bool canStep(const Job &job)
{
    if (!job.isSimulated)
        return false;
    if (job.status == JobStatus::Running)
        return !job.onlyFollows();
    const bool hasWork = job.phase == Job::Phase::Write || job.wantsPivot || job.isCancelled ||
                         std::find(job.dirty.begin(), job.dirty.end(), true) != job.dirty.end();
    return job.status == JobStatus::Ready && hasWork;
}

void stepJob(World &world, JobId id)
{
    assert(canStep(world.job(id)));
    const Operation *operation = findOperation(world.job(id).operation);
    switch (operation->step(world, world.editJob(id))) {
    case StepResult::Progressed:
        break;
    case StepResult::Ready:
        world.editJob(id).status = JobStatus::Ready;
        break;
    case StepResult::Finished:
        finishCopying(world, id);
        break;
    case StepResult::Failed:
        abortJob(world, id, violationText(world, id).value_or(world.job(id).error));
        break;
    }
}

void finalizeJob(World &world, JobId id)
{
    assert(world.job(id).status == JobStatus::Pending);
    bool isDone = true;
    for (JobId each : groupOf(world, id)) {
        if (isDone && world.job(each).status == JobStatus::Pending)
            isDone = completeJob(world, each);
        else
            abortAlone(world, each, "Operation canceled");
    }
}

void finalizeWaitingJobs(World &world)
{
    if (world.isGraphLocked())
        return;
    for (std::uint32_t id = 0; id < world.jobs.size(); ++id) {
        const Job &job = world.job(JobId{id});
        if (job.status != JobStatus::Pending || !job.isSimulated)
            continue;
        const auto group = groupOf(world, job.id);
        if (std::all_of(group.begin(), group.end(), [&](JobId each) { return world.job(each).autoFinalize; }))
            finalizeJob(world, job.id);
    }
}

void abortJob(World &world, JobId id, std::string error)
{
    const auto group = groupOf(world, id);
    abortAlone(world, id, std::move(error));
    for (JobId each : group) {
        if (each != id && world.job(each).isActive())
            abortAlone(world, each, "Operation canceled");
    }
}

void dismissJob(World &world, JobId id)
{
    leaveGraph(world, id); // one that was captured when it had concluded may still hold its links
    world.editJob(id).status = JobStatus::Null;
}

} // namespace blockscope
