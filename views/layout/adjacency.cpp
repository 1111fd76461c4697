// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/adjacency.h"

namespace blockscope::layout {

Adjacency::Adjacency(std::size_t nodes, std::span<const ShapeLink> links, std::uint32_t ShapeLink::*end)
    : m_first(nodes + 1, 0), m_links(links.size())
{
    for (const ShapeLink &link : links)
        ++m_first[link.*end + 1];
    for (std::size_t node = 0; node < nodes; ++node)
        m_first[node + 1] += m_first[node];
    std::vector<std::uint32_t> next(m_first.begin(), m_first.end() - 1);
    for (std::uint32_t index = 0; index < links.size(); ++index)
        m_links[next[links[index].*end]++] = index;
}

} // namespace blockscope::layout
