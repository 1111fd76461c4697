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
    void sortLinks(const Topology &topology);
    void walk(const Parent &from);

    std::size_t m_firstUser = 0;
    std::vector<std::size_t> m_begins;   // by index, and one more: where its children begin among all
    std::vector<NodeId> m_children;      // by parent, then in the order of the links
    std::vector<std::uint32_t> m_places; // by index
    std::vector<Parent> m_boxes;
};

} // namespace blockscope::views
