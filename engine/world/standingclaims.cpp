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

std::vector<NodeClaim> linkClaims(const World &world, const Node &parent, bool parentIsReadOnly,
                                  const std::string &role, NodeId child)
{
    if (!world.is(Switch::StandingUsers))
        return {};
    const BlockGraph &graph = world.graph;
    // A filter does nothing but what is done through it; its link needs the child to exist.
    if (isFilterDriver(parent.driver))
        return {{child, "edge-backing", kEdgeBacking}};
    if (role == "backing")
        return claimsAlong(graph, child, "edge-backing", kEdgeBacking);
    // An inactive node neither reads nor writes; it needs its child to exist.
    if (parent.isInactive)
        return claimsAlong(graph, child, "edge-backing", kEdgeBacking);
    if (role.starts_with("children."))
        return claimsAlong(graph, child, "quorum-child", kQuorumChild);
    if (!world.is(Switch::FileChildProtected))
        return claimsAlong(graph, child, "edge-backing", kEdgeBacking);
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
    return linkClaims(world, parent, parent.isReadOnly, edge.role, edge.child);
}

namespace {

std::vector<NodeClaim> claimsOfUser(const World &world, const User &user)
{
    if (!user.isAttached || !user.root || !world.is(Switch::StandingUsers))
        return {};
    const NodeId root = world.graph.edge(*user.root).child;
    switch (user.kind) {
    case User::Kind::Guest:
        return world.runStateOf(user.host) == "running" ? claimsAlong(world.graph, root, "guest", guestClaim(user))
                                                        : std::vector<NodeClaim>();
    case User::Kind::Export:
        return user.isWritable ? claimsAlong(world.graph, root, "nbd-rw", kExportWritable)
                               : claimsAlong(world.graph, root, "nbd-ro", kExportReadOnly);
    case User::Kind::Backend:
        break;
    }
    return {};
}

} // namespace

std::vector<NodeClaim> standingClaims(const World &world, const User &user)
{
    auto claims = claimsOfUser(world, user);
    if (!world.is(Switch::ReadersStayUp))
        addBackingReads(world.graph, claims);
    return claims;
}

void addBackingReads(const BlockGraph &graph, std::vector<NodeClaim> &claims)
{
    const std::size_t count = claims.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (!claims[i].claim.require.contains(Action::ReadVisible))
            continue;
        const auto chain = backingChain(graph, claims[i].node);
        for (std::size_t below = 1; below < chain.size(); ++below)
            claims.push_back({chain[below], claims[i].role, {{Action::ReadVisible}, kAllActions}});
    }
}

} // namespace blockscope
