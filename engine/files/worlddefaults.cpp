// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/worlddefaults.h"

#include "engine/graph/walk.h"

namespace blockscope {

std::vector<NodeDefaults> nodeDefaults(const BlockGraph &graph)
{
    std::vector<NodeDefaults> defaults(graph.nodeCount());
    for (std::uint32_t id = 0; id < defaults.size(); ++id) {
        const Node &node = graph.node(NodeId{id});
        defaults[id].isMonitorOwned = node.isOpen && !node.name.starts_with('#');
        // A filter has no header, and passes on what its users do.
        const auto backing = isFilterDriver(node.driver) ? std::nullopt : backingChild(graph, node.id);
        if (backing) {
            defaults[id].headerBacking = imageName(graph.node(*backing));
            defaults[backing->value].isReadOnly = true;
        }
    }
    return defaults;
}

std::vector<std::optional<EdgeId>> firstEdgesOfUsers(const BlockGraph &graph, std::size_t users)
{
    std::vector<std::optional<EdgeId>> first(users);
    for (EdgeId id : graph.edges()) {
        const Parent &parent = graph.edge(id).parent;
        if (parent.kind == Parent::Kind::User && parent.id < users && !first[parent.id])
            first[parent.id] = id;
    }
    return first;
}

} // namespace blockscope
