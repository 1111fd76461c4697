// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// How a plan's claims come out under the readings that are switched on (operations.md 3.1), and without those that the
/// asker "forgets" (Jeff Cody in the RFC thread: what of an operation that does not declare what it does?).

#include "engine/base/result.h"
#include "engine/operations/plan.h"
#include "engine/world/world.h"

#include <optional>

namespace blockscope {

/// Changes the claims of \a plan as N3, N4, P2, P3, P4 and C1 say; its nodes stay.
void applyReadings(const World &world, Plan &plan);
/// Takes out the claims in the roles \a forget. Error: the plan has no such role.
[[nodiscard]] std::optional<Error> forgetClaims(Plan &plan, const std::vector<std::string> &forget);

/// The same for roles that the plan may or may not have.
void forgetKnownClaims(Plan &plan, const std::vector<std::string> &forget);

} // namespace blockscope
