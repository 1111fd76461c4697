// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// Goals 1, 2 and 3 of the budgets: a layout against plain Graphviz over the same fixed boxes. Ratios within one run,
// CPU time of this process. BLOCKSCOPE_BENCH_LONG=1 lets Graphviz place 10,000 boxes too, which takes minutes.
#include "tests/bench/graphs.h"
#include "tests/bench/measure.h"
#include "views/layout/component.h"
#include "views/layout/layoutengine.h"

#include <cstdio>
#include <cstdlib>
#include <gvc.h>
#include <string>

using namespace blockscope;
using bench::medianOf;
using namespace blockscope::layout;

namespace {

char *mutableText(const char *text)
{
    return const_cast<char *>(text);
}

/// Places a whole graph with one gvLayout, every attribute but the sizes as it comes.
class Peer
{
public:
    Peer() : m_context(gvContext()) {}
    ~Peer() { gvFreeContext(m_context); }
    Peer(const Peer &) = delete;
    Peer &operator=(const Peer &) = delete;

    void place(const Shape &shape)
    {
        Agraph_t *graph = agopen(mutableText("peer"), Agdirected, nullptr);
        agattr(graph, AGNODE, mutableText("shape"), mutableText("box"));
        agattr(graph, AGNODE, mutableText("fixedsize"), mutableText("true"));
        agattr(graph, AGNODE, mutableText("label"), mutableText(""));
        Agsym_t *width = agattr(graph, AGNODE, mutableText("width"), mutableText("1"));
        Agsym_t *height = agattr(graph, AGNODE, mutableText("height"), mutableText("1"));
        std::vector<Agnode_t *> nodes;
        for (const ShapeNode &node : shape.nodes) {
            nodes.push_back(agnode(graph, nullptr, 1));
            agxset(nodes.back(), width, std::to_string((node.left + node.right) / 72).data());
            agxset(nodes.back(), height, std::to_string(node.height / 72).data());
        }
        for (const ShapeLink &link : shape.links)
            agedge(graph, nodes[link.upper], nodes[link.lower], nullptr, 1);
        gvLayout(m_context, graph, "dot");
        gvFreeLayout(m_context, graph);
        agclose(graph);
    }

private:
    GVC_t *m_context;
};

/// All boxes of \a request and all its links as one graph: what a plain program would hand to Graphviz.
Shape whole(const Request &request)
{
    const LayoutGraph graph = normalised(request);
    Shape shape;
    for (const Box &box : graph.boxes)
        shape.nodes.push_back({box.width / 2, box.width / 2, box.height});
    for (const GraphLink &link : graph.links)
        shape.links.push_back({link.parent, link.child, link.chain});
    return shape;
}

void report(const char *goal, const char *what, double ours, double peer, double limit)
{
    const double ratio = ours / peer;
    std::printf("goal %s: %s = %.6f (goal <= %.6f) %s   [%.3f ms / %.1f ms]\n", goal, what, ratio, limit,
                ratio <= limit ? "PASS" : "MISS", 1e3 * ours, 1e3 * peer);
    std::fflush(stdout);
}

double placeTime(const Request &request)
{
    return medianOf(9, [&] { (void)place(request); });
}

void oneGraph(Peer &peer, const char *goal, const char *what, const Request &request, double limit, std::size_t rounds)
{
    const Shape shape = whole(request);
    const double ours = placeTime(request);
    report(goal, what, ours, medianOf(rounds, [&] { peer.place(shape); }), limit);
}

/// One overlay more on one of 909 disks, all others known.
void edit(Peer &peer)
{
    const Request before = bench::disks(10000);
    Request after = before;
    after.boxes.push_back({20000, 256, 120, false});
    after.links.push_back({20000, 20000, before.boxes[before.boxes.size() / 2].id, true});
    LayoutCache cache;
    (void)place(before, cache);
    const double ours = medianOf(9, [&] { (void)place(after, cache); });

    const LayoutGraph graph = normalised(after);
    const std::vector<Component> parts = components(graph, fold(graph));
    const double apart = medianOf(3, [&] {
        for (const Component &part : parts)
            peer.place(part.shape);
    });
    report("3", "edit of disks-10000 / Graphviz for each component", ours, apart, 1.0 / 100);
}

} // namespace

int main()
{
    Peer peer;
    oneGraph(peer, "1", "layout mixed-1000 / one gvLayout", bench::mixed(1000), 1.0 / 8, 5);
    const Request large = bench::onebase(10000);
    if (std::getenv("BLOCKSCOPE_BENCH_LONG") != nullptr) {
        oneGraph(peer, "1", "layout mixed-10000 / one gvLayout", bench::mixed(10000), 1.0 / 150, 1);
        oneGraph(peer, "2", "layout onebase-10000 / one gvLayout", large, 1.0 / 2000, 1);
    } else {
        const Shape shape = whole(bench::onebase(2000));
        report("2", "layout onebase-10000 / one gvLayout of onebase-2000, a fifth of it", placeTime(large),
               medianOf(1, [&] { peer.place(shape); }), 1.0 / 50);
    }
    report("2", "growth, per box: onebase-10000 / onebase-1000", placeTime(large) / 10, placeTime(bench::onebase(1000)),
           1.1);
    edit(peer);
}
