// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

// blockdev-mirror: the target is a node that is there, and its backing file is its owner's affair: with sync=top or
// none the target must have been given one (MIRROR_LEAVE_BACKING_CHAIN; a real QEMU 7.2 leaves it without, too)
// (qmp_blockdev_mirror() in blockdev.c, block/mirror.c).
#include "engine/operations/catalogue.h"
#include "engine/operations/claimtable.h"
#include "engine/operations/copying.h"
#include "engine/operations/mirroring.h"
#include "engine/operations/targets.h"
#include "engine/world/blockio.h"

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kParameters[] = {
    {.name = "device", .kind = Kind::Device, .isRequired = true, .role = "source"},
    {.name = "target", .kind = Kind::Node, .isRequired = true, .role = "target"},
    {.name = "sync", .kind = Kind::Choice, .isRequired = true, .choices = kMirrorSyncModes},
    {.name = "replaces", .kind = Kind::Node, .role = "replaces"},
    {.name = "job-id", .kind = Kind::JobName},
    {.name = "speed", .kind = Kind::Number},
    {.name = "granularity", .kind = Kind::Number},
    {.name = "buf-size", .kind = Kind::Number},
    {.name = "on-source-error", .kind = Kind::Choice, .choices = kErrorActions},
    {.name = "on-target-error", .kind = Kind::Choice, .choices = kErrorActions},
    {.name = "filter-node-name"},
    {.name = "copy-mode", .kind = Kind::Choice, .choices = kCopyModes},
    {.name = "auto-finalize", .kind = Kind::Boolean},
    {.name = "auto-dismiss", .kind = Kind::Boolean},
};

Result<Plan> plan(const World &world, const Object &arguments)
{
    const auto nodes = findSourceAndTarget(world, arguments);
    if (!nodes)
        return nodes.error();
    if (auto error = checkMirror(world, arguments, nodes->source, nodes->target))
        return *error;
    const auto name = chooseJobName(world, arguments, "mirror", nodes->source);
    if (!name)
        return name.error();
    if (!isWritable(world, nodes->target))
        return Error{"ARG-READONLY", "target", "Block node is read-only"};
    PlanBuilder plan(kBlockdevMirror, "mirror", arguments);
    addMirrorSource(plan, world, arguments, nodes->source);
    addTarget(plan, world, nodes->target, claimFor("mirror", "target"));
    plan.setJobName(*name);
    return plan.take();
}

void start(World &world, const Plan &, Job *job)
{
    startMirror(world, *job);
}

} // namespace

const Operation kBlockdevMirror{.name = "blockdev-mirror",
                                .family = Family::Jobs,
                                .fidelity = Fidelity::Simplified, // copy-mode: mirroring.h
                                .jobType = "mirror",
                                .parameters = kParameters,
                                .dropParameter = "device",
                                .plan = plan,
                                .suggest = suggestSource,
                                .start = start,
                                .step = stepMirror,
                                .complete = completeMirror,
                                .cleanUp = cleanUpWritable};

} // namespace blockscope
