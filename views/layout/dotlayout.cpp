// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/dotlayout.h"

#include "views/layout/gv.h"
#include "views/layout/routing.h"

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

    /// The anchors of the nodes, or nothing.
    std::optional<std::vector<Point>> anchors()
    {
        const gv::Layout layout(m_graph.get(), "dot");
        if (!layout.isDone())
            return std::nullopt;
        std::vector<Point> found;
        for (Agnode_t *node : m_nodes) {
            // The one place where the y axis is turned round.
            const pointf middle = ND_coord(node);
            found.push_back({std::round(middle.x - m_shift), std::round(-middle.y)});
            if (!std::isfinite(found.back().x) || !std::isfinite(found.back().y))
                return std::nullopt;
        }
        return found;
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
        setDefault(AGRAPH, "splines", "none"); // its routes know nothing of anchors; ours are calmer
        setDefault(AGNODE, "shape", "box");
        setDefault(AGNODE, "fixedsize", "true");
        setDefault(AGNODE, "label", "");
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
        std::vector<bool> hasUpper(m_nodes.size());
        for (const ShapeLink &link : m_shape.links) {
            Agedge_t *edge = agedge(m_graph.get(), m_nodes[link.upper], m_nodes[link.lower], nullptr, 1);
            if (link.chain || !hasUpper[link.lower]) // the first user of a node is straight above it
                agxset(edge, weight, mutableText("8"));
            hasUpper[link.lower] = true;
        }
    }

    const Shape &m_shape;
    gv::GraphPtr m_graph;
    double m_shift = 0;
    std::vector<Agnode_t *> m_nodes;
};

std::optional<std::vector<Point>> anchorsByDot(const Shape &shape)
{
    const std::lock_guard guard(gv::lock());
    gv::silence();
    if (gv::context() == nullptr)
        return std::nullopt;
    return DotGraph(shape).anchors();
}

} // namespace

std::optional<Drawing> placeWithDot(const Shape &shape)
{
    std::optional<std::vector<Point>> anchors = anchorsByDot(shape);
    if (!anchors)
        return std::nullopt;
    return drawingAt(shape, std::move(*anchors));
}

} // namespace blockscope::layout
