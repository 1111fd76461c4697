// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// blockdev-backup, sync=full: copies the source as it was when the job
// started; a write to the source saves the old data first
// (qmp_blockdev_backup() in blockdev.c, block/backup.c).
#include "engine/operations/catalogue.h"
#include "engine/operations/copying.h"
#include "engine/operations/targets.h"
#include "engine/world/contract.h"

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr std::string_view kSyncModes[] = {"full", "top", "none", "incremental", "bitmap"};
constexpr Parameter kParameters[] = {
    {.name = "device", .kind = Kind::Device, .isRequired = true, .role = "source"},
    {.name = "target", .kind = Kind::Node, .isRequired = true, .role = "target"},
    {.name = "sync", .kind = Kind::Choice, .isRequired = true, .choices = kSyncModes},
    {.name = "job-id", .kind = Kind::JobName},
    {.name = "speed", .kind = Kind::Number},
    {.name = "bitmap"},
    {.name = "bitmap-mode"},
    {.name = "compress", .kind = Kind::Boolean},
    {.name = "on-source-error"},
    {.name = "on-target-error"},
    {.name = "filter-node-name"},
    {.name = "x-perf", .kind = Kind::Options},
    {.name = "auto-finalize", .kind = Kind::Boolean},
    {.name = "auto-dismiss", .kind = Kind::Boolean},
};

Result<Plan> plan(const World &world, const Object &arguments)
{
    const auto nodes = findSourceAndTarget(world, arguments, "Source and target cannot be the same");
    if (!nodes)
        return nodes.error();
    const auto name = chooseJobName(world, arguments, "backup", nodes->source);
    if (!name)
        return name.error();
    PlanBuilder plan(kBlockdevBackup, "backup", arguments);
    addSourceAndTarget(plan, world, *nodes);
    plan.setJobName(*name);
    return plan.take();
}

void start(World &world, const Plan &, Job *job)
{
    const NodeId source = *job->node("source");
    const NodeId target = *job->node("target");
    const bool isPrepared = prepareTarget(world, *job, source, target);
    job->done.assign(job->length, false);
    if (isPrepared)
        job->pointInTime = shownBy(world, source);
}

constexpr LinearCopy kCopy{[](const World &, const Job &job, std::uint32_t index) { return job.done[index]; }, "source",
                           [](World &world, Job &job, std::uint32_t index, const Cluster &value) {
                               const WriteResult result =
                                   writeCluster(world, *job.node("target"), index, value, stampOf(world, job));
                               job.done[index] = result == WriteResult::Done;
                               return result;
                           }};

StepResult stepBackup(World &world, Job &job)
{
    return step(world, job, kCopy);
}

/// Nothing moves; the copy is there.
bool complete(World &world, Job &job)
{
    const NodeId target = *job.node("target");
    reportDifference(world, Finding::Kind::BackupDiffers, job, target, job.pointInTime);
    if (!hasReader(world, target))
        renewContract(world, target);
    return true;
}

} // namespace

const Operation kBlockdevBackup{.name = "blockdev-backup",
                                .family = Family::Jobs,
                                .jobType = "backup",
                                .parameters = kParameters,
                                .dropParameter = "device",
                                .plan = plan,
                                .suggest = suggestSource,
                                .start = start,
                                .step = stepBackup,
                                .complete = complete,
                                .cleanUp = cleanUpWritable};

} // namespace blockscope
