// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/policies/legacy/devices.h"

#include "engine/graph/walk.h"

#include <algorithm>

namespace blockscope::legacy {

namespace {

bool isFilter(const World &world, NodeId node)
{
    return isFilterDriver(world.node(node).driver);
}

/// \a node and the filters above it through which it is seen.
std::vector<NodeId> withFiltersAbove(const World &world, NodeId node)
{
    std::vector<NodeId> seen{node};
    for (std::size_t next = 0; next < seen.size(); ++next) {
        for (EdgeId id : world.node(seen[next]).parents) {
            const Edge &edge = world.graph.edge(id);
            const bool isSeenThrough =
                edge.parent.isNode() && isFilter(world, edge.parent.node()) && showsChild(world.graph, edge);
            if (isSeenThrough && std::find(seen.begin(), seen.end(), edge.parent.node()) == seen.end())
                seen.push_back(edge.parent.node());
        }
    }
    return seen;
}

bool isMirrorTarget(const World &world, NodeId node)
{
    return std::any_of(world.jobs.begin(), world.jobs.end(), [&](const auto &job) {
        return job->isActive() && job->type == "mirror" && job->node("target") == node;
    });
}

std::string nameOf(const User &user)
{
    return user.backendName.empty() ? user.name : user.backendName;
}

/// True when all on the way up from \a node to the root of a tree is quorums.
bool isRootBelowQuorums(const World &world, NodeId node, std::size_t steps)
{
    if (isRoot(world, node))
        return true;
    for (EdgeId id : world.node(node).parents) {
        const Parent parent = world.graph.edge(id).parent;
        if (steps > 0 && parent.isNode() && world.node(parent.node()).driver == "quorum" &&
            isRootBelowQuorums(world, parent.node(), steps - 1))
            return true;
    }
    return false;
}

} // namespace

std::vector<UserId> usersOf(const World &world, NodeId node)
{
    std::vector<UserId> users;
    for (NodeId each : withFiltersAbove(world, node)) {
        for (EdgeId id : world.node(each).parents) {
            const auto user = world.userOf(id);
            if (user && !world.user(*user).job) // a job has a BlockBackend of its own since 2.7
                users.push_back(*user);
        }
    }
    return users;
}

bool isRoot(const World &world, NodeId node)
{
    for (NodeId each : withFiltersAbove(world, node)) {
        for (EdgeId id : world.node(each).parents) {
            const Edge &edge = world.graph.edge(id);
            if (edge.parent.isNode() && !(isFilter(world, edge.parent.node()) && showsChild(world.graph, edge)))
                return false;
        }
    }
    return true;
}

std::optional<std::string> deviceName(const World &world, NodeId node)
{
    for (UserId user : usersOf(world, node)) {
        if (world.user(user).kind != User::Kind::Export)
            return nameOf(world.user(user));
    }
    const bool couldHaveId = world.node(node).isMonitorOwned && isRoot(world, node) && !isMirrorTarget(world, node);
    return couldHaveId ? std::optional(world.node(node).name) : std::nullopt;
}

std::string deviceOrNodeName(const World &world, NodeId node)
{
    return deviceName(world, node).value_or(world.node(node).name);
}

bool isFirstNonFilter(const World &world, NodeId node)
{
    constexpr std::size_t kMaximumDepth = 64; // a damaged graph may have a cycle
    return !isFilter(world, node) && world.node(node).driver != "quorum" &&
           isRootBelowQuorums(world, node, kMaximumDepth);
}

} // namespace blockscope::legacy
