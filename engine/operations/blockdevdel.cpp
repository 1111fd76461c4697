// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// blockdev-del: closes a node that blockdev-add opened (qmp_blockdev_del() in blockdev.c).
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"

namespace blockscope {

namespace {

constexpr Parameter kParameters[] = {
    {.name = "node-name", .kind = Parameter::Kind::Node, .isRequired = true, .role = "node"},
};

/// Who uses a node without holding a claim on it, such as the guest of a VM
/// that does not run: QEMU refuses to pull the node away from under it.
bool hasSilentParent(const World &world, NodeId node)
{
    for (EdgeId edge : world.node(node).parents) {
        const auto user = world.userOf(edge);
        const Holder holder = user ? Holder::of(*user) : Holder::of(edge);
        const bool isJobs = world.graph.edge(edge).parent.kind == Parent::Kind::Job || (user && world.user(*user).job);
        if (!isJobs && world.ledger.holding(holder) == nullptr)
            return true;
    }
    return false;
}

Result<Plan> plan(const World &world, const Object &arguments)
{
    const std::string name = *textArgument(arguments, "node-name");
    const auto node = world.graph.findNode(name);
    if (!node)
        return Error{"ARG-NODE", "node-name", "Failed to find node with node-name='" + name + "'"};
    if (hasSilentParent(world, *node))
        return Error{"ARG-IN-USE", "node-name", "Node " + name + " is in use"};
    if (!world.node(*node).isMonitorOwned)
        return Error{"ARG-NODE", "node-name", "Node " + name + " is not owned by the monitor"};
    PlanBuilder plan(kBlockdevDel, "blockdev-del", arguments);
    plan.add("node", *node);
    return plan.take();
}

Object suggest(const World &world, NodeId node)
{
    return {{"node-name", world.node(node).name}};
}

void start(World &world, const Plan &plan, Job *)
{
    const NodeId node = *plan.node("node");
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
