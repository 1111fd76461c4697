// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/targets.h"

#include "engine/graph/walk.h"
#include "engine/world/blockio.h"
#include "engine/world/standingclaims.h"

namespace blockscope {

Result<SourceAndTarget> findSourceAndTarget(const World &world, const Object &arguments)
{
    const auto source = lookUpNode(world, "device", *textArgument(arguments, "device"));
    if (!source)
        return source.error();
    const auto target = lookUpNode(world, "target", *textArgument(arguments, "target"));
    if (!target)
        return target.error();
    return SourceAndTarget{*source, *target};
}

bool isSameImage(const World &world, NodeId source, NodeId target)
{
    return dataNode(world.graph, source) == dataNode(world.graph, target);
}

std::string syncMode(const World &world, const Object &arguments, NodeId source)
{
    std::string sync = *textArgument(arguments, "sync");
    return sync == "top" && !nextInChain(world.graph, source) ? "full" : sync;
}

void addSource(PlanBuilder &plan, const World &world, NodeId source, Claim claim, std::string_view sync)
{
    for (NodeId node : filterPath(world.graph, source))
        plan.add("source", node, claim);
    auto chain = backingChain(world.graph, source);
    chain.erase(chain.begin());
    if (sync != "top")
        plan.add("chain", chain);
}

void addTarget(PlanBuilder &plan, const World &world, NodeId target, Claim claim)
{
    const auto written = filterPath(world.graph, target);
    for (NodeId node : written)
        plan.add("target", node, claim);
    plan.add("above", nodesAbove(world.graph, written));
}

Object suggestSource(const World &world, NodeId node)
{
    return {{"device", world.node(node).name}, {"sync", "full"}};
}

void keepWritersOffTarget(const World &world, Plan &plan)
{
    Job job;
    job.type = plan.operation->jobType;
    const auto source = job.keepsTarget() ? plan.node("source") : std::nullopt;
    if (!source || !plan.node("target") || world.node(*source).parents.empty() ||
        !isReachable(world.graph, *plan.node("target"), *source))
        return;
    World running = world;
    job.id = JobId{static_cast<std::uint32_t>(running.jobs.size())};
    job.nodes = plan.nodes;
    job.status = JobStatus::Running;
    running.jobs.emplace_back(std::move(job));
    for (const auto &user : world.users) {
        const auto claims = standingClaims(running, *user);
        if (claims == standingClaims(world, *user))
            continue;
        plan.standing.insert(plan.standing.end(), claims.begin(), claims.end());
        plan.replaces.push_back(Holder::of(user->id));
    }
}

} // namespace blockscope
