// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The boxes of a topology in the order in which one reads it: each user and what is below it, children in the order
/// of their links; then what no user leads to. Ids would not do: QEMU lists the newest node first, so in a capture the
/// children of a quorum have theirs in reverse.
///
/// Time linear in the size of the topology; cycles are fine. Thread: any.

#include "views/graph/topology.h"

namespace blockscope::layout {
class Adjacency;
struct ShapeLink;
} // namespace blockscope::layout

namespace blockscope::views {

class ReadingOrder
{
public:
    explicit ReadingOrder(const Topology &topology);

    /// Nodes and users by their place; each once.
    [[nodiscard]] const std::vector<Parent> &boxes() const { return m_boxes; }
    /// The place of a box. REQUIRES: it is in the topology.
    [[nodiscard]] std::uint32_t placeOf(const Parent &box) const { return m_places[indexOf(box)]; }

private:
    [[nodiscard]] std::size_t indexOf(const Parent &box) const { return box.isNode() ? box.id : m_firstUser + box.id; }
    [[nodiscard]] std::vector<layout::ShapeLink> linksOf(const Topology &topology) const;
    void walk(const Parent &from, const std::vector<layout::ShapeLink> &links, const layout::Adjacency &below);

    std::size_t m_firstUser = 0;
    std::vector<std::uint32_t> m_places; // by index
    std::vector<Parent> m_boxes;
};

} // namespace blockscope::views
