// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The jobs of a capture: what query-jobs and query-block-jobs say of each, and
/// from its links in the graph the arguments that it would be started with.
///
/// Thread: any.

#include "engine/files/replies.h"
#include "engine/run/adopt.h"

#include <map>

namespace blockscope {

/// A job and its links, by role as QEMU names them ("main node", "source", "base" ...).
struct CapturedJobLinks
{
    CapturedJob job;
    Object extra; ///< keys of the replies that we do not interpret
    std::vector<std::pair<std::string, NodeId>> links;

    [[nodiscard]] std::optional<NodeId> link(std::string_view role) const;
};

/// Both replies by job id, in no order but by id.
[[nodiscard]] std::map<std::string, CapturedJobLinks> readJobReplies(Reply &jobs, Reply &blockJobs, Failure &failure);

/// The filter that \a job put into the graph, by its links.
[[nodiscard]] std::optional<NodeId> filterOf(const BlockGraph &graph, const CapturedJobLinks &job);

/// Works out type (if no reply says it), operation, arguments and filter. The graph is complete.
void completeJob(const BlockGraph &graph, CapturedJobLinks &job);

} // namespace blockscope
