// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "tests/views/layout/layoutrules.h"

#include <QTest>

using namespace blockscope::layout;

namespace {

constexpr std::uint32_t kHost = 1;
constexpr std::uint32_t kLeaf = 10; // and the following

bool isBeside(const Result &result, std::uint32_t leaf, std::uint32_t host)
{
    const Placement *right = find(result, leaf);
    const Placement *left = find(result, host);
    return right->x == left->x + left->width + Spacing().leaf && right->y < left->y + left->height &&
           right->y + right->height > left->y;
}

} // namespace

class TestLayoutLeaves : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void foldsWhatHasOneParent_data();
    void foldsWhatHasOneParent();
    void routeToAFoldedLeafIsLevel();
    void pileIsInOrderOfIds();
    void linksGoToTheHostNotToItsLeaves();
};

void TestLayoutLeaves::foldsWhatHasOneParent_data()
{
    QTest::addColumn<QList<Box>>("boxes");
    QTest::addColumn<QList<Link>>("links");
    QTest::addColumn<bool>("beside");

    const QList<Box> two{{kHost, 256, 120, false}, {kLeaf, 144, 48, true}};
    const QList<Box> three{{kHost, 256, 120, false}, {2, 256, 120, false}, {kLeaf, 144, 48, true}};
    const Link down{1, kHost, kLeaf, false};
    QTest::newRow("leaf") << two << QList<Link>{down} << true;
    QTest::newRow("not wanted") << QList<Box>{{kHost, 256, 120, false}, {kLeaf, 144, 48, false}} << QList<Link>{down}
                                << false;
    QTest::newRow("shared by two") << three << QList<Link>{down, {2, 2, kLeaf, false}} << false;
    QTest::newRow("twice under one parent") << two << QList<Link>{down, {2, kHost, kLeaf, false}} << false;
    QTest::newRow("has a child") << three << QList<Link>{down, {2, kLeaf, 2, false}} << false;
    QTest::newRow("is its own child") << two << QList<Link>{down, {2, kLeaf, kLeaf, false}} << false;
    QList<Box> many{{kHost, 256, 120, false}};
    QList<Link> links;
    for (std::uint32_t leaf = 0; leaf < 5; ++leaf) {
        many.append({kLeaf + leaf, 144, 48, true});
        links.append({leaf, kHost, kLeaf + leaf, false});
    }
    QTest::newRow("too many") << many << links << false;
    many.removeLast();
    links.removeLast();
    QTest::newRow("four") << many << links << true;
}

void TestLayoutLeaves::foldsWhatHasOneParent()
{
    QFETCH(QList<Box>, boxes);
    QFETCH(QList<Link>, links);
    QFETCH(bool, beside);
    Request request;
    request.boxes.assign(boxes.begin(), boxes.end());
    request.links.assign(links.begin(), links.end());
    const Result result = place(request);
    QCOMPARE(brokenRule(request, result), QString());
    const Placement *leaf = find(result, kLeaf);
    const Placement *host = find(result, kHost);
    QCOMPARE(leaf->x == host->x + host->width + request.spacing.leaf, beside);
    QCOMPARE(leaf->y < host->y + host->height, beside);
}

void TestLayoutLeaves::routeToAFoldedLeafIsLevel()
{
    Request request;
    request.boxes = {{kHost, 256, 120, false}, {kLeaf, 144, 48, true}};
    request.links = {{1, kHost, kLeaf, false}};
    const Result result = place(request);
    QVERIFY(isBeside(result, kLeaf, kHost));
    const std::vector<Point> points = result.links.front().points;
    QCOMPARE(points.front(), (Point{find(result, kHost)->x + 256, find(result, kHost)->y + 60}));
    QCOMPARE(points.back(), (Point{find(result, kLeaf)->x, find(result, kHost)->y + 60}));
}

void TestLayoutLeaves::pileIsInOrderOfIds()
{
    Request request;
    request.boxes = {{kLeaf + 1, 144, 48, true}, {kHost, 256, 120, false}, {kLeaf, 100, 48, true}};
    request.links = {{1, kHost, kLeaf + 1, false}, {2, kHost, kLeaf, false}};
    const Result result = place(request);
    QVERIFY(isBeside(result, kLeaf, kHost));
    QVERIFY(isBeside(result, kLeaf + 1, kHost));
    QVERIFY(find(result, kLeaf)->y + 48 < find(result, kLeaf + 1)->y);
}

// Four leaves are a pile taller than their host.
void TestLayoutLeaves::linksGoToTheHostNotToItsLeaves()
{
    Request request;
    request.boxes = {{0, 176, 40, false}, {kHost, 256, 120, false}, {2, 256, 120, false}, {3, 256, 120, false}};
    request.links = {{0, 0, kHost, false}, {1, kHost, 2, true}, {2, kHost, 3, false}};
    for (std::uint32_t leaf = 0; leaf < 4; ++leaf) {
        request.boxes.push_back({kLeaf + leaf, 144, 48, true});
        request.links.push_back({kLeaf + leaf, kHost, kLeaf + leaf, false});
    }
    for (const std::uint32_t limit : {300U, 0U}) {
        request.graphvizLimit = limit;
        const Result result = place(request);
        QCOMPARE(brokenRule(request, result), QString());
        const Placement *host = find(result, kHost);
        QCOMPARE(result.links[0].points.back(), (Point{host->x + 128, host->y}));
        QCOMPARE(result.links[1].points.front(), (Point{host->x + 128, host->y + 120}));
    }
}

QTEST_GUILESS_MAIN(TestLayoutLeaves)
#include "tst_layoutleaves.moc"
