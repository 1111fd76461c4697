// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Where a value stands in a JSON document. A chain of places costs nothing
/// until an error needs its text.
///
/// Ownership: a place refers to the outer one and to its key; both must
/// outlive it.

#include <cstddef>
#include <string>
#include <string_view>

namespace blockscope {

class Place
{
public:
    Place() = default;
    [[nodiscard]] Place at(std::string_view key) const { return Place(this, key, 0); }
    [[nodiscard]] Place at(std::size_t index) const { return Place(this, {}, index); }

    /// "world.nodes[3].data"; "the file" for the outermost.
    [[nodiscard]] std::string text() const
    {
        if (m_outer == nullptr)
            return "the file";
        const std::string outer = m_outer->m_outer != nullptr ? m_outer->text() : std::string();
        if (m_key.data() == nullptr)
            return outer + '[' + std::to_string(m_index) + ']';
        return outer.empty() ? std::string(m_key) : outer + '.' + std::string(m_key);
    }

private:
    Place(const Place *outer, std::string_view key, std::size_t index) : m_outer(outer), m_key(key), m_index(index) {}

    const Place *m_outer = nullptr;
    std::string_view m_key;
    std::size_t m_index = 0;
};

} // namespace blockscope
