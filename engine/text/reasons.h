// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Reasons with equal cause made one, and the gravest put first.
///
/// Thread: any.

#include "engine/policies/verdict.h"

#include <vector>

namespace blockscope {

/// All clashes of one rule with one holder on one node.
struct MergedReason
{
    std::string code;
    NodeId node;
    Holder holder;
    ActionSet actions;
    std::string askedRole;
    std::string heldRole;
    Tick since = 0;
};

/// \a reasons by (holder, node, rule). What belongs to one holder and node stays together; such a group
/// stands before another when it clashes over a graver action (the order of Action: visible data first), then when
/// its holder is a job, then a user, then a link.
[[nodiscard]] std::vector<MergedReason> merged(const std::vector<Reason> &reasons);

} // namespace blockscope
