// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// blockdev-snapshot: puts an overlay on top of a node; everything that used
// the node uses the overlay from then on, the guest's claims move by themselves
// (external_snapshot_prepare() in blockdev.c; Jeff Cody in the RFC thread on the guest).
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/externalsnapshot.h"

#include <algorithm>

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kParameters[] = {
    {.name = "node", .kind = Kind::Node, .isRequired = true, .role = "old"},
    {.name = "overlay", .kind = Kind::Node, .isRequired = true, .role = "overlay"},
};

/// True when somebody reads \a node, directly or through what is above it. A job that only writes to it does not.
bool isRead(const World &world, NodeId node)
{
    std::vector<NodeId> readers = nodesAbove(world.graph, {node});
    readers.push_back(node);
    return std::any_of(readers.begin(), readers.end(), [&](NodeId reader) {
        const auto &parents = world.node(reader).parents;
        return std::any_of(parents.begin(), parents.end(), [&](EdgeId edge) {
            const auto user = world.userOf(edge);
            return user && !world.user(*user).job;
        });
    });
}

std::optional<Error> checkOverlay(const World &world, NodeId old, NodeId overlay)
{
    if (isRead(world, overlay))
        return Error{"ARG-IN-USE", "overlay", "The overlay is already in use"};
    if (isFilterDriver(world.node(overlay).driver))
        return Error{"ARG-NODE", "overlay", "Filters cannot be used as overlays"};
    if (backingChild(world.graph, overlay))
        return Error{"ARG-CHAIN", "overlay", "The overlay already has a backing image"};
    if (isProtocolDriver(world.node(overlay).driver) || world.node(overlay).driver == "raw")
        return Error{"ARG-FORMAT", "overlay", "The overlay does not support backing images"};
    if (isReachable(world.graph, old, overlay))
        return Error{"ARG-CHAIN", "overlay",
                     "Making '" + world.node(old).name + "' a backing child of '" + world.node(overlay).name +
                         "' would create a cycle"};
    return std::nullopt;
}

Result<Plan> plan(const World &world, const Object &arguments)
{
    const auto old = lookUpNode(world, "node", *textArgument(arguments, "node"));
    if (!old)
        return old.error();
    const auto overlay = lookUpNode(world, "overlay", *textArgument(arguments, "overlay"));
    if (!overlay)
        return overlay.error();
    if (auto error = checkOverlay(world, *old, *overlay))
        return *error;
    PlanBuilder plan(kBlockdevSnapshot, "snapshot", arguments);
    plan.add("old", *old);
    plan.add("overlay", *overlay);
    plan.add("parent", parentNodes(world, *old));
    plan.makesWritable(world, *overlay);
    return plan.take();
}

Object suggest(const World &world, NodeId node)
{
    return {{"node", world.node(node).name}};
}

void start(World &world, const Plan &plan, Job *)
{
    putOverlayOn(world, *plan.node("old"), *plan.node("overlay"));
}

} // namespace

const Operation kBlockdevSnapshot{.name = "blockdev-snapshot",
                                  .family = Family::Graph,
                                  .parameters = kParameters,
                                  .dropParameter = "node",
                                  .plan = plan,
                                  .suggest = suggest,
                                  .start = start};

} // namespace blockscope
