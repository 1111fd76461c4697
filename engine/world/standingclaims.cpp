// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/world/standingclaims.h"

#include "engine/graph/walk.h"

namespace blockscope {

namespace {

using enum Action;

// Rows of operations.md, Appendix A.
constexpr Claim kGuest{{ReadVisible, ModifyVisible}, {ReadVisible, ReadMetadata, ModifyMetadata, GraphReconfiguration}};
constexpr Claim kExportReadOnly{{ReadVisible, ReadMetadata}, kAllActions};
constexpr Claim kExportWritable{{ReadVisible, ReadMetadata, ModifyVisible}, kAllActions};
constexpr Claim kEdgeBacking{{ReadMetadata}, kAllActions};
constexpr Claim kEdgeFileWritable{{ReadVisible, ModifyVisible}, {ReadVisible, ReadMetadata}};
constexpr Claim kEdgeFileReadOnly{{ReadVisible}, {ReadVisible, ReadMetadata}};
constexpr Claim kEdgeRawReadOnly{{ReadVisible}, {ReadVisible, ReadMetadata, ModifyVisible, ModifyMetadata}};
constexpr Claim kQuorumChild{{ReadVisible, ModifyVisible}, {ReadVisible, ReadMetadata, ModifyMetadata}};

Claim guestClaim(const User &user)
{
    Claim claim = kGuest;
    if (!user.isWritable)
        claim.require = {ReadVisible};
    if (user.sharesWrites)
        claim.allow.insert(ModifyVisible);
    return claim;
}

} // namespace

NodeClaim linkClaim(const Node &parent, bool parentIsReadOnly, const std::string &role, NodeId child)
{
    // A filter only passes on what its own users do; like an overlay, it needs the child to exist.
    if (role == "backing" || isFilterDriver(parent.driver))
        return {child, "edge-backing", kEdgeBacking};
    if (role.starts_with("children."))
        return {child, "quorum-child", kQuorumChild};
    if (!parentIsReadOnly)
        return {child, "edge-file-rw", kEdgeFileWritable};
    if (parent.driver == "raw")
        return {child, "edge-raw-ro", kEdgeRawReadOnly};
    return {child, "edge-file-ro", kEdgeFileReadOnly};
}

std::optional<NodeClaim> standingClaim(const World &world, const Edge &edge)
{
    if (!edge.isAttached || !edge.parent.isNode())
        return std::nullopt;
    const Node &parent = world.node(edge.parent.node());
    return linkClaim(parent, parent.isReadOnly, edge.role, edge.child);
}

std::optional<NodeClaim> claimWhileRunning(const World &world, const User &user)
{
    if (!user.isAttached || !user.root)
        return std::nullopt;
    const NodeId root = world.graph.edge(*user.root).child;
    switch (user.kind) {
    case User::Kind::Guest:
        return NodeClaim{root, "guest", guestClaim(user)};
    case User::Kind::Export:
        return user.isWritable ? NodeClaim{root, "nbd-rw", kExportWritable} : NodeClaim{root, "nbd-ro", kExportReadOnly};
    case User::Kind::Backend:
        return std::nullopt;
    }
    return std::nullopt;
}

std::optional<NodeClaim> standingClaim(const World &world, const User &user)
{
    if (user.kind == User::Kind::Guest && !world.isVmRunning())
        return std::nullopt;
    return claimWhileRunning(world, user);
}

} // namespace blockscope
