// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/run/graphlock.h"

#include "engine/operations/catalogue.h"
#include "engine/policies/policy.h"
#include "engine/run/invariants.h"
#include "engine/run/joblife.h"
#include "engine/run/request.h"
#include "engine/world/grant.h"

#include <algorithm>

namespace blockscope {

namespace {

auto findListed(const World &world, const std::string &id)
{
    return std::find_if(world.listed->begin(), world.listed->end(),
                        [&](const ListedRequest &each) { return each.id == id; });
}

Error noSuchList(const std::string &id)
{
    return {"ARG-LIST", "id", "No request '" + id + "' was listed"};
}

std::optional<NodeId> droppedNode(const World &world, const ListedRequest &listed)
{
    const auto isClosed = [&](const auto &each) { return !world.node(each.node).isOpen; };
    const auto node = std::find_if(listed.nodes.begin(), listed.nodes.end(), isClosed);
    if (node != listed.nodes.end())
        return node->node;
    const auto claim = std::find_if(listed.claims.begin(), listed.claims.end(), isClosed);
    return claim == listed.claims.end() ? std::nullopt : std::optional(claim->node);
}

bool changesGraph(const Plan &plan)
{
    const Family family = plan.operation->family;
    return plan.operation->isJob() || family == Family::Graph || family == Family::Users || !plan.standing.empty() ||
           std::any_of(plan.claims.begin(), plan.claims.end(), [](const NodeClaim &claim) {
               return claim.claim.require.contains(Action::GraphReconfiguration);
           });
}

/// Why \a plan may not change the graph now; nothing when it may.
std::optional<Reason> graphLockReason(const World &world, const Plan &plan)
{
    return world.isGraphLocked() && changesGraph(plan) ? std::optional(lockReason(world)) : std::nullopt;
}

} // namespace

Reason lockReason(const World &world)
{
    Reason reason;
    reason.code = "GRAPH-LOCK";
    reason.node = world.listed->front().nodes.empty() ? NodeId() : world.listed->front().nodes.front().node;
    reason.action = Action::GraphReconfiguration;
    reason.holder = {Holder::Kind::Operation, 1};
    reason.since = world.listed->front().listedAt;
    return reason;
}

Outcome listRequest(World &world, const ListControl &control)
{
    if (control.id.empty() || findListed(world, control.id) != world.listed->end())
        return invalid(world, {"ARG-LIST", "id", "The id '" + control.id + "' is empty or taken"});
    const auto decision = decide(world, control.request, world.policy);
    if (!decision)
        return invalid(world, decision.error());
    const Plan &plan = decision->plan;
    if (!decision->verdict.isAllowed()) {
        // What makes no sense has no nodes to list, though the policy refuses it before it finds out.
        const auto sensible = planOf(world, *plan.operation, plan.arguments, control.request.host);
        if (!sensible)
            return invalid(world, sensible.error());
    }
    ++world.clock;
    world.listed.edit().push_back({control.id, std::string(plan.operation->name), plan.arguments,
                                   control.request.forget, plan.nodes, plan.claims, world.clock, plan.host});
    return allowed(world);
}

Outcome acquireListed(World &world, const AcquireControl &control)
{
    const auto found = findListed(world, control.id);
    if (found == world.listed->end())
        return invalid(world, noSuchList(control.id));
    const ListedRequest &listed = *found; // the copy below leaves it alone
    World after = world;
    auto &others = after.listed.edit();
    others.erase(others.begin() + (found - world.listed->begin()));
    if (const auto dropped = droppedNode(after, listed)) {
        ++after.clock;
        report(after, {Finding::Kind::UseAfterDrop, after.clock, *dropped, Holder::synchronous(), 0, {}, {}});
        world = std::move(after);
        finalizeWaitingJobs(world);
        return allowed(world);
    }
    const auto fresh = decide(after, {listed.execute, listed.arguments, listed.forget, listed.host}, after.policy);
    if (!fresh)
        return invalid(world, fresh.error());
    // It works on the graph as it is now, with the claims on what the graph was then.
    Plan plan = fresh->plan;
    plan.claims = listed.claims;
    Verdict verdict = judgeInFull(after, *findPolicy(after.policy), plan);
    if (!verdict.isAllowed()) // it stays listed, and what a refusal leaves behind (N6) is left in the World
        return carryOut(world, {std::move(plan), std::move(verdict)});
    const Outcome outcome = carryOut(after, {std::move(plan), std::move(verdict)});
    if (outcome.kind == Outcome::Kind::Allowed) {
        world = std::move(after);
        finalizeWaitingJobs(world);
    }
    return outcome;
}

Outcome unlistRequest(World &world, const UnlistControl &control)
{
    const auto found = findListed(world, control.id);
    if (found == world.listed->end())
        return invalid(world, noSuchList(control.id));
    const auto index = found - world.listed->begin();
    auto &listed = world.listed.edit();
    listed.erase(listed.begin() + index);
    ++world.clock;
    finalizeWaitingJobs(world);
    return allowed(world);
}

Verdict judgeWithLock(const World &world, const Policy &policy, const Plan &plan)
{
    Verdict verdict = policy.judge(world, plan);
    if (!verdict.isAllowed())
        return verdict;
    if (auto lock = graphLockReason(world, plan))
        verdict.reasons.push_back(std::move(*lock));
    return verdict;
}

} // namespace blockscope
