// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/linearlayout.h"

#include "views/layout/columns.h"
#include "views/layout/layering.h"
#include "views/layout/routes.h"
#include "views/layout/rowgraph.h"

#include <algorithm>
#include <cmath>

namespace blockscope::layout {
namespace {

struct Band
{
    double top = 0;
    double bottom = 0;
};

std::vector<Band> bandsOf(const RowGraph &graph, double gap)
{
    std::vector<Band> bands(graph.rows());
    for (std::size_t node = 0; node < graph.nodes.size(); ++node) {
        Band &band = bands[graph.row[node]];
        band.bottom = std::max(band.bottom, graph.nodes[node].height);
    }
    double y = 0;
    for (Band &band : bands) {
        const double height = std::ceil(band.bottom);
        band = {y, y + height};
        y += height + gap;
    }
    return bands;
}

std::vector<Point> routeOf(const ShapeLink &link, Bends bends, const RowGraph &graph, const std::vector<Band> &bands,
                           std::span<const Point> places)
{
    const auto bandOf = [&](std::uint32_t node) { return bands[graph.row[node]]; };
    const Point upper = places[link.upper];
    const Point lower = places[link.lower];
    RouteBuilder route({upper.x, upper.y + graph.nodes[link.upper].height / 2});
    route.lineTo({upper.x, bandOf(link.upper).bottom});
    for (std::uint32_t bend = bends.first; bend < bends.first + bends.count; ++bend) {
        route.curveTo({places[bend].x, bandOf(bend).top});
        route.lineTo({places[bend].x, bandOf(bend).bottom});
    }
    route.curveTo({lower.x, bandOf(link.lower).top});
    route.lineTo({lower.x, lower.y - graph.nodes[link.lower].height / 2});
    return route.take();
}

} // namespace

Drawing placeLinear(const Shape &shape)
{
    const RowGraph graph = rowGraph(shape, layersOf(shape));
    const std::vector<Band> bands = bandsOf(graph, shape.spacing.row);
    const std::vector<double> columns = columnsOf(graph, shape.spacing.column);
    std::vector<Point> places;
    places.reserve(columns.size());
    for (std::size_t node = 0; node < columns.size(); ++node) {
        const Band &band = bands[graph.row[node]];
        places.push_back({columns[node], (band.top + band.bottom) / 2});
    }

    Drawing drawing;
    drawing.routes.reserve(shape.links.size());
    for (std::size_t link = 0; link < shape.links.size(); ++link)
        drawing.routes.push_back(routeOf(shape.links[link], graph.bends[link], graph, bands, places));
    places.resize(graph.boxes);
    drawing.anchors = std::move(places);
    settle(drawing, shape);
    return drawing;
}

} // namespace blockscope::layout
