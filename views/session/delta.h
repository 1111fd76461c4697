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
    bool isRunStateChanged = false;
    bool isPolicyChanged = false;
    bool areSwitchesChanged = false;
    bool areFindingsChanged = false;
    /// Nodes whose own state, data, bitmaps, snapshots, claims held, jobs or findings differ, ascending; with a node
    /// that keeps data, also those that show it as their own.
    std::vector<NodeId> nodes;
    /// Users that differ, ascending (also all of them when a run state changed).
    std::vector<UserId> users;
    /// Jobs that differ, ascending.
    std::vector<JobId> jobs;

    [[nodiscard]] bool isEmpty() const
    {
        return !isTopologyChanged && !isRunStateChanged && !isPolicyChanged && !areSwitchesChanged &&
               !areFindingsChanged && nodes.empty() && users.empty() && jobs.empty();
    }
};

/// Linear in the number of nodes, without comparing what both share. \a before must be an
/// earlier or later state of the same World: ids mean the same in both.
[[nodiscard]] Delta difference(const World &before, const World &after);

} // namespace blockscope::views
