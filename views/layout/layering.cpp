// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/layering.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace blockscope::layout {

std::vector<std::uint32_t> topologicalOrder(const Shape &shape, const Adjacency &down)
{
    std::vector<std::uint32_t> waiting(shape.nodes.size(), 0);
    for (const ShapeLink &link : shape.links)
        ++waiting[link.lower];
    std::vector<std::uint32_t> order;
    order.reserve(shape.nodes.size());
    for (std::uint32_t node = 0; node < waiting.size(); ++node) {
        if (waiting[node] == 0)
            order.push_back(node);
    }
    for (std::size_t done = 0; done < order.size(); ++done) {
        for (const std::uint32_t link : down.at(order[done])) {
            if (--waiting[shape.links[link].lower] == 0)
                order.push_back(shape.links[link].lower);
        }
    }
    return order;
}

namespace {

// Moving nodes down may leave rows empty.
void closeGaps(std::vector<std::uint32_t> &layers)
{
    std::vector<std::uint32_t> number(*std::max_element(layers.begin(), layers.end()) + 1, 0);
    for (const std::uint32_t layer : layers)
        number[layer] = 1;
    std::exclusive_scan(number.begin(), number.end(), number.begin(), 0U);
    for (std::uint32_t &layer : layers)
        layer = number[layer];
}

} // namespace

std::vector<std::uint32_t> layersOf(const Shape &shape)
{
    const Adjacency down(shape.nodes.size(), shape.links, &ShapeLink::upper);
    const Adjacency up(shape.nodes.size(), shape.links, &ShapeLink::lower);
    const std::vector<std::uint32_t> order = topologicalOrder(shape, down);
    std::vector<std::uint32_t> layers(shape.nodes.size(), 0);
    for (const std::uint32_t node : order) {
        for (const std::uint32_t link : down.at(node)) {
            const std::uint32_t lower = shape.links[link].lower;
            layers[lower] = std::max(layers[lower], layers[node] + 1);
        }
    }
    for (auto node = order.rbegin(); node != order.rend(); ++node) {
        const auto links = down.at(*node);
        if (links.empty() || links.size() < up.at(*node).size())
            continue;
        std::uint32_t highest = std::numeric_limits<std::uint32_t>::max();
        for (const std::uint32_t link : links)
            highest = std::min(highest, layers[shape.links[link].lower]);
        layers[*node] = highest - 1;
    }
    closeGaps(layers);
    return layers;
}

} // namespace blockscope::layout
