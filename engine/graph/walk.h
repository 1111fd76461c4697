// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Walks over the block graph. All tolerate cycles and any depth (a captured
/// graph may be damaged), and look through filters where the chain is meant.

#include "engine/graph/blockgraph.h"

namespace blockscope {

/// How a driver's node stands to its children (QEMU's is_filter, is_format and the rest).
[[nodiscard]] bool isFilterDriver(std::string_view driver);
/// A driver at the bottom, that keeps its data outside the graph: file, host_device, nbd ...
[[nodiscard]] bool isProtocolDriver(std::string_view driver);

/// True when images of that format have backing files (supports_backing).
[[nodiscard]] bool supportsBacking(std::string_view driver);

/// What a header calls \a node: its file name, else its node-name.
[[nodiscard]] const std::string &imageName(const Node &node);

/// The child that a filter passes everything on to, or nothing for a node that is no filter.
[[nodiscard]] std::optional<NodeId> filteredChild(const BlockGraph &graph, NodeId node);
/// No stack of filters is taken to be higher; one that is comes from a damaged file.
inline constexpr std::size_t kMaximumFilters = 64;
/// \a node and, while they are filters, what each passes on to; the last is no filter.
[[nodiscard]] std::vector<NodeId> filterPath(const BlockGraph &graph, NodeId node);
/// \a node, or the first node below it that is no filter.
[[nodiscard]] NodeId skipFilters(const BlockGraph &graph, NodeId node);
/// The children of a quorum in their order ("children.0" ...); none for a node that is no quorum.
[[nodiscard]] std::vector<NodeId> quorumChildren(const BlockGraph &graph, NodeId node);
/// The direct backing link, filters not skipped.
[[nodiscard]] std::optional<NodeId> backingChild(const BlockGraph &graph, NodeId node);
/// The next node of the backing chain, filters skipped (bdrv_backing_chain_next).
[[nodiscard]] std::optional<NodeId> nextInChain(const BlockGraph &graph, NodeId node);
/// The backing chain from \a top down, filters skipped; begins with \a top's own first non-filter.
[[nodiscard]] std::vector<NodeId> backingChain(const BlockGraph &graph, NodeId top);
/// What a filter passes on to, of another node its direct backing file (bdrv_filter_or_cow_bs).
[[nodiscard]] std::optional<NodeId> filteredOrBackingChild(const BlockGraph &graph, NodeId node);
/// \a top and what follows it, filters and all, where bdrv_chain_contains() looks.
[[nodiscard]] std::vector<NodeId> chainWithFilters(const BlockGraph &graph, NodeId top);
/// True when \a below is reached from \a top along any children.
[[nodiscard]] bool isReachable(const BlockGraph &graph, NodeId top, NodeId below);
/// True when what \a edge's parent shows includes what its child shows: every link between nodes, but not a
/// filter's other ones (the target of a copy-before-write, the log of a blklogwrites).
[[nodiscard]] bool showsChild(const BlockGraph &graph, const Edge &edge);
/// Every node above those in \a changed whose visible data includes theirs, in ascending id order; not they
/// themselves, nor \a unchanged and what is reached only through it.
[[nodiscard]] std::vector<NodeId> nodesAbove(const BlockGraph &graph, const std::vector<NodeId> &changed,
                                             std::optional<NodeId> unchanged = {});
/// The nodes that have \a node as backing file, filters between skipped, ascending.
[[nodiscard]] std::vector<NodeId> overlaysOf(const BlockGraph &graph, NodeId node);

} // namespace blockscope
