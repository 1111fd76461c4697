// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/claimtable.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace blockscope {

namespace {

constexpr Action MV = Action::ModifyVisible;
constexpr Action MM = Action::ModifyMetadata;
constexpr Action GR = Action::GraphReconfiguration;
constexpr Action RV = Action::ReadVisible;
constexpr Action RM = Action::ReadMetadata;

constexpr auto kRows = std::to_array<ClaimRow>({
    // operations.md, Appendix A, word for word.
    {"block-stream", "top", {{RV, RM, MM, GR}, {RV, RM, MV, MM}}},
    {"block-stream", "mid", {{RV, RM, GR}, {RV, RM}}},
    {"block-stream", "base", {{RM}, kAllActions}},
    {"block-commit", "top", {{RV, RM, GR}, {RV, RM}}},
    {"block-commit", "mid", {{RM, MV, GR}, {RM}}},
    {"block-commit", "base", {{RV, RM, MV, MM}, {RM, MM, GR}}},
    {"block-commit", "overlay", {{RM, MM, GR}, kAllActions}},
    {"block-commit", "sibling", {{MV}, {RM}}},
    {"block-commit-active", "top", {{RV, RM, GR}, {RV, RM, MV}}},
    {"block-commit-active", "mid", {{RM, MV, GR}, {RM}}},
    {"block-commit-active", "base", {{RM, MV, MM, GR}, {RM}}},
    {"block-commit-active", "sibling", {{MV}, {RM}}},
    {"block-commit-active", "parent", {{GR}, {RV, RM, MV, MM}}},
    {"mirror", "source", {{RV, RM, GR}, {RV, RM, MV, MM}}},
    {"mirror", "chain", {{RV}, {RV, RM, MM, GR}}},
    {"mirror", "target", {{RM, MV, MM, GR}, {RM}}},
    {"mirror", "replaces", {{RM, GR}, {RV, RM, MV, MM}}},
    {"backup", "source", {{RV, RM}, kAllActions}},
    {"backup", "source(with bitmap)", {{RV, RM, MM}, {RV, RM, MV, GR}}},
    {"backup", "chain", {{RV}, {RV, RM, MM, GR}}},
    {"backup", "target", {{RM, MV, MM}, {RM}}},
    {"backup", "target(sync=none)", {{RM, MV, MM}, {RV, RM}}},
    {"snapshot", "old", {{RM, GR}, kAllActions}},
    {"snapshot", "overlay", {{RM, MV, MM, GR}, {RM}}},
    {"snapshot", "parent", {{GR}, {RV, RM, MV, MM}}},
    {"change-backing-file", "image", {{RM, MM}, {RV, RM, MV, GR}}},
    {"change-backing-file", "above(if different)", {{MV}, {RV, RM, MM, GR}}},
    {"blockdev-del", "node", {{GR}, {}}},
    // Reading P3: what is above a node that is written changes with it, as above a commit's base.
    {"mirror", "above", {{MV}, {RM}}},
    {"backup", "above", {{MV}, {RM}}},
});

} // namespace

std::span<const ClaimRow> claimTable()
{
    return kRows;
}

Claim claimFor(std::string_view operation, std::string_view role)
{
    const auto row = std::find_if(kRows.begin(), kRows.end(), [&](const ClaimRow &each) {
        return each.operation == operation && each.role == role;
    });
    assert(row != kRows.end());
    return row->claim;
}

} // namespace blockscope
