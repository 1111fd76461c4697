// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/world/grant.h"

#include <algorithm>

namespace blockscope {

bool permit(World &world, Holder actor, NodeId node, Action action)
{
    // Where users hold no claims (P1), theirs cannot be checked either.
    if (!world.is(Switch::Enforce) || (actor.kind == Holder::Kind::User && !world.is(Switch::StandingUsers)))
        return true;
    const Holding *held = world.ledger.holding(actor);
    const bool isGranted =
        held != nullptr && std::any_of(held->claims.begin(), held->claims.end(), [&](const NodeClaim &claim) {
            return claim.node == node && claim.claim.require.contains(action);
        });
    if (!isGranted)
        report(world, {Finding::Kind::AccessViolation, world.clock, node, actor, 0, {}, {}, action});
    return isGranted;
}

const Finding *accessViolation(const World &world, Holder actor)
{
    const auto found = std::find_if(world.findings->begin(), world.findings->end(), [&](const Finding &each) {
        return each.kind == Finding::Kind::AccessViolation && each.party == actor;
    });
    return found == world.findings->end() ? nullptr : &*found;
}

void report(World &world, const Finding &finding)
{
    const bool isKnown = std::any_of(world.findings->begin(), world.findings->end(), [&](const Finding &each) {
        return each.kind == finding.kind && each.node == finding.node && each.party == finding.party;
    });
    if (!isKnown)
        world.findings.edit().push_back(finding);
}

Holder holderOf(const Stamp &stamp)
{
    switch (stamp.kind) {
    case Stamp::Kind::User:
        return Holder::of(UserId{stamp.id});
    case Stamp::Kind::Job:
        return Holder::of(JobId{stamp.id});
    case Stamp::Kind::Operation:
    case Stamp::Kind::Image:
        break;
    }
    return Holder::synchronous();
}

} // namespace blockscope
