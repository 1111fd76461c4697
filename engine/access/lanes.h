// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// All counters of a node in one word: for each action the claims that require it and those that do not allow it, and
/// the quiet claims that do neither. One addition counts a claim, one AND decides on one.

#include "engine/access/claim.h"

#include <array>
#include <cstdint>

namespace blockscope {

struct Lanes
{
    static constexpr unsigned kBits = 6;
    static constexpr unsigned kRequire = 0; ///< the first of five lanes, by Action
    static constexpr unsigned kDeny = 5;    ///< the first of five lanes, by Action
    static constexpr unsigned kQuiet = 10;  ///< narrower than the others
    static constexpr unsigned kLanes = 11;

    std::uint64_t word = 0;

    /// What a lane can hold.
    [[nodiscard]] static constexpr std::uint32_t most(unsigned lane) { return lane == kQuiet ? 7 : 63; }
    [[nodiscard]] constexpr std::uint32_t count(unsigned lane) const
    {
        return static_cast<std::uint32_t>(word >> (lane * kBits)) & most(lane);
    }
    /// True when the lanes only tell whether there is something to count.
    [[nodiscard]] constexpr bool isCrowded() const { return (word & kCrowded) != 0; }

    /// One claim.
    [[nodiscard]] static constexpr Lanes of(Claim claim)
    {
        return {kClaims[claim.require.bits() | claim.allow.bits() << 5U]};
    }
    /// All bits of the lanes that must be 0 for \a claim to be allowed. The RFC's rule, both halves at once: what it
    /// does not allow must not be required, what it requires must not be denied.
    [[nodiscard]] static constexpr std::uint64_t against(Claim claim);

    /// Counts \a one; false, with nothing changed, when a lane would run over or the node is crowded.
    constexpr bool add(Lanes one)
    {
        const std::uint64_t sum = word + one.word;
        const std::uint64_t carries = (word ^ one.word ^ sum) & kBoundaries;
        if ((carries | (word & kCrowded)) != 0)
            return false;
        word = sum;
        return true;
    }
    /// Takes \a one out; false, with nothing changed, when the node is crowded. REQUIRES: it was added.
    constexpr bool remove(Lanes one)
    {
        if (isCrowded())
            return false;
        word -= one.word;
        return true;
    }

    friend constexpr bool operator==(Lanes, Lanes) = default;

    static constexpr std::uint64_t kCrowded = std::uint64_t{1} << 63U;

private:
    /// Where a lane would carry into the next.
    static constexpr std::uint64_t kBoundaries = [] {
        std::uint64_t bits = kCrowded;
        for (unsigned lane = 1; lane < kLanes; ++lane)
            bits |= std::uint64_t{1} << (lane * kBits);
        return bits;
    }();
    /// A one in the lane of each of five actions.
    static constexpr std::array<std::uint64_t, 32> kOnes = [] {
        std::array<std::uint64_t, 32> ones{};
        for (unsigned bits = 0; bits < ones.size(); ++bits) {
            for (unsigned lane = 0; lane < 5; ++lane)
                ones[bits] |= std::uint64_t{bits >> lane & 1U} << (lane * kBits);
        }
        return ones;
    }();
    /// A one in the lane of each action that is not among the five, as denied.
    static constexpr std::array<std::uint64_t, 32> kOnesOfOthers = [] {
        std::array<std::uint64_t, 32> ones{};
        for (unsigned bits = 0; bits < ones.size(); ++bits)
            ones[bits] = kOnes[~bits & 31U] << (kDeny * kBits);
        return ones;
    }();
    /// Every claim, by its Require and, above it, its Allow: to look up two sets and ask whether the claim is quiet
    /// costs as much again as to count it.
    static constexpr std::array<std::uint64_t, 1024> kClaims = [] {
        std::array<std::uint64_t, 1024> claims{};
        for (unsigned bits = 0; bits < claims.size(); ++bits) {
            const std::uint64_t ones = kOnes[bits & 31U] | kOnesOfOthers[bits >> 5U];
            claims[bits] = ones != 0 ? ones : std::uint64_t{1} << (kQuiet * kBits);
        }
        return claims;
    }();
};

constexpr std::uint64_t Lanes::against(Claim claim)
{
    const std::uint64_t lanes = kOnesOfOthers[claim.allow.bits()] >> (kDeny * kBits) | kOnes[claim.require.bits()]
                                                                                           << (kDeny * kBits);
    return lanes * most(0);
}

} // namespace blockscope
