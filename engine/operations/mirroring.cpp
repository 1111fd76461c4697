// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/mirroring.h"

#include "engine/graph/walk.h"
#include "engine/operations/claimtable.h"
#include "engine/operations/copying.h"
#include "engine/operations/targets.h"
#include "engine/world/contract.h"

#include <algorithm>

namespace blockscope {

namespace {

/// True when \a node shows the same as \a source: a filter's child or a quorum's (bdrv_recurse_can_replace).
bool canReplace(const BlockGraph &graph, NodeId source, NodeId node)
{
    const auto path = filterPath(graph, source);
    if (std::find(path.begin(), path.end(), node) != path.end())
        return true;
    const auto children = quorumChildren(graph, path.back());
    return std::find(children.begin(), children.end(), node) != children.end() && graph.node(node).parents.size() == 1;
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

std::optional<Error> checkGranularity(const Object &arguments)
{
    constexpr std::int64_t kSmallest = 512;
    constexpr std::int64_t kLargest = 64 * 1024 * 1024;
    const Value *value = find(arguments, "granularity");
    const std::int64_t bytes = value != nullptr ? *value->asInteger() : 0;
    if (bytes == 0)
        return std::nullopt;
    if (bytes < kSmallest || bytes > kLargest)
        return Error{"ARG-RANGE", "granularity", "Parameter 'granularity' expects a value in range [512B, 64MB]"};
    if ((bytes & (bytes - 1)) != 0)
        return Error{"ARG-RANGE", "granularity", "Parameter 'granularity' expects a power of 2"};
    return std::nullopt;
}

} // namespace

std::optional<Error> checkMirror(const World &world, const Object &arguments, NodeId source,
                                 std::optional<NodeId> target)
{
    if (auto error = checkGranularity(arguments))
        return error;
    if (const auto replaced = textArgument(arguments, "replaces")) {
        if (const auto node = findReplaced(world, source, *replaced); !node)
            return node.error();
    }
    const Value *size = find(arguments, "buf-size");
    if (size != nullptr && *size->asInteger() < 0)
        return Error{"ARG-RANGE", "buf-size", "Invalid parameter 'buf-size'"};
    if (target && isSameImage(world, source, *target))
        return Error{"ARG-CHAIN", "target", "Can't mirror node into itself"};
    return checkFilterName(world, arguments);
}

void addMirrorSource(PlanBuilder &plan, const World &world, const Object &arguments, NodeId source)
{
    addSource(plan, world, source, claimFor("mirror", "source"), syncMode(world, arguments, source));
    const auto replaced = textArgument(arguments, "replaces");
    if (!replaced)
        return;
    const NodeId node = *findReplaced(world, source, *replaced);
    plan.add("replaces", node);
    for (EdgeId link : world.node(node).parents) { // a quorum's lets nobody else change its child's links
        if (world.graph.edge(link).parent.isNode())
            plan.movesLink(link);
    }
}

void startMirror(World &world, Job &job)
{
    const NodeId source = *job.node("source");
    const NodeId target = *job.node("target");
    const std::uint64_t from = world.node(source).virtualSize;
    const std::uint64_t to = world.node(target).virtualSize;
    if (from != 0 && to != 0 && from != to)
        job.error = "Source and target image have different sizes"; // mirror_run() finds it out
    if (!job.error.empty() || !prepareTarget(world, job, source, target))
        return;
    const std::string sync = syncMode(world, job.arguments, source);
    if (sync == "none") {
        job.dirty.assign(job.length, false);
        return;
    }
    const bool isFull = sync == "full";
    markAllocatedDirty(world, job, source, isFull ? std::nullopt : nextInChain(world.graph, source));
    // QEMU zeroes a target that may hold data (mirror_dirty_init() with zero_target).
    for (std::uint32_t index = 0; isFull && index < job.length; ++index)
        job.dirty[index] = job.dirty[index] || isAllocatedAbove(world, target, std::nullopt, index);
}

StepResult stepMirror(World &world, Job &job)
{
    return job.error.empty() ? stepDirty(world, job, "source", "target") : StepResult::Failed;
}

bool completeMirror(World &world, Job &job)
{
    if (job.isCancelled)
        return true; // the target stays behind as a copy
    const auto replaces = job.node("replaces");
    const NodeId from = replaces ? *replaces : *job.node("source");
    const NodeId target = *job.node("target");
    const Holder actor = Holder::of(job.id);
    if (replaces && !canReplace(world.graph, *job.node("source"), from)) {
        job.error = "Operation not permitted"; // "Can no longer replace ..." goes to the log alone
        return false;
    }
    reportDifference(world, Finding::Kind::MirrorDiffers, job, target, shownBy(world, *job.node("source")));
    if (!hasReader(world, target))
        renewContract(world, target);
    if (!pivot(world, from, target, actor))
        return false;
    reportLeftBehind(world, from, actor);
    if (!isReachable(world.graph, target, from)) // with sync=none the source may be the target's backing file
        markObsolete(world, backingChain(world.graph, from));
    return true;
}

} // namespace blockscope
