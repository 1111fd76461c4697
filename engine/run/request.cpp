// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/run/request.h"

#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/readings.h"
#include "engine/policies/policy.h"
#include "engine/run/graphlock.h"
#include "engine/run/invariants.h"
#include "engine/run/joblife.h"
#include "engine/run/transaction.h"
#include "engine/world/contract.h"
#include "engine/world/grant.h"

#include <algorithm>

namespace blockscope {

namespace {

Outcome refused(Verdict verdict)
{
    return {Outcome::Kind::Refused, std::move(verdict), std::nullopt, std::nullopt};
}

/// The contracts of the nodes that the operation is about to change, before it does.
void rememberContracts(World &world, const Plan &plan)
{
    for (const NodeClaim &claim : plan.claims) {
        if (claim.claim.require.contains(Action::ModifyVisible))
            rememberContract(world, claim.node);
    }
}

Outcome carryOutSynchronously(World &world, const Plan &plan)
{
    // It must be stopped as a whole when it is stopped at all.
    World after = world;
    if (auto stopped = doSynchronously(after, plan))
        return refused({world.policy, {*stopped}});
    world = std::move(after);
    checkInvariants(world);
    return allowed(world);
}

/// Reading N6 off: as drive-mirror of QEMU 2.5, a job prepares its target before it asks, and leaves it so.
void prepareAnyway(World &world, const Plan &plan)
{
    const JobId job = beginJob(world, plan);
    abortJob(world, job, "refused");
    world.editJob(job).status = JobStatus::Null;
    checkInvariants(world);
}

/// Every node that is named must belong to the process that is asked.
std::optional<Error> checkHost(const World &world, const Plan &plan)
{
    for (const RoleNode &each : plan.nodes) {
        if (world.node(each.node).host != plan.host)
            return Error{"ARG-HOST", "host", "Node '" + world.node(each.node).name + "' belongs to another process"};
    }
    return std::nullopt;
}

} // namespace

Outcome invalid(const World &world, Error error)
{
    return {Outcome::Kind::Invalid, {world.policy, {}}, std::move(error), std::nullopt};
}

Outcome allowed(const World &world, std::optional<JobId> job)
{
    return {Outcome::Kind::Allowed, {world.policy, {}}, std::nullopt, job};
}

std::optional<Reason> doSynchronously(World &world, const Plan &plan)
{
    rememberContracts(world, plan);
    world.ledger.acquire(Holder::synchronous(), world.clock, plan.claims);
    plan.operation->start(world, plan, nullptr);
    world.ledger.release(Holder::synchronous());
    const Finding *violation = accessViolation(world, Holder::synchronous());
    if (violation == nullptr)
        return std::nullopt;
    Reason reason;
    reason.code = "NAC-ACCESS";
    reason.node = violation->node;
    reason.action = violation->action;
    reason.holder = Holder::synchronous();
    reason.since = violation->since;
    return reason;
}

JobId beginJob(World &world, const Plan &plan, std::uint32_t transaction)
{
    rememberContracts(world, plan);
    return startJob(world, plan, transaction);
}

Outcome carryOut(World &world, const Decision &decision)
{
    const Plan &plan = decision.plan;
    if (!decision.verdict.isAllowed()) {
        if (plan.operation->isJob() && !world.is(Switch::AcquireFirst))
            prepareAnyway(world, plan);
        return refused(decision.verdict);
    }
    if (auto lock = graphLockReason(world, plan))
        return refused({world.policy, {*lock}});
    ++world.clock;
    if (!plan.operation->isJob()) {
        const Outcome outcome =
            plan.operation == &kTransaction ? carryOutTransaction(world, plan) : carryOutSynchronously(world, plan);
        if (outcome.kind != Outcome::Kind::Allowed)
            --world.clock;
        return outcome;
    }
    const JobId job = beginJob(world, plan);
    checkInvariants(world);
    return allowed(world, job);
}

Result<Decision> decide(const World &world, const QmpCommand &request, std::string_view policyName)
{
    const Operation *operation = findOperation(request.execute);
    if (operation == nullptr)
        return Error{"ARG-COMMAND", "execute", "The command " + request.execute + " has not been found"};
    const Policy *policy = findPolicy(policyName);
    if (policy == nullptr)
        return Error{"ARG-POLICY", "policy", "There is no policy '" + std::string(policyName) + "'"};
    if (auto error = checkParameters(*operation, request.arguments))
        return *error;
    auto plan = operation->plan(world, request.arguments);
    if (!plan)
        return plan.error();
    plan->host = request.host;
    if (auto error = checkHost(world, *plan))
        return *error;
    applyReadings(world, *plan);
    if (auto error = forgetClaims(*plan, request.forget))
        return *error;
    Verdict verdict = policy->judge(world, *plan);
    return Decision{std::move(*plan), std::move(verdict)};
}

} // namespace blockscope
