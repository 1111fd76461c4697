// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// stop and cont: "A running VM requires read and write through its backend, a
// paused one requires nothing" (Eric Blake in the RFC thread), so continuing is
// a request like any other.
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"

namespace blockscope {

namespace {

Result<Plan> planStop(const World &, const Object &arguments)
{
    return PlanBuilder(kStop, "stop", arguments).take();
}

Result<Plan> planCont(const World &world, const Object &arguments)
{
    Plan plan = PlanBuilder(kCont, "cont", arguments).take();
    if (world.isVmRunning())
        return plan;
    World running = world;
    setRunState(running, "running");
    for (const auto &user : running.users) {
        const Holding *holding = running.ledger.holding(Holder::of(user->id));
        if (user->kind != User::Kind::Guest || holding == nullptr)
            continue;
        for (const NodeClaim &claim : holding->claims) {
            plan.nodes.push_back({claim.role, claim.node});
            plan.standing.push_back(claim);
        }
    }
    return plan;
}

void stop(World &world, const Plan &, Job *)
{
    if (world.isVmRunning()) // one that does not run stays in the state it is in
        setRunState(world, "paused");
}

} // namespace

const Operation kStop{.name = "stop", .family = Family::Guest, .plan = planStop, .start = stop};
const Operation kCont{.name = "cont",
                      .family = Family::Guest,
                      .plan = planCont,
                      .start = [](World &world, const Plan &, Job *) { setRunState(world, "running"); }};

} // namespace blockscope
