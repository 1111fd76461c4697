// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "engine/run/apply.h"
#include "tests/support/worlds.h"
#include "views/graph/graphscene.h"
#include "views/graph/legendpanel.h"

#include <QTest>

#include <algorithm>

using namespace blockscope;
using namespace blockscope::views;

namespace {

void arrange(GraphScene &scene, const World &world)
{
    const Topology topology = topologyOf(world);
    scene.arrange(world, topology, place(topology), {});
}

bool explainsJobs(const LegendPanel &panel)
{
    const auto &nodes = panel.explained().nodes;
    return std::any_of(nodes.begin(), nodes.end(), [](const NodeFace &node) { return !node.jobs.empty(); });
}

} // namespace

class TestLegendPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void explainsWhatIsInTheGraph();
    void nothingIsDoneWhileItIsHidden();
    void theGroupsFitThePanel();
};

void TestLegendPanel::explainsWhatIsInTheGraph()
{
    World world = test::chainWorld({"base", "mid", "top"}, "vda");
    GraphScene scene(theme(ThemeKind::Light));
    scene.setAnimated(false);
    LegendPanel panel(scene);
    panel.resize(300, 900);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    arrange(scene, world);
    QTRY_COMPARE(panel.explained().nodes.size(), std::size_t{6});
    QVERIFY(!explainsJobs(panel));
    const int height = panel.widget()->height();

    apply(world, QmpCommand{"block-stream", {{"device", "top"}, {"job-id", "s"}}});
    scene.refresh(world);
    QTRY_VERIFY(explainsJobs(panel));
    QVERIFY(panel.widget()->height() > height);
}

void TestLegendPanel::nothingIsDoneWhileItIsHidden()
{
    GraphScene scene(theme(ThemeKind::Light));
    LegendPanel panel(scene);
    arrange(scene, test::chainWorld({"base", "top"}, "vda"));
    QVERIFY(panel.explained().nodes.empty());
    panel.show();
    QCOMPARE(panel.explained().nodes.size(), std::size_t{4});
}

void TestLegendPanel::theGroupsFitThePanel()
{
    GraphScene scene(theme(ThemeKind::Light));
    arrange(scene, test::chainWorld({"base", "top"}, "vda"));
    LegendPanel panel(scene);
    panel.resize(300, 900);
    panel.show();
    const QSize tall = panel.widget()->size();
    panel.resize(900, 300);
    const QSize wide = panel.widget()->size();
    QVERIFY(tall.height() > wide.height() && tall.width() < wide.width());
}

QTEST_MAIN(TestLegendPanel)
#include "tst_legendpanel.moc"
