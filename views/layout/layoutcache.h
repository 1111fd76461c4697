// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Remembers how shapes were placed, within a call and from one call to the next, so that editing one disk does not
/// lay out the others again. What a few calls in a row did not ask for is forgotten.
///
/// Thread: one caller at a time.

#include "views/layout/shape.h"

#include <cstddef>
#include <unordered_map>

namespace blockscope::layout {

class LayoutCache
{
public:
    /// The drawing of \a shape or nothing; stays where it is until the next nextCall().
    [[nodiscard]] const Drawing *find(const Shape &shape);
    const Drawing &insert(const Shape &shape, Drawing drawing);

    /// Begins a new call: forgets what the last ones did not use.
    void nextCall();
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }

private:
    struct Hash
    {
        std::size_t operator()(const Shape &shape) const noexcept;
    };
    struct Entry
    {
        Drawing drawing;
        std::uint64_t lastUse = 0;
    };
    std::unordered_map<Shape, Entry, Hash> m_entries;
    std::uint64_t m_call = 0;
};

} // namespace blockscope::layout
