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
    // operations.md, Appendix A, word for word; the rows of guests, exports and links are in world/standingclaims.cpp.
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
    {"hmp-commit", "top", {{RV, RM, MM}, {RV, RM, MV}}},
    {"hmp-commit", "base", {{RV, RM, MV, MM}, {RM}}},
    {"hmp-commit", "sibling", {{MV}, {RM}}},
    {"snapshot", "old", {{RM, GR}, kAllActions}},
    {"snapshot", "overlay", {{RM, MV, MM, GR}, {RM}}},
    {"snapshot", "parent", {{GR}, {RV, RM, MV, MM}}},
    {"snapshot-internal", "root", {{RM, MM}, {RV, RM, MV, GR}}},
    {"snapshot-internal-delete", "root", {{RM, MM}, {RV, RM, MV, GR}}},
    {"savevm", "root", {{RM, MM}, {RV, RM, MV, GR}}},
    {"loadvm", "root", {{RM, MV, MM}, {RM}}},
    {"change-backing-file", "image", {{RM, MM}, {RV, RM, MV, GR}}},
    {"change-backing-file", "above(if different)", {{MV}, {RV, RM, MM, GR}}},
    {"block_resize", "node", {{MM}, {RV, MV, GR}}},
    {"blockdev-reopen", "node", {{RM, MM, GR}, {RV, RM}}},
    {"blockdev-reopen", "above(if content changes)", {{MV}, {RV, RM, MM, GR}}},
    {"blockdev-del", "node", {{GR}, {}}},
    {"x-blockdev-change add", "quorum", {{RM, GR}, {RV, RM, MV, MM}}},
    {"x-blockdev-change add", "new child", {{RM, MV, GR}, {RM}}},
    {"x-blockdev-change del", "quorum", {{RM, GR}, {RV, RM, MV, MM}}},
    {"x-blockdev-change del", "child", {{GR}, {RV, RM, MV, MM}}},
    {"medium-remove", "root", {{GR}, {RV, RM, MV, MM}}},
    {"medium-insert", "node", {{GR}, {RV, RM, MV, MM}}},
    {"dirty-bitmap-op", "node", {{RM, MM}, kAllActions}},
    {"dirty-bitmap-merge", "source node", {{RM}, kAllActions}},
    {"io-throttle", "root", {{}, kAllActions}},
    {"x-blockdev-amend", "node", {{RM, MM}, {RV, RM, MV, GR}}},
    {"blockdev-create", "protocol node", {{RM, MV, MM}, {}}},
    {"query/info/map", "node", {{RM}, kAllActions}},
    {"check", "node", {{RV, RM}, {RV, RM, MV, GR}}},
    {"migrate -b (2.5..9.0)", "root", {{RV, RM}, kAllActions}},
    {"migrate handover", "root", {{MM}, {RV, RM}}},
    {"blockdev-set-active false", "node", {{MM}, {RV, RM}}},
    {"x-blockdev-set-iothread", "node", {{GR}, {RV, RM, MV, MM}}},
    // Reading P3: what is above a node that is written changes with it, as above a commit's base.
    {"mirror", "above", {{MV}, {RM}}},
    {"backup", "above", {{MV}, {RM}}},
    {"loadvm", "above", {{MV}, {RM}}},
    {"blockdev-create", "above", {{MV}, {RM}}},
    // A shrink, as blockdev-reopen where the content changes.
    {"block_resize", "above", {{MV}, {RV, RM, MM, GR}}},
    // Not in Appendix A: a BlockBackend that shares everything, as an export's that does not rely on the size.
    {"qemu-io read", "node", {{RV}, kAllActions}},
    {"qemu-io write", "node", {{MV}, kAllActions}},
    {"qemu-io write", "above", {{MV}, {RM}}},
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
