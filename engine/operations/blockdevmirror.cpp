// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// blockdev-mirror, sync=full: copies everything to the target, follows the
// source until told to complete, then moves its users over
// (qmp_blockdev_mirror() in blockdev.c, block/mirror.c).
#include "engine/graph/walk.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/copying.h"
#include "engine/operations/targets.h"
#include "engine/world/contract.h"

#include <algorithm>

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr std::string_view kSyncModes[] = {"full", "top", "none"};
constexpr std::string_view kCopyModes[] = {"background", "write-blocking"};
constexpr Parameter kParameters[] = {
    {.name = "device", .kind = Kind::Device, .isRequired = true, .role = "source"},
    {.name = "target", .kind = Kind::Node, .isRequired = true, .role = "target"},
    {.name = "sync", .kind = Kind::Choice, .isRequired = true, .choices = kSyncModes},
    {.name = "replaces", .kind = Kind::Node, .role = "replaces"},
    {.name = "job-id", .kind = Kind::JobName},
    {.name = "speed", .kind = Kind::Number},
    {.name = "granularity", .kind = Kind::Number},
    {.name = "buf-size", .kind = Kind::Number},
    {.name = "on-source-error"},
    {.name = "on-target-error"},
    {.name = "filter-node-name"},
    {.name = "copy-mode", .kind = Kind::Choice, .choices = kCopyModes},
    {.name = "auto-finalize", .kind = Kind::Boolean},
    {.name = "auto-dismiss", .kind = Kind::Boolean},
};

/// True when \a node shows the same as \a source: a filter's child or a quorum's (bdrv_recurse_can_replace).
bool canReplace(const BlockGraph &graph, NodeId source, NodeId node)
{
    const auto path = filterPath(graph, source);
    if (std::find(path.begin(), path.end(), node) != path.end())
        return true;
    const auto &children = graph.node(path.back()).children;
    return std::any_of(children.begin(), children.end(), [&](EdgeId edge) {
        return graph.edge(edge).role.starts_with("children.") && graph.edge(edge).child == node &&
               graph.node(node).parents.size() == 1;
    });
}

/// check_to_replace_node() of block.c
Result<NodeId> findReplaced(const World &world, NodeId source, const std::string &name)
{
    const auto node = world.graph.findNode(name);
    if (!node)
        return Error{"ARG-NODE", "replaces", "Failed to find node with node-name='" + name + "'"};
    if (!canReplace(world.graph, source, *node)) {
        return Error{"ARG-CHAIN", "replaces",
                     "Cannot replace '" + name + "' by a node mirrored from '" + world.node(source).name +
                         "', because it cannot be guaranteed that doing so would not lead to an abrupt change of "
                         "visible data"};
    }
    return *node;
}

Result<Plan> plan(const World &world, const Object &arguments)
{
    const auto nodes = findSourceAndTarget(world, arguments, "Can't mirror node into itself");
    if (!nodes)
        return nodes.error();
    const auto name = chooseJobName(world, arguments, "mirror", nodes->source);
    if (!name)
        return name.error();
    PlanBuilder plan(kBlockdevMirror, "mirror", arguments);
    addSourceAndTarget(plan, world, *nodes);
    if (const auto replaced = textArgument(arguments, "replaces")) {
        const auto node = findReplaced(world, nodes->source, *replaced);
        if (!node)
            return node.error();
        plan.add("replaces", *node);
    }
    plan.setJobName(*name);
    return plan.take();
}

void start(World &world, const Plan &, Job *job)
{
    const NodeId source = *job->node("source");
    const NodeId target = *job->node("target");
    if (!prepareTarget(world, *job, source, target))
        return;
    markAllocatedDirty(world, *job, source, std::nullopt);
    // QEMU zeroes a target that may hold data (mirror_dirty_init() with zero_target).
    for (std::uint32_t index = 0; index < job->length; ++index)
        job->dirty[index] = job->dirty[index] || isAllocatedAbove(world, target, std::nullopt, index);
}

StepResult stepMirror(World &world, Job &job)
{
    return stepDirty(world, job, "source", "target");
}

bool complete(World &world, Job &job)
{
    if (job.isCancelled)
        return true; // the target stays behind as a copy
    const auto replaces = job.node("replaces");
    const NodeId from = replaces ? *replaces : *job.node("source");
    const NodeId target = *job.node("target");
    const Holder actor = Holder::of(job.id);
    reportDifference(world, Finding::Kind::MirrorDiffers, job, target, shownBy(world, *job.node("source")));
    if (!hasReader(world, target))
        renewContract(world, target);
    if (!pivot(world, from, target, actor))
        return false;
    reportLeftBehind(world, from, actor);
    markObsolete(world, backingChain(world.graph, from));
    return true;
}

} // namespace

const Operation kBlockdevMirror{.name = "blockdev-mirror",
                                .family = Family::Jobs,
                                .jobType = "mirror",
                                .parameters = kParameters,
                                .dropParameter = "device",
                                .plan = plan,
                                .suggest = suggestSource,
                                .start = start,
                                .step = stepMirror,
                                .complete = complete,
                                .cleanUp = cleanUpWritable};

} // namespace blockscope
