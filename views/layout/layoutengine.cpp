// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/layoutengine.h"

#include "views/layout/component.h"
#include "views/layout/dotlayout.h"
#include "views/layout/linearlayout.h"
#include "views/layout/routes.h"
#include "views/layout/shelves.h"
#include "views/layout/wrapping.h"

#include <algorithm>
#include <deque>

namespace blockscope::layout {
namespace {

constexpr std::uint32_t kLongestKept = 300; // of the paths that the cache keeps

// A single column: both placements would draw the same.
bool isPath(const Shape &shape)
{
    if (shape.links.size() + 1 != shape.nodes.size())
        return false;
    std::vector<bool> hasUpper(shape.nodes.size());
    std::vector<bool> hasLower(shape.nodes.size());
    for (const ShapeLink &link : shape.links) {
        if (hasUpper[link.lower] || hasLower[link.upper])
            return false;
        hasUpper[link.lower] = true;
        hasLower[link.upper] = true;
    }
    return true;
}

Drawing placePlain(const Shape &shape, bool byGraphviz)
{
    if (byGraphviz && !isPath(shape)) {
        if (std::optional<Drawing> drawing = placeWithDot(shape))
            return std::move(*drawing);
    }
    return placeLinear(shape);
}

Drawing placeOne(const Shape &shape, bool byGraphviz)
{
    const std::vector<Fan> fans = fansOf(shape);
    if (fans.empty())
        return placePlain(shape, byGraphviz);
    return placeWrapped(shape, fans, [=](const Shape &part) { return placePlain(part, byGraphviz); });
}

/// The drawing of each component, placed once where the cache knows it.
class Drawings
{
public:
    Drawings(const std::vector<Component> &parts, std::uint32_t graphvizLimit, LayoutCache &cache)
        : m_graphvizLimit(graphvizLimit)
    {
        m_all.reserve(parts.size());
        for (const Component &part : parts)
            m_all.push_back(&drawingOf(part.shape, cache));
    }
    [[nodiscard]] const Drawing &of(std::size_t part) const { return *m_all[part]; }
    [[nodiscard]] std::vector<Point> corners(double gap) const
    {
        std::vector<Size> sizes;
        sizes.reserve(m_all.size());
        for (const Drawing *drawing : m_all)
            sizes.push_back({drawing->width, drawing->height});
        return pack(sizes, gap);
    }

private:
    const Drawing &drawingOf(const Shape &shape, LayoutCache &cache)
    {
        const bool isSmall = shape.nodes.size() <= m_graphvizLimit;
        if (!isSmall && (shape.nodes.size() > kLongestKept || !isPath(shape)))
            return m_own.emplace_back(placeOne(shape, false));
        if (const Drawing *known = cache.find(shape))
            return *known;
        return cache.insert(shape, placeOne(shape, isSmall));
    }

    std::uint32_t m_graphvizLimit;
    std::deque<Drawing> m_own; // large ones: cheap to make, dear to keep
    std::vector<const Drawing *> m_all;
};

/// Puts the parts together again.
class Assembly
{
public:
    explicit Assembly(const LayoutGraph &graph) : m_graph(graph)
    {
        m_result.boxes.reserve(graph.boxes.size());
        for (const Box &box : graph.boxes)
            m_result.boxes.push_back({box.id, 0, 0, box.width, box.height});
        m_result.links.reserve(graph.links.size());
        for (const GraphLink &link : graph.links)
            m_result.links.push_back({link.id, {}});
    }

    void add(const Component &part, const Drawing &drawing, Point corner)
    {
        for (std::size_t node = 0; node < part.boxes.size(); ++node) {
            Placement &box = m_result.boxes[part.boxes[node]];
            box.x = corner.x + drawing.anchors[node].x - box.width / 2;
            box.y = corner.y + drawing.anchors[node].y - box.height / 2;
        }
        for (std::size_t link = 0; link < part.links.size(); ++link) {
            const ShapeLink &ends = part.shape.links[link];
            const Placement &upper = m_result.boxes[part.boxes[ends.upper]];
            const Placement &lower = m_result.boxes[part.boxes[ends.lower]];
            std::vector<Point> &points = m_result.links[part.links[link].link].points;
            points = drawing.routes[link];
            for (Point &point : points)
                point = {point.x + corner.x, point.y + corner.y};
            extend(points, upper.y + upper.height, lower.y); // leaves may reach above and below their host
            if (part.links[link].reversed)
                std::reverse(points.begin(), points.end());
        }
    }

    void add(const FoldedLeaf &leaf)
    {
        const Placement &host = m_result.boxes[leaf.host];
        Placement &box = m_result.boxes[leaf.box];
        box.x = host.x + host.width / 2 + leaf.offset.x;
        box.y = host.y + host.height / 2 + leaf.offset.y;
        const double middle = box.y + box.height / 2;
        const Point from{host.x + host.width, std::clamp(middle, host.y, host.y + host.height)};
        m_result.links[leaf.link].points = straight(from, {box.x, middle});
    }

    Result take()
    {
        for (std::size_t link = 0; link < m_graph.links.size(); ++link) {
            const GraphLink &ends = m_graph.links[link];
            if (ends.parent == ends.child)
                m_result.links[link].points = selfLoop(m_result.boxes[ends.child], m_graph.spacing.column / 2);
        }
        for (const Placement &box : m_result.boxes)
            include({box.x + box.width, box.y + box.height});
        for (const Route &route : m_result.links) {
            for (const Point point : route.points)
                include(point);
        }
        return std::move(m_result);
    }

private:
    void include(Point point)
    {
        m_result.width = std::max(m_result.width, point.x);
        m_result.height = std::max(m_result.height, point.y);
    }

    const LayoutGraph &m_graph;
    Result m_result;
};

} // namespace

Result place(const Request &request)
{
    LayoutCache cache;
    return place(request, cache);
}

Result place(const Request &request, LayoutCache &cache)
{
    cache.nextCall();
    const LayoutGraph graph = normalised(request);
    const Folding folding = fold(graph);
    const std::vector<Component> parts = components(graph, folding);
    const Drawings drawings(parts, request.graphvizLimit, cache);
    const std::vector<Point> corners = drawings.corners(graph.spacing.component);

    Assembly assembly(graph);
    for (std::size_t part = 0; part < parts.size(); ++part)
        assembly.add(parts[part], drawings.of(part), corners[part]);
    for (const FoldedLeaf &leaf : folding.leaves)
        assembly.add(leaf);
    return assembly.take();
}

} // namespace blockscope::layout
