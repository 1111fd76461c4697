// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/run/request.h"

#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/readings.h"
#include "engine/operations/targets.h"
#include "engine/policies/policy.h"
#include "engine/run/graphlock.h"
#include "engine/run/hmp.h"
#include "engine/run/invariants.h"
#include "engine/run/jobgraph.h"
#include "engine/run/joblife.h"
#include "engine/run/rootreference.h"
#include "engine/run/transaction.h"
#include "engine/world/contract.h"
#include "engine/world/grant.h"
#include "engine/world/imagelock.h"
#include "engine/world/standingclaims.h"

#include <algorithm>
#include <array>

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

/// What one side of a lock conflict uses and shares, in the words of the RFC.
Claim lockClaim(Action action, bool isUse)
{
    Claim claim{{}, kAllActions};
    if (isUse)
        claim.require.insert(action);
    else
        claim.allow.remove(action);
    return claim;
}

bool isThere(const World &world, Holder holder)
{
    const std::size_t counts[] = {world.jobs.size(), world.users.size(), world.graph.edgeCount(),
                                  world.listed->size() + 1};
    return holder.id < counts[static_cast<std::size_t>(holder.kind)];
}

bool hasPermissions(std::string_view policyName)
{
    const Policy *policy = findPolicy(policyName);
    return policy != nullptr && policy->hasPermissions;
}

Reason imageLockReason(const World &before, const LockConflict &conflict)
{
    Reason reason;
    reason.code = "IMAGE-LOCK";
    // What the request would have opened is not there when it is refused.
    const bool isHeldThere = conflict.held.value < before.graph.nodeCount();
    reason.node = isHeldThere ? conflict.held : conflict.wanting;
    if (reason.node.value >= before.graph.nodeCount())
        reason.node = NodeId(); // both are new
    reason.action = actionOfPermission(conflict.permission);
    reason.holder = isHeldThere && isThere(before, conflict.holder) ? conflict.holder : Holder::synchronous();
    const Holding *holding = before.ledger.holding(reason.holder);
    reason.since = holding != nullptr ? holding->since : before.clock;
    reason.asked = lockClaim(reason.action, !conflict.wantsShared);
    reason.askedRole = lockText(conflict.permission, conflict.wantsShared); // in QEMU's words
    reason.held = lockClaim(reason.action, conflict.wantsShared);
    reason.heldRole = "image-lock";
    return reason;
}

bool locksImages(const World &world, const Policy &policy)
{
    return policy.locksImages.value_or(world.is(Switch::ImageLocks));
}

/// Why the images cannot be locked as \a plan does, of which \a after comes; none where hosts do not lock them.
std::vector<Reason> imageLockReasons(const World &before, const World &after, const Policy &policy, const Plan &plan)
{
    std::vector<Reason> reasons;
    if (!locksImages(before, policy))
        return reasons;
    for (const FileLock &lock : plan.passingLocks) {
        if (const auto conflict = conflictWith(before, lock))
            reasons.push_back(imageLockReason(before, *conflict));
    }
    for (const LockConflict &each : newLockConflicts(before, after))
        reasons.push_back(imageLockReason(before, each));
    return reasons;
}

