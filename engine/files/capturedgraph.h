// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The reply of x-debug-query-block-graph as plain lists, checked: numbers are
/// unique, links lead from a thing to a node.
///
/// Thread: any.

#include "engine/files/replies.h"
#include "engine/graph/edge.h"

namespace blockscope {

struct CapturedGraph
{
    enum class Kind : std::uint8_t { Node, User, Job };

    struct Thing
    {
        Kind kind = Kind::Node;
        std::uint64_t number = 0; ///< its id in the reply
        std::string name;         ///< may be empty
        std::string type;         ///< as in the reply
        Object extra;             ///< unknown keys
    };
    struct Link
    {
        std::size_t parent = 0; ///< indexes of things
        std::size_t child = 0;
        std::string role;
        Permissions permissions;
    };

    std::vector<Thing> things;
    std::vector<Link> links;
};

/// Empty when there is no such reply. After a failure the lists may not fit together.
[[nodiscard]] CapturedGraph readGraphReply(Reply &reply, Failure &failure);

} // namespace blockscope
