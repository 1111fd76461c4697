// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A rule set that decides requests. One file a rule set; policies.cpp lists them.

#include "engine/operations/plan.h"
#include "engine/policies/verdict.h"
#include "engine/world/world.h"

#include <span>

namespace blockscope {

struct Policy
{
    std::string_view name;
    /// Decides a whole request; never changes anything.
    Verdict (*judge)(const World &world, const Plan &plan) = nullptr;
};

/// The RFC's Node Access Control. The default.
extern const Policy kNacPolicy;

/// All rule sets, the default first.
[[nodiscard]] std::span<const Policy *const> policies();
/// Null when there is none of that name.
[[nodiscard]] const Policy *findPolicy(std::string_view name);

} // namespace blockscope
