// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// x-blockdev-set-iothread: moves a node to another thread (qmp_x_blockdev_set_iothread() in blockdev.c).
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"

#include <algorithm>

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kParameters[] = {
    {.name = "node-name", .kind = Kind::Node, .isRequired = true, .role = "node"},
    {.name = "iothread", .kind = Kind::Options, .isRequired = true},
    {.name = "force", .kind = Kind::Boolean},
};

Result<Plan> plan(const World &world, const Object &arguments)
{
    const std::string name = *textArgument(arguments, "node-name");
    const auto node = world.graph.findNode(name);
    if (!node)
        return Error{"ARG-NODE", "node-name", "Failed to find node with node-name='" + name + "'"};
    const auto &parents = world.node(*node).parents;
    const bool hasUser =
        std::any_of(parents.begin(), parents.end(), [&](EdgeId edge) { return world.userOf(edge).has_value(); });
    if (hasUser && !boolArgument(arguments, "force", false))
        return Error{"ARG-IN-USE", "node-name",
                     "Node " + name +
                         " is associated with a BlockBackend and could be in use (use force=true to override this "
                         "check)"};
    PlanBuilder plan(kXBlockdevSetIothread, "x-blockdev-set-iothread", arguments);
    plan.add("node", *node);
    return plan.take();
}

Object suggest(const World &world, NodeId node)
{
    return {{"node-name", world.node(node).name}, {"iothread", Value()}};
}

} // namespace

// There are no threads here.
const Operation kXBlockdevSetIothread{.name = "x-blockdev-set-iothread",
                                      .family = Family::Graph,
                                      .fidelity = Fidelity::JudgedOnly,
                                      .parameters = kParameters,
                                      .dropParameter = "node-name",
                                      .plan = plan,
                                      .suggest = suggest,
                                      .start = [](World &, const Plan &, Job *) {}};

} // namespace blockscope
