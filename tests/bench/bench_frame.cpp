// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// One frame of the window with 1,000 nodes and 100 running jobs: following the World and painting, against one bare
// QPainter pass that draws the same faces at the same level of detail. Ratios within one run, CPU time of this thread.
#include "engine/run/apply.h"
#include "tests/bench/measure.h"
#include "tests/support/worlds.h"
#include "views/graph/facebuilder.h"
#include "views/graph/graphscene.h"
#include "views/graph/zoomview.h"

#include <QApplication>
#include <QScrollBar>

#include <cstdio>

using namespace blockscope;
using namespace blockscope::views;

namespace {

constexpr std::size_t kRounds = 15;
constexpr int kDisks = 100;

/// Median CPU time of one call on this thread, in milliseconds.
template <class Prepare, class Work>
double millisecondsOf(Prepare prepare, Work work)
{
    return 1e3 * bench::medianOf(kRounds, prepare, work, CLOCK_THREAD_CPUTIME_ID);
}

World worldWithJobs()
{
    World world = test::diskWorld(kDisks, 5);
    for (int disk = 0; disk < kDisks; ++disk) {
        const std::string name = "d" + std::to_string(disk);
        const Object arguments{{"device", name + "-4"},
                               {"top-node", name + "-3"},
                               {"base-node", name + "-1"},
                               {"job-id", "j" + std::to_string(disk)}};
        [[maybe_unused]] const Outcome outcome = apply(world, QmpCommand{"block-commit", arguments});
    }
    return world;
}

/// The bare pass: the faces of \a nodes, drawn where they stand, and nothing else.
void drawFaces(QImage &image, const QTransform &transform, const GraphScene &scene, const std::vector<NodeId> &nodes,
               bool withLinks)
{
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setTransform(transform);
    PainterCanvas canvas(painter, scene.look().fonts);
    const Detail detail = detailAt(transform.m11());
    const QRectF seen = transform.inverted().mapRect(QRectF(image.rect()));
    const auto draw = [&](const auto *item, const auto &face, auto drawFace) {
        if (item->sceneBoundingRect().intersects(seen))
            drawFace(canvas, face, scene.look().theme, detail);
    };
    const auto moved = [](auto face, QPointF by) {
        face.rect.translate(by);
        return face;
    };
    const QList<QGraphicsItem *> items = withLinks ? scene.items() : QList<QGraphicsItem *>();
    for (const QGraphicsItem *item : items) {
        if (const auto *edge = qgraphicsitem_cast<const EdgeItem *>(item))
            draw(edge, edge->face(), drawEdge);
        else if (const auto *user = qgraphicsitem_cast<const UserItem *>(item))
            draw(user, moved(user->face(), user->pos()), drawUser);
    }
    for (NodeId id : nodes) {
        if (const NodeItem *item = scene.nodeItem(id))
            draw(item, moved(item->face(), item->pos()), drawNode);
    }
}

struct Bench
{
    World world = worldWithJobs();
    GraphScene scene{theme(ThemeKind::Light)};
    ZoomView view;
    Delta delta;

    Bench()
    {
        scene.setAnimated(false);
        view.setScene(&scene);
        view.resize(1600, 1000);
        view.show();
        const Topology topology = topologyOf(world);
        scene.arrange(world, topology, place(topology), {});
        view.setContent(scene.graphRect());
        QApplication::processEvents();
    }

    /// One step of every job, as between two frames.
    void step()
    {
        const World before = world;
        for (JobId job : world.liveJobs())
            [[maybe_unused]] const Outcome outcome = apply(world, StepControl{world.job(job).name, 1});
        delta = difference(before, world);
    }

    void measure(const char *where)
    {
        QApplication::processEvents();
        QImage image(view.viewport()->size(), QImage::Format_RGB32);
        const std::vector<NodeId> all = world.graph.nodes();
        const auto nothing = [] {};
        const double full = millisecondsOf(nothing, [&] { view.viewport()->repaint(); });
        const double bareFull =
            millisecondsOf(nothing, [&] { drawFaces(image, view.viewportTransform(), scene, all, true); });
        const auto frame = [&] {
            scene.follow(world, delta);
            QApplication::processEvents(); // the scene collects, the view paints what it must
        };
        const double jobs = millisecondsOf([&] { step(); }, frame);
        const double bareJobs =
            millisecondsOf(nothing, [&] { drawFaces(image, view.viewportTransform(), scene, delta.nodes, false); });
        std::printf("%-5s zoom %.2f  whole view %6.2f ms, bare pass %6.2f ms, ratio %5.2f (goal <= 1.50) %s\n", where,
                    view.zoom(), full, bareFull, full / bareFull, full <= 1.5 * bareFull ? "PASS" : "MISS");
        std::printf(
            "%-5s zoom %.2f  %zu nodes changed by %zu jobs %6.2f ms (goal < 16 ms %s), bare pass of them %6.2f ms, "
            "ratio %5.2f\n",
            where, view.zoom(), delta.nodes.size(), world.liveJobs().size(), jobs, jobs < 16 ? "PASS" : "MISS",
            bareJobs, jobs / bareJobs);
    }
};

} // namespace

int main(int argc, char **argv)
{
    const QApplication app(argc, argv);
    Bench bench;
    std::printf("%zu nodes, view 1600 x 1000\n", bench.world.graph.nodes().size());
    bench.view.fit();
    bench.measure("fit");
    bench.view.zoomToActualSize();
    bench.measure("100 %");
    return 0;
}
