// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// How fast jobs step by themselves.

#include <cstdint>

namespace blockscope::views {

struct Speed
{
    enum class Mode : std::uint8_t {
        Manual,   ///< only when told to
        Limited,  ///< stepsPerSecond
        Unlimited ///< as fast as possible
    };

    Mode mode = Mode::Limited;
    int stepsPerSecond = 8; ///< of each job; for Limited

    friend bool operator==(const Speed &, const Speed &) = default;
};

} // namespace blockscope::views
