// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What a request of today cannot be in QEMU 2.5, or in 2.8 with Switch::LegacyOf28 (operations.md 1.5 rule 5 and 3.2,
/// QEMU's QAPI documentation): commands and arguments that came later, and inner nodes where it takes the name of a
/// device.
///
/// A command that was only renamed is what it was (x-blockdev-del, x-blockdev-insert-medium, nbd-server-add for
/// block-export-add), and so is a node-name where it took a file name. Arguments that make no difference to blockers
/// (job-id, auto-finalize, filter-node-name, speed ...) are passed over.

#include "engine/operations/plan.h"
#include "engine/policies/legacy/refusal.h"

#include <optional>

namespace blockscope::legacy {

/// The first thing in \a plan, a single command, that cannot be said.
[[nodiscard]] std::optional<Refusal> cannotSay(const World &world, const Plan &plan);
/// The same for a member of a transaction, which may be fewer commands.
[[nodiscard]] std::optional<Refusal> cannotGroup(const World &world, const Plan &member);

} // namespace blockscope::legacy
