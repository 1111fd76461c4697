// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// "@root" in the arguments of a recorded command: the node that the guest's first disk sits on when its turn comes,
/// which may be a job's filter whose name QEMU makes up anew each time.

#include "engine/run/event.h"
#include "engine/world/world.h"

#include <optional>

namespace blockscope {

inline constexpr std::string_view kRootReference = "@root";

/// \a command with every argument that is "@root" replaced by the node-name; nothing when it has none, or no guest has
/// a disk.
[[nodiscard]] std::optional<QmpCommand> resolveRoot(const World &world, const QmpCommand &command);

} // namespace blockscope
