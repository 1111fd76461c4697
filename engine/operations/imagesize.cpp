// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/imagesize.h"

#include "engine/world/blockio.h"

#include <cmath>
#include <limits>

namespace blockscope {

namespace {

constexpr std::uint64_t kDefaultClusterBytes = 65536;

/// As a number of clusters; what is more than can be counted is the most that can.
std::uint64_t saturated(long double clusters)
{
    constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
    return clusters >= static_cast<long double>(kMost) ? static_cast<std::uint64_t>(kMost)
                                                       : static_cast<std::uint64_t>(clusters);
}

/// \a bytes in clusters of \a node, not rounded. Multiplied first: a size that is a whole number of clusters stays one.
long double inClusters(const World &world, NodeId node, std::uint64_t bytes)
{
    const std::uint32_t count = clusterCount(world, node);
    const std::uint64_t size = world.node(node).virtualSize;
    const auto exact = static_cast<long double>(bytes);
    if (count == 0 || size == 0)
        return exact / static_cast<long double>(kDefaultClusterBytes);
    return exact * static_cast<long double>(count) / static_cast<long double>(size);
}

} // namespace

std::uint64_t clustersFor(const World &world, NodeId node, std::uint64_t bytes)
{
    return saturated(std::ceil(inClusters(world, node, bytes)));
}

std::uint64_t clusterAt(const World &world, NodeId node, std::uint64_t offset)
{
    return saturated(std::floor(inClusters(world, node, offset)));
}

std::vector<NodeId> nodesShowingSame(const World &world, NodeId node)
{
    const NodeId holder = dataNode(world.graph, node);
    std::vector<NodeId> same;
    for (NodeId each : world.graph.nodes()) {
        if (dataNode(world.graph, each) == holder)
            same.push_back(each);
    }
    return same;
}

void setVirtualSize(World &world, NodeId node, std::uint64_t bytes)
{
    for (NodeId each : nodesShowingSame(world, node))
        world.graph.editNode(each).virtualSize = bytes;
}

} // namespace blockscope
