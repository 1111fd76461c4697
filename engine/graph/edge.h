// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A link of the graph: QEMU's BdrvChild. Its parent is a node, a user
/// (BlockBackend) or a job, its child always a node.

#include "engine/base/id.h"

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

/// QEMU's permissions on an edge, as captured: bits 0 consistent-read,
/// 1 write, 2 write-unchanged, 3 resize (BLK_PERM_* of include/block/block-common.h).
struct CapturedPermissions
{
    std::uint8_t perm = 0;
    std::uint8_t sharedPerm = 0;

    friend bool operator==(const CapturedPermissions &, const CapturedPermissions &) = default;
};

struct Edge
{
    EdgeId id;
    Parent parent;
    NodeId child;
    std::string role; ///< QEMU's name of the child: "backing", "file", "children.0", "root", "source" ...
    bool isAttached = true;
    std::optional<CapturedPermissions> captured;

    friend bool operator==(const Edge &, const Edge &) = default;
};

} // namespace blockscope
