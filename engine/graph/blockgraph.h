// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The block graph: nodes and links, and the edits that keep it whole. It
/// knows nothing of claims, jobs or data.
///
/// Thread: a value; one copy belongs to one thread at a time. Copying is cheap
/// (copy-on-write per node).

#include "engine/base/copyonwrite.h"
#include "engine/graph/edge.h"
#include "engine/graph/node.h"

#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace blockscope {

class BlockGraph
{
public:
    BlockGraph() = default;
    /// A graph as it was saved: the nodes in id order with parents in their order (id, name's
    /// uniqueness among open nodes and children are set here or checked by verify()), the edges in id order.
    /// REQUIRES: every parent and child of an edge exists.
    BlockGraph(std::vector<Node> nodes, std::vector<Edge> edges);

    /// Adds an open node; its id, children and parents are set here.
    /// REQUIRES: no open node has that name.
    NodeId addNode(Node node);
    /// Closes a node and detaches its children. REQUIRES: it is open and has no parents.
    void closeNode(NodeId node);
    EdgeId attach(Parent parent, NodeId child, std::string role, std::optional<Permissions> captured = {});
    /// REQUIRES: the edge is attached.
    void detach(EdgeId edge);
    /// Lets an edge point to another node; its id and parent stay (bdrv_replace_child).
    void redirect(EdgeId edge, NodeId child);

    /// REQUIRES: \a id was given out by this graph.
    [[nodiscard]] const Node &node(NodeId id) const { return *m_nodes[id.value]; }
    [[nodiscard]] Node &editNode(NodeId id) { return m_nodes[id.value].edit(); }
    [[nodiscard]] const Edge &edge(EdgeId id) const { return (*m_edges)[id.value]; }
    /// The open node of that name.
    [[nodiscard]] std::optional<NodeId> findNode(std::string_view name) const;

    /// Open nodes, ordered by id.
    [[nodiscard]] std::vector<NodeId> nodes() const;
    /// Attached edges, ordered by id.
    [[nodiscard]] std::vector<EdgeId> edges() const;
    /// The edge of \a parent with that role, if there is one.
    [[nodiscard]] std::optional<EdgeId> childEdge(NodeId parent, std::string_view role) const;
    /// Number of ids given out, closed nodes included.
    [[nodiscard]] std::size_t nodeCount() const { return m_nodes.size(); }
    [[nodiscard]] std::size_t edgeCount() const { return m_edges->size(); }
    [[nodiscard]] bool isSharedWith(const BlockGraph &other, NodeId id) const
    {
        return id.value < other.m_nodes.size() && m_nodes[id.value].isSharedWith(other.m_nodes[id.value]);
    }

    /// True when every link is known at both of its ends, names are unique and
    /// no open node links to a closed one.
    [[nodiscard]] bool verify() const;

    friend bool operator==(const BlockGraph &a, const BlockGraph &b);

private:
    using Names = std::unordered_map<std::string, NodeId>;

    std::vector<CopyOnWrite<Node>> m_nodes; // by NodeId
    CopyOnWrite<std::vector<Edge>> m_edges; // by EdgeId
    CopyOnWrite<Names> m_names;
};

} // namespace blockscope
