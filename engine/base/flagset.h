// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A set of the values of an enum, as a plain value of one byte, or of as many bits as asked for.

#include <cstdint>
#include <initializer_list>

namespace blockscope {

/// \a Enum must be numbered 0, 1, 2 ... and have at most as many values as \a Bits has bits.
template <class Enum, class Bits = std::uint8_t>
class FlagSet
{
public:
    constexpr FlagSet() = default;
    constexpr FlagSet(std::initializer_list<Enum> values)
    {
        for (Enum value : values)
            insert(value);
    }
    [[nodiscard]] static constexpr FlagSet fromBits(unsigned bits)
    {
        FlagSet set;
        set.m_bits = static_cast<Bits>(bits);
        return set;
    }

    constexpr void insert(Enum value) { m_bits = static_cast<Bits>(m_bits | bit(value)); }
    constexpr void remove(Enum value) { m_bits = static_cast<Bits>(m_bits & ~bit(value)); }
    [[nodiscard]] constexpr bool contains(Enum value) const { return (m_bits & bit(value)) != 0; }
    [[nodiscard]] constexpr bool isEmpty() const { return m_bits == 0; }
    [[nodiscard]] constexpr unsigned bits() const { return m_bits; }

    friend constexpr FlagSet operator|(FlagSet a, FlagSet b) { return fromBits(a.bits() | b.bits()); }
    friend constexpr FlagSet operator&(FlagSet a, FlagSet b) { return fromBits(a.bits() & b.bits()); }
    /// The values of \a a that \a b lacks.
    friend constexpr FlagSet operator-(FlagSet a, FlagSet b) { return fromBits(a.bits() & ~b.bits()); }
    friend constexpr bool operator==(FlagSet, FlagSet) = default;

private:
    static constexpr unsigned bit(Enum value) { return 1U << static_cast<unsigned>(value); }

    Bits m_bits = 0;
};

} // namespace blockscope
