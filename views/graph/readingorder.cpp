// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/readingorder.h"

#include "views/layout/adjacency.h"

#include <algorithm>

namespace blockscope::views {
namespace {

std::size_t nodeEnd(const Topology &topology)
{
    std::size_t end = topology.nodes.empty() ? 0 : topology.nodes.back().value + std::size_t{1};
    if (!topology.leaves.empty())
        end = std::max(end, topology.leaves.back().node.value + std::size_t{1});
    return end;
}

} // namespace

ReadingOrder::ReadingOrder(const Topology &topology) : m_firstUser(nodeEnd(topology))
{
    const std::size_t size = m_firstUser + (topology.users.empty() ? 0 : topology.users.back().value + std::size_t{1});
    m_places.assign(size, layout::kNone);
    m_boxes.reserve(topology.nodes.size() + topology.leaves.size() + topology.users.size());
    const std::vector<layout::ShapeLink> links = linksOf(topology);
    const layout::Adjacency below(size, links, &layout::ShapeLink::upper);

    std::vector<bool> isChild(m_firstUser);
    for (const layout::ShapeLink &link : links)
        isChild[link.lower] = true;
    for (UserId user : topology.users)
        walk(Parent::of(user), links, below);
    for (NodeId node : topology.nodes) {
        if (!isChild[node.value])
            walk(Parent::of(node), links, below);
    }
    for (NodeId node : topology.nodes) // those of a cycle that nothing leads to
        walk(Parent::of(node), links, below);
}

std::vector<layout::ShapeLink> ReadingOrder::linksOf(const Topology &topology) const
{
    std::vector<layout::ShapeLink> links;
    links.reserve(topology.lines.size() + topology.leaves.size());
    const auto add = [&](const Parent &parent, NodeId child) {
        links.push_back({static_cast<std::uint32_t>(indexOf(parent)), static_cast<std::uint32_t>(child.value)});
    };
    for (const Topology::Line &line : topology.lines)
        add(line.parent, line.child);
    for (const Topology::Leaf &leaf : topology.leaves)
        add(Parent::of(leaf.parent), leaf.node);
    return links;
}

void ReadingOrder::walk(const Parent &from, const std::vector<layout::ShapeLink> &links, const layout::Adjacency &below)
{
    std::vector<Parent> ahead{from};
    while (!ahead.empty()) {
        const Parent box = ahead.back();
        ahead.pop_back();
        const std::size_t index = indexOf(box);
        if (m_places[index] != layout::kNone)
            continue;
        m_places[index] = static_cast<std::uint32_t>(m_boxes.size());
        m_boxes.push_back(box);
        const auto children = below.at(index);
        for (auto link = children.rbegin(); link != children.rend(); ++link) // the first of them is to be on top
            ahead.push_back(Parent::of(NodeId{links[*link].lower}));
    }
}

} // namespace blockscope::views
