// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What each command of QEMU 7.2 checks by itself before it changes anything, in its order (operations.md 2.7 and 2.9;
/// blockdev.c): that a device is a root node, op blockers, that the chain can be frozen, who else uses a node.

#include "engine/operations/plan.h"
#include "engine/policies/qemu/refusal.h"

#include <optional>

namespace blockscope::qemu {

/// Why the command of \a plan, a single one, is refused on \a world; nothing when its checks pass.
[[nodiscard]] std::optional<Refusal> commandRefusal(const World &world, const Plan &plan);

/// The same for what is checked when a device is already there: virtio_scsi_hotplug() of a controller with an iothread.
[[nodiscard]] std::optional<Refusal> hotplugRefusal(const World &world, const Plan &plan);

} // namespace blockscope::qemu
