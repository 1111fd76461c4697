// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/wrapping.h"

#include "views/layout/fanblock.h"
#include "views/layout/layoutcache.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace blockscope::layout {
namespace {

/// What is placed in one go: a piece, with a port in place of the hub, or what no piece contains. Its nodes are those
/// of the whole shape, then a box for each fan that hangs on one of them, then the port.
struct Group
{
    std::uint32_t fan = kNone;          ///< that it is a piece of
    std::vector<std::uint32_t> nodes;   ///< of the whole shape
    std::vector<std::uint32_t> sources; ///< of each link: the link of the whole shape, or that of a fan, or none
    Shape shape;
    const Drawing *drawing = nullptr;
    Point corner;

    [[nodiscard]] std::uint32_t port() const { return static_cast<std::uint32_t>(shape.nodes.size() - 1); }
    void link(std::uint32_t upper, std::uint32_t lower, bool chain, std::uint32_t source)
    {
        shape.links.push_back({upper, lower, chain});
        sources.push_back(source);
    }
};

void sortLinks(Group &group)
{
    const std::vector<ShapeLink> &links = group.shape.links;
    std::vector<std::uint32_t> order(links.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto key = [&](std::uint32_t link) {
        return std::tuple(links[link].upper, links[link].lower, !links[link].chain, group.sources[link]);
    };
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
    std::vector<ShapeLink> sorted;
    std::vector<std::uint32_t> sources;
    for (const std::uint32_t link : order) {
        sorted.push_back(links[link]);
        sources.push_back(group.sources[link]);
    }
    group.shape.links = std::move(sorted);
    group.sources = std::move(sources);
}

/// The groups of a shape: first what no piece contains, then the pieces fan by fan.
class Groups
{
public:
    Groups(const Shape &shape, const std::vector<Fan> &fans)
        : m_shape(shape), m_fans(fans), m_groupOf(shape.nodes.size(), 0), m_indexOf(shape.nodes.size(), 0),
          m_fanIndex(fans.size(), 0)
    {
        all.emplace_back();
        for (std::uint32_t fan = 0; fan < fans.size(); ++fan) {
            firstPiece.push_back(all.size());
            addPieces(fan);
        }
        addNodes();
        addLinks();
        for (Group &group : all)
            sortLinks(group);
    }
    /// The group of the hub of \a fan.
    [[nodiscard]] Group &around(std::uint32_t fan) { return all[m_groupOf[m_fans[fan].hub]]; }
    /// Which node of that group stands for the fan.
    [[nodiscard]] std::uint32_t indexOf(std::uint32_t fan) const { return m_fanIndex[fan]; }

    std::vector<Group> all;
    std::vector<std::size_t> firstPiece; ///< of each fan

private:
    void addPieces(std::uint32_t fan)
    {
        for (const std::vector<std::uint32_t> &piece : m_fans[fan].pieces) {
            for (const std::uint32_t node : piece)
                m_groupOf[node] = static_cast<std::uint32_t>(all.size());
            all.emplace_back().fan = fan;
        }
    }
    static std::uint32_t addNode(Group &group, const ShapeNode &node)
    {
        group.shape.nodes.push_back(node);
        return group.port();
    }
    void addNodes()
    {
        for (Group &group : all)
            group.shape.spacing = m_shape.spacing;
        for (std::uint32_t node = 0; node < m_shape.nodes.size(); ++node) {
            Group &group = all[m_groupOf[node]];
            m_indexOf[node] = addNode(group, m_shape.nodes[node]);
            group.nodes.push_back(node);
        }
        for (std::uint32_t fan = 0; fan < m_fans.size(); ++fan)
            m_fanIndex[fan] = addNode(around(fan), {}); // its size is not known yet
        for (Group &group : all) {
            if (group.fan != kNone)
                addNode(group, {});
        }
    }
    void addLinks()
    {
        const auto count = static_cast<std::uint32_t>(m_shape.links.size());
        for (std::uint32_t link = 0; link < count; ++link)
            addLink(link);
        for (std::uint32_t fan = 0; fan < m_fans.size(); ++fan) {
            const std::uint32_t hub = m_indexOf[m_fans[fan].hub];
            if (m_fans[fan].isAbove)
                around(fan).link(m_fanIndex[fan], hub, true, count + fan);
            else
                around(fan).link(hub, m_fanIndex[fan], true, count + fan);
        }
        for (Group &group : all) {
            if (group.fan != kNone)
                keepPortOutside(group);
        }
    }
    void addLink(std::uint32_t index)
    {
        const ShapeLink &link = m_shape.links[index];
        Group &upper = all[m_groupOf[link.upper]];
        Group &lower = all[m_groupOf[link.lower]];
        if (&upper == &lower)
            upper.link(m_indexOf[link.upper], m_indexOf[link.lower], link.chain, index);
        else if (upper.fan != kNone && m_fans[upper.fan].hub == link.lower)
            upper.link(m_indexOf[link.upper], upper.port(), link.chain, index);
        else
            lower.link(lower.port(), m_indexOf[link.lower], link.chain, index);
    }
    // The bus must pass all boxes of the piece: links that nobody sees keep the port below, or above, all of them.
    void keepPortOutside(Group &group)
    {
        const bool isAbove = m_fans[group.fan].isAbove;
        std::vector<bool> isBetween(group.shape.nodes.size());
        for (const ShapeLink &link : group.shape.links)
            isBetween[isAbove ? link.upper : link.lower] = true;
        for (std::uint32_t node = 0; node < group.port(); ++node) {
            if (!isBetween[node])
                group.link(isAbove ? node : group.port(), isAbove ? group.port() : node, false, kNone);
        }
    }

    const Shape &m_shape;
    const std::vector<Fan> &m_fans;
    std::vector<std::uint32_t> m_groupOf; // of each node
    std::vector<std::uint32_t> m_indexOf; // of each node in its group
    std::vector<std::uint32_t> m_fanIndex;
};

class Wrapping
{
public:
    Wrapping(const Shape &shape, const std::vector<Fan> &fans, const Place &place)
        : m_shape(shape), m_fans(fans), m_place(place), m_groups(shape, fans), m_trunks(fans.size())
    {
    }

    Drawing run()
    {
        for (std::uint32_t fan = 0; fan < m_fans.size(); ++fan)
            m_blocks.push_back(drawFan(fan));
        draw(m_groups.all.front());

        m_drawing.anchors.resize(m_shape.nodes.size());
        m_drawing.routes.resize(m_shape.links.size());
        putTogether(m_groups.all.front());
        for (auto fan = static_cast<std::uint32_t>(m_fans.size()); fan-- > 0;)
            putTogether(fan);
        settle(m_drawing, m_shape);
        return std::move(m_drawing);
    }

private:
    void draw(Group &group)
    {
        group.drawing = m_known.find(group.shape);
        if (group.drawing == nullptr)
            group.drawing = &m_known.insert(group.shape, m_place(group.shape));
    }
    [[nodiscard]] std::span<Group> piecesOf(std::uint32_t fan)
    {
        return std::span(m_groups.all).subspan(m_groups.firstPiece[fan], m_fans[fan].pieces.size());
    }
    FanBlock drawFan(std::uint32_t fan)
    {
        std::vector<PieceSize> sizes;
        for (Group &piece : piecesOf(fan)) {
            draw(piece);
            sizes.push_back({{piece.drawing->width, piece.drawing->height}, piece.drawing->anchors[piece.port()]});
        }
        FanBlock block = fanBlock(sizes, m_shape.spacing, m_fans[fan].isAbove);
        m_groups.around(fan).shape.nodes[m_groups.indexOf(fan)] = {block.aisle, block.size.width - block.aisle,
                                                                   block.size.height};
        return block;
    }

    void putTogether(std::uint32_t fan)
    {
        const Group &around = m_groups.around(fan);
        const FanBlock &block = m_blocks[fan];
        const Point middle = around.drawing->anchors[m_groups.indexOf(fan)];
        const Point corner{around.corner.x + middle.x - block.aisle,
                           around.corner.y + middle.y - block.size.height / 2};
        const std::span<Group> pieces = piecesOf(fan);
        for (std::size_t piece = 0; piece < pieces.size(); ++piece) {
            pieces[piece].corner = {corner.x + block.corners[piece].x, corner.y + block.corners[piece].y};
            putTogether(pieces[piece]);
        }
    }
    void putTogether(const Group &group)
    {
        const auto moved = [&](Point point) { return Point{point.x + group.corner.x, point.y + group.corner.y}; };
        for (std::size_t node = 0; node < group.nodes.size(); ++node)
            m_drawing.anchors[group.nodes[node]] = moved(group.drawing->anchors[node]);
        for (std::size_t link = 0; link < group.sources.size(); ++link) {
            const std::uint32_t source = group.sources[link];
            if (source == kNone)
                continue;
            std::vector<Point> route = group.drawing->routes[link];
            std::transform(route.begin(), route.end(), route.begin(), moved);
            if (source >= m_shape.links.size())
                m_trunks[source - m_shape.links.size()] = std::move(route);
            else
                m_drawing.routes[source] = joined(group, group.shape.links[link], std::move(route));
        }
    }
    // A route that ends or begins at a port goes on as that of the fan.
    [[nodiscard]] std::vector<Point> joined(const Group &group, const ShapeLink &link, std::vector<Point> route) const
    {
        if (group.fan == kNone || (link.upper != group.port() && link.lower != group.port()))
            return route;
        const std::vector<Point> &trunk = m_trunks[group.fan];
        if (m_fans[group.fan].isAbove) {
            appendBus(route, trunk.front());
            route.insert(route.end(), trunk.begin() + 1, trunk.end());
            return route;
        }
        std::vector<Point> whole = trunk;
        appendTrunk(whole, route.front());
        whole.insert(whole.end(), route.begin() + 1, route.end());
        return whole;
    }

    const Shape &m_shape;
    const std::vector<Fan> &m_fans;
    const Place &m_place;
    Groups m_groups;
    LayoutCache m_known;
    std::vector<FanBlock> m_blocks;           // of each fan
    std::vector<std::vector<Point>> m_trunks; // of each fan: from its block to its hub, or the other way round
    Drawing m_drawing;
};

} // namespace

Drawing placeWrapped(const Shape &shape, const std::vector<Fan> &fans, const Place &place)
{
    return Wrapping(shape, fans, place).run();
}

} // namespace blockscope::layout
