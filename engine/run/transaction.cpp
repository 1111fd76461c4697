// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/run/transaction.h"

#include "engine/operations/readings.h"
#include "engine/operations/transaction.h"
#include "engine/run/invariants.h"
#include "engine/run/joblife.h"
#include "engine/run/request.h"

#include <algorithm>

namespace blockscope {

namespace {

/// A number that no job's transaction has had.
std::uint32_t nextTransaction(const World &world)
{
    std::uint32_t last = 0;
    for (const auto &job : world.jobs)
        last = std::max(last, job->transaction);
    return last + 1;
}

/// The member as it is planned after those before it, asking what the whole was told to ask.
Result<Plan> planNow(const World &world, const TransactionAction &action, const Plan &whole)
{
    auto plan = planMember(world, action);
    if (!plan)
        return plan.error();
    plan->host = whole.host;
    applyReadings(world, *plan);
    forgetKnownClaims(*plan, whole.forgotten);
    return plan;
}

} // namespace

Outcome carryOutTransaction(World &world, const Plan &plan)
{
    const auto actions = transactionActions(plan.arguments);
    if (!actions)
        return invalid(world, actions.error());
    World after = world;
    const std::uint32_t transaction = isGrouped(plan.arguments) ? nextTransaction(after) : 0;
    std::optional<JobId> first;
    for (const TransactionAction &action : *actions) {
        const auto member = planNow(after, action, plan);
        if (!member)
            return invalid(world, member.error());
        if (action.operation->isJob()) {
            const JobId job = beginJob(after, *member, transaction);
            first = first.value_or(job);
        } else if (auto reason = doSynchronously(after, *member)) {
            return {Outcome::Kind::Refused, {world.policy, {*reason}}, std::nullopt, std::nullopt};
        }
    }
    world = std::move(after);
    checkInvariants(world);
    return allowed(world, first);
}

} // namespace blockscope
