// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/topology.h"

#include "engine/graph/walk.h"

#include <optional>

namespace blockscope::views {
namespace {

// The link by which \a id hangs beside its parent, if it does.
std::optional<EdgeId> leafEdge(const World &world, NodeId id)
{
    const Node &node = world.node(id);
    if (!node.children.empty() || !isProtocolDriver(node.driver))
        return {};
    std::optional<EdgeId> only;
    for (EdgeId parent : node.parents) {
        const Edge &edge = world.graph.edge(parent);
        if (edge.parent.kind == Parent::Kind::Job)
            continue;
        if (only || !edge.parent.isNode() || (edge.role != "file" && edge.role != "data-file"))
            return {};
        only = parent;
    }
    return only;
}

bool isLineDrawn(const World &world, const Edge &edge)
{
    switch (edge.parent.kind) {
    case Parent::Kind::Node:
        return true;
    case Parent::Kind::User:
        return isDrawn(world.user(UserId{edge.parent.id}));
    case Parent::Kind::Job:
        break;
    }
    return false;
}

bool isChainLink(const World &world, const Edge &edge)
{
    return edge.role == "backing" ||
           (edge.parent.isNode() && filteredChild(world.graph, edge.parent.node()) == edge.child);
}

} // namespace

bool isDrawn(const User &user)
{
    const bool isAnonymous = user.name.empty() && user.backendName.empty() && user.qdev.empty();
    return user.isAttached && !user.job && (user.root || !isAnonymous);
}

Topology topologyOf(const World &world)
{
    Topology topology;
    std::vector<bool> isLeaf(world.graph.nodeCount());
    for (NodeId id : world.graph.nodes()) {
        if (const std::optional<EdgeId> edge = leafEdge(world, id)) {
            topology.leaves.push_back({id, world.graph.edge(*edge).parent.node(), *edge});
            isLeaf[id.value] = true;
        } else {
            topology.nodes.push_back(id);
        }
    }
    for (const auto &user : world.users) {
        if (isDrawn(*user))
            topology.users.push_back(user->id);
    }
    for (EdgeId id : world.graph.edges()) {
        const Edge &edge = world.graph.edge(id);
        if (!isLeaf[edge.child.value] && isLineDrawn(world, edge))
            topology.lines.push_back({id, edge.parent, edge.child, isChainLink(world, edge)});
    }
    return topology;
}

} // namespace blockscope::views
