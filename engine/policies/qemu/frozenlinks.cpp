// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/policies/qemu/frozenlinks.h"

#include "engine/graph/walk.h"
#include "engine/world/permissions.h"

#include <algorithm>

namespace blockscope::qemu {

namespace {

std::vector<EdgeId> chainLinks(const World &world, NodeId top, std::optional<NodeId> end)
{
    std::vector<EdgeId> links;
    const std::size_t limit = world.graph.edgeCount(); // a damaged chain may be a cycle
    for (std::optional<NodeId> node = top; node && node != end && links.size() < limit;) {
        const auto link = chainLink(world, *node);
        if (link)
            links.push_back(*link);
        node = link ? std::optional(world.graph.edge(*link).child) : std::nullopt;
    }
    return links;
}

/// From where to where a job has frozen its chain.
std::vector<EdgeId> frozenBy(const World &world, const JobLinks &links, const Job &job)
{
    const auto filter = job.node("filter");
    if (!filter || !world.node(*filter).isOpen)
        return {};
    if (job.type == "commit") {
        const auto base = links.child(job.id, "base");
        const auto target = base ? base : links.child(job.id, "target");
        return target ? chainLinks(world, *filter, target) : std::vector<EdgeId>();
    }
    if (job.type == "mirror") {
        const auto target = links.child(job.id, "target");
        return target && isReachable(world.graph, *filter, *target) && links.child(job.id, "intermediate node")
                   ? chainLinks(world, *filter, target)
                   : std::vector<EdgeId>();
    }
    if (job.type != "stream")
        return {};
    // Down to the last node that is dissolved; its own link is free.
    const auto last = links.last(job.id, "intermediate node");
    return chainLinks(world, *filter, last ? *last : links.child(job.id, "active node"));
}

/// Filters of commit and mirror must always stay removable (BlockDriverState.never_freeze).
bool isNeverFrozen(const Node &node)
{
    return node.driver == "commit_top" || node.driver == "mirror_top";
}

} // namespace

std::optional<EdgeId> chainLink(const World &world, NodeId node)
{
    const auto below = filteredChild(world.graph, node);
    for (EdgeId id : world.node(node).children) {
        const Edge &edge = world.graph.edge(id);
        if (below ? edge.child == *below && showsChild(world.graph, edge) : edge.role == "backing")
            return id;
    }
    return std::nullopt;
}

std::vector<FrozenLink> frozenLinks(const World &world)
{
    std::vector<FrozenLink> frozen;
    const JobLinks links(world);
    for (JobId id : world.liveJobs()) {
        if (!world.job(id).isActive())
            continue;
        for (EdgeId link : frozenBy(world, links, world.job(id)))
            frozen.push_back({link, id});
    }
    return frozen;
}

std::optional<FreezeError> cannotFreeze(const World &world, NodeId top, std::optional<NodeId> end)
{
    const auto frozen = frozenLinks(world);
    const auto links = chainLinks(world, top, end);
    const auto name = [&](const Parent &parent) { return world.node(parent.node()).name; };
    for (EdgeId id : links) {
        const Edge &edge = world.graph.edge(id);
        const auto by =
            std::find_if(frozen.begin(), frozen.end(), [&](const FrozenLink &each) { return each.link == id; });
        if (by != frozen.end())
            return FreezeError{id, by->job,
                               "Cannot change '" + edge.role + "' link from '" + name(edge.parent) + "' to '" +
                                   world.node(edge.child).name + "'"};
    }
    for (EdgeId id : links) {
        const Edge &edge = world.graph.edge(id);
        if (isNeverFrozen(world.node(edge.child)))
            return FreezeError{id, std::nullopt,
                               "Cannot freeze '" + edge.role + "' link to '" + world.node(edge.child).name + "'"};
    }
    return std::nullopt;
}

} // namespace blockscope::qemu
