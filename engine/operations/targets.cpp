// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/targets.h"

#include "engine/graph/walk.h"
#include "engine/world/blockio.h"

namespace blockscope {

Result<SourceAndTarget> findSourceAndTarget(const World &world, const Object &arguments, const char *same)
{
    const auto source = lookUpNode(world, "device", *textArgument(arguments, "device"));
    if (!source)
        return source.error();
    const auto target = lookUpNode(world, "target", *textArgument(arguments, "target"));
    if (!target)
        return target.error();
    if (dataNode(world.graph, *source) == dataNode(world.graph, *target))
        return Error{"ARG-CHAIN", "target", same};
    const std::string sync = *textArgument(arguments, "sync");
    if (sync != "full")
        return Error{"ARG-UNSUPPORTED", "sync", "Blockscope does not simulate sync=" + sync + " yet, only sync=full"};
    const std::uint64_t from = world.node(*source).virtualSize;
    const std::uint64_t to = world.node(*target).virtualSize;
    if (from != 0 && to != 0 && from != to)
        return Error{"ARG-SIZE", "target", "Source and target image have different sizes"};
    if (!isWritable(world, *target))
        return Error{"ARG-READONLY", "target", "Block node is read-only"};
    return SourceAndTarget{*source, *target};
}

void addSourceAndTarget(PlanBuilder &plan, const World &world, const SourceAndTarget &nodes)
{
    plan.add("source", filterPath(world.graph, nodes.source));
    auto chain = backingChain(world.graph, nodes.source);
    chain.erase(chain.begin());
    plan.add("chain", chain);
    const auto written = filterPath(world.graph, nodes.target);
    plan.add("target", written);
    plan.add("above", nodesAbove(world.graph, written));
}

Object suggestSource(const World &world, NodeId node)
{
    return {{"device", world.node(node).name}, {"sync", "full"}};
}

} // namespace blockscope
