// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The two ways in which jobs copy clusters (explore.md section 3). One step is
/// what QEMU does between two yield points: look and read, or write.

#include "engine/operations/operation.h"
#include "engine/world/blockio.h"

namespace blockscope {

/// From the first cluster to the last: commit, stream, backup.
struct LinearCopy
{
    /// True when the cluster at the cursor needs no copying.
    bool (*skips)(const World &world, const Job &job, std::uint32_t index) = nullptr;
    std::string_view from; ///< role of the node that is read
    WriteResult (*write)(World &world, Job &job, std::uint32_t index, const Cluster &value) = nullptr;
};
StepResult step(World &world, Job &job, const LinearCopy &copy);

/// Whatever is dirty, lowest first, until nothing is: mirror, active commit.
StepResult stepDirty(World &world, Job &job, std::string_view from, std::string_view to);

/// Makes \a node writable until cleanUpWritable(). Nothing happens if it is.
void makeWritable(World &world, Job &job, NodeId node);
void cleanUpWritable(World &world, Job &job);

/// Marks clusters of \a from that are allocated above \a base (or at all) as dirty.
void markAllocatedDirty(const World &world, Job &job, NodeId from, std::optional<NodeId> base);

/// What a copy to \a target begins with: it reads the size of \a source and gives it to the target. False when the job
/// may not (grant.h).
[[nodiscard]] bool prepareTarget(World &world, Job &job, NodeId source, NodeId target);
/// The links to \a from that move to \a to when that takes its place: not those of jobs, nor of what is below \a to.
[[nodiscard]] std::vector<EdgeId> linksThatMove(const World &world, NodeId from, NodeId to);
/// Moves every user and every overlay of \a from to \a to, its own jobs' links excepted (pivot).
/// Headers are not rewritten. The read-only flag is copied. False when \a actor may not.
[[nodiscard]] bool pivot(World &world, NodeId from, NodeId to, Holder actor);
/// After a pivot: a finding if a guest or an export is still on \a node.
void reportLeftBehind(World &world, NodeId node, Holder actor);
/// Writes the backing file string into the header of \a node. False when \a actor may not.
[[nodiscard]] bool setHeader(World &world, NodeId node, std::string backing, Holder actor);
/// Points the backing link and header of \a overlay to \a backing, or cuts it. The header gets \a chosenHeader, where
/// somebody chose one, else the name of the image, without filters above it (where QEMU's commit names those it writes
/// json:). False when \a actor may not.
[[nodiscard]] bool setBacking(World &world, NodeId overlay, std::optional<NodeId> backing, Holder actor,
                              const std::optional<std::string> &chosenHeader = {});
/// True when \a actor may change the links of all of \a nodes.
[[nodiscard]] bool mayRelink(World &world, const std::vector<NodeId> &nodes, Holder actor);
/// A finding of \a kind for the first cluster of \a target that does not read like \a expected; where that is
/// unallocated nothing is expected.
void reportDifference(World &world, Finding::Kind kind, const Job &job, NodeId target, const BlockData &expected);
/// Marks \a nodes, given from the top down, as obsolete where nobody but each other is left to use them.
void markObsolete(World &world, const std::vector<NodeId> &nodes);

[[nodiscard]] Stamp stampOf(const World &world, const Job &job);

} // namespace blockscope
