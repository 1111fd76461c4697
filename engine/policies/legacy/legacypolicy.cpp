// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// QEMU 2.5 of December 2015, what the RFC was to replace: op blockers (operations.md 1). A newcomer is checked, and
// nobody asks it in turn what it tolerates; so the order of two operations matters.
#include "engine/operations/catalogue.h"
#include "engine/operations/transaction.h"
#include "engine/policies/legacy/commandchecks.h"
#include "engine/policies/legacy/expressible.h"
#include "engine/policies/policy.h"

namespace blockscope {

namespace {

using legacy::Refusal;

Verdict toVerdict(const World &world, const Refusal &refusal)
{
    Reason reason;
    reason.code = refusal.code;
    reason.node = refusal.node;
    reason.action = Action::GraphReconfiguration; // blockers know no actions
    reason.asked = kNoClaim;
    reason.held = kNoClaim;
    reason.holder = refusal.holder;
    // A job that only this very transaction would start stands for the request itself.
    if (reason.holder.kind == Holder::Kind::Job && reason.holder.id >= world.jobs.size())
        reason.holder = Holder::synchronous();
    reason.since = reason.holder == Holder::synchronous() ? world.clock
                   : refusal.since != 0                   ? refusal.since
                                                          : world.heldSince(reason.holder);
    return {"legacy", {reason}, refusal.error};
}

/// Preparing a backup starts it, so that members after it find its blockers; a snapshot is made when all are prepared.
void prepare(World &world, const Plan &member)
{
    if (!member.operation->isJob())
        return;
    Job job;
    job.id = JobId{static_cast<std::uint32_t>(world.jobs.size())};
    job.name = member.jobName;
    job.operation = member.operation->name;
    job.type = member.operation->jobType;
    job.arguments = member.arguments;
    job.nodes = member.nodes;
    job.status = JobStatus::Running;
    job.startedAt = world.clock + 1;
    world.jobs.emplace_back(std::move(job));
}

std::optional<Refusal> transactionRefusal(const World &world, const Plan &plan)
{
    World prepared = world;
    for (const Plan &member : transactionMembers(plan)) {
        for (const auto check : {legacy::cannotGroup, legacy::cannotSay, legacy::memberRefusal}) {
            if (auto refusal = check(prepared, member))
                return refusal;
        }
        prepare(prepared, member);
    }
    return std::nullopt;
}

Verdict judge(const World &world, const Plan &plan)
{
    auto refusal = legacy::cannotSay(world, plan);
    if (!refusal)
        refusal =
            plan.operation == &kTransaction ? transactionRefusal(world, plan) : legacy::commandRefusal(world, plan);
    return refusal ? toVerdict(world, *refusal) : Verdict{"legacy", {}};
}

} // namespace

const Policy kLegacyPolicy{.name = "legacy", .judge = judge, .locksImages = false};

} // namespace blockscope
