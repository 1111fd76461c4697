// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "engine/run/apply.h"
#include "engine/text/findingtext.h"
#include "tests/support/worlds.h"
#include "views/graph/boxtips.h"
#include "views/graph/facebuilder.h"
#include "views/graph/picturebuilder.h"
#include "views/graph/readingorder.h"

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

DirtyBitmap bitmap(const char *name, std::optional<JobId> busy = {})
{
    DirtyBitmap made;
    made.name = name;
    made.busy = busy;
    return made;
}

InternalSnapshot snapshot(const char *id, const char *name)
{
    InternalSnapshot made;
    made.id = id;
    made.name = name;
    return made;
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
    void aFindingIsShownWhereItIs();
    void damageGoesBeforeWhatWasStopped();
    void findingsAreToldInFull();
    void whatAnImageHoldsIsShown();
    void bitmapsAreShownOnceBelowARawNode();
    void anInactiveNodeSaysSo();
    void otherProcessesAreNamed();
    void theSameImageIsNamed();
    void usersTellTheirKind_data();
    void usersTellTheirKind();
    void flagsMoveNothing();
    void equalInputGivesAnEqualPicture();
    void onlyTopologyDecidesThePlaces();
    void boxesStandInReadingOrder();
    void everyBoxHasOnePlaceInTheOrder_data() { everyGraphHasAPicture_data(); }
    void everyBoxHasOnePlaceInTheOrder();
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

void TestPictureBuilder::aFindingIsShownWhereItIs()
{
    World world = test::chainWorld({"base", "top"}, "vda");
    const NodeId top = *world.graph.findNode("top");
    const Stamp written{Stamp::Kind::User, 0, 1};
    world.findings.edit().push_back({Finding::Kind::LostWrite,
                                     1,
                                     top,
                                     Holder::of(UserId{0}),
                                     5,
                                     {Cluster::State::Data, written, written},
                                     {Cluster::State::Zero, {}, {}}});
    const Picture picture = buildPicture(world);
    const NodeFace *face = nodeIn(picture, u"top"_s);
    QVERIFY2(face->finding.contains(u"guest vda lost a write"_s), qPrintable(face->finding));
    QVERIFY(!face->stopped);
    for (std::size_t i = 0; i < face->data.size(); ++i)
        QCOMPARE(face->data[i].damaged, i == 5);
    QVERIFY(nodeIn(picture, u"base"_s)->finding.isEmpty());
    // One that names no cluster marks none, and one past the end of the strip does no harm.
    world.findings.edit() = {{Finding::Kind::StaleHeader, 1, top, Holder::of(UserId{0}), 0, {}, {}}};
    QVERIFY(!FaceBuilder(world).node(top, false).data[0].damaged);
    world.findings.edit() = {
        {Finding::Kind::LostWrite, 1, top, {}, 70000, {Cluster::State::Data, written, written}, Cluster()}};
    QVERIFY(!FaceBuilder(world).node(top, false).finding.isEmpty());
}

void TestPictureBuilder::damageGoesBeforeWhatWasStopped()
{
    World world = test::chainWorld({"base", "top"}, "vda");
    const NodeId top = *world.graph.findNode("top");
    world.findings.edit() = {{Finding::Kind::AccessViolation, 1, top, Holder::of(UserId{0}), 0, {}, {}}};
    QVERIFY(FaceBuilder(world).node(top, false).stopped);
    world.findings.edit().push_back({Finding::Kind::SizeShrunk, 2, top, Holder::of(UserId{0}), 0, {}, {}});
    const NodeFace face = FaceBuilder(world).node(top, false);
    QVERIFY(!face.stopped);
    QVERIFY2(face.finding.contains(u"shorter"_s) && face.finding.contains(u"1 more"_s), qPrintable(face.finding));
}

void TestPictureBuilder::findingsAreToldInFull()
{
    World world = test::chainWorld({"base", "top"}, "vda");
    const NodeId top = *world.graph.findNode("top");
    PictureOptions options;
    options.refusal = Explanation{u"Refused."_s, {}};
    QCOMPARE(buildPicture(world, options).explanations, std::vector{*options.refusal});

    const Finding shrunk{Finding::Kind::SizeShrunk, 2, top, Holder::of(UserId{0}), 0, {}, {}};
    world.findings.edit() = {shrunk, {Finding::Kind::AccessViolation, 1, top, Holder::of(UserId{0}), 0, {}, {}}};
    const std::vector<Explanation> both = buildPicture(world, options).explanations;
    QCOMPARE(both.size(), std::size_t{2});
    QCOMPARE(both[0], *options.refusal);
    QVERIFY2(both[1].headline.contains(u"1 thing"_s) && both[1].headline.contains(u"1 access"_s),
             qPrintable(both[1].headline));
    QCOMPARE(both[1].lines.size(), 2);
    for (const QString &part : {findingTitle(world, shrunk), findingDetail(world, shrunk)})
        QVERIFY2(both[1].lines[0].contains(part), qPrintable(both[1].lines[0]));

    world.findings.edit().assign(15, shrunk);
    const QStringList lines = buildPicture(world).explanations.front().lines;
    QCOMPARE(lines.size(), 13);
    QVERIFY2(lines.back().contains(u"3 more"_s), qPrintable(lines.back()));
}

void TestPictureBuilder::whatAnImageHoldsIsShown()
{
    World world = worldWithCommit();
    const NodeId top = *world.graph.findNode("top");
    QVERIFY(FaceBuilder(world).node(top, false).tags.isEmpty());
    world.bitmaps.edit()[top] = {bitmap("b0"), bitmap("b1", JobId{0})};
    world.snapshots.edit()[top] = {snapshot("1", "before")};
    const QString tags = FaceBuilder(world).node(top, false).tags.join(u'|');
    QVERIFY2(tags.contains(u"2 bitmap"_s) && tags.contains(u"1 busy"_s) && tags.contains(u"1 snapshot"_s),
             qPrintable(tags));
    const QString tip = tipFor(world, top);
    QVERIFY2(tip.contains(u"b1"_s) && tip.contains(u"commit c0"_s) && tip.contains(u"before"_s), qPrintable(tip));
}

void TestPictureBuilder::bitmapsAreShownOnceBelowARawNode()
{
    World world;
    Node node;
    node.name = "file";
    node.driver = "file";
    const NodeId file = addNode(world, node, BlockData(4));
    node.name = "raw";
    node.driver = "raw";
    const NodeId raw = addNode(world, node);
    attach(world, Parent::of(raw), file, "file");
    world.bitmaps.edit()[file] = {bitmap("b0")};
    const Picture picture = buildPicture(world);
    QCOMPARE(nodeIn(picture, u"raw"_s)->tags.size(), 1);
    QVERIFY(nodeIn(picture, u"file"_s)->tags.isEmpty());
}

void TestPictureBuilder::anInactiveNodeSaysSo()
{
    World world = test::chainWorld({"base", "top"});
    setInactive(world, *world.graph.findNode("base"), true);
    const Picture picture = buildPicture(world);
    QVERIFY(nodeIn(picture, u"base"_s)->inactive && !nodeIn(picture, u"top"_s)->inactive);
    QCOMPARE(nodeIn(picture, u"base"_s)->tags, QStringList{u"inactive"_s});
    // What makes no sense while something is dragged is another thing.
    PictureOptions options;
    options.marks.verdicts[*world.graph.findNode("top")] = {DragVerdict::None, false, {}};
    const Picture dragged = buildPicture(world, options);
    QVERIFY(nodeIn(dragged, u"top"_s)->greyed && !nodeIn(dragged, u"top"_s)->inactive);
    QVERIFY(nodeIn(dragged, u"base"_s)->inactive);
}

void TestPictureBuilder::otherProcessesAreNamed()
{
    World world;
    Node node;
    node.name = "disk";
    node.driver = "null-co";
    node.host = "destination";
    const NodeId disk = addNode(world, node, BlockData(4));
    world.otherHosts.edit()["destination"] = "inmigrate";
    User user;
    user.name = "vda";
    user.host = "destination";
    addUser(world, user, disk);
    const Picture picture = buildPicture(world);
    QCOMPARE(picture.nodes.front().host, u"destination"_s);
    QCOMPARE(picture.users.front().host, u"destination"_s);
    QCOMPARE(picture.users.front().state, u"guest, inmigrate"_s); // its own process's state
    QVERIFY(!picture.users.front().running);
}

void TestPictureBuilder::theSameImageIsNamed()
{
    World world;
    Node node;
    node.name = "a";
    node.driver = "qcow2";
    const NodeId a = addNode(world, node, BlockData(4));
    node.name = "b";
    const NodeId b = addNode(world, node);
    shareImage(world, b, a);
    const FaceBuilder faces(world);
    QVERIFY(faces.node(a, false).tags.isEmpty());
    QVERIFY(faces.node(b, false).tags.join(u' ').endsWith(u" a"_s));
    QVERIFY(tipFor(world, a).contains(u"b shows the same image"_s));
    QVERIFY(faces.node(b, false).data == faces.node(a, false).data);
    QCOMPARE(faces.node(b, false).data.size(), std::size_t{4});
}

void TestPictureBuilder::usersTellTheirKind_data()
{
    QTest::addColumn<User>("user");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("state");
    const auto row = [](const char *name, const User &user, UserKind kind, const QString &state) {
        QTest::newRow(name) << user << static_cast<int>(kind) << state;
    };
    User guest;
    guest.name = "vda";
    row("guest", guest, UserKind::GuestDevice, u"guest, running"_s);
    User drive = guest;
    drive.isRemovable = true;
    drive.isWritable = false;
    row("drive", drive, UserKind::Drive, u"drive, running"_s);
    drive.isTrayOpen = true;
    row("open drive", drive, UserKind::OpenDrive, u"tray open, medium in"_s);
    User server;
    server.name = "e0";
    server.kind = User::Kind::Export;
    row("export", server, UserKind::Export, u"export, writable"_s);
    server.exportType = "nbd";
    row("nbd", server, UserKind::Export, u"nbd, writable"_s);
    server.exportType = "fuse";
    server.isWritable = false;
    row("fuse", server, UserKind::FuseExport, u"fuse, read-only"_s);
    server.exportType = "vhost-user-blk";
    row("vhost-user", server, UserKind::VhostExport, u"vhost-user-blk, read-only"_s);
}

void TestPictureBuilder::usersTellTheirKind()
{
    QFETCH(const User, user);
    World world = test::chainWorld({"base"}, {});
    const UserId id = addUser(world, user, world.graph.findNode("base"));
    const UserFace face = FaceBuilder(world).user(id);
    QTEST(static_cast<int>(face.kind), "kind");
    QTEST(face.state, "state");
}

void TestPictureBuilder::flagsMoveNothing()
{
    World world = worldWithCommit();
    const Picture before = buildPicture(world);
    const NodeId top = *world.graph.findNode("top");
    setInactive(world, *world.graph.findNode("base"), true);
    world.bitmaps.edit()[top] = {bitmap("b0")};
    world.findings.edit().push_back({Finding::Kind::SizeShrunk, 2, top, Holder::of(UserId{0}), 0, {}, {}});
    const Picture after = buildPicture(world);
    QVERIFY(!(after == before));
    for (std::size_t i = 0; i < before.nodes.size(); ++i)
        QCOMPARE(after.nodes[i].rect, before.nodes[i].rect);
    for (std::size_t i = 0; i < before.edges.size(); ++i)
        QVERIFY(after.edges[i].points == before.edges[i].points);
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

void TestPictureBuilder::boxesStandInReadingOrder()
{
    // As QEMU lists them: what was opened last comes first.
    World world;
    const auto add = [&world](const char *driver, const char *name) {
        Node node;
        node.driver = driver;
        node.name = name;
        return addNode(world, node);
    };
    const NodeId second = add("qcow2", "second disk");
    const NodeId quorum = add("quorum", "quorum");
    std::vector<NodeId> children;
    for (const char *name : {"c2", "c1", "c0"})
        children.insert(children.begin(), add("qcow2", name));
    for (std::size_t i = 0; i < children.size(); ++i)
        attach(world, Parent::of(quorum), children[i], "children." + std::to_string(i));
    User guest;
    guest.name = "vda";
    addUser(world, guest, quorum);
    guest.name = "vdb";
    addUser(world, guest, second);

    const Picture picture = buildPicture(world);
    const auto place = [&picture](const char16_t *name) { return nodeIn(picture, QString::fromUtf16(name))->rect; };
    QVERIFY(place(u"c0").left() < place(u"c1").left());
    QVERIFY(place(u"c1").left() < place(u"c2").left());
    const QRectF first = place(u"quorum");
    QVERIFY(place(u"second disk").top() > first.bottom() || place(u"second disk").left() > first.right());
}

void TestPictureBuilder::everyBoxHasOnePlaceInTheOrder()
{
    QFETCH(const World, world);
    const Topology topology = topologyOf(world);
    const ReadingOrder order(topology);
    QCOMPARE(order.boxes().size(), topology.nodes.size() + topology.leaves.size() + topology.users.size());
    for (std::uint32_t place = 0; place < order.boxes().size(); ++place)
        QCOMPARE(order.placeOf(order.boxes()[place]), place);
}

QTEST_GUILESS_MAIN(TestPictureBuilder)
#include "tst_picturebuilder.moc"
