// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Takes a job that was running when a graph was captured into a World: its
/// claims are entered as they are, its machine goes on where it was.

#include "engine/base/result.h"
#include "engine/world/world.h"

#include <optional>

namespace blockscope {

struct CapturedJob
{
    std::string name; ///< QMP's id
    std::string type; ///< QMP's JobType
    JobStatus status = JobStatus::Running;
    /// The arguments it would have been started with now, as the graph tells them (device, top-node, target ...).
    Object arguments;
    std::string operation;             ///< the command that starts such a job; empty when there is none here
    std::optional<std::string> filter; ///< node-name of the filter it put in
    double fraction = 0;               ///< done, from 0 to 1
    bool autoFinalize = true;
    bool autoDismiss = true;
    std::string error;
};

/// Enters \a captured, and makes the steps that it had made. When its operation is unknown here or cannot be planned on
/// this graph, the job is entered as not simulated: it is shown with its status and holds no claims. REQUIRES: no job
/// of that name is in \a world.
JobId adoptJob(World &world, const CapturedJob &captured);

} // namespace blockscope
