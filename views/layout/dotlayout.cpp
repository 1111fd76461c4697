// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/dotlayout.h"

#include "views/layout/gv.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <span>
#include <string>

namespace blockscope::layout {
namespace {

constexpr double kPointsAnInch = 72;
constexpr std::size_t kNewRankFrom = 50; // faster above, slower below

std::string inches(double points)
{
    char text[64];
    const auto end = std::to_chars(text, text + sizeof text, points / kPointsAnInch, std::chars_format::fixed, 6).ptr;
    return {text, end};
}

// cgraph takes char* and copies.
char *mutableText(const char *text)
{
    return const_cast<char *>(text);
}

/// One shape as a Graphviz graph: fixed boxes without text, the only kind that is fast and leaks nothing.
///
/// dot knows nodes that are symmetric about their middle only. Ours have leaves to the right of the anchor, so all
/// anchors are moved to the left of dot's middles by the same amount: columns stay straight and no room is lost.
class DotGraph
{
public:
    explicit DotGraph(const Shape &shape) : m_shape(shape), m_graph(agopen(mutableText("shape"), Agdirected, nullptr))
    {
        for (const ShapeNode &node : shape.nodes)
            m_shift = std::max(m_shift, (node.right - node.left) / 2);
        setDefaults();
        addNodes();
        addLinks();
    }

    std::optional<Drawing> draw()
    {
        const gv::Layout layout(m_graph.get(), "dot");
        if (!layout.isDone())
            return std::nullopt;
        Drawing drawing;
        for (Agnode_t *node : m_nodes)
            drawing.anchors.push_back(anchorOf(node));
        for (std::size_t link = 0; link < m_links.size(); ++link) {
            std::optional<std::vector<Point>> route = routeOf(link, drawing);
            if (!route)
                return std::nullopt;
            drawing.routes.push_back(std::move(*route));
        }
        settle(drawing, m_shape);
        if (!std::isfinite(drawing.width) || !std::isfinite(drawing.height))
            return std::nullopt;
        return drawing;
    }

private:
    void setDefault(int kind, const char *name, const char *value)
    {
        agattr(m_graph.get(), kind, mutableText(name), mutableText(value));
    }
    void setDefaults()
    {
        setDefault(AGRAPH, "nodesep", inches(m_shape.spacing.column).c_str());
        setDefault(AGRAPH, "ranksep", inches(m_shape.spacing.row).c_str());
        if (m_shape.nodes.size() > kNewRankFrom)
            setDefault(AGRAPH, "newrank", "true");
        setDefault(AGNODE, "shape", "box");
        setDefault(AGNODE, "fixedsize", "true");
        setDefault(AGNODE, "label", "");
        setDefault(AGEDGE, "dir", "none");
        setDefault(AGEDGE, "tailport", "s");
        setDefault(AGEDGE, "headport", "n");
    }
    // dot's picture depends on the order of creation.
    void addNodes()
    {
        Agsym_t *width = agattr(m_graph.get(), AGNODE, mutableText("width"), mutableText("1"));
        Agsym_t *height = agattr(m_graph.get(), AGNODE, mutableText("height"), mutableText("1"));
        for (const ShapeNode &node : m_shape.nodes) {
            const double half = std::max(node.left + m_shift, node.right - m_shift);
            m_nodes.push_back(agnode(m_graph.get(), nullptr, 1));
            agxset(m_nodes.back(), width, inches(2 * half).data());
            agxset(m_nodes.back(), height, inches(node.height).data());
        }
    }
    void addLinks()
    {
        Agsym_t *weight = agattr(m_graph.get(), AGEDGE, mutableText("weight"), mutableText("1"));
        for (const ShapeLink &link : m_shape.links) {
            m_links.push_back(agedge(m_graph.get(), m_nodes[link.upper], m_nodes[link.lower], nullptr, 1));
            if (link.chain)
                agxset(m_links.back(), weight, mutableText("8"));
        }
    }

    // The one place where the y axis is turned round.
    [[nodiscard]] Point toPoint(pointf point) const { return {point.x - m_shift, -point.y}; }
    [[nodiscard]] Point anchorOf(Agnode_t *node) const
    {
        const Point point = toPoint(ND_coord(node));
        return {std::round(point.x), std::round(point.y)};
    }

    // Nothing if dot gave no usable route.
    [[nodiscard]] std::optional<std::vector<Point>> routeOf(std::size_t index, const Drawing &drawing) const
    {
        const splines *found = ED_spl(m_links[index]);
        if (found == nullptr || found->size < 1)
            return std::nullopt;
        std::vector<Point> route;
        for (const bezier &piece : std::span(found->list, static_cast<std::size_t>(found->size))) {
            const std::span points(piece.list, static_cast<std::size_t>(piece.size));
            for (const pointf &point : points.subspan(route.empty() ? 0 : 1))
                route.push_back(toPoint(point));
        }
        if (route.size() % 3 != 1 || route.size() < 4)
            return std::nullopt;
        const ShapeLink &link = m_shape.links[index];
        const Point upper = drawing.anchors[link.upper];
        const Point lower = drawing.anchors[link.lower];
        route.front() = {upper.x, upper.y + m_shape.nodes[link.upper].height / 2}; // dot rounds
        route.back() = {lower.x, lower.y - m_shape.nodes[link.lower].height / 2};
        return route;
    }

    const Shape &m_shape;
    gv::GraphPtr m_graph;
    double m_shift = 0;
    std::vector<Agnode_t *> m_nodes;
    std::vector<Agedge_t *> m_links;
};

} // namespace

std::optional<Drawing> placeWithDot(const Shape &shape)
{
    const std::lock_guard guard(gv::lock());
    gv::silence();
    if (gv::context() == nullptr)
        return std::nullopt;
    return DotGraph(shape).draw();
}

} // namespace blockscope::layout
