// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

// blockdev-backup: the target is a node that is there; for fleecing (sync=none) its owner has given it the source as
// backing file (qmp_blockdev_backup() in blockdev.c).
#include "engine/operations/backup.h"
#include "engine/operations/bitmapuse.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/claimtable.h"
#include "engine/operations/targets.h"
#include "engine/world/blockio.h"

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kParameters[] = {
    {.name = "device", .kind = Kind::Device, .isRequired = true, .role = "source"},
    {.name = "target", .kind = Kind::Node, .isRequired = true, .role = "target"},
    {.name = "sync", .kind = Kind::Choice, .isRequired = true, .choices = kBackupSyncModes},
    {.name = "job-id", .kind = Kind::JobName},
    {.name = "speed", .kind = Kind::Number},
    {.name = "bitmap"},
    {.name = "bitmap-mode", .kind = Kind::Choice, .choices = kBitmapModes},
    {.name = "compress", .kind = Kind::Boolean},
    {.name = "on-source-error", .kind = Kind::Choice, .choices = kErrorActions},
    {.name = "on-target-error", .kind = Kind::Choice, .choices = kErrorActions},
    {.name = "filter-node-name"},
    {.name = "x-perf", .kind = Kind::Options},
    {.name = "auto-finalize", .kind = Kind::Boolean},
    {.name = "auto-dismiss", .kind = Kind::Boolean},
};

Result<Plan> plan(const World &world, const Object &arguments)
{
    const auto nodes = findSourceAndTarget(world, arguments);
    if (!nodes)
        return nodes.error();
    if (isSameImage(world, nodes->source, nodes->target))
        return Error{"ARG-CHAIN", "target", "Source and target cannot be the same"};
    if (auto error = checkBackup(world, arguments, nodes->source))
        return *error;
    const std::uint64_t from = world.node(nodes->source).virtualSize;
    const std::uint64_t to = world.node(nodes->target).virtualSize;
    if (from != 0 && to != 0 && from != to)
        return Error{"ARG-SIZE", "target", "Source and target image have different sizes"};
    if (auto error = checkFilterName(world, arguments, "Could not create node: "))
        return *error;
    if (!isWritable(world, nodes->target))
        return Error{"ARG-READONLY", "target", "Could not create node: Block node is read-only"};
    if (auto error = checkChunk(arguments))
        return *error;
    const auto name = chooseJobName(world, arguments, "backup", nodes->source);
    if (!name)
        return name.error();
    PlanBuilder plan(kBlockdevBackup, "backup", arguments);
    addBackupSource(plan, world, arguments, nodes->source);
    addTarget(plan, world, nodes->target, claimFor("backup", backupTargetRole(arguments)));
    plan.setJobName(*name);
    return plan.take();
}

void start(World &world, const Plan &, Job *job)
{
    startBackup(world, *job);
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
                                .complete = completeBackup,
                                .cleanUp = cleanUpBackup};

} // namespace blockscope
