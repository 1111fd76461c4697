// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The parts of operations that do nothing there: a job that does all in one step has nothing before and nothing after
/// it, and what is judged alone changes nothing.

#include "engine/operations/operation.h"

namespace blockscope {

/// Operation::start
void changeNothing(World &world, const Plan &plan, Job *job);
bool completeNothing(World &world, Job &job);
void cleanUpNothing(World &world, Job &job);
/// What the step comes to: it failed when \a job tried what it did not claim (grant.h).
[[nodiscard]] StepResult stopIfDenied(const World &world, const Job &job);

} // namespace blockscope
