// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/policies/policy.h"

namespace blockscope {

namespace {

const char *codeOf(NacRule rule)
{
    return rule == NacRule::R1 ? "NAC-R1" : "NAC-R2";
}

/// Reading N1 off: the AND over no operation's Allow is nothing, so whatever is required there is refused.
void refuseUnheld(const World &world, const std::vector<NodeClaim> &request, Verdict &verdict)
{
    for (const NodeClaim &asked : request) {
        if (world.ledger.hasClaims(asked.node))
            continue;
        for (Action action : kActions) {
            if (asked.claim.require.contains(action))
                verdict.reasons.push_back({"NAC-N1",
                                           asked.node,
                                           action,
                                           Holder::synchronous(),
                                           world.clock,
                                           asked.claim,
                                           asked.role,
                                           Claim(),
                                           {}});
        }
    }
}

/// What \a plan asks, by itself and for links that it makes.
std::vector<NodeClaim> requestOf(const Plan &plan)
{
    std::vector<NodeClaim> request = plan.claims;
    request.insert(request.end(), plan.standing.begin(), plan.standing.end());
    return request;
}

/// Each member of a transaction is asked when its turn comes. They do not stand in each other's way, for they are one
/// operation; reading P6 off: those before it hold what they asked.
std::vector<Conflict> conflictsOfMembers(const World &world, const Plan &plan)
{
    std::vector<Conflict> conflicts;
    std::vector<NodeClaim> before;
    for (const Plan &member : plan.members) {
        Ledger ledger = *member.heldThen;
        if (!before.empty() && !world.is(Switch::TransactionIsOne))
            ledger.acquire(Holder::synchronous(), world.clock, before);
        const auto more = ledger.conflicts(requestOf(member), member.replaces);
        conflicts.insert(conflicts.end(), more.begin(), more.end());
        before.insert(before.end(), member.claims.begin(), member.claims.end());
    }
    return conflicts;
}

Verdict judge(const World &world, const Plan &plan)
{
    // One request: everything is decided before anything is touched (readings N5, N6).
    const std::vector<NodeClaim> request = requestOf(plan);
    Verdict verdict{"nac", {}};
    for (const Conflict &each :
         plan.members.empty() ? world.ledger.conflicts(request, plan.replaces) : conflictsOfMembers(world, plan)) {
        if (each.rule == NacRule::R2 && !world.is(Switch::BothRules))
            continue;
        verdict.reasons.push_back({codeOf(each.rule), each.node, each.action, each.holder, each.since, each.asked,
                                   each.askedRole, each.held, each.heldRole});
    }
    if (!world.is(Switch::EmptyAllowsAll))
        refuseUnheld(world, request, verdict);
    return verdict;
}

} // namespace

const Policy kNacPolicy{.name = "nac", .judge = judge};

} // namespace blockscope
