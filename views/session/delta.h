// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What differs between two Worlds, by id, so that views change only that.

#include "engine/world/world.h"

#include <vector>

namespace blockscope::views {

struct Delta
{
    /// Nodes, users or links came, went or moved: the layout is asked again.
    bool isTopologyChanged = false;
    /// Nodes whose own state, data, claims held or jobs differ, by id.
    std::vector<NodeId> nodes;
    /// Users that differ (also all of them when the run state changed).
    std::vector<UserId> users;
    std::vector<JobId> jobs;

    [[nodiscard]] bool isEmpty() const
    {
        return !isTopologyChanged && nodes.empty() && users.empty() && jobs.empty();
    }
};

/// Linear in the number of nodes, without comparing what both share.
[[nodiscard]] Delta difference(const World &before, const World &after);

} // namespace blockscope::views
