// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Why QEMU refuses a command: its text, and the facts behind it.

#include "engine/policies/verdict.h"
#include "engine/world/world.h"

#include <optional>

namespace blockscope::qemu {

/// QEMU stops at the first thing that is in the way, and tells one.
struct Refusal
{
    std::string code; ///< "QEMU-BLOCKER", "QEMU-PERM" ...
    NodeId node;
    Holder holder = Holder::synchronous();
    std::string error; ///< QEMU's text
    Action action = Action::GraphReconfiguration;
    Claim asked{{}, kAllActions};
    std::string askedRole; ///< how the node is used by who asks: "root", "backing"
    Claim held{{}, kAllActions};
    std::string heldRole;
};

[[nodiscard]] Verdict toVerdict(const World &world, const Refusal &refusal);

} // namespace blockscope::qemu
