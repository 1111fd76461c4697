// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What each operation claims on a node, by the role the node plays for it:
/// Appendix A of operations.md (its section 3.3 gives the reasons) as data.

#include "engine/access/claim.h"

#include <span>
#include <string_view>

namespace blockscope {

struct ClaimRow
{
    std::string_view operation; ///< as Appendix A names it: "block-commit-active", "mirror"
    std::string_view role;
    Claim claim;
};

[[nodiscard]] std::span<const ClaimRow> claimTable();
/// REQUIRES: there is such a row.
[[nodiscard]] Claim claimFor(std::string_view operation, std::string_view role);

} // namespace blockscope
