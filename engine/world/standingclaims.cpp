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

/// \a claim on \a node and on what it passes on to.
std::vector<NodeClaim> claimsAlong(const BlockGraph &graph, NodeId node, const char *role, Claim claim)
{
    std::vector<NodeClaim> claims;
    for (NodeId each : filterPath(graph, node))
        claims.push_back({each, role, claim});
    return claims;
}

} // namespace

std::vector<NodeClaim> linkClaims(const BlockGraph &graph, const Node &parent, bool parentIsReadOnly,
                                  const std::string &role, NodeId child)
{
    // A filter does nothing but what is done through it; its link needs the child to exist.
    if (isFilterDriver(parent.driver))
        return {{child, "edge-backing", kEdgeBacking}};
    if (role == "backing")
        return claimsAlong(graph, child, "edge-backing", kEdgeBacking);
    if (role.starts_with("children."))
        return claimsAlong(graph, child, "quorum-child", kQuorumChild);
    if (!parentIsReadOnly)
        return claimsAlong(graph, child, "edge-file-rw", kEdgeFileWritable);
    if (parent.driver == "raw")
        return claimsAlong(graph, child, "edge-raw-ro", kEdgeRawReadOnly);
    return claimsAlong(graph, child, "edge-file-ro", kEdgeFileReadOnly);
}

std::vector<NodeClaim> standingClaims(const World &world, const Edge &edge)
{
    if (!edge.isAttached || !edge.parent.isNode())
        return {};
    const Node &parent = world.node(edge.parent.node());
    return linkClaims(world.graph, parent, parent.isReadOnly, edge.role, edge.child);
}

std::vector<NodeClaim> standingClaims(const World &world, const User &user)
{
    if (!user.isAttached || !user.root)
        return {};
    const NodeId root = world.graph.edge(*user.root).child;
    switch (user.kind) {
    case User::Kind::Guest:
        return world.isVmRunning() ? claimsAlong(world.graph, root, "guest", guestClaim(user))
                                   : std::vector<NodeClaim>();
    case User::Kind::Export:
        return user.isWritable ? claimsAlong(world.graph, root, "nbd-rw", kExportWritable)
                               : claimsAlong(world.graph, root, "nbd-ro", kExportReadOnly);
    case User::Kind::Backend:
        break;
    }
    return {};
}

} // namespace blockscope