/// What \a plan does, on a World that is thrown away when it is not allowed.
Outcome carryOutOn(World &world, const Plan &plan)
{
    if (plan.operation == &kTransaction)
        return carryOutTransaction(world, plan);
    if (plan.operation->isJob())
        return allowed(world, beginJob(world, plan));
    if (auto stopped = doSynchronously(world, plan))
        return refused({world.policy, {*stopped}});
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

namespace {

/// QEMU stops at the first lock that it does not get.
Verdict lockVerdict(const Policy &policy, std::vector<Reason> reasons)
{
    Verdict verdict{std::string(policy.name), std::move(reasons)};
    if (policy.hasPermissions)
        verdict.error = verdict.reasons.front().askedRole;
    return verdict;
}

/// What the policy says when it sees what would come of \a plan. A plan that fails on the way is left to carryOut().
Verdict judgeResult(const World &world, const Policy &policy, const Plan &plan)
{
    World after = world;
    ++after.clock;
    if (carryOutOn(after, plan).kind != Outcome::Kind::Allowed)
        return {std::string(policy.name), {}};
    Verdict verdict{std::string(policy.name), {}};
    if (policy.judgeResult != nullptr)
        verdict = policy.judgeResult(world, after, plan);
    std::vector<Reason> locks;
    if (verdict.isAllowed())
        locks = imageLockReasons(world, after, policy, plan);
    return locks.empty() ? verdict : lockVerdict(policy, std::move(locks));
}

/// Whether what would come of \a plan is worth a look for the locks alone; where nothing else needs it, it costs a
/// World. One process seldom opens an image twice.
bool mayMeetLocks(const World &world, const Policy &policy, const Plan &plan)
{
    const bool opens = plan.operation == &kBlockdevAdd || plan.operation == &kDriveAdd || !plan.passingLocks.empty();
    return locksImages(world, policy) && (opens || !world.otherHosts->empty());
}

/// Reasons of a World with jobs in its graph, told of one without: what only is there stands for its job, and a filter
/// for the node below it.
void tellWithoutJobsInGraph(const World &world, const World &modern, Verdict &verdict)
{
    for (Reason &reason : verdict.reasons) {
        if (reason.node.value >= world.graph.nodeCount() && reason.node.value < modern.graph.nodeCount())
            reason.node = skipFilters(modern.graph, reason.node);
        if (isThere(world, reason.holder))
            continue;
        const auto job = std::find_if(world.jobs.begin(), world.jobs.end(), [&](const auto &each) {
            const auto filter = modern.job(each->id).node("filter");
            const Edge *edge = reason.holder.kind == Holder::Kind::Edge && reason.holder.id < modern.graph.edgeCount()
                                   ? &modern.graph.edge(EdgeId{reason.holder.id})
                                   : nullptr;
            return filter && edge != nullptr && edge->parent == Parent::of(*filter);
        });
        reason.holder = job != world.jobs.end() ? Holder::of((*job)->id) : Holder::synchronous();
    }
}

} // namespace

Outcome carryOut(World &world, const Decision &decision)
{
    const Plan &plan = decision.plan;
    if (!decision.verdict.isAllowed()) {
        const bool isCopy = plan.node("source") && plan.node("target");
        if (plan.operation->isJob() && isCopy && !world.is(Switch::AcquireFirst))
            prepareAnyway(world, plan);
        return refused(decision.verdict);
    }
    ++world.clock;
    World after = world;
    Outcome outcome = carryOutOn(after, plan);
    if (outcome.kind == Outcome::Kind::Allowed) {
        const Policy &policy = *findPolicy(world.policy);
        if (auto locks = imageLockReasons(world, after, policy, plan); !locks.empty())
            outcome = refused(lockVerdict(policy, std::move(locks)));
    }
    if (outcome.kind != Outcome::Kind::Allowed) {
        --world.clock;
        return outcome;
    }
    world = std::move(after);
    checkInvariants(world);
    return outcome;
}

namespace {

/// What QEMU finds only after its blockers: names and kinds of arguments come first, what is wrong with a job when it
/// is made.
bool isFoundLate(const Error &error)
{
    static constexpr std::array<std::string_view, 7> kLate{"ARG-CHAIN",  "ARG-FORMAT", "ARG-SIZE", "ARG-READONLY",
                                                           "ARG-IN-USE", "ARG-JOB",    "ARG-SPEED"};
    return std::find(kLate.begin(), kLate.end(), error.code) != kLate.end();
}

/// A request that makes no sense may have been refused before that came out.
Result<Decision> unlessRefused(const World &world, const Policy &policy, const Operation &operation,
                               const Object &arguments, const Error &error)
{
    Plan bare;
    bare.operation = &operation;
    bare.arguments = arguments;
    Verdict verdict = isFoundLate(error) || operation.name == "transaction" ? policy.judge(world, bare) : Verdict();
    return verdict.isAllowed() ? Result<Decision>(error) : Decision{std::move(bare), std::move(verdict)};
}

Result<Decision> decideWithJobsInGraph(const World &world, const QmpCommand &request, const Policy &policy)
{
    World modern = world;
    usePolicy(modern, policy);
    auto decision = decide(modern, request, policy.name);
    if (decision)
        tellWithoutJobsInGraph(world, modern, decision->verdict);
    return decision;
}

} // namespace

Result<Plan> planOf(const World &world, const Operation &operation, const Object &arguments, const std::string &host)
{
    auto plan =
        operation.planOn != nullptr ? operation.planOn(world, arguments, host) : operation.plan(world, arguments);
    if (plan)
        plan->host = host;
    return plan;
}

Verdict judgeInFull(const World &world, const Policy &policy, const Plan &plan)
{
    Verdict verdict = judgeWithLock(world, policy, plan);
    const bool asksResult = policy.judgeResult != nullptr || mayMeetLocks(world, policy, plan);
    return verdict.isAllowed() && asksResult ? judgeResult(world, policy, plan) : verdict;
}

Result<Decision> decide(const World &world, const QmpCommand &request, std::string_view policyName)
{
    if (const auto resolved = resolveRoot(world, request))
        return decide(world, *resolved, policyName);
    if (isHumanCommand(request)) {
        const auto command = commandFromHuman(request);
        return command ? decide(world, *command, policyName) : Result<Decision>(command.error());
    }
    const Operation *operation = findOperation(request.execute);
    if (operation == nullptr)
        return Error{"ARG-COMMAND", "execute", "The command " + request.execute + " has not been found"};
    const Policy *policy = findPolicy(policyName);
    if (policy == nullptr)
        return Error{"ARG-POLICY", "policy", "There is no policy '" + std::string(policyName) + "'"};
    if (policy->hasPermissions && !hasPermissions(world.policy))
        return decideWithJobsInGraph(world, request, *policy);
    if (auto error = checkParameters(*operation, request.arguments))
        return *error;
    if (!request.host.empty() && !world.otherHosts->contains(request.host))
        return Error{"ARG-HOST", "host", "There is no process '" + request.host + "'"};
    auto plan = planOf(world, *operation, request.arguments, request.host);
    if (!plan)
        return unlessRefused(world, *policy, *operation, request.arguments, plan.error());
    if (auto error = checkHost(world, *plan))
        return *error;
    keepWritersOffTarget(world, *plan);
    applyReadings(world, *plan);
    if (auto error = forgetClaims(*plan, request.forget))
        return *error;
    Verdict verdict = judgeInFull(world, *policy, *plan);
    return Decision{std::move(*plan), std::move(verdict)};
}

} // namespace blockscope
