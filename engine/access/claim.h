// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What an operation states about one node: which actions it requires and
/// which it allows others.

#include "engine/access/action.h"
#include "engine/base/id.h"

#include <string>

namespace blockscope {

/// RFC: "Action flags are set as a Require/Allow pair. [...] The default is to
/// prohibit, not allow, parallel actions."
struct Claim
{
    ActionSet require;
    ActionSet allow;

    friend constexpr bool operator==(const Claim &, const Claim &) = default;
};

/// The claim of nobody in particular: requires nothing and tolerates all.
inline constexpr Claim kNoClaim{ActionSet(), kAllActions};

/// A claim on a node, and the role that the node plays for the claimant
/// ("top", "base", "sibling" ... as in operations.md, Appendix A).
struct NodeClaim
{
    NodeId node;
    std::string role;
    Claim claim;

    friend bool operator==(const NodeClaim &, const NodeClaim &) = default;
};

} // namespace blockscope
