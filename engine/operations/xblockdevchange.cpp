// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

// x-blockdev-change: gives a quorum another child or takes one away (qmp_x_blockdev_change() in blockdev.c,
// bdrv_add_child() and bdrv_del_child() in block.c, block/quorum.c).
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/claimtable.h"
#include "engine/world/grant.h"
#include "engine/world/standingclaims.h"

#include <algorithm>

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kParameters[] = {
    {.name = "parent", .kind = Kind::Node, .isRequired = true, .role = "quorum"},
    {.name = "child"},
    {.name = "node", .kind = Kind::Node, .role = "new child"},
};

constexpr std::string_view kChildPrefix = "children.";

/// One past the highest number of a child. QEMU counts on from there too, but goes back by one only when the child that
/// came last goes.
std::string nextChildName(const World &world, NodeId quorum)
{
    unsigned long next = 0;
    for (EdgeId edge : world.node(quorum).children) {
        const std::string &role = world.graph.edge(edge).role;
        if (role.starts_with(kChildPrefix))
            next = std::max(next, std::strtoul(role.c_str() + kChildPrefix.size(), nullptr, 10) + 1);
    }
    return std::string(kChildPrefix) + std::to_string(next);
}

Result<Plan> planAdd(const World &world, const Object &arguments, NodeId parent)
{
    const std::string name = *textArgument(arguments, "node");
    const auto child = world.graph.findNode(name);
    if (!child)
        return Error{"ARG-NODE", "node", "Node '" + name + "' not found"};
    if (world.node(parent).driver != "quorum") {
        return Error{"ARG-NODE", "parent", "The node " + world.node(parent).name + " does not support adding a child"};
    }
    if (!world.node(*child).parents.empty())
        return Error{"ARG-IN-USE", "node", "The node " + name + " already has a parent"};
    const std::string role = nextChildName(world, parent);
    if (isReachable(world.graph, *child, parent)) {
        return Error{"ARG-CHAIN", "node",
                     "Making '" + name + "' a " + role + " child of '" + world.node(parent).name +
                         "' would create a cycle"};
    }
    PlanBuilder builder(kXBlockdevChange, "x-blockdev-change add", arguments);
    builder.add("quorum", parent);
    for (NodeId written : filterPath(world.graph, *child))
        builder.add("new child", written);
    Plan plan = builder.take();
    plan.standing = linkClaims(world, world.node(parent), world.node(parent).isReadOnly, role, *child);
    return plan;
}

Result<Plan> planDelete(const World &world, const Object &arguments, NodeId parent)
{
    const std::string role = *textArgument(arguments, "child");
    const auto edge = world.graph.childEdge(parent, role);
    if (!edge) {
        return Error{"ARG-NODE", "child",
                     "Node '" + *textArgument(arguments, "parent") + "' does not have child '" + role + "'"};
    }
    const Node &quorum = world.node(parent);
    if (quorum.driver != "quorum")
        return Error{"ARG-NODE", "parent", "The node " + quorum.name + " does not support removing a child"};
    const std::size_t threshold = std::max(1U, quorum.voteThreshold); // unknown in a captured graph
    if (quorumChildren(world.graph, parent).size() <= threshold) {
        return Error{"ARG-RANGE", "child",
                     "The number of children cannot be lower than the vote threshold " + std::to_string(threshold)};
    }
    PlanBuilder plan(kXBlockdevChange, "x-blockdev-change del", arguments);
    plan.add("quorum", parent);
    plan.add("child", world.graph.edge(*edge).child);
    plan.movesLink(*edge);
    return plan.take();
}

Result<Plan> plan(const World &world, const Object &arguments)
{
    const auto parent = lookUpNode(world, "parent", *textArgument(arguments, "parent"));
    if (!parent)
        return parent.error();
    const bool adds = find(arguments, "node") != nullptr;
    const bool removes = find(arguments, "child") != nullptr;
    if (adds && removes)
        return Error{"ARG-EXCLUSIVE", "child", "The parameters child and node are in conflict"};
    if (!adds && !removes)
        return Error{"ARG-MISSING", "node", "Either child or node must be specified"};
    return adds ? planAdd(world, arguments, *parent) : planDelete(world, arguments, *parent);
}

Object suggest(const World &world, NodeId node)
{
    return {{"parent", world.node(node).name}};
}

void start(World &world, const Plan &plan, Job *)
{
    using enum Action;
    const Holder actor = Holder::synchronous();
    const NodeId quorum = *plan.node("quorum");
    const auto added = plan.node("new child");
    const NodeId child = added ? *added : *plan.node("child");
    if (!permit(world, actor, quorum, GraphReconfiguration) || !permit(world, actor, child, GraphReconfiguration))
        return;
    if (added) {
        attach(world, Parent::of(quorum), child, nextChildName(world, quorum));
        return;
    }
    detach(world, *world.graph.childEdge(quorum, *textArgument(plan.arguments, "child")));
    closeIfUnreferenced(world, child);
}

} // namespace

// Simplified: the children do not vote; a quorum shows its first child (blockio.h).
const Operation kXBlockdevChange{.name = "x-blockdev-change",
                                 .family = Family::Graph,
                                 .fidelity = Fidelity::Simplified,
                                 .parameters = kParameters,
                                 .dropParameter = "parent",
                                 .plan = plan,
                                 .suggest = suggest,
                                 .start = start};

} // namespace blockscope
