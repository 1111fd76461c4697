// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/plausibledata.h"

#include "engine/graph/walk.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace blockscope {

namespace {

/// Clusters are allocated in runs of up to this many, as guests write.
constexpr std::uint32_t kRun = 4;

bool passesDataOn(const Node &node)
{
    return node.driver == "raw" || isFilterDriver(node.driver);
}

/// Neither filters nor formats: what their children keep is the data itself, not an image around it.
bool sharesData(const Node &node)
{
    return node.driver == "quorum" || node.driver == "snapshot-access";
}

/// FNV-1a over the name and a number, then mixed, so that close numbers do not give close hashes.
std::uint64_t hashOf(std::string_view name, std::uint32_t number)
{
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (char c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    hash += std::uint64_t{number} * 0x9e3779b97f4a7c15U;
    hash = (hash ^ hash >> 30) * 0xbf58476d1ce4e5b9U;
    hash = (hash ^ hash >> 27) * 0x94d049bb133111ebU;
    return hash ^ hash >> 31;
}

/// Sets of nodes that hang together.
class Parts
{
public:
    explicit Parts(std::size_t count) : m_parent(count) { std::iota(m_parent.begin(), m_parent.end(), std::size_t{0}); }

    std::size_t find(std::size_t item)
    {
        while (m_parent[item] != item)
            item = m_parent[item] = m_parent[m_parent[item]];
        return item;
    }
    void join(std::size_t a, std::size_t b) { m_parent[find(a)] = find(b); }

private:
    std::vector<std::size_t> m_parent;
};

/// True where data is kept: in a format node (not raw, no filter), or in a protocol node that is not the file below
/// one.
std::vector<bool> keepsData(const BlockGraph &graph)
{
    std::vector<bool> keeps(graph.nodeCount());
    std::vector<bool> isBelowFormat(graph.nodeCount());
    std::vector<NodeId> open;
    const auto goDown = [&](const Node &node) {
        for (EdgeId id : node.children) {
            const Edge &edge = graph.edge(id);
            const bool isStorage = edge.role != "backing" || isFilterDriver(node.driver);
            const Node &child = graph.node(edge.child);
            if (!isStorage || isBelowFormat[edge.child.value] || (!passesDataOn(child) && !child.children.empty()))
                continue;
            isBelowFormat[edge.child.value] = true;
            open.push_back(edge.child);
        }
    };
    for (std::uint32_t id = 0; id < keeps.size(); ++id) {
        const Node &node = graph.node(NodeId{id});
        if (!passesDataOn(node) && !sharesData(node))
            goDown(node);
    }
    while (!open.empty()) {
        const NodeId node = open.back();
        open.pop_back();
        goDown(graph.node(node));
    }
    for (std::uint32_t id = 0; id < keeps.size(); ++id) {
        const Node &node = graph.node(NodeId{id});
        const bool passesOn = passesDataOn(node) && !node.children.empty();
        keeps[id] = !passesOn && !(isBelowFormat[id] && node.children.empty());
    }
    return keeps;
}

} // namespace

std::vector<std::uint32_t> clusterCounts(const BlockGraph &graph, std::uint32_t most,
                                         const std::vector<std::pair<NodeId, NodeId>> &links)
{
    const auto keeps = keepsData(graph);
    Parts parts(graph.nodeCount());
    for (EdgeId id : graph.edges()) {
        if (graph.edge(id).parent.isNode())
            parts.join(graph.edge(id).parent.id, graph.edge(id).child.value);
    }
    for (const auto &[a, b] : links)
        parts.join(a.value, b.value);
    std::vector<std::uint64_t> largest(graph.nodeCount());
    for (std::uint32_t id = 0; id < largest.size(); ++id) {
        std::uint64_t &size = largest[parts.find(id)];
        if (keeps[id])
            size = std::max(size, graph.node(NodeId{id}).virtualSize);
    }
    std::vector<std::uint32_t> counts(graph.nodeCount());
    for (std::uint32_t id = 0; id < counts.size(); ++id) {
        const auto size = static_cast<double>(graph.node(NodeId{id}).virtualSize);
        const auto part = size > 0 ? size / static_cast<double>(largest[parts.find(id)]) : 1.0;
        if (keeps[id])
            counts[id] = std::max(1U, static_cast<std::uint32_t>(std::ceil(part * most)));
    }
    return counts;
}

BlockData plausibleData(const Node &node, std::uint32_t clusters, double allocated)
{
    BlockData data(clusters);
    const double wanted = std::clamp(std::isfinite(allocated) ? allocated : 1.0, 0.0, 1.0) * clusters;
    const auto count = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(std::lround(wanted)));
    std::vector<std::pair<std::uint64_t, std::uint32_t>> runs;
    for (std::uint32_t start = 0; start < clusters; start += kRun)
        runs.emplace_back(hashOf(node.name, start), start);
    std::sort(runs.begin(), runs.end());
    const Stamp stamp{Stamp::Kind::Image, node.id.value, 0};
    std::uint32_t left = std::min(count, clusters);
    for (const auto &[hash, start] : runs) {
        for (std::uint32_t index = start; index < std::min(start + kRun, clusters) && left > 0; ++index, --left)
            data[index] = {Cluster::State::Data, stamp, stamp};
    }
    return data;
}

} // namespace blockscope
