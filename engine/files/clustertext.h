// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Block data as a line of text, run by run: "12*x 3*- 0 2*x>j1@7".
///
///     run   = [count "*"] cell
///     cell  = state ["=" stamp] [">" stamp]   the value's origin, and who wrote it here
///     state = "-" unallocated | "0" zero | "x" data
///     stamp = ("n" | "u" | "j" | "o") (id | "?") ["@" tick]   image of node, user, job, synchronous operation
///
/// Without "=", data is what came with the image that keeps it; without ">",
/// data was written where it came from, and zeroes came with the image.
///
/// Thread: any.

#include "engine/world/cluster.h"

#include <optional>
#include <string>
#include <string_view>

namespace blockscope {

/// How many ids of each kind there are: stamps beyond them are errors.
struct IdCounts
{
    std::size_t nodes = 0;
    std::size_t users = 0;
    std::size_t jobs = 0;
};

/// \a node is the node that keeps the data, none for data of a job.
[[nodiscard]] std::string clustersToText(const BlockData &data, NodeId node);
[[nodiscard]] std::string clusterToText(const Cluster &cluster, NodeId node);

/// Appends to \a data what \a text says, at most kMaximumClusters in all; returns what is wrong with it, if anything.
[[nodiscard]] std::optional<std::string> clustersFromText(std::string_view text, NodeId node, const IdCounts &ids,
                                                          BlockData &data);

/// Bits as runs of 0 and 1: "5*1 59*0".
[[nodiscard]] std::string bitsToText(const std::vector<bool> &bits);
[[nodiscard]] std::optional<std::string> bitsFromText(std::string_view text, std::vector<bool> &bits);

} // namespace blockscope
