// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// stop and cont: "A running VM requires read and write through its backend, a
// paused one requires nothing" (Eric Blake in the RFC thread), so continuing is
// a request like any other.
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/world/standingclaims.h"

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
    for (const auto &user : world.users) {
        const auto claim = user->kind == User::Kind::Guest ? claimWhileRunning(world, *user) : std::nullopt;
        if (claim) {
            plan.nodes.push_back({claim->role, claim->node});
            plan.standing.push_back(*claim);
            plan.replaces.push_back(Holder::of(user->id));
        }
    }
    return plan;
}

} // namespace

const Operation kStop{.name = "stop", .family = Family::Guest, .plan = planStop,
                      .start = [](World &world, const Plan &, Job *) { setRunState(world, "paused"); }};
const Operation kCont{.name = "cont", .family = Family::Guest, .plan = planCont,
                      .start = [](World &world, const Plan &, Job *) { setRunState(world, "running"); }};

} // namespace blockscope
