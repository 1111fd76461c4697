// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/graph/walk.h"

#include <algorithm>
#include <array>

namespace blockscope {

namespace {

template <std::size_t N>
bool isOneOf(std::string_view driver, const std::array<std::string_view, N> &names)
{
    return std::find(names.begin(), names.end(), driver) != names.end();
}

} // namespace

bool isFilterDriver(std::string_view driver)
{
    static constexpr std::array<std::string_view, 12> kFilters{
        "blkdebug",          "blklogwrites", "blkreplay",  "blkverify",   "commit_top",  "compress",
        "copy-before-write", "copy-on-read", "mirror_top", "preallocate", "replication", "throttle"};
    return isOneOf(driver, kFilters);
}

bool isProtocolDriver(std::string_view driver)
{
    static constexpr std::array<std::string_view, 22> kProtocols{"file",
                                                                 "host_device",
                                                                 "host_cdrom",
                                                                 "nbd",
                                                                 "null-aio",
                                                                 "null-co",
                                                                 "nvme",
                                                                 "iscsi",
                                                                 "rbd",
                                                                 "gluster",
                                                                 "ssh",
                                                                 "nfs",
                                                                 "http",
                                                                 "https",
                                                                 "ftp",
                                                                 "ftps",
                                                                 "vvfat",
                                                                 "virtio-blk-vfio-pci",
                                                                 "virtio-blk-vhost-user",
                                                                 "virtio-blk-vhost-vdpa",
                                                                 "io_uring",
                                                                 "nvme-io_uring"};
    return isOneOf(driver, kProtocols);
}

bool supportsBacking(std::string_view driver)
{
    static constexpr std::array<std::string_view, 4> kFormats{"qcow", "qcow2", "qed", "vmdk"};
    return isOneOf(driver, kFormats);
}

const std::string &imageName(const Node &node)
{
    return node.filename.empty() ? node.name : node.filename;
}

std::optional<NodeId> backingChild(const BlockGraph &graph, NodeId node)
{
    const auto edge = graph.childEdge(node, "backing");
    return edge ? std::optional(graph.edge(*edge).child) : std::nullopt;
}

std::vector<NodeId> quorumChildren(const BlockGraph &graph, NodeId node)
{
    std::vector<NodeId> children;
    if (graph.node(node).driver != "quorum")
        return children;
    for (EdgeId edge : graph.node(node).children) {
        if (graph.edge(edge).role.starts_with("children."))
            children.push_back(graph.edge(edge).child);
    }
    return children;
}

std::optional<NodeId> filteredChild(const BlockGraph &graph, NodeId node)
{
    if (!isFilterDriver(graph.node(node).driver))
        return std::nullopt;
    // The jobs' filters pass on to "backing", those of users to "file".
    for (std::string_view role : {"file", "backing", "image", "raw", "test"}) {
        if (const auto edge = graph.childEdge(node, role))
            return graph.edge(*edge).child;
    }
    return std::nullopt;
}

std::vector<NodeId> filterPath(const BlockGraph &graph, NodeId node)
{
    std::vector<NodeId> path{node};
    while (path.size() < kMaximumFilters) {
        const auto child = filteredChild(graph, path.back());
        if (!child || std::find(path.begin(), path.end(), *child) != path.end())
            break;
        path.push_back(*child);
    }
    return path;
}

NodeId skipFilters(const BlockGraph &graph, NodeId node)
{
    for (std::size_t steps = graph.nodeCount(); steps > 0; --steps) {
        const auto child = filteredChild(graph, node);
        if (!child)
            break;
        node = *child;
    }
    return node;
}

std::optional<NodeId> nextInChain(const BlockGraph &graph, NodeId node)
{
    const auto backing = backingChild(graph, skipFilters(graph, node));
    return backing ? std::optional(skipFilters(graph, *backing)) : std::nullopt;
}

namespace {

/// \a first and, one \a next after the other, all that follows it, to where a damaged graph goes round.
std::vector<NodeId> follow(const BlockGraph &graph, NodeId first,
                           std::optional<NodeId> (*next)(const BlockGraph &graph, NodeId node))
{
    std::vector<NodeId> chain{first};
    std::vector<bool> seen(graph.nodeCount());
    seen[first.value] = true;
    while (const auto following = next(graph, chain.back())) {
        if (seen[following->value])
            break;
        seen[following->value] = true;
        chain.push_back(*following);
    }
    return chain;
}

} // namespace

std::vector<NodeId> backingChain(const BlockGraph &graph, NodeId top)
{
    return follow(graph, skipFilters(graph, top), nextInChain);
}

std::optional<NodeId> filteredOrBackingChild(const BlockGraph &graph, NodeId node)
{
    const auto filtered = filteredChild(graph, node);
    return filtered ? filtered : backingChild(graph, node);
}

std::vector<NodeId> chainWithFilters(const BlockGraph &graph, NodeId top)
{
    return follow(graph, top, filteredOrBackingChild);
}

bool isReachable(const BlockGraph &graph, NodeId top, NodeId below)
{
    std::vector<bool> seen(graph.nodeCount());
    std::vector<NodeId> open{top};
    while (!open.empty()) {
        const NodeId node = open.back();
        open.pop_back();
        if (node == below)
            return true;
        if (seen[node.value])
            continue;
        seen[node.value] = true;
        for (EdgeId edge : graph.node(node).children)
            open.push_back(graph.edge(edge).child);
    }
    return false;
}

bool showsChild(const BlockGraph &graph, const Edge &edge)
{
    return edge.parent.isNode() && (!isFilterDriver(graph.node(edge.parent.node()).driver) ||
                                    filteredChild(graph, edge.parent.node()) == edge.child);
}

std::vector<NodeId> nodesAbove(const BlockGraph &graph, const std::vector<NodeId> &changed,
                               std::optional<NodeId> unchanged)
{
    std::vector<bool> seen(graph.nodeCount());
    std::vector<NodeId> above;
    std::vector<NodeId> open = changed;
    for (NodeId node : changed)
        seen[node.value] = true;
    if (unchanged)
        seen[unchanged->value] = true;
    while (!open.empty()) {
        const NodeId next = open.back();
        open.pop_back();
        for (EdgeId id : graph.node(next).parents) {
            const Edge &edge = graph.edge(id);
            if (!showsChild(graph, edge) || seen[edge.parent.node().value])
                continue;
            seen[edge.parent.node().value] = true;
            above.push_back(edge.parent.node());
            open.push_back(edge.parent.node());
        }
    }
    std::sort(above.begin(), above.end());
    return above;
}

std::vector<NodeId> overlaysOf(const BlockGraph &graph, NodeId node)
{
    std::vector<NodeId> overlays;
    std::vector<bool> seen(graph.nodeCount());
    std::vector<NodeId> open{node};
    while (!open.empty()) {
        const NodeId next = open.back();
        open.pop_back();
        if (seen[next.value])
            continue;
        seen[next.value] = true;
        for (EdgeId id : graph.node(next).parents) {
            const Edge &edge = graph.edge(id);
            if (!edge.parent.isNode())
                continue;
            if (!isFilterDriver(graph.node(edge.parent.node()).driver)) {
                if (edge.role == "backing")
                    overlays.push_back(edge.parent.node());
            } else if (showsChild(graph, edge)) {
                open.push_back(edge.parent.node());
            }
        }
    }
    std::sort(overlays.begin(), overlays.end());
    overlays.erase(std::unique(overlays.begin(), overlays.end()), overlays.end());
    return overlays;
}

} // namespace blockscope
