// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/world/switches.h"

#include <algorithm>
#include <array>

namespace blockscope {

namespace {

constexpr std::array<std::string_view, kSwitchCount> kNames{"N1",
                                                            "N2",
                                                            "N3",
                                                            "N4",
                                                            "N5",
                                                            "N6",
                                                            "P1",
                                                            "P2",
                                                            "P3",
                                                            "P4",
                                                            "P5",
                                                            "P6",
                                                            "C1",
                                                            "enforce",
                                                            "image-locks",
                                                            "legacy-2.8",
                                                            "fault-no-dirty-bit",
                                                            "fault-dirty-bit-cleared-late",
                                                            "fault-no-copy-before-write",
                                                            "fault-copy-after-write",
                                                            "fault-unlocked-copy-on-read",
                                                            "fault-base-not-reopened",
                                                            "fault-header-forgotten",
                                                            "fault-one-cluster-short",
                                                            "fault-parents-not-moved",
                                                            "fault-lower-mids-ignored",
                                                            "fault-guest-not-moved",
                                                            "fault-read-only-not-restored"};

} // namespace

std::string_view switchName(Switch which)
{
    return kNames[static_cast<std::size_t>(which)];
}

std::optional<Switch> switchFromName(std::string_view name)
{
    const auto found = std::find(kNames.begin(), kNames.end(), name);
    return found == kNames.end() ? std::nullopt : std::optional(static_cast<Switch>(found - kNames.begin()));
}

} // namespace blockscope
