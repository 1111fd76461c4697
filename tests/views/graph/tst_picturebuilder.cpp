// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "engine/run/apply.h"
#include "tests/support/worlds.h"
#include "views/graph/facebuilder.h"
#include "views/graph/picturebuilder.h"

#include <QTest>

#include <set>

using namespace blockscope;
using namespace blockscope::views;
using namespace Qt::StringLiterals;

namespace {

World worldWithCommit()
{
    World world = test::chainWorld({"base", "mid", "top"}, "vda");
    const Object arguments{{"device", "top"}, {"top-node", "mid"}, {"base-node", "base"}, {"job-id", "c0"}};
    [[maybe_unused]] const Outcome outcome = apply(world, QmpCommand{"block-commit", arguments});
    Q_ASSERT(outcome.kind == Outcome::Kind::Allowed);
    return world;
}

const NodeFace *nodeIn(const Picture &picture, const QString &name)
{
    const auto found = std::find_if(picture.nodes.begin(), picture.nodes.end(),
                                    [&](const NodeFace &face) { return face.name == name; });
    return found == picture.nodes.end() ? nullptr : &*found;
}

World cyclicWorld()
{
    World world;
    Node node;
    node.driver = "qcow2";
    node.name = "a";
    const NodeId a = addNode(world, node);
    node.name = "b";
    const NodeId b = addNode(world, node);
    attach(world, Parent::of(a), b, "backing");
    attach(world, Parent::of(b), a, "backing");
    attach(world, Parent::of(b), b, "file");
    return world;
}

World unnamedWorld()
{
    World world;
    Node node;
    node.driver = "made-up";
    const NodeId only = addNode(world, node);
    addUser(world, User(), only);
    return world;
}

} // namespace

class TestPictureBuilder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyGraphHasAPicture_data();
    void everyGraphHasAPicture();
    void leavesAreFoldedBesideTheirParent();
    void usersStandAboveWhatTheyUse();
    void aJobIsShownInItsNodes();
    void aJobsOwnBackendHasNoBox();
    void cellsCountWhoHolds();
    void linksUnderAJobAreFrozen();
    void dataIsColouredByWhoWroteIt();
    void marksAreShown();
    void aRefusalMarksItsReasons();
    void equalInputGivesAnEqualPicture();
    void onlyTopologyDecidesThePlaces();
};

void TestPictureBuilder::everyGraphHasAPicture_data()
{
    QTest::addColumn<World>("world");
    QTest::addColumn<int>("nodes");
    QTest::addColumn<int>("users");
    QTest::addColumn<int>("edges");
    QTest::newRow("nothing") << World() << 0 << 0 << 0;
    QTest::newRow("a chain") << test::chainWorld({"base", "top"}, "vda") << 4 << 1 << 4;
    QTest::newRow("two disks") << test::diskWorld(2, 3) << 12 << 2 << 12;
    QTest::newRow("a cycle") << cyclicWorld() << 2 << 0 << 3;
    QTest::newRow("without names") << unnamedWorld() << 1 << 1 << 1;
    QTest::newRow("with a job") << worldWithCommit() << 6 << 1 << 6;
}

void TestPictureBuilder::everyGraphHasAPicture()
{
    QFETCH(const World, world);
    const Picture picture = buildPicture(world);
    QTEST(static_cast<int>(picture.nodes.size()), "nodes");
    QTEST(static_cast<int>(picture.users.size()), "users");
    QTEST(static_cast<int>(picture.edges.size()), "edges");
    for (const NodeFace &node : picture.nodes) {
        QVERIFY(!node.rect.isEmpty());
        QVERIFY(!node.name.isEmpty());
        for (const NodeFace &other : picture.nodes)
            QVERIFY2(&other == &node || !other.rect.intersects(node.rect), qPrintable(node.name));
    }
    for (const EdgeFace &edge : picture.edges)
        QVERIFY(edge.points.size() >= 2);
}

