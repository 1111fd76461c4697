// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/fans.h"

#include "views/layout/adjacency.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace blockscope::layout {
namespace {

constexpr double kWidest = 6000;      // about a dozen images with leaves: at a quarter of the size, still on a screen
constexpr double kWidestAspect = 2.5; // of width to height
constexpr double kBlockAspect = 1.6;  // that a wrapped fan comes to, roughly
constexpr std::size_t kFewestPieces = 4;

/// What a walk finds below one of its nodes. Nodes are named by their place in the walk: those below one are the
/// places up to its end.
struct Branch
{
    std::uint32_t parent = 0;
    std::uint32_t end = 0;
    std::uint32_t reach = 0; ///< the earliest place that a link goes to from here
    double width = 0;        ///< roughly, as drawn
    double height = 0;
};

/// A depth first walk over all nodes, along the links in both directions, from the node with most of them.
class Walk
{
public:
    Walk(const Shape &shape, const Adjacency &down, const Adjacency &up)
        : place(shape.nodes.size(), kNone), m_shape(shape), m_down(down), m_up(up)
    {
        order.reserve(shape.nodes.size());
        branches.reserve(shape.nodes.size());
        enter(start(), 0);
        while (!m_way.empty())
            step();
    }

    std::vector<std::uint32_t> order; ///< nodes
    std::vector<std::uint32_t> place; ///< of each node in the order
    std::vector<Branch> branches;     ///< at each place

private:
    struct Step
    {
        std::uint32_t node = 0;
        std::size_t next = 0;
    };

    [[nodiscard]] std::uint32_t start() const
    {
        std::uint32_t best = 0;
        for (std::uint32_t node = 1; node < m_shape.nodes.size(); ++node) {
            if (degree(node) > degree(best))
                best = node;
        }
        return best;
    }
    [[nodiscard]] std::size_t degree(std::uint32_t node) const { return m_down.at(node).size() + m_up.at(node).size(); }
    [[nodiscard]] std::uint32_t neighbour(std::uint32_t node, std::size_t index) const
    {
        const auto below = m_down.at(node);
        return index < below.size() ? m_shape.links[below[index]].lower
                                    : m_shape.links[m_up.at(node)[index - below.size()]].upper;
    }
    void enter(std::uint32_t node, std::uint32_t parent)
    {
        const auto here = static_cast<std::uint32_t>(order.size());
        place[node] = here;
        order.push_back(node);
        branches.push_back({parent, 0, here, 0, 0});
        m_way.push_back({node, 0});
    }
    void step()
    {
        Step &last = m_way.back();
        const std::uint32_t here = place[last.node];
        if (last.next == degree(last.node)) {
            Branch &branch = branches[here];
            branch.end = static_cast<std::uint32_t>(order.size());
            Branch &parent = branches[branch.parent];
            parent.reach = std::min(parent.reach, branch.reach);
            m_way.pop_back();
            return;
        }
        const std::uint32_t next = neighbour(last.node, last.next++);
        if (place[next] == kNone)
            enter(next, here);
        else
            branches[here].reach = std::min(branches[here].reach, place[next]);
    }

    const Shape &m_shape;
    const Adjacency &m_down;
    const Adjacency &m_up;
    std::vector<Step> m_way;
};

/// The branches on one side of a node, side by side.
struct Side
{
    std::vector<std::uint32_t> pieces; ///< places of those that could be wrapped
    double width = 0;
    double height = 0;
    double area = 0; ///< of the pieces

    void add(const Branch &branch, const Spacing &spacing)
    {
        width += branch.width + (width > 0 ? spacing.column : 0);
        height = std::max(height, branch.height + spacing.row);
    }
    void addPiece(std::uint32_t at, const Branch &branch, const Spacing &spacing)
    {
        add(branch, spacing);
        area += (branch.width + spacing.column) * (branch.height + 2 * spacing.row);
        pieces.push_back(at);
    }
    [[nodiscard]] bool isTooWide(double around) const
    {
        return pieces.size() >= kFewestPieces && width > kWidest && width > kWidestAspect * (height + around);
    }
    void wrap()
    {
        width = std::sqrt(area * kBlockAspect);
        height = area / width;
    }
};

class FanFinder
{
public:
    explicit FanFinder(const Shape &shape)
        : m_shape(shape), m_down(shape.nodes.size(), shape.links, &ShapeLink::upper),
          m_up(shape.nodes.size(), shape.links, &ShapeLink::lower), m_walk(shape, m_down, m_up),
          m_takenUpTo(shape.nodes.size(), 0)
    {
    }

