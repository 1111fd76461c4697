// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What of a World is drawn as boxes and lines. Flags, jobs and data are no
/// part of it: two Worlds with equal topology have the same layout, and a
/// change of anything else moves nothing.
///
/// A job's own BlockBackend and its links are left out: the job is shown
/// inside its nodes.

#include "engine/world/world.h"

#include <vector>

namespace blockscope::views {

struct Topology
{
    /// A protocol node that one node alone keeps its file in: drawn small, beside it.
    struct Leaf
    {
        NodeId node;
        NodeId parent;
        EdgeId edge;

        bool operator==(const Leaf &) const = default;
    };
    struct Line
    {
        EdgeId edge;
        Parent parent;
        NodeId child;
        bool isChain = false; ///< backing, or what a filter passes on to

        bool operator==(const Line &) const = default;
    };

    std::vector<NodeId> nodes; ///< those with a box of their own, by id
    std::vector<Leaf> leaves;  ///< by id
    std::vector<UserId> users; ///< by id
    std::vector<Line> lines;   ///< between boxes; those to leaves are not among them; by id

    bool operator==(const Topology &) const = default;
};

[[nodiscard]] Topology topologyOf(const World &world);

/// True when the user has a box.
[[nodiscard]] bool isDrawn(const User &user);

} // namespace blockscope::views