void TestPictureBuilder::leavesAreFoldedBesideTheirParent()
{
    const Picture picture = buildPicture(test::chainWorld({"base", "top"}, "vda"));
    const NodeFace *top = nodeIn(picture, u"top"_s);
    const NodeFace *file = nodeIn(picture, u"top-file"_s);
    QVERIFY(top != nullptr && file != nullptr);
    QVERIFY(file->protocol && !top->protocol);
    QCOMPARE(file->rect.size(), protocolSize());
    QVERIFY(file->rect.left() > top->rect.right());
    QVERIFY(file->rect.top() < top->rect.bottom() && file->rect.bottom() > top->rect.top());
}

void TestPictureBuilder::usersStandAboveWhatTheyUse()
{
    const Picture picture = buildPicture(test::chainWorld({"base", "top"}, "vda"));
    QCOMPARE(picture.users.size(), std::size_t{1});
    QCOMPARE(picture.users.front().name, u"vda"_s);
    QVERIFY(picture.users.front().running);
    QVERIFY(picture.users.front().rect.bottom() < nodeIn(picture, u"top"_s)->rect.top());
    QVERIFY(nodeIn(picture, u"top"_s)->rect.bottom() < nodeIn(picture, u"base"_s)->rect.top());
}

void TestPictureBuilder::aJobIsShownInItsNodes()
{
    World world = worldWithCommit();
    [[maybe_unused]] const Outcome outcome = apply(world, StepControl{"c0", 20});
    const Picture picture = buildPicture(world);
    const NodeFace *base = nodeIn(picture, u"base"_s);
    QCOMPARE(base->jobs.size(), std::size_t{1});
    QCOMPARE(base->jobs.front().id, u"c0"_s);
    QCOMPARE(base->jobs.front().type, u"block-commit"_s);
    QVERIFY(base->jobs.front().role.contains("base"_L1));
    QVERIFY(base->jobs.front().percent > 0 && base->jobs.front().percent < 100);
    QVERIFY(base->jobs.front().look == JobLook::Running);
    QVERIFY(nodeIn(picture, u"base-file"_s)->jobs.empty());
}

void TestPictureBuilder::aJobsOwnBackendHasNoBox()
{
    World world = worldWithCommit();
    const std::size_t before = buildPicture(world).edges.size();
    User backend;
    backend.kind = User::Kind::Backend;
    backend.job = JobId{0};
    addUser(world, backend, world.graph.findNode("base"));
    attach(world, Parent::of(JobId{0}), *world.graph.findNode("mid"), "main node");
    const Picture picture = buildPicture(world);
    QCOMPARE(picture.users.size(), std::size_t{1});
    QCOMPARE(picture.edges.size(), before);
}

void TestPictureBuilder::cellsCountWhoHolds()
{
    World world;
    const NodeId node = test::addImage(world, "only", {}, false);
    QVERIFY(!buildPicture(world).nodes.back().cells[0].held);
    for (const char *name : {"vda", "vdb"}) {
        User user;
        user.name = name;
        addUser(world, user, node);
    }
    const Ledger::Counts counts = world.ledger.counts(node);
    const NodeFace face = FaceBuilder(world).node(node, false);
    for (std::size_t i = 0; i < 5; ++i) {
        QVERIFY(face.cells[i].held);
        QCOMPARE(face.cells[i].requireCount, static_cast<int>(counts.require[i]));
        QCOMPARE(face.cells[i].allowed, counts.deny[i] == 0);
    }
    QCOMPARE(face.cells[static_cast<std::size_t>(Action::ReadVisible)].requireCount, 2);
    QVERIFY(!face.cells[static_cast<std::size_t>(Action::ModifyVisible)].allowed);
}

