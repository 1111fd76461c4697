// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A link of the graph: QEMU's BdrvChild. Its parent is a node, a user
/// (BlockBackend) or a job, its child always a node.

#include "engine/base/id.h"
#include "engine/graph/permissions.h"

#include <cstdint>
#include <optional>
#include <string>

namespace blockscope {

struct Parent
{
    enum class Kind : std::uint8_t { Node, User, Job };

    Kind kind = Kind::Node;
    std::uint32_t id = NodeId::kNone;

    static Parent of(NodeId node) { return {Kind::Node, node.value}; }
    static Parent of(UserId user) { return {Kind::User, user.value}; }
    static Parent of(JobId job) { return {Kind::Job, job.value}; }
    [[nodiscard]] bool isNode() const { return kind == Kind::Node; }
    /// REQUIRES: isNode().
    [[nodiscard]] NodeId node() const { return NodeId{id}; }

    friend bool operator==(const Parent &, const Parent &) = default;
};

struct Edge
{
    EdgeId id;
    Parent parent;
    NodeId child;
    std::string role; ///< QEMU's name of the child: "backing", "file", "children.0", "root", "source" ...
    bool isAttached = true;
    std::optional<Permissions> captured; ///< as the capture gave them; the rules are in world/permissions.h

    friend bool operator==(const Edge &, const Edge &) = default;
};

} // namespace blockscope
