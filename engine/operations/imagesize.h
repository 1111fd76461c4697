// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Bytes and clusters. A node's virtual size is spread evenly over its clusters, so a cluster of ours stands for
/// virtual size / clusters bytes; where one of the two is not known, for 64 KiB, the default of qcow2.

#include "engine/world/world.h"

namespace blockscope {

/// The clusters that \a bytes of \a node take. Rounded up: a part of a cluster counts as a whole one, so that 0 bytes
/// alone take none and an image that shrinks by less than a cluster keeps all.
[[nodiscard]] std::uint64_t clustersFor(const World &world, NodeId node, std::uint64_t bytes);
/// The cluster in which the byte at \a offset lies; it may be past the end of \a node.
[[nodiscard]] std::uint64_t clusterAt(const World &world, NodeId node, std::uint64_t offset);
/// Every open node that shows the data that \a node shows: itself, filters and raw nodes above it, the file below.
[[nodiscard]] std::vector<NodeId> nodesShowingSame(const World &world, NodeId node);
/// Writes \a bytes down as the virtual size of \a node and of all that show the same.
void setVirtualSize(World &world, NodeId node, std::uint64_t bytes);

} // namespace blockscope
