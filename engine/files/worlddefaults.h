// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What a scenario file need not say because it follows from the rest. Reader
/// and writer both ask here, so that they agree.
///
/// Thread: any.

#include "engine/graph/blockgraph.h"

namespace blockscope {

struct NodeDefaults
{
    bool isReadOnly = false;    ///< true for a backing file
    bool isMonitorOwned = true; ///< false for names that QEMU made up ("#block123") and for closed nodes
    std::string headerBacking;  ///< what the backing link says
};

/// By NodeId.
[[nodiscard]] std::vector<NodeDefaults> nodeDefaults(const BlockGraph &graph);

/// The first attached edge of each user, by UserId: its root.
[[nodiscard]] std::vector<std::optional<EdgeId>> firstEdgesOfUsers(const BlockGraph &graph, std::size_t users);

} // namespace blockscope
