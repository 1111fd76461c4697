// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/readingorder.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace blockscope::views {
namespace {

constexpr std::uint32_t kNoPlace = std::numeric_limits<std::uint32_t>::max();

std::size_t nodeEnd(const Topology &topology)
{
    std::size_t end = topology.nodes.empty() ? 0 : topology.nodes.back().value + std::size_t{1};
    if (!topology.leaves.empty())
        end = std::max(end, topology.leaves.back().node.value + std::size_t{1});
    return end;
}

template <class Visit>
void forEachLink(const Topology &topology, Visit visit)
{
    for (const Topology::Line &line : topology.lines)
        visit(line.parent, line.child);
    for (const Topology::Leaf &leaf : topology.leaves)
        visit(Parent::of(leaf.parent), leaf.node);
}

} // namespace

ReadingOrder::ReadingOrder(const Topology &topology) : m_firstUser(nodeEnd(topology))
{
    const std::size_t size = m_firstUser + (topology.users.empty() ? 0 : topology.users.back().value + std::size_t{1});
    m_begins.resize(size + 1);
    m_places.assign(size, kNoPlace);
    m_boxes.reserve(topology.nodes.size() + topology.leaves.size() + topology.users.size());
    sortLinks(topology);

    std::vector<bool> isChild(m_firstUser);
    for (NodeId child : m_children)
        isChild[child.value] = true;
    for (UserId user : topology.users)
        walk(Parent::of(user));
    for (NodeId node : topology.nodes) {
        if (!isChild[node.value])
            walk(Parent::of(node));
    }
    for (NodeId node : topology.nodes) // those of a cycle that nothing leads to
        walk(Parent::of(node));
}

void ReadingOrder::sortLinks(const Topology &topology)
{
    forEachLink(topology, [&](const Parent &parent, NodeId) { ++m_begins[indexOf(parent) + 1]; });
    std::partial_sum(m_begins.begin(), m_begins.end(), m_begins.begin());
    m_children.resize(m_begins.back());
    std::vector<std::size_t> next(m_begins.begin(), m_begins.end() - 1);
    forEachLink(topology, [&](const Parent &parent, NodeId child) { m_children[next[indexOf(parent)]++] = child; });
}

void ReadingOrder::walk(const Parent &from)
{
    std::vector<Parent> ahead{from};
    while (!ahead.empty()) {
        const Parent box = ahead.back();
        ahead.pop_back();
        const std::size_t index = indexOf(box);
        if (m_places[index] != kNoPlace)
            continue;
        m_places[index] = static_cast<std::uint32_t>(m_boxes.size());
        m_boxes.push_back(box);
        for (std::size_t child = m_begins[index + 1]; child > m_begins[index]; --child)
            ahead.push_back(Parent::of(m_children[child - 1]));
    }
}

} // namespace blockscope::views
