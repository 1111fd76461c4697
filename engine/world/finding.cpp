// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/world/finding.h"

#include <algorithm>
#include <array>

namespace blockscope {

namespace {

constexpr std::array<std::string_view, 15> kNames{
    "lost-write",      "guest-data-changed", "reader-inconsistent", "size-shrunk",       "use-after-drop",
    "write-read-only", "foreign-writer",     "stale-header",        "restart-differs",   "backup-differs",
    "mirror-differs",  "guest-left-behind",  "snapshot-differs",    "bitmap-incomplete", "access-violation"};

} // namespace

std::string_view findingName(Finding::Kind kind)
{
    return kNames[static_cast<std::size_t>(kind)];
}

std::optional<Finding::Kind> findingFromName(std::string_view name)
{
    const auto found = std::find(kNames.begin(), kNames.end(), name);
    return found == kNames.end() ? std::nullopt : std::optional(static_cast<Finding::Kind>(found - kNames.begin()));
}

} // namespace blockscope
