// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Block data for images of which only the size is known. Neither a capture nor
/// a hand-written scenario says which clusters are allocated; this makes up an
/// allocation that looks like one: runs of clusters whose places follow from
/// the node's name, as many as the size on disk suggests. The same graph always
/// gets the same data. It is not the content of the real image.
///
/// Thread: any.

#include "engine/graph/blockgraph.h"
#include "engine/world/cluster.h"

namespace blockscope {

/// How many clusters each node gets, by NodeId: 0 where no data is kept (filters, raw nodes and the file below a
/// format). In each connected part of the graph (\a links joins further pairs) the largest image has
/// \a most clusters and the others are in proportion, with one at least.
[[nodiscard]] std::vector<std::uint32_t> clusterCounts(const BlockGraph &graph, std::uint32_t most = kDefaultClusters,
                                                       const std::vector<std::pair<NodeId, NodeId>> &links = {});

/// An image of \a clusters clusters, of which at least one and about the part \a allocated holds data.
[[nodiscard]] BlockData plausibleData(const Node &node, std::uint32_t clusters, double allocated);

} // namespace blockscope
