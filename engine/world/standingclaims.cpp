// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/world/standingclaims.h"

#include "engine/graph/walk.h"
#include "engine/world/blockio.h"

#include <algorithm>

namespace blockscope {

namespace {

using enum Action;

// Rows of operations.md, Appendix A.
constexpr Claim kGuest{{ReadVisible, ModifyVisible}, {ReadVisible, ReadMetadata, ModifyMetadata, GraphReconfiguration}};
constexpr Claim kExportReadOnly{{ReadVisible, ReadMetadata}, kAllActions};
constexpr Claim kExportWritable{{ReadVisible, ReadMetadata, ModifyVisible}, kAllActions};
// Reading P3 for who writes as long as it is attached: what a node above shows changes with it; what else happens there
// is no concern of the writer.
constexpr Claim kAboveWritten{{ModifyVisible}, kAllActions};
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

/// True when a running job takes care of what \a target shows while somebody writes through \a written.
bool isKeptByJob(const World &world, const std::vector<NodeId> &written, NodeId target)
{
    return std::any_of(world.jobs.begin(), world.jobs.end(), [&](const auto &job) {
        const auto source = job->isActive() && job->keepsTarget() ? job->node("source") : std::nullopt;
        return source && dataNode(world.graph, *source) == dataNode(world.graph, written.back()) &&
               std::any_of(job->nodes.begin(), job->nodes.end(),
                           [&](const RoleNode &each) { return each.role == "target" && each.node == target; });
    });
}

/// The nodes that show other data after a write to \a written, itself left out, ascending.
std::vector<NodeId> nodesChangedAbove(const World &world, const std::vector<NodeId> &written)
{
    const BlockGraph &graph = world.graph;
    std::vector<NodeId> open = written;
    std::vector<bool> seen(graph.nodeCount());
    for (NodeId node : written)
        seen[node.value] = true;
    for (std::size_t next = 0; next < open.size(); ++next) {
        for (EdgeId id : graph.node(open[next]).parents) {
            const Edge &edge = graph.edge(id);
            if (!showsChild(graph, edge))
                continue;
            const NodeId parent = edge.parent.node();
            if (seen[parent.value] || isKeptByJob(world, written, parent))
                continue;
            seen[parent.value] = true;
            open.push_back(parent);
        }
    }
    std::vector<NodeId> above(open.begin() + static_cast<std::ptrdiff_t>(written.size()), open.end());
    std::sort(above.begin(), above.end());
    return above;
}

/// Adds what a writer changes above the node that it writes.
void addAboveWritten(const World &world, NodeId root, std::vector<NodeClaim> &claims, NodesAbove &known)
{
    if (!world.is(Switch::WritersPropagateUp))
        return;
    const auto [found, isNew] = known.try_emplace(root);
    if (isNew)
        found->second = nodesChangedAbove(world, filterPath(world.graph, root));
    for (NodeId above : found->second)
        claims.push_back({above, kAboveWrittenRole, kAboveWritten});
}

std::vector<NodeClaim> claimsOnRoot(const World &world, const User &user, NodeId root, NodesAbove &known)
{
    // What was handed over, or not yet taken over, is used by nobody here.
    if (!world.is(Switch::StandingUsers) || world.node(root).isInactive)
        return {};
    std::vector<NodeClaim> claims;
    switch (user.kind) {
    case User::Kind::Guest:
        if (world.runStateOf(user.host) != "running")
            return {};
        claims = claimsAlong(world.graph, root, "guest", guestClaim(user));
        break;
    case User::Kind::Export:
        claims = user.isWritable ? claimsAlong(world.graph, root, "nbd-rw", kExportWritable)
                                 : claimsAlong(world.graph, root, "nbd-ro", kExportReadOnly);
        break;
    case User::Kind::Backend:
        return {};
    }
    if (user.isWritable)
        addAboveWritten(world, root, claims, known);
    return claims;
}

} // namespace

std::vector<NodeClaim> userClaims(const World &world, const User &user, NodeId root)
{
    NodesAbove known;
    return userClaims(world, user, root, known);
}

std::vector<NodeClaim> userClaims(const World &world, const User &user, NodeId root, NodesAbove &known)
{
    auto claims = claimsOnRoot(world, user, root, known);
    if (!world.is(Switch::ReadersStayUp))
        addBackingReads(world.graph, claims);
    return claims;
}

std::vector<NodeClaim> standingClaims(const World &world, const User &user)
{
    NodesAbove known;
    return standingClaims(world, user, known);
}

std::vector<NodeClaim> standingClaims(const World &world, const User &user, NodesAbove &known)
{
    if (!user.isAttached || !user.root)
        return {};
    return userClaims(world, user, world.graph.edge(*user.root).child, known);
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
