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
        if (world.ledger.counts(asked.node).claims != 0)
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

Verdict judge(const World &world, const Plan &plan)
{
    // One request: everything is decided before anything is touched (readings N5, N6).
    std::vector<NodeClaim> request = plan.claims;
    request.insert(request.end(), plan.standing.begin(), plan.standing.end());
    Verdict verdict{"nac", {}};
    for (const Conflict &each : world.ledger.conflicts(request, plan.replaces)) {
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
