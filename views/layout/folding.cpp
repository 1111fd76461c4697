// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "views/layout/folding.h"

#include <algorithm>
#include <span>

namespace blockscope::layout {
namespace {

constexpr std::uint32_t kMostLeaves = 4; // more would make a pile much taller than their parent

struct Use
{
    std::uint32_t asParent = 0;
    std::uint32_t asChild = 0;
    std::uint32_t lastLink = kNone; // the one it is a child of
};

std::vector<Use> usesOf(const LayoutGraph &graph)
{
    std::vector<Use> uses(graph.boxes.size());
    for (std::uint32_t link = 0; link < graph.links.size(); ++link) {
        ++uses[graph.links[link].parent].asParent;
        ++uses[graph.links[link].child].asChild;
        uses[graph.links[link].child].lastLink = link;
    }
    return uses;
}

// Piles the leaves of one host to its right, the middle of the pile at the middle of the host.
void pile(const LayoutGraph &graph, std::span<FoldedLeaf> leaves, Folding &folding)
{
    const Box &host = graph.boxes[leaves.front().host];
    const double gap = graph.spacing.leaf / 2;
    double height = -gap;
    double width = 0;
    for (const FoldedLeaf &leaf : leaves) {
        height += graph.boxes[leaf.box].height + gap;
        width = std::max(width, graph.boxes[leaf.box].width);
    }
    double y = -height / 2;
    for (FoldedLeaf &leaf : leaves) {
        leaf.offset = {host.width / 2 + graph.spacing.leaf, y};
        y += graph.boxes[leaf.box].height + gap;
        folding.foldedBox[leaf.box] = true;
        folding.foldedLink[leaf.link] = true;
    }
    ShapeNode &extent = folding.extents[leaves.front().host];
    extent.right += graph.spacing.leaf + width;
    extent.height = std::max(extent.height, height);
}

} // namespace

Folding fold(const LayoutGraph &graph)
{
    Folding folding;
    folding.foldedBox.resize(graph.boxes.size());
    folding.foldedLink.resize(graph.links.size());
    folding.extents.reserve(graph.boxes.size());
    for (const Box &box : graph.boxes)
        folding.extents.push_back({box.width / 2, box.width / 2, box.height});

    std::vector<FoldedLeaf> leaves;
    const std::vector<Use> uses = usesOf(graph);
    for (std::uint32_t box = 0; box < graph.boxes.size(); ++box) {
        const Use &use = uses[box];
        if (graph.boxes[box].folded && use.asChild == 1 && use.asParent == 0)
            leaves.push_back({box, graph.links[use.lastLink].parent, use.lastLink, {}});
    }
    std::stable_sort(leaves.begin(), leaves.end(),
                     [](const FoldedLeaf &a, const FoldedLeaf &b) { return a.host < b.host; });
    for (std::size_t begin = 0, end = 0; begin < leaves.size(); begin = end) {
        while (end < leaves.size() && leaves[end].host == leaves[begin].host)
            ++end;
        if (end - begin > kMostLeaves)
            continue;
        pile(graph, std::span(leaves).subspan(begin, end - begin), folding);
        folding.leaves.insert(folding.leaves.end(), leaves.begin() + static_cast<std::ptrdiff_t>(begin),
                              leaves.begin() + static_cast<std::ptrdiff_t>(end));
    }
    return folding;
}

} // namespace blockscope::layout
