// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/onestep.h"

#include "engine/world/grant.h"

namespace blockscope {

void changeNothing(World &, const Plan &, Job *)
{
}

bool completeNothing(World &, Job &)
{
    return true;
}

void cleanUpNothing(World &, Job &)
{
}

StepResult stopIfDenied(const World &world, const Job &job)
{
    return accessViolation(world, Holder::of(job.id)) != nullptr ? StepResult::Failed : StepResult::Finished;
}

} // namespace blockscope
