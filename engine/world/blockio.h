// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The one place through which simulated data is read and written, for guests
/// and jobs alike (explore.md section 1: view and nodeWrite).

#include "engine/world/world.h"

namespace blockscope {

/// The node that keeps the data a reader of \a node sees first: itself, or what
/// a filter, a raw node or a quorum passes on to. A quorum is read from its first child: nobody is asked to vote.
[[nodiscard]] NodeId dataNode(const BlockGraph &graph, NodeId node);
/// The nodes that keep what is written through \a node: dataNode(), and for a quorum those of all its children.
[[nodiscard]] std::vector<NodeId> writtenNodes(const BlockGraph &graph, NodeId node);
/// Size of \a node in clusters.
[[nodiscard]] std::uint32_t clusterCount(const World &world, NodeId node);
/// True when neither \a node nor a filter or node that it passes writes on to is read-only or inactive.
[[nodiscard]] bool isWritable(const World &world, NodeId node);
/// What a read of \a node returns: its own cluster, else the backing file's, zero
/// past the end of an image and at the end of the chain.
[[nodiscard]] Cluster readCluster(const World &world, NodeId node, std::uint32_t index);
/// True when \a node itself holds the cluster.
[[nodiscard]] bool isAllocated(const World &world, NodeId node, std::uint32_t index);
/// True when \a top or a node below it and above \a base holds the cluster;
/// without \a base the whole chain counts.
[[nodiscard]] bool isAllocatedAbove(const World &world, NodeId top, std::optional<NodeId> base, std::uint32_t index);
/// Grows or shrinks in the name of \a actor; new clusters are unallocated. False when \a actor may not (grant.h).
[[nodiscard]] bool resize(World &world, NodeId node, std::uint32_t clusters, Holder actor);
/// readCluster() in the name of \a actor; nothing when it may not.
[[nodiscard]] std::optional<Cluster> readFor(World &world, NodeId node, std::uint32_t index, Holder actor);

enum class WriteResult : std::uint8_t {
    Done,
    Denied, ///< the writer holds no claim for it, and claims are enforced
    ReadOnly,
    OutOfRange
};

/// Writes \a value to \a node in the name of \a writer: running backups of that node save the
/// old data first (copy-before-write), running mirrors of it mark the cluster dirty.
[[nodiscard]] WriteResult writeCluster(World &world, NodeId node, std::uint32_t index, const Cluster &value,
                                       Stamp writer);
/// Copy-on-read: as writeCluster, but what the node shows does not change, so no backup and no mirror is told.
[[nodiscard]] WriteResult copyUp(World &world, NodeId node, std::uint32_t index, const Cluster &value, Stamp writer);

/// The job whose request on that cluster of \a node is in flight and must end
/// before another write may begin (stream's copy-on-read, backup's copy).
[[nodiscard]] std::optional<JobId> serialisingJob(const World &world, NodeId node, std::uint32_t index);

} // namespace blockscope