void TestPictureBuilder::linksUnderAJobAreFrozen()
{
    const auto frozen = [](const World &world) {
        std::set<QString> roles;
        for (const EdgeFace &edge : buildPicture(world).edges) {
            if (edge.frozen)
                roles.insert(edge.role);
        }
        return roles.size();
    };
    QCOMPARE(frozen(test::chainWorld({"base", "mid", "top"}, "vda")), std::size_t{0});
    QCOMPARE(frozen(worldWithCommit()), std::size_t{1});
}

void TestPictureBuilder::dataIsColouredByWhoWroteIt()
{
    World world = test::chainWorld({"base", "top"}, "vda");
    const Outcome outcome = apply(world, GuestWriteControl{"vda", 63});
    QVERIFY(outcome.kind == Outcome::Kind::Allowed);
    const Picture picture = buildPicture(world);
    const NodeFace *base = nodeIn(picture, u"base"_s);
    const NodeFace *top = nodeIn(picture, u"top"_s);
    const auto first = [](const NodeFace &face) {
        return *std::find_if(face.data.begin(), face.data.end(),
                             [](const DataCell &cell) { return cell.kind == DataCell::Kind::Value; });
    };
    QVERIFY(first(*base).color != first(*top).color);
    QVERIFY(top->data[63].kind == DataCell::Kind::Value);
    QVERIFY(top->data[63].color != first(*top).color);
}

void TestPictureBuilder::marksAreShown()
{
    const World world = test::chainWorld({"base", "top"}, "vda");
    const NodeId base = *world.graph.findNode("base");
    PictureOptions options;
    options.title = u"Title"_s;
    options.hasLegend = true;
    options.marks.selectedNode = world.graph.findNode("top");
    options.marks.litNodes = {base};
    options.marks.litHolders = {Holder::of(UserId{0})};
    options.marks.verdicts[base] = {DragVerdict::Refused, true, u"because"_s};
    options.marks.clashes[base].require.insert(Action::GraphReconfiguration);
    const Picture picture = buildPicture(world, options);
    QCOMPARE(picture.title, u"Title"_s);
    QVERIFY(picture.legend);
    QVERIFY(nodeIn(picture, u"top"_s)->selected && !nodeIn(picture, u"base"_s)->selected);
    QVERIFY(nodeIn(picture, u"base"_s)->highlighted && picture.users.front().highlighted);
    QCOMPARE(nodeIn(picture, u"base"_s)->reason, u"because"_s);
    QVERIFY(nodeIn(picture, u"base"_s)->cells[2].clashRequire);
    QVERIFY(!nodeIn(picture, u"base"_s)->cells[2].clashAllow);
}

void TestPictureBuilder::aRefusalMarksItsReasons()
{
    World world = worldWithCommit();
    const Outcome outcome = apply(world, QmpCommand{"block-stream", {{"device", "top"}}});
    QVERIFY(outcome.kind == Outcome::Kind::Refused);
    PictureOptions options;
    options.marks = marksOf(outcome.verdict, u"because"_s);
    const Picture picture = buildPicture(world, options);
    int refused = 0;
    int clashes = 0;
    for (const NodeFace &node : picture.nodes) {
        refused += node.verdict == DragVerdict::Refused ? 1 : 0;
        for (const ActionCell &cell : node.cells)
            clashes += (cell.clashAllow || cell.clashRequire) ? 1 : 0;
    }
    QVERIFY(refused > 0);
    QVERIFY(clashes >= refused);
}

void TestPictureBuilder::equalInputGivesAnEqualPicture()
{
    QVERIFY(buildPicture(worldWithCommit()) == buildPicture(worldWithCommit()));
}

void TestPictureBuilder::onlyTopologyDecidesThePlaces()
{
    World world = worldWithCommit();
    const Topology before = topologyOf(world);
    for (int i = 0; i < 30; ++i) {
        [[maybe_unused]] const Outcome outcome = apply(world, StepControl{"c0", 1});
        QVERIFY(topologyOf(world) == before);
    }
}

QTEST_GUILESS_MAIN(TestPictureBuilder)
#include "tst_picturebuilder.moc"
