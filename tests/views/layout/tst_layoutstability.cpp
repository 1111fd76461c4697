// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "tests/bench/graphs.h"
#include "tests/views/layout/layoutrules.h"
#include "views/layout/shelves.h"

#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace blockscope;
using namespace blockscope::layout;

class TestLayoutStability : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void orderOfTheListsDoesNotMatter_data();
    void orderOfTheListsDoesNotMatter();
    void cacheDoesNotChangeTheResult();
    void cacheKeepsWhatIsUsedAndForgetsTheRest();
    void equalShapesArePlacedAlike();
    void cyclesAreBrokenAlike();
    void additionKeepsTheOrderOfTheRest();
    void rowsFollowTheOrder_data();
    void rowsFollowTheOrder();
    void severalThreadsGetTheSameResult();
};

namespace {

// Ids in reading order: row by row, each from the left.
std::vector<std::uint32_t> readingOrder(const Result &result, std::span<const std::uint32_t> ids)
{
    std::vector<std::tuple<double, double, std::uint32_t>> places;
    for (const std::uint32_t id : ids)
        places.emplace_back(find(result, id)->y, find(result, id)->x, id);
    std::sort(places.begin(), places.end());
    std::vector<std::uint32_t> order;
    for (const auto &[y, x, id] : places)
        order.push_back(id);
    return order;
}

} // namespace

void TestLayoutStability::orderOfTheListsDoesNotMatter_data()
{
    QTest::addColumn<std::uint32_t>("limit");
    QTest::newRow("Graphviz") << 300U;
    QTest::newRow("linear") << 0U;
}

void TestLayoutStability::orderOfTheListsDoesNotMatter()
{
    QFETCH(std::uint32_t, limit);
    for (unsigned seed = 0; seed < 100; ++seed) {
        Request request = randomRequest(seed, true);
        request.graphvizLimit = limit;
        const bool same = place(request) == place(shuffled(request, seed + 1));
        QVERIFY2(same, qPrintable(u"seed %1"_s.arg(seed)));
    }
}

void TestLayoutStability::cacheDoesNotChangeTheResult()
{
    LayoutCache cache;
    for (unsigned seed = 0; seed < 100; ++seed) {
        const Request request = randomRequest(seed % 40, false); // some again
        QVERIFY2(place(request, cache) == place(request), qPrintable(u"seed %1"_s.arg(seed)));
    }
}

void TestLayoutStability::cacheKeepsWhatIsUsedAndForgetsTheRest()
{
    Request request = bench::onebase(50);
    LayoutCache cache;
    (void)place(request, cache);
    QCOMPARE(cache.size(), std::size_t{1});
    (void)place(request, cache);
    QCOMPARE(cache.size(), std::size_t{1});
    for (int call = 0; call < 100; ++call)
        (void)place({}, cache);
    QCOMPARE(cache.size(), std::size_t{0});
}

void TestLayoutStability::equalShapesArePlacedAlike()
{
    bench::GraphMaker maker(1000);
    maker.clones(4, 2);
    const std::uint32_t second = maker.user() + 1;
    maker.clones(4, 2);
    const Result result = place(maker.take());
    const Placement *here = find(result, 1);
    const Placement *there = find(result, second);
    for (std::uint32_t offset = 1; offset + 1 < second - 1; ++offset) {
        QCOMPARE(find(result, 1 + offset)->x - here->x, find(result, second + offset)->x - there->x);
        QCOMPARE(find(result, 1 + offset)->y - here->y, find(result, second + offset)->y - there->y);
    }
}

// Two under one parent are each other's children: which of them is above must not depend on the ids of the links.
void TestLayoutStability::cyclesAreBrokenAlike()
{
    Request request;
    for (std::uint32_t id = 0; id < 6; ++id)
        request.boxes.push_back({id, 160, 80, false});
    request.links = {{0, 0, 1, false}, {1, 0, 2, false}, {2, 1, 2, false}, {3, 2, 1, false},
                     {4, 5, 4, false}, {5, 4, 5, false}, {6, 3, 5, false}, {7, 3, 4, false}};
    const Result result = place(request);
    for (std::uint32_t id = 0; id < 3; ++id)
        QCOMPARE(find(result, id)->y, find(result, id + 3)->y);
}

void TestLayoutStability::additionKeepsTheOrderOfTheRest()
{
    bench::GraphMaker maker(1000);
    std::vector<std::uint32_t> tops;
    for (int disk = 0; disk < 30; ++disk)
        tops.push_back(maker.disk(3).front());
    Request request = maker.take();
    QCOMPARE(readingOrder(place(request), tops), tops);

    // An overlay in the middle of one disk's chain, a disk more, a box without links.
    const std::uint32_t overlay = 2000;
    request.boxes.push_back({overlay, 256, 120, false});
    request.links.push_back({9000, overlay, tops[12], true});
    request.boxes.push_back({2001, 256, 120, false});
    QCOMPARE(readingOrder(place(request), std::span(tops).first(12)),
             std::vector<std::uint32_t>(tops.begin(), tops.begin() + 12));
    QCOMPARE(readingOrder(place(request), std::span(tops).subspan(13)),
             std::vector<std::uint32_t>(tops.begin() + 13, tops.end()));
}

void TestLayoutStability::rowsFollowTheOrder_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<double>("width");
    QTest::addColumn<double>("height");
    QTest::newRow("one") << 1 << 100.0 << 100.0;
    QTest::newRow("small boxes") << 30 << 100.0 << 60.0;
    QTest::newRow("tall chains") << 40 << 300.0 << 4000.0;
    QTest::newRow("wide templates") << 20 << 9000.0 << 500.0;
}

void TestLayoutStability::rowsFollowTheOrder()
{
    QFETCH(int, count);
    QFETCH(double, width);
    QFETCH(double, height);
    const std::vector<Size> sizes(static_cast<std::size_t>(count), Size{width, height});
    const std::vector<Point> corners = pack(sizes, 64);
    QCOMPARE(corners.size(), sizes.size());
    double right = 0;
    for (std::size_t index = 1; index < corners.size(); ++index) {
        const Point last = corners[index - 1];
        const Point here = corners[index];
        const bool isBeside = here.y == last.y && here.x == last.x + width + 64;
        const bool isNewRow = here.x == 0 && here.y == last.y + height + 64;
        QVERIFY(isBeside || isNewRow);
        right = std::max(right, here.x + width);
    }
    if (count > 1) {
        const double aspect = right / (corners.back().y + height);
        QVERIFY2(aspect > 0.5 && aspect < 5, qPrintable(QString::number(aspect)));
    }
}

// Graphviz is not safe to use from two threads; place() is.
void TestLayoutStability::severalThreadsGetTheSameResult()
{
    const Request request = bench::onebase(60);
    const Result expected = place(request);
    std::vector<int> same(4, 0);
    std::vector<std::thread> threads;
    for (int &each : same) {
        threads.emplace_back([&each, &request, &expected] {
            for (int round = 0; round < 20; ++round)
                each += place(request) == expected ? 1 : 0;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(same, std::vector<int>(4, 20));
}

QTEST_GUILESS_MAIN(TestLayoutStability)
#include "tst_layoutstability.moc"
