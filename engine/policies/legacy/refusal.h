// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Why QEMU 2.5 refuses a command: its text, and the facts behind it.

#include "engine/policies/verdict.h"
#include "engine/world/world.h"

namespace blockscope::legacy {

inline constexpr const char *kBusy = "LEGACY-BUSY";       ///< somebody blocks or uses the node
inline constexpr const char *kExpress = "LEGACY-EXPRESS"; ///< this QEMU has no such command, argument or name
inline constexpr const char *kShape = "LEGACY-SHAPE";     ///< the node is not where the command wants it

/// QEMU stops at the first thing that is in the way, and tells one.
struct Refusal
{
    std::string code;
    NodeId node; ///< invalid when the request names none
    Holder holder = Holder::synchronous();
    Tick since = 0;
    std::string error; ///< QEMU's text; ours for kExpress
};

} // namespace blockscope::legacy
