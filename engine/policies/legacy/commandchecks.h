// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What each command of QEMU 2.5 checks, in its order (operations.md 1.4; blockdev.c, block/backup.c, block.c). That a
/// node has one job at a time is no check of its own: the job blocks everything there (1.5, rule 4), so that
/// block_job_create() never comes to its "Device 'X' is in use".

#include "engine/operations/plan.h"
#include "engine/policies/legacy/refusal.h"

#include <optional>

namespace blockscope::legacy {

/// Why the command of \a plan, a single one, is refused on \a world; nothing when its checks pass. A command without
/// a check (blockdev-add, nbd-server-add, savevm ...) always passes.
[[nodiscard]] std::optional<Refusal> commandRefusal(const World &world, const Plan &plan);
/// The same for a member of a transaction: clearing a frozen bitmap has another text there.
[[nodiscard]] std::optional<Refusal> memberRefusal(const World &world, const Plan &member);

} // namespace blockscope::legacy
