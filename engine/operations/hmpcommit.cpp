// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// commit, of HMP: copies what a device's image has down into its backing file, at once, and empties the image; "all"
// does it for every device (hmp_commit() and bdrv_commit(), block/commit.c).
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/imagesize.h"
#include "engine/world/blockio.h"
#include "engine/world/contract.h"
#include "engine/world/grant.h"

#include <algorithm>

namespace blockscope {

namespace {

constexpr Parameter kParameters[] = {
    {.name = "device", .kind = Parameter::Kind::Device, .isRequired = true, .role = "top"},
};

/// bdrv_commit() answers with an error number, which HMP spells out.
Error failure(const std::string &device, const char *what)
{
    return {"ARG-CHAIN", "device", "'commit' error for '" + device + "': " + what};
}

std::optional<Error> checkTop(const World &world, const std::string &device, NodeId top)
{
    if (!nextInChain(world.graph, top))
        return failure(device, "Operation not supported");
    if (!isWritable(world, top))
        return failure(device, "Operation not permitted");
    return std::nullopt;
}

/// The images of all devices that have a backing file (blk_commit_all()).
std::vector<NodeId> allTops(const World &world)
{
    std::vector<NodeId> tops;
    for (const auto &user : world.users) {
        const auto root = world.rootOf(user->id);
        const auto top = root ? std::optional(skipFilters(world.graph, *root)) : std::nullopt;
        if (top && world.node(*top).host.empty() && nextInChain(world.graph, *top) &&
            std::find(tops.begin(), tops.end(), *top) == tops.end())
            tops.push_back(*top);
    }
    return tops;
}

Result<std::vector<NodeId>> findTops(const World &world, const std::string &device)
{
    if (device == "all")
        return allTops(world);
    const auto root = lookUpNode(world, "device", device);
    if (!root && !world.findUser(device))
        return Error{"ARG-NODE", "device", "Device '" + device + "' not found"};
    if (!root)
        return root.error();
    return std::vector<NodeId>{skipFilters(world.graph, *root)};
}

Result<Plan> plan(const World &world, const Object &arguments)
{
    const std::string device = *textArgument(arguments, "device");
    const auto tops = findTops(world, device);
    if (!tops)
        return tops.error();
    PlanBuilder plan(kHmpCommit, "hmp-commit", arguments);
    for (NodeId top : *tops) {
        if (auto error = checkTop(world, device, top))
            return *error;
        const NodeId base = *nextInChain(world.graph, top);
        plan.add("top", top);
        plan.add("base", base);
        plan.add("sibling", nodesAbove(world.graph, {base}, top));
        plan.makesWritable(world, base);
    }
    return plan.take();
}

Object suggest(const World &world, NodeId node)
{
    return {{"device", world.node(node).name}};
}

bool copyDown(World &world, NodeId top, NodeId base)
{
    const Holder actor = Holder::synchronous();
    const std::uint32_t count = clusterCount(world, top);
    if (!permit(world, actor, top, Action::ReadMetadata) ||
        !resize(world, base, std::max(count, clusterCount(world, base)), actor))
        return false;
    if (world.node(base).virtualSize < world.node(top).virtualSize)
        setVirtualSize(world, base, world.node(top).virtualSize);
    const Stamp stamp{Stamp::Kind::Operation, 0, world.clock};
    for (std::uint32_t index = 0; index < count; ++index) {
        if (!isAllocated(world, top, index))
            continue;
        const auto value = readFor(world, top, index, actor);
        if (!value || writeCluster(world, base, index, *value, stamp) != WriteResult::Done)
            return false;
    }
    return true;
}

/// bdrv_make_empty(): what was there is in the base now.
void makeEmpty(World &world, NodeId top)
{
    if (!permit(world, Holder::synchronous(), top, Action::ModifyMetadata))
        return;
    const NodeId holder = dataNode(world.graph, top);
    BlockData &data = world.data[holder.value].edit();
    std::fill(data.begin(), data.end(), Cluster());
    world.changes.nodes.push_back(holder);
}

void commit(World &world, NodeId top, NodeId base)
{
    const bool wasReadOnly = world.node(base).isReadOnly;
    if (wasReadOnly)
        setReadOnly(world, base, false);
    const bool isCopied = copyDown(world, top, base);
    if (isCopied)
        makeEmpty(world, top);
    if (wasReadOnly)
        setReadOnly(world, base, true);
    if (isCopied && !hasReader(world, base))
        renewContract(world, base);
}

void start(World &world, const Plan &plan, Job *)
{
    std::optional<NodeId> top;
    for (const RoleNode &each : plan.nodes) {
        if (each.role == "top")
            top = each.node;
        if (each.role == "base" && top)
            commit(world, *top, each.node);
    }
}

} // namespace

const Operation kHmpCommit{.name = "commit",
                           .family = Family::Image,
                           .parameters = kParameters,
                           .dropParameter = "device",
                           .plan = plan,
                           .suggest = suggest,
                           .start = start};

} // namespace blockscope
