// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Six counters in two words: one for each action and one for claims, 21 bits each. Two additions count a whole mask,
/// and a node could have two million claims before one ran over.

#include "engine/access/action.h"

#include <array>
#include <cstdint>

namespace blockscope {

struct Lanes
{
    static constexpr unsigned kBits = 21;
    static constexpr unsigned kClaims = 5; ///< the lane that counts claims; those below it count actions

    std::uint64_t low = 0;  ///< lanes 0 to 2: MV, MM, GR
    std::uint64_t high = 0; ///< lanes 3 to 5: RV, RM, claims

    constexpr Lanes &operator+=(const Lanes &other)
    {
        low += other.low;
        high += other.high;
        return *this;
    }
    constexpr Lanes &operator-=(const Lanes &other)
    {
        low -= other.low;
        high -= other.high;
        return *this;
    }
    [[nodiscard]] constexpr std::uint32_t count(unsigned lane) const
    {
        const std::uint64_t word = lane < 3 ? low : high;
        return static_cast<std::uint32_t>(word >> (lane % 3 * kBits)) & ((1U << kBits) - 1);
    }
    /// The actions that are counted at least once.
    [[nodiscard]] constexpr ActionSet actions() const
    {
        return ActionSet::fromBits(nonZero(low) | (nonZero(high) & 3U) << 3U);
    }
    friend constexpr bool operator==(const Lanes &, const Lanes &) = default;

    /// One for each of \a actions, and one claim.
    [[nodiscard]] static constexpr Lanes of(ActionSet actions);

private:
    /// One bit for each of three lanes.
    static constexpr unsigned nonZero(std::uint64_t word)
    {
        constexpr std::uint64_t kOnes = 1 | std::uint64_t{1} << kBits | std::uint64_t{1} << (2 * kBits);
        constexpr std::uint64_t kTops = kOnes << (kBits - 1);
        constexpr std::uint64_t kRests = kTops - kOnes;
        // A carry into a lane's top bit says that something was below it.
        const std::uint64_t tops = (((word & kRests) + kRests) | word) & kTops;
        const std::uint64_t bits = tops >> (kBits - 1);
        return static_cast<unsigned>(bits | bits >> (kBits - 1) | bits >> (2 * kBits - 2)) & 7U;
    }
};

inline constexpr std::array<Lanes, 32> kLanesOfActions = [] {
    std::array<Lanes, 32> lanes{};
    const auto spread = [](unsigned three) {
        std::uint64_t word = 0;
        for (unsigned lane = 0; lane < 3; ++lane)
            word |= std::uint64_t{three >> lane & 1U} << (lane * Lanes::kBits);
        return word;
    };
    for (unsigned bits = 0; bits < lanes.size(); ++bits)
        lanes[bits] = {spread(bits & 7U), spread(bits >> 3U | 4U)};
    return lanes;
}();

constexpr Lanes Lanes::of(ActionSet actions)
{
    return kLanesOfActions[actions.bits() & 31U];
}

} // namespace blockscope
