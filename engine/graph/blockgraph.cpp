// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/graph/blockgraph.h"

#include <algorithm>
#include <cassert>

namespace blockscope {

BlockGraph::BlockGraph(std::vector<Node> nodes, std::vector<Edge> edges)
{
    for (Node &node : nodes) {
        node.id = NodeId{static_cast<std::uint32_t>(m_nodes.size())};
        node.children.clear();
        if (node.isOpen)
            m_names.edit().emplace(node.name, node.id);
        m_nodes.emplace_back(std::move(node));
    }
    for (Edge &edge : edges) {
        edge.id = EdgeId{static_cast<std::uint32_t>(&edge - edges.data())};
        if (edge.isAttached && edge.parent.isNode())
            editNode(edge.parent.node()).children.push_back(edge.id);
    }
    m_edges = CopyOnWrite(std::move(edges));
}

NodeId BlockGraph::addNode(Node node)
{
    assert(!findNode(node.name));
    const NodeId id{static_cast<std::uint32_t>(m_nodes.size())};
    node.id = id;
    node.isOpen = true;
    node.children.clear();
    node.parents.clear();
    m_names.edit()[node.name] = id;
    m_nodes.emplace_back(std::move(node));
    return id;
}

void BlockGraph::closeNode(NodeId id)
{
    assert(node(id).isOpen && node(id).parents.empty());
    for (EdgeId edge : std::vector<EdgeId>(node(id).children))
        detach(edge);
    Node &closed = editNode(id);
    closed.isOpen = false;
    m_names.edit().erase(closed.name);
}

EdgeId BlockGraph::attach(Parent parent, NodeId child, std::string role, std::optional<Permissions> captured)
{
    assert(node(child).isOpen);
    auto &edges = m_edges.edit();
    const EdgeId id{static_cast<std::uint32_t>(edges.size())};
    edges.push_back({id, parent, child, std::move(role), true, captured});
    editNode(child).parents.push_back(id);
    if (parent.isNode())
        editNode(parent.node()).children.push_back(id);
    return id;
}

void BlockGraph::detach(EdgeId id)
{
    Edge &edge = m_edges.edit()[id.value];
    assert(edge.isAttached);
    edge.isAttached = false;
    std::erase(editNode(edge.child).parents, id);
    if (edge.parent.isNode())
        std::erase(editNode(edge.parent.node()).children, id);
}

void BlockGraph::redirect(EdgeId id, NodeId child)
{
    Edge &edge = m_edges.edit()[id.value];
    assert(edge.isAttached && node(child).isOpen);
    std::erase(editNode(edge.child).parents, id);
    edge.child = child;
    editNode(child).parents.push_back(id);
}

std::optional<NodeId> BlockGraph::findNode(std::string_view name) const
{
    const auto found = m_names->find(std::string(name));
    return found == m_names->end() ? std::nullopt : std::optional(found->second);
}

std::vector<NodeId> BlockGraph::nodes() const
{
    std::vector<NodeId> open;
    open.reserve(m_nodes.size());
    for (const auto &node : m_nodes) {
        if (node->isOpen)
            open.push_back(node->id);
    }
    return open;
}

std::vector<EdgeId> BlockGraph::edges() const
{
    std::vector<EdgeId> attached;
    attached.reserve(m_edges->size());
    for (const Edge &edge : *m_edges) {
        if (edge.isAttached)
            attached.push_back(edge.id);
    }
    return attached;
}

std::optional<EdgeId> BlockGraph::childEdge(NodeId parent, std::string_view role) const
{
    for (EdgeId id : node(parent).children) {
        if (edge(id).role == role)
            return id;
    }
    return std::nullopt;
}

bool BlockGraph::verify() const
{
    std::size_t openNodes = 0;
    std::vector<bool> isKnownAbove(m_edges->size());
    std::vector<bool> isKnownBelow(m_edges->size());
    for (const auto &node : m_nodes) {
        openNodes += node->isOpen ? 1U : 0U;
        if (node->isOpen ? findNode(node->name) != node->id : !node->parents.empty() || !node->children.empty())
            return false;
        for (EdgeId id : node->parents) {
            if (id.value >= m_edges->size() || isKnownBelow[id.value] || edge(id).child != node->id)
                return false;
            isKnownBelow[id.value] = true;
        }
        for (EdgeId id : node->children) {
            if (id.value >= m_edges->size() || isKnownAbove[id.value] || edge(id).parent != Parent::of(node->id))
                return false;
            isKnownAbove[id.value] = true;
        }
    }
    return openNodes == m_names->size() && std::all_of(m_edges->begin(), m_edges->end(), [&](const Edge &edge) {
               return isKnownBelow[edge.id.value] == edge.isAttached &&
                      isKnownAbove[edge.id.value] == (edge.isAttached && edge.parent.isNode());
           });
}

bool operator==(const BlockGraph &a, const BlockGraph &b)
{
    return a.m_nodes == b.m_nodes && a.m_edges == b.m_edges;
}

} // namespace blockscope
