// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// blockdev-del: closes a node that blockdev-add opened (qmp_blockdev_del() in blockdev.c).
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/world/grant.h"
#include "engine/world/standingclaims.h"

#include <algorithm>

namespace blockscope {

namespace {

constexpr Parameter kParameters[] = {
    {.name = "node-name", .kind = Parameter::Kind::Node, .isRequired = true, .role = "node"},
};

/// QEMU's text when somebody uses a node without a claim, such as the guest of a VM that does not run or a
/// captured job that is not simulated: no policy sees them, but the node must not be pulled away from under them.
std::optional<Error> checkSilentParents(const World &world, NodeId node)
{
    const std::string &name = world.node(node).name;
    for (EdgeId edge : world.node(node).parents) {
        if (world.ledger.holding(world.holderBehind(edge)) == nullptr)
            return Error{"ARG-IN-USE", "node-name",
                         (world.userOf(edge) ? "Node " : "Block device ") + name + " is in use"};
    }
    return std::nullopt;
}

/// Who writes below and changes what \a node shows does not use it: that claim goes with the node (P3).
void leaveOutWritersBelow(const World &world, NodeId node, Plan &plan)
{
    for (Holder holder : world.ledger.holdersOf(node)) {
        const auto &claims = world.ledger.holding(holder)->claims;
        if (std::all_of(claims.begin(), claims.end(),
                        [&](const NodeClaim &claim) { return claim.node != node || claim.role == kAboveWrittenRole; }))
            plan.replaces.push_back(holder);
    }
}

Result<Plan> plan(const World &world, const Object &arguments)
{
    const std::string name = *textArgument(arguments, "node-name");
    const auto node = world.graph.findNode(name);
    if (!node)
        return Error{"ARG-NODE", "node-name", "Failed to find node with node-name='" + name + "'"};
    if (auto error = checkSilentParents(world, *node))
        return *error;
    if (!world.node(*node).isMonitorOwned)
        return Error{"ARG-NODE", "node-name", "Node " + name + " is not owned by the monitor"};
    PlanBuilder builder(kBlockdevDel, "blockdev-del", arguments);
    builder.add("node", *node);
    Plan plan = builder.take();
    leaveOutWritersBelow(world, *node, plan);
    return plan;
}

Object suggest(const World &world, NodeId node)
{
    return {{"node-name", world.node(node).name}};
}

void start(World &world, const Plan &plan, Job *)
{
    const NodeId node = *plan.node("node");
    if (!permit(world, Holder::synchronous(), node, Action::GraphReconfiguration))
        return;
    world.graph.editNode(node).isMonitorOwned = false;
    closeIfUnreferenced(world, node);
}

} // namespace

const Operation kBlockdevDel{.name = "blockdev-del",
                             .family = Family::Graph,
                             .parameters = kParameters,
                             .dropParameter = "node-name",
                             .plan = plan,
                             .suggest = suggest,
                             .start = start};

} // namespace blockscope
