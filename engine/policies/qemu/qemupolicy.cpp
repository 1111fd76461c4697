// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// What QEMU 7.2 itself would say: refused if any of its mechanisms is in the way (operations.md 2).
#include "engine/operations/catalogue.h"
#include "engine/operations/transaction.h"
#include "engine/policies/policy.h"
#include "engine/policies/qemu/commandchecks.h"
#include "engine/policies/qemu/frozenlinks.h"
#include "engine/policies/qemu/permissioncheck.h"

#include <algorithm>

namespace blockscope {

namespace {

using qemu::Refusal;

/// Members of a transaction are checked one by one, before the later ones have changed anything.
Verdict judge(const World &world, const Plan &plan)
{
    const auto refusal = qemu::commandRefusal(world, plan);
    if (refusal)
        return qemu::toVerdict(world, *refusal);
    for (const Plan &member : plan.operation == &kTransaction ? transactionMembers(plan) : std::vector<Plan>()) {
        if (const auto refused = qemu::commandRefusal(world, member))
            return qemu::toVerdict(world, *refused);
    }
    return {"qemu", {}};
}

bool isChanged(const World &after, const Edge &edge)
{
    const Edge &now = after.graph.edge(edge.id);
    return !now.isAttached || now.child != edge.child || now.parent != edge.parent;
}

std::string frozenText(const World &after, const Edge &edge, const Plan &plan)
{
    const std::string &child = after.node(edge.child).name;
    if (plan.operation == &kBlockdevReopen)
        return "Cannot change frozen '" + edge.role + "' link from '" + after.node(edge.parent.node()).name + "' to '" +
               child + "'";
    return "Cannot change '" + edge.role + "' link to '" + child + "'"; // a node is put in between
}

/// A link that a job has frozen must be as it was.
std::optional<Refusal> frozenRefusal(const World &before, const World &after, const Plan &plan)
{
    for (const qemu::FrozenLink &frozen : qemu::frozenLinks(before)) {
        const Edge &edge = before.graph.edge(frozen.link);
        if (!isChanged(after, edge))
            continue;
        Refusal refusal;
        refusal.code = "QEMU-FROZEN";
        refusal.node = edge.child;
        refusal.holder = Holder::of(frozen.job);
        refusal.error = frozenText(after, edge, plan);
        return refusal;
    }
    return std::nullopt;
}

/// A backup's filter is opened with its target.
bool isBackupTo(const Plan &plan, NodeId target)
{
    return plan.operation->jobType == "backup" && plan.node("target") == target;
}

/// What bdrv_insert_node() puts before an error when the filter cannot be opened.
std::string_view filterPrefix(const Plan &plan, const Refusal &refusal)
{
    const auto opensFilter = [&](const Plan &each) { return isBackupTo(each, refusal.node); };
    return opensFilter(plan) || std::any_of(plan.members.begin(), plan.members.end(), opensFilter)
               ? "Could not create node: "
               : "";
}

Verdict judgeResult(const World &before, const World &after, const Plan &plan)
{
    if (const auto frozen = frozenRefusal(before, after, plan))
        return qemu::toVerdict(before, *frozen);
    if (auto refusal = qemu::permissionRefusal(before, after)) {
        refusal->error.insert(0, filterPrefix(plan, *refusal));
        return qemu::toVerdict(before, *refusal);
    }
    if (const auto refusal = qemu::hotplugRefusal(before, plan))
        return qemu::toVerdict(before, *refusal);
    return {"qemu", {}};
}

} // namespace

const Policy kQemuPolicy{
    .name = "qemu", .judge = judge, .judgeResult = judgeResult, .hasPermissions = true, .locksImages = true};

} // namespace blockscope
