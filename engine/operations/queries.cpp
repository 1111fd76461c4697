// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// The commands that only look: query-* of QMP, and qemu-img's check, info and map as operations on a node. They rely on
// the metadata that they read, and change nothing (block/qapi.c, qemu-img.c).
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/onestep.h"

#include <algorithm>

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kStatisticsParameters[] = {{.name = "query-nodes", .kind = Kind::Boolean}};
constexpr Parameter kNodesParameters[] = {{.name = "flat", .kind = Kind::Boolean}};
constexpr Parameter kNode[] = {{.name = "node", .kind = Kind::Node, .isRequired = true, .role = "node"}};

constexpr std::string_view kRow = "query/info/map";

/// Looks at every node of the graph.
template <const Operation &operation>
Result<Plan> planNodes(const World &world, const Object &arguments)
{
    PlanBuilder plan(operation, kRow, arguments);
    for (NodeId node : world.graph.nodes()) {
        if (world.node(node).host.empty())
            plan.add("node", node);
    }
    return plan.take();
}

/// Looks at what each BlockBackend of the first process shows: its node and the chain below.
template <const Operation &operation>
Result<Plan> planDevices(const World &world, const Object &arguments)
{
    if (boolArgument(arguments, "query-nodes", false))
        return planNodes<operation>(world, arguments);
    std::vector<NodeId> seen;
    const auto see = [&](const std::vector<NodeId> &nodes) {
        for (NodeId node : nodes) {
            if (world.node(node).host.empty())
                seen.push_back(node);
        }
    };
    for (const auto &user : world.users) {
        if (const auto root = world.rootOf(user->id)) {
            see(filterPath(world.graph, *root));
            see(backingChain(world.graph, *root));
        }
    }
    std::sort(seen.begin(), seen.end());
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
    PlanBuilder plan(operation, kRow, arguments);
    plan.add("node", seen);
    return plan.take();
}

/// Looks at jobs alone.
template <const Operation &operation>
Result<Plan> planJobs(const World &, const Object &arguments)
{
    return PlanBuilder(operation, kRow, arguments).take();
}

template <const Operation &operation>
Result<Plan> planNode(const World &world, const Object &arguments)
{
    const auto node = lookUpNode(world, "node", *textArgument(arguments, "node"));
    if (!node)
        return node.error();
    PlanBuilder plan(operation, operation.name == "check" ? operation.name : kRow, arguments);
    plan.add("node", filterPath(world.graph, *node));
    return plan.take();
}

Object suggest(const World &world, NodeId node)
{
    return {{"node", world.node(node).name}};
}

constexpr Operation query(std::string_view name, Result<Plan> (*plan)(const World &, const Object &),
                          std::span<const Parameter> parameters = {})
{
    return {.name = name,
            .family = Family::Inspection,
            .fidelity = Fidelity::JudgedOnly,
            .parameters = parameters,
            .plan = plan,
            .start = changeNothing};
}

constexpr Operation ofNode(std::string_view name, Result<Plan> (*plan)(const World &, const Object &))
{
    Operation operation = query(name, plan, kNode);
    operation.dropParameter = "node";
    operation.suggest = suggest;
    return operation;
}

} // namespace

constinit const Operation kQueryBlock = query("query-block", planDevices<kQueryBlock>);
constinit const Operation kQueryBlockstats =
    query("query-blockstats", planDevices<kQueryBlockstats>, kStatisticsParameters);
constinit const Operation kQueryNamedBlockNodes =
    query("query-named-block-nodes", planNodes<kQueryNamedBlockNodes>, kNodesParameters);
constinit const Operation kQueryJobs = query("query-jobs", planJobs<kQueryJobs>);
constinit const Operation kQueryBlockJobs = query("query-block-jobs", planJobs<kQueryBlockJobs>);
constinit const Operation kQueryBlockGraph = query("x-debug-query-block-graph", planNodes<kQueryBlockGraph>);
constinit const Operation kCheck = ofNode("check", planNode<kCheck>);
constinit const Operation kInfo = ofNode("info", planNode<kInfo>);
constinit const Operation kMap = ofNode("map", planNode<kMap>);

} // namespace blockscope
