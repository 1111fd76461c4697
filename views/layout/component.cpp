// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/component.h"

#include "views/layout/adjacency.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace blockscope::layout {
namespace {

class Union
{
public:
    explicit Union(std::size_t size) : m_root(size) { std::iota(m_root.begin(), m_root.end(), 0U); }

    std::uint32_t root(std::uint32_t node)
    {
        while (m_root[node] != node)
            node = m_root[node] = m_root[m_root[node]];
        return node;
    }
    void join(std::uint32_t a, std::uint32_t b)
    {
        const std::uint32_t rootA = root(a);
        const std::uint32_t rootB = root(b);
        m_root[std::max(rootA, rootB)] = std::min(rootA, rootB);
    }

private:
    std::vector<std::uint32_t> m_root;
};

// Walks down from one node; a link back to a node still on the way closes a cycle and is turned round.
class CycleBreaker
{
public:
    explicit CycleBreaker(Component &component)
        : m_component(component), m_down(component.shape.nodes.size(), component.shape.links, &ShapeLink::upper),
          m_up(component.shape.nodes.size(), component.shape.links, &ShapeLink::lower),
          m_state(component.shape.nodes.size(), State::New), m_backward(component.shape.links.size())
    {
    }

    void run()
    {
        const auto size = static_cast<std::uint32_t>(m_state.size());
        for (std::uint32_t node = 0; node < size; ++node) {
            if (m_up.at(node).empty())
                walk(node);
        }
        for (std::uint32_t node = 0; node < size; ++node)
            walk(node);
        for (std::size_t link = 0; link < m_backward.size(); ++link) {
            if (!m_backward[link])
                continue;
            std::swap(m_component.shape.links[link].upper, m_component.shape.links[link].lower);
            m_component.links[link].reversed = true;
        }
    }

private:
    enum class State : std::uint8_t { New, OnTheWay, Done };
    struct Step
    {
        std::uint32_t node = 0;
        std::uint32_t next = 0;
    };

    void walk(std::uint32_t start)
    {
        if (m_state[start] != State::New)
            return;
        enter(start);
        while (!m_way.empty()) {
            Step &step = m_way.back();
            const auto links = m_down.at(step.node);
            if (step.next == links.size()) {
                m_state[step.node] = State::Done;
                m_way.pop_back();
                continue;
            }
            const std::uint32_t link = links[step.next++];
            const std::uint32_t lower = m_component.shape.links[link].lower;
            if (m_state[lower] == State::OnTheWay)
                m_backward[link] = true;
            else if (m_state[lower] == State::New)
                enter(lower);
        }
    }
    void enter(std::uint32_t node)
    {
        m_state[node] = State::OnTheWay;
        m_way.push_back({node, 0});
    }

    Component &m_component;
    Adjacency m_down;
    Adjacency m_up;
    std::vector<State> m_state;
    std::vector<bool> m_backward;
    std::vector<Step> m_way;
};

void sortLinks(Component &component)
{
    const std::vector<ShapeLink> &links = component.shape.links;
    const auto key = [&](std::uint32_t index) {
        return std::tuple(links[index].upper, links[index].lower, !links[index].chain, component.links[index].link);
    };
    std::vector<std::uint32_t> order(links.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto before = [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); };
    if (std::is_sorted(order.begin(), order.end(), before))
        return;
    std::sort(order.begin(), order.end(), before);

    std::vector<ShapeLink> sorted;
    std::vector<ComponentLink> sources;
    sorted.reserve(order.size());
    sources.reserve(order.size());
    for (const std::uint32_t index : order) {
        sorted.push_back(links[index]);
        sources.push_back(component.links[index]);
    }
    component.shape.links = std::move(sorted);
    component.links = std::move(sources);
}

} // namespace

std::vector<Component> components(const LayoutGraph &graph, const Folding &folding)
{
    const auto isInside = [&](std::uint32_t link) {
        return !folding.foldedLink[link] && graph.links[link].parent != graph.links[link].child;
    };
    Union sets(graph.boxes.size());
    for (std::uint32_t link = 0; link < graph.links.size(); ++link) {
        if (isInside(link))
            sets.join(graph.links[link].parent, graph.links[link].child);
    }

    std::vector<Component> parts;
    std::vector<std::uint32_t> partOf(graph.boxes.size(), kNone);
    std::vector<std::uint32_t> nodeOf(graph.boxes.size(), kNone);
    for (std::uint32_t box = 0; box < graph.boxes.size(); ++box) {
        if (folding.foldedBox[box])
            continue;
        std::uint32_t &part = partOf[sets.root(box)]; // the root is the smallest: seen first
        if (part == kNone) {
            part = static_cast<std::uint32_t>(parts.size());
            parts.emplace_back().shape.spacing = graph.spacing;
        }
        nodeOf[box] = static_cast<std::uint32_t>(parts[part].boxes.size());
        parts[part].boxes.push_back(box);
        parts[part].shape.nodes.push_back(folding.extents[box]);
    }
    for (std::uint32_t link = 0; link < graph.links.size(); ++link) {
        if (!isInside(link))
            continue;
        const GraphLink &source = graph.links[link];
        Component &part = parts[partOf[sets.root(source.parent)]];
        part.shape.links.push_back({nodeOf[source.parent], nodeOf[source.child], source.chain});
        part.links.push_back({link, false});
    }
    for (Component &part : parts) {
        sortLinks(part); // so that which link of a cycle is turned round depends on the shape alone
        const auto goesForward = [](const ShapeLink &link) { return link.upper < link.lower; };
        if (std::all_of(part.shape.links.begin(), part.shape.links.end(), goesForward))
            continue; // no cycle
        CycleBreaker(part).run();
        sortLinks(part);
    }
    return parts;
}

} // namespace blockscope::layout