    /// From the ends of the walk back, so that what is inside a piece is known before the piece.
    std::vector<Fan> run()
    {
        for (auto at = static_cast<std::uint32_t>(m_walk.order.size()); at-- > 0;)
            judge(at);
        return std::move(m_fans);
    }

private:
    struct Child
    {
        std::uint32_t at = 0;
        bool isAbove = false;
        bool isBelow = false;
    };

    void judge(std::uint32_t at)
    {
        const std::uint32_t node = m_walk.order[at];
        const ShapeNode &box = m_shape.nodes[node];
        Side above;
        Side below;
        for (const Child &child : childrenOf(at)) {
            const Branch &branch = m_walk.branches[child.at];
            Side &side = child.isAbove ? above : below;
            const bool isPiece = branch.reach >= at && child.isAbove != child.isBelow;
            if (isPiece)
                side.addPiece(child.at, branch, m_shape.spacing);
            else
                side.add(branch, m_shape.spacing);
        }
        for (Side *side : {&above, &below}) {
            if (!side->isTooWide(box.height))
                continue;
            side->wrap();
            take(node, side == &above, side->pieces);
        }
        Branch &branch = m_walk.branches[at];
        branch.width = std::max({box.left + box.right, above.width, below.width});
        branch.height = box.height + above.height + below.height;
    }

    [[nodiscard]] std::vector<Child> childrenOf(std::uint32_t at) const
    {
        std::vector<Child> children;
        for (std::uint32_t child = at + 1; child < m_walk.branches[at].end; child = m_walk.branches[child].end)
            children.push_back({child, false, false});
        const auto childWith = [&](std::uint32_t node) -> Child * {
            const std::uint32_t place = m_walk.place[node];
            if (place <= at)
                return nullptr;
            const auto after = std::upper_bound(children.begin(), children.end(), place,
                                                [](std::uint32_t value, const Child &each) { return value < each.at; });
            return &*(after - 1);
        };
        const std::uint32_t node = m_walk.order[at];
        for (const std::uint32_t link : m_up.at(node)) {
            if (Child *child = childWith(m_shape.links[link].upper))
                child->isAbove = true;
        }
        for (const std::uint32_t link : m_down.at(node)) {
            if (Child *child = childWith(m_shape.links[link].lower))
                child->isBelow = true;
        }
        return children;
    }

    void take(std::uint32_t hub, bool isAbove, const std::vector<std::uint32_t> &places)
    {
        Fan fan{hub, isAbove, {}};
        for (const std::uint32_t begin : places) {
            std::vector<std::uint32_t> piece;
            for (std::uint32_t at = begin; at < m_walk.branches[begin].end;) {
                if (m_takenUpTo[at] != 0) {
                    at = m_takenUpTo[at];
                    continue;
                }
                piece.push_back(m_walk.order[at++]);
            }
            m_takenUpTo[begin] = m_walk.branches[begin].end;
            std::sort(piece.begin(), piece.end());
            fan.pieces.push_back(std::move(piece));
        }
        std::sort(fan.pieces.begin(), fan.pieces.end());
        m_fans.push_back(std::move(fan));
    }

    const Shape &m_shape;
    Adjacency m_down;
    Adjacency m_up;
    Walk m_walk;
    std::vector<std::uint32_t> m_takenUpTo; // where a piece begins: its end
    std::vector<Fan> m_fans;
};

// No row can be wider.
double widthOfAll(const Shape &shape)
{
    double width = 0;
    for (const ShapeNode &node : shape.nodes)
        width += node.left + node.right + shape.spacing.column;
    return width;
}

} // namespace

std::vector<Fan> fansOf(const Shape &shape)
{
    if (widthOfAll(shape) <= kWidest)
        return {};
    return FanFinder(shape).run();
}

} // namespace blockscope::layout
