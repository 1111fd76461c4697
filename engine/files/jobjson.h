// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A job and its claims as a JSON object, with the whole state of its step
/// machine, so that a saved job goes on where it was.
///
/// Thread: any.

#include "engine/files/clustertext.h"
#include "engine/files/names.h"

namespace blockscope {

struct SavedJob
{
    Job job;
    std::optional<Holding> holding; ///< what it holds in the ledger
};

/// \a nodes names the open nodes of the World being read.
[[nodiscard]] SavedJob readJob(Value &value, JobId id, const NameTable &nodes, const std::vector<Node> &allNodes,
                               const IdCounts &ids, const Place &place, Failure &failure);
[[nodiscard]] Value writeJob(const World &world, const Job &job, const NameTable &nodes);

} // namespace blockscope
