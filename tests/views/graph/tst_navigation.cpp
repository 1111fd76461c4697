// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "tests/support/graphs.h"
#include "tests/support/worlds.h"
#include "views/graph/navigation.h"
#include "views/graph/placement.h"

#include <QTest>

using namespace blockscope;
using namespace blockscope::views;

namespace {

std::vector<PlacedBox> boxesOf(const World &world)
{
    std::vector<PlacedBox> boxes;
    const Placement placement = place(topologyOf(world));
    for (const auto &[id, rect] : placement.nodes)
        boxes.push_back({id, rect});
    for (const auto &[id, rect] : placement.users)
        boxes.push_back({id, rect});
    return boxes;
}

QString titleOf(const World &world, const Selection &what)
{
    if (const NodeId *node = std::get_if<NodeId>(&what))
        return QString::fromStdString(world.node(*node).name);
    if (const UserId *user = std::get_if<UserId>(&what))
        return QString::fromStdString(world.user(*user).name);
    return {};
}

Selection named(const World &world, const QString &name)
{
    if (const auto node = world.graph.findNode(name.toStdString()))
        return *node;
    return *world.findUser(name.toStdString());
}

} // namespace

class TestNavigation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void arrowsFollowLinks_data();
    void arrowsFollowLinks();
    void sidewaysLeadsToTheNextDisk();
    void readsFromTopToBottom();
    void finds_data();
    void finds();
};

void TestNavigation::arrowsFollowLinks_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<int>("direction");
    QTest::addColumn<QString>("to");
    const auto row = [](const char *from, Direction direction, const char *to) {
        QTest::addRow("%s %d", from, static_cast<int>(direction))
            << QString::fromLatin1(from) << static_cast<int>(direction) << QString::fromLatin1(to);
    };
    row("vda", Direction::Down, "top");
    row("vda", Direction::Up, "");
    row("top", Direction::Up, "vda");
    row("top", Direction::Down, "mid");
    row("top", Direction::Right, "top-file");
    row("mid", Direction::Up, "top");
    row("mid", Direction::Down, "base");
    row("base", Direction::Down, "");
    row("base-file", Direction::Left, "base");
}

void TestNavigation::arrowsFollowLinks()
{
    QFETCH(const QString, from);
    QFETCH(const int, direction);
    const World world = test::chainWorld({"base", "mid", "top"}, "vda");
    const Selection to = neighbour(world, boxesOf(world), named(world, from), static_cast<Direction>(direction));
    QTEST(titleOf(world, to), "to");
}

void TestNavigation::sidewaysLeadsToTheNextDisk()
{
    const World world = test::diskWorld(2, 1);
    const std::vector<PlacedBox> boxes{{named(world, QStringLiteral("d0-0")), QRectF(0, 0, 100, 50)},
                                       {named(world, QStringLiteral("d1-0")), QRectF(300, 10, 100, 50)}};
    QCOMPARE(titleOf(world, neighbour(world, boxes, boxes[0].what, Direction::Right)), QStringLiteral("d1-0"));
    QCOMPARE(titleOf(world, neighbour(world, boxes, boxes[1].what, Direction::Left)), QStringLiteral("d0-0"));
    QCOMPARE(titleOf(world, neighbour(world, boxes, boxes[0].what, Direction::Down)), QString());
}

void TestNavigation::readsFromTopToBottom()
{
    const World world = test::chainWorld({"base", "top"}, "vda");
    QStringList order;
    for (const Selection &what : readingOrder(boxesOf(world)))
        order += titleOf(world, what);
    QCOMPARE(order.first(), QStringLiteral("vda"));
    QVERIFY(order.indexOf(QStringLiteral("top")) < order.indexOf(QStringLiteral("base")));
    QCOMPARE(order.size(), 5);
}

void TestNavigation::finds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("found");
    QTest::newRow("nothing") << QString() << QStringList();
    QTest::newRow("by name") << QStringLiteral("mid") << QStringList{QStringLiteral("mid"), QStringLiteral("mid-file")};
    QTest::newRow("whatever the case") << QStringLiteral("MID-F") << QStringList{QStringLiteral("mid-file")};
    QTest::newRow("by file") << QStringLiteral("base.qcow2")
                             << QStringList{QStringLiteral("base"), QStringLiteral("base-file")};
    QTest::newRow("by driver") << QStringLiteral("qcow")
                               << QStringList{QStringLiteral("base"), QStringLiteral("base-file"),
                                              QStringLiteral("mid"),  QStringLiteral("mid-file"),
                                              QStringLiteral("top"),  QStringLiteral("top-file")};
    QTest::newRow("users") << QStringLiteral("vda") << QStringList{QStringLiteral("vda")};
    QTest::newRow("not there") << QStringLiteral("nowhere") << QStringList();
}

void TestNavigation::finds()
{
    QFETCH(const QString, text);
    const World world = test::chainWorld({"base", "mid", "top"}, "vda");
    QStringList found;
    for (const Selection &what : matches(world, boxesOf(world), text))
        found += titleOf(world, what);
    found.sort();
    QTEST(found, "found");
}

QTEST_MAIN(TestNavigation)
#include "tst_navigation.moc"
