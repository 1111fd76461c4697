// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The five actions of the RFC ("Node Access Control: Action Flags") in the
/// order in which they are shown everywhere, and sets of them.

#include "engine/base/flagset.h"

#include <array>
#include <cstdint>

namespace blockscope {

enum class Action : std::uint8_t {
    ModifyVisible,        ///< MV: detected by an external read of the node, backing files included
    ModifyMetadata,       ///< MM: a write that such a read need not see
    GraphReconfiguration, ///< GR: removing, adding or reordering nodes
    ReadVisible,          ///< RV: reads the data that an external read sees
    ReadMetadata,         ///< RM: reads metadata, and relies on it (reading C1 of operations.md 3.1)
};

inline constexpr std::array<Action, 5> kActions{Action::ModifyVisible, Action::ModifyMetadata,
                                                Action::GraphReconfiguration, Action::ReadVisible,
                                                Action::ReadMetadata};
inline constexpr std::array<const char *, 5> kActionLetters{"MV", "MM", "GR", "RV", "RM"};

[[nodiscard]] constexpr const char *letters(Action action)
{
    return kActionLetters[static_cast<std::size_t>(action)];
}

using ActionSet = FlagSet<Action>;
inline constexpr ActionSet kAllActions = ActionSet::fromBits(0x1f);

} // namespace blockscope
