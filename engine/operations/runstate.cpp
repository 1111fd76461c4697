// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// stop and cont: "A running VM requires read and write through its backend, a
// paused one requires nothing" (Eric Blake in the RFC thread), so continuing is
// a request like any other. system_reset changes nothing that is modelled.
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/users.h"

#include <algorithm>

namespace blockscope {

namespace {

/// What cont does to the process: takes back, or over, what is inactive, and lets the guest run, which has to wait
/// where a migration is still to come in (qmp_cont() in monitor/qmp-cmds.c).
void goOn(World &world, const std::string &host)
{
    for (NodeId node : nodesOfHost(world, host))
        setInactive(world, node, false);
    if (world.runStateOf(host) == "inmigrate")
        setHostFlag(world, HostFlag::GoesOn, host, true);
    else
        setRunState(world, "running", host);
}

Result<Plan> planStop(const World &, const Object &arguments)
{
    return PlanBuilder(kStop, "stop", arguments).take();
}

void addRole(Plan &plan, const NodeClaim &claim)
{
    const RoleNode role{claim.role, claim.node};
    if (std::find(plan.nodes.begin(), plan.nodes.end(), role) == plan.nodes.end())
        plan.nodes.push_back(role);
}

Result<Plan> planContOn(const World &world, const Object &arguments, const std::string &host)
{
    const std::string &state = world.runStateOf(host);
    if (state == "internal-error" || state == "shutdown")
        return Error{"ARG-STATE", "execute", "Resetting the Virtual Machine is required"};
    if (state == "finish-migrate")
        return Error{"ARG-STATE", "execute", "Migration is not finalized yet"};
    Plan plan = PlanBuilder(kCont, "cont", arguments).take();
    if (state == "running" || state == "suspended")
        return plan;
    addChangedClaims(plan, world, [&](World &after) { goOn(after, host); });
    for (const NodeClaim &claim : plan.standing)
        addRole(plan, claim);
    return plan;
}

Result<Plan> planCont(const World &world, const Object &arguments)
{
    return planContOn(world, arguments, {});
}

void stop(World &world, const Plan &plan, Job *)
{
    if (world.runStateOf(plan.host) == "running") // one that does not run stays in the state it is in
        setRunState(world, "paused", plan.host);
}

void cont(World &world, const Plan &plan, Job *)
{
    if (world.runStateOf(plan.host) != "suspended")
        goOn(world, plan.host);
}

Result<Plan> planReset(const World &, const Object &arguments)
{
    return PlanBuilder(kSystemReset, "system_reset", arguments).take();
}

} // namespace

const Operation kStop{.name = "stop", .family = Family::Guest, .plan = planStop, .start = stop};
const Operation kCont{.name = "cont", .family = Family::Guest, .plan = planCont, .planOn = planContOn, .start = cont};
// The guest starts anew from the same disks: neither nodes nor claims change.
const Operation kSystemReset{.name = "system_reset",
                             .family = Family::Guest,
                             .fidelity = Fidelity::JudgedOnly,
                             .plan = planReset,
                             .start = [](World &, const Plan &, Job *) {}};

} // namespace blockscope
