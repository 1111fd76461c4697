// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Facts of a decision, without words (engine/text has those).

#include "engine/access/ledger.h"

#include <string>
#include <vector>

namespace blockscope {

/// One reason of a refusal, or one holder that was consulted and did not object.
struct Reason
{
    std::string code; ///< stable: "NAC-R1", "NAC-R2", "LEGACY-BUSY", "QEMU-PERM" ...
    NodeId node;
    Action action = Action::ModifyVisible;
    Holder holder;
    Tick since = 0;        ///< since when the holder holds it
    Claim asked;           ///< the whole claim asked on the node
    std::string askedRole; ///< the node's role for the asker
    Claim held;            ///< the holder's own claim there
    std::string heldRole;  ///< the node's role for the holder

    friend bool operator==(const Reason &, const Reason &) = default;
};

/// Allowed, or refused with every reason; never just "no".
struct Verdict
{
    std::string policy;          ///< the policy that decided
    std::vector<Reason> reasons; ///< empty when allowed
    std::string error = {};      ///< the text that a QEMU with these rules answers; empty when allowed, and under nac

    [[nodiscard]] bool isAllowed() const { return reasons.empty(); }
    friend bool operator==(const Verdict &, const Verdict &) = default;
};

} // namespace blockscope
