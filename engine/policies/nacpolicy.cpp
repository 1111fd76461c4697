// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/policies/policy.h"

namespace blockscope {

namespace {

const char *codeOf(NacRule rule)
{
    return rule == NacRule::R1 ? "NAC-R1" : "NAC-R2";
}

Verdict judge(const World &world, const Plan &plan)
{
    // One request: everything is decided before anything is touched (readings N5, N6).
    std::vector<NodeClaim> request = plan.claims;
    request.insert(request.end(), plan.standing.begin(), plan.standing.end());
    Verdict verdict{"nac", {}};
    for (const Conflict &each : world.ledger.conflicts(request, plan.replaces)) {
        verdict.reasons.push_back({codeOf(each.rule), each.node, each.action, each.holder, each.since, each.asked,
                                   each.askedRole, each.held, each.heldRole});
    }
    return verdict;
}

} // namespace

const Policy kNacPolicy{.name = "nac", .judge = judge};

} // namespace blockscope
