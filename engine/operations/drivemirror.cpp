// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

// drive-mirror: makes or opens the target's file itself; at the end the target gets its backing file, that of the
// source (sync=top) or the source (none), or with mode=existing the one that its own header names
// (qmp_drive_mirror() in blockdev.c, mirror_exit_common() in block/mirror.c). That one is not opened a second time
// here: the node that is open is linked.
#include "engine/graph/walk.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/copying.h"
#include "engine/operations/mirroring.h"
#include "engine/operations/newimage.h"
#include "engine/operations/targets.h"

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kParameters[] = {
    {.name = "device", .kind = Kind::Device, .isRequired = true, .role = "source"},
    {.name = "target", .isRequired = true},
    {.name = "sync", .kind = Kind::Choice, .isRequired = true, .choices = kMirrorSyncModes},
    {.name = "mode", .kind = Kind::Choice, .choices = kImageModes},
    {.name = "format"},
    {.name = "node-name"},
    {.name = "replaces", .kind = Kind::Node, .role = "replaces"},
    {.name = "job-id", .kind = Kind::JobName},
    {.name = "speed", .kind = Kind::Number},
    {.name = "granularity", .kind = Kind::Number},
    {.name = "buf-size", .kind = Kind::Number},
    {.name = "on-source-error", .kind = Kind::Choice, .choices = kErrorActions},
    {.name = "on-target-error", .kind = Kind::Choice, .choices = kErrorActions},
    {.name = "unmap", .kind = Kind::Boolean},
    {.name = "copy-mode", .kind = Kind::Choice, .choices = kCopyModes},
    {.name = "auto-finalize", .kind = Kind::Boolean},
    {.name = "auto-dismiss", .kind = Kind::Boolean},
};

/// What becomes the target's backing file at the end, if the source decides it.
std::optional<NodeId> backingOfTarget(const World &world, const Object &arguments, NodeId source)
{
    const std::string sync = syncMode(world, arguments, source);
    if (sync == "none")
        return source;
    return sync == "top" ? nextInChain(world.graph, source) : std::nullopt;
}

NewImage describeTarget(const World &world, const Object &arguments, NodeId source)
{
    NewImage image = describeImage(world, arguments, "target", source);
    image.name = textArgument(arguments, "node-name").value_or("");
    image.recorded = backingOfTarget(world, arguments, source);
    return image;
}

std::optional<Error> check(const World &world, const Object &arguments, NodeId source)
{
    const auto name = textArgument(arguments, "node-name");
    if (find(arguments, "replaces") != nullptr && !name) {
        return Error{"ARG-MISSING", "node-name",
                     "a node-name must be provided when replacing a named node of the graph"};
    }
    if (auto error = checkImage(world, describeTarget(world, arguments, source), "target"))
        return error;
    return name ? checkNodeName(world, *name) : std::nullopt;
}

Result<Plan> plan(const World &world, const Object &arguments)
{
    const auto source = lookUpNode(world, "device", *textArgument(arguments, "device"));
    if (!source)
        return source.error();
    if (auto error = check(world, arguments, *source))
        return *error;
    if (auto error = checkMirror(world, arguments, *source, std::nullopt))
        return *error;
    const auto name = chooseJobName(world, arguments, "mirror", *source);
    if (!name)
        return name.error();
    PlanBuilder plan(kDriveMirror, "mirror", arguments);
    addMirrorSource(plan, world, arguments, *source);
    plan.create("target");
    plan.setJobName(*name);
    return plan.take();
}

Object suggest(const World &world, NodeId node)
{
    Object arguments = suggestSource(world, node);
    arguments["target"] = Value("/images/" + world.node(node).name + "-mirror.qcow2");
    return arguments;
}

void start(World &world, const Plan &plan, Job *job)
{
    const NodeId target = openImage(world, describeTarget(world, plan.arguments, *job->node("source")));
    job->nodes.push_back({"target", target});
    claimCreated(world, plan, Holder::of(job->id), "target", target);
    startMirror(world, *job);
}

bool complete(World &world, Job &job)
{
    const NodeId target = *job.node("target");
    const bool exists = textArgument(job.arguments, "mode") == "existing";
    const auto backing = exists ? recordedBacking(world, skipFilters(world.graph, target))
                                : backingOfTarget(world, job.arguments, *job.node("source"));
    if (backing && !backingChild(world.graph, target) && !isReachable(world.graph, *backing, target) &&
        !setBacking(world, target, *backing, Holder::of(job.id)))
        return false;
    return completeMirror(world, job);
}

} // namespace

const Operation kDriveMirror{.name = "drive-mirror",
                             .family = Family::Jobs,
                             .fidelity = Fidelity::Simplified,
                             .jobType = "mirror",
                             .parameters = kParameters,
                             .dropParameter = "device",
                             .plan = plan,
                             .suggest = suggest,
                             .start = start,
                             .step = stepMirror,
                             .complete = complete,
                             .cleanUp = cleanUpWritable};

} // namespace blockscope
