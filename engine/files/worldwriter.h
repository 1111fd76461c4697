// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A World as the object "world" of a scenario file: everything that is not
/// what the reader takes for granted, so that reading gives an equal World.
///
/// Thread: any.

#include "engine/world/world.h"

namespace blockscope {

[[nodiscard]] Value writeWorld(const World &world);

} // namespace blockscope
