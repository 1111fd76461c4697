// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

// drive-backup: makes or opens the target's file itself, for sync=top above the source's backing file, for none above
// the source (drive_backup_action() in blockdev.c). A backing file is linked, not opened a second time.
#include "engine/graph/walk.h"
#include "engine/operations/backup.h"
#include "engine/operations/bitmapuse.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/claimtable.h"
#include "engine/operations/newimage.h"
#include "engine/operations/targets.h"

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kParameters[] = {
    {.name = "device", .kind = Kind::Device, .isRequired = true, .role = "source"},
    {.name = "target", .isRequired = true},
    {.name = "sync", .kind = Kind::Choice, .isRequired = true, .choices = kBackupSyncModes},
    {.name = "mode", .kind = Kind::Choice, .choices = kImageModes},
    {.name = "format"},
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

NewImage describeTarget(const World &world, const Object &arguments, NodeId source)
{
    NewImage image = describeImage(world, arguments, "target", source);
    const std::string sync = syncMode(world, arguments, source);
    if (sync == "none")
        image.recorded = source;
    else if (sync == "top")
        image.recorded = nextInChain(world.graph, source);
    return image;
}

Result<Plan> plan(const World &world, const Object &arguments)
{
    const auto source = lookUpNode(world, "device", *textArgument(arguments, "device"));
    if (!source)
        return source.error();
    if (auto error = checkImage(world, describeTarget(world, arguments, *source), "target"))
        return *error;
    if (auto error = checkBackup(world, arguments, *source))
        return *error;
    if (auto error = checkFilterName(world, arguments, "Could not create node: "))
        return *error;
    if (auto error = checkChunk(arguments))
        return *error;
    const auto name = chooseJobName(world, arguments, "backup", *source);
    if (!name)
        return name.error();
    PlanBuilder plan(kDriveBackup, "backup", arguments);
    addBackupSource(plan, world, arguments, *source);
    plan.create("target", claimFor("backup", backupTargetRole(arguments)));
    plan.setJobName(*name);
    return plan.take();
}

Object suggest(const World &world, NodeId node)
{
    Object arguments = suggestSource(world, node);
    arguments["target"] = Value("/images/" + world.node(node).name + "-backup.qcow2");
    return arguments;
}

void start(World &world, const Plan &plan, Job *job)
{
    const NewImage image = describeTarget(world, plan.arguments, *job->node("source"));
    const NodeId target = openImage(world, image);
    const auto backing = recordedBacking(world, target);
    if (backing && !isReachable(world.graph, *backing, target))
        attach(world, Parent::of(target), *backing, "backing");
    job->nodes.push_back({"target", target});
    claimCreated(world, plan, Holder::of(job->id), "target", target);
    startBackup(world, *job);
}

} // namespace

const Operation kDriveBackup{.name = "drive-backup",
                             .family = Family::Jobs,
                             .fidelity = Fidelity::Simplified,
                             .jobType = "backup",
                             .parameters = kParameters,
                             .dropParameter = "device",
                             .plan = plan,
                             .suggest = suggest,
                             .start = start,
                             .step = stepBackup,
                             .complete = completeBackup,
                             .cleanUp = cleanUpBackup};

} // namespace blockscope
