// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// For every node the links at it, in the order of the links; flat, so that a graph of 100,000 nodes costs two
/// allocations.

#include "views/layout/shape.h"

#include <span>

namespace blockscope::layout {

class Adjacency
{
public:
    /// The links whose \a end (&ShapeLink::upper: those going down from it) is the node.
    Adjacency(std::size_t nodes, std::span<const ShapeLink> links, std::uint32_t ShapeLink::*end);

    /// Indices of links.
    [[nodiscard]] std::span<const std::uint32_t> at(std::size_t node) const
    {
        return std::span(m_links).subspan(m_first[node], m_first[node + 1] - m_first[node]);
    }

private:
    std::vector<std::uint32_t> m_first;
    std::vector<std::uint32_t> m_links;
};

} // namespace blockscope::layout
