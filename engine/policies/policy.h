// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A rule set that decides requests. One file a rule set; policies.cpp lists them.

#include "engine/operations/plan.h"
#include "engine/policies/verdict.h"
#include "engine/world/world.h"

#include <optional>
#include <span>

namespace blockscope {

struct Policy
{
    std::string_view name;
    /// Decides a whole request; never changes anything.
    Verdict (*judge)(const World &world, const Plan &plan) = nullptr;
    /// Decides once more when \a plan was carried out on a copy: \a after is what \a before would become. Null where
    /// that makes no difference.
    Verdict (*judgeResult)(const World &before, const World &after, const Plan &plan) = nullptr;
    /// True where links have permissions: jobs put filters, links and BlockBackends of their own into the graph
    /// (run/jobgraph.h).
    bool hasPermissions = false;
    /// Whether image files are locked (world/imagelock.h); without it a switch says so.
    std::optional<bool> locksImages = std::nullopt;
};

/// The RFC's Node Access Control. The default.
extern const Policy kNacPolicy;
/// The op blockers of QEMU 2.5, or with a switch 2.8 (operations.md 1): what the RFC replaces.
extern const Policy kLegacyPolicy;
/// QEMU 7.2: permissions on links, frozen links and what is left of the op blockers (operations.md 2).
extern const Policy kQemuPolicy;

/// All rule sets, the default first.
[[nodiscard]] std::span<const Policy *const> policies();
/// Null when there is none of that name.
[[nodiscard]] const Policy *findPolicy(std::string_view name);

} // namespace blockscope
