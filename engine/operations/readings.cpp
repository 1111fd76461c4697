// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/readings.h"

#include "engine/graph/walk.h"
#include "engine/operations/operation.h"
#include "engine/world/standingclaims.h"

#include <algorithm>

namespace blockscope {

namespace {

bool hasRole(const NodeClaim &claim, std::string_view role)
{
    return std::string_view(claim.role).starts_with(role);
}

/// Everything below a listed node that is not listed itself is locked: nothing required, nothing allowed.
void lockUnlisted(const BlockGraph &graph, std::vector<NodeClaim> &claims)
{
    std::vector<bool> seen(graph.nodeCount());
    std::vector<NodeId> open;
    for (const NodeClaim &claim : claims) {
        seen[claim.node.value] = true;
        open.push_back(claim.node);
    }
    while (!open.empty()) {
        const NodeId node = open.back();
        open.pop_back();
        for (EdgeId edge : graph.node(node).children) {
            const NodeId child = graph.edge(edge).child;
            if (seen[child.value])
                continue;
            seen[child.value] = true;
            claims.push_back({child, "unlisted", Claim()});
            open.push_back(child);
        }
    }
}

void adjustAllow(const World &world, std::vector<NodeClaim> &claims)
{
    for (NodeClaim &claim : claims) {
        if (!world.is(Switch::MetadataIsReliedOn))
            claim.claim.allow.insert(Action::ReadMetadata);
        if (!world.is(Switch::DefaultAllowsNothing) && claim.claim.allow.isEmpty())
            claim.claim.allow = kAllActions;
    }
}

} // namespace

void applyReadings(const World &world, Plan &plan)
{
    auto &claims = plan.claims;
    if (!world.is(Switch::WritersPropagateUp)) {
        std::erase_if(claims,
                      [](const NodeClaim &claim) { return hasRole(claim, "above") || hasRole(claim, "sibling"); });
    }
    if (!world.is(Switch::DataChainListed))
        std::erase_if(claims, [](const NodeClaim &claim) { return hasRole(claim, "chain"); });
    for (auto *list : {&plan.claims, &plan.created})
        adjustAllow(world, *list);
    for (Plan &member : plan.members)
        applyReadings(world, member);
    if (!world.is(Switch::ReadersStayUp))
        addBackingReads(world.graph, claims);
    if (!world.is(Switch::UnlistedUnprotected))
        lockUnlisted(world.graph, claims);
}

namespace {

/// How many claims were taken out.
std::size_t forgetRole(Plan &plan, const std::string &role)
{
    const auto isForgotten = [&](const NodeClaim &claim) { return claim.role == role; };
    return std::erase_if(plan.claims, isForgotten) + std::erase_if(plan.created, isForgotten);
}

} // namespace

void forgetKnownClaims(Plan &plan, const std::vector<std::string> &forget)
{
    for (const std::string &role : forget)
        forgetRole(plan, role);
    plan.forgotten = forget;
    for (Plan &member : plan.members)
        forgetKnownClaims(member, forget);
}

std::optional<Error> forgetClaims(Plan &plan, const std::vector<std::string> &forget)
{
    for (Plan &member : plan.members)
        forgetKnownClaims(member, forget);
    plan.forgotten = forget;
    for (const std::string &role : forget) {
        if (forgetRole(plan, role) == 0)
            return Error{"ARG-ROLE", "forget",
                         std::string(plan.operation->name) + " claims nothing on a node in the role '" + role + "'"};
    }
    return std::nullopt;
}

} // namespace blockscope
