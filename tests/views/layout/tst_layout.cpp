// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "tests/views/layout/layoutrules.h"
#include "views/layout/component.h"
#include "views/layout/dotlayout.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace blockscope::layout;

namespace {

constexpr std::uint32_t kByGraphviz = 300;
constexpr std::uint32_t kLinear = 0;

Request boxesAndLinks(std::uint32_t boxes, std::initializer_list<std::pair<std::uint32_t, std::uint32_t>> links)
{
    Request request;
    for (std::uint32_t id = 0; id < boxes; ++id)
        request.boxes.push_back({id, 160, 80, false});
    std::uint32_t id = 0;
    for (const auto &[parent, child] : links)
        request.links.push_back({id++, parent, child, false});
    return request;
}

Request chainOf(std::uint32_t boxes)
{
    Request request = boxesAndLinks(boxes, {});
    for (std::uint32_t id = 1; id < boxes; ++id)
        request.links.push_back({id, id - 1, id, true});
    return request;
}

Request starOf(std::uint32_t children, bool fromAbove)
{
    Request request = boxesAndLinks(children + 1, {});
    for (std::uint32_t id = 1; id <= children; ++id)
        request.links.push_back({id, fromAbove ? 0 : id, fromAbove ? id : 0, false});
    return request;
}

} // namespace

class TestLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheRules_data();
    void keepsTheRules();
    void keepsTheRulesAtRandom_data();
    void keepsTheRulesAtRandom();
    void graphvizPlacesWhatItIsGiven();
    void nothingIsEmpty();
    void chainIsOneColumn_data();
    void chainIsOneColumn();
    void parentIsAboveTheMiddleOfItsChildren();
    void userOfABaseIsJustAboveIt();
    void siblingsAreInOrderOfIds_data();
    void siblingsAreInOrderOfIds();
    void wideSpacingIsKept_data();
    void wideSpacingIsKept();
};

void TestLayout::keepsTheRules_data()
{
    QTest::addColumn<Request>("request");
    QTest::addColumn<std::uint32_t>("limit");

    for (const std::uint32_t limit : {kByGraphviz, kLinear}) {
        const QByteArray by = limit == kLinear ? "linear: " : "Graphviz: ";
        const auto row = [&](const char *name) -> QTestData & { return QTest::newRow((by + name).constData()); };
        row("one box") << boxesAndLinks(1, {}) << limit;
        row("boxes without links") << boxesAndLinks(7, {}) << limit;
        row("self loop") << boxesAndLinks(2, {{0, 1}, {1, 1}}) << limit;
        row("self loop alone") << boxesAndLinks(1, {{0, 0}}) << limit;
        row("cycle of two") << boxesAndLinks(2, {{0, 1}, {1, 0}}) << limit;
        row("cycle of three under a user") << boxesAndLinks(4, {{0, 1}, {1, 2}, {2, 3}, {3, 1}}) << limit;
        row("the same link twice") << boxesAndLinks(3, {{0, 1}, {0, 1}, {1, 2}, {0, 2}, {0, 2}}) << limit;
        row("diamond") << boxesAndLinks(4, {{0, 1}, {0, 2}, {1, 3}, {2, 3}}) << limit;
        row("a link past many rows") << boxesAndLinks(6, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {5, 4}, {5, 0}}) << limit;
        row("every pair of eight") << boxesAndLinks(8, {{0, 1}, {0, 2}, {0, 3}, {0, 4}, {0, 5}, {0, 6}, {0, 7},
                                                        {1, 2}, {1, 3}, {1, 4}, {1, 5}, {1, 6}, {1, 7}, {2, 3},
                                                        {2, 4}, {2, 5}, {2, 6}, {2, 7}, {3, 4}, {3, 5}, {3, 6},
                                                        {3, 7}, {4, 5}, {4, 6}, {4, 7}, {5, 6}, {5, 7}, {6, 7}})
                                   << limit;
        row("three parents of three children")
            << boxesAndLinks(6, {{0, 3}, {0, 4}, {0, 5}, {1, 3}, {1, 4}, {1, 5}, {2, 3}, {2, 4}, {2, 5}}) << limit;
        row("100 clones") << starOf(100, false) << limit;
    }
    QTest::newRow("chain of 100,000") << chainOf(100000) << kByGraphviz;
    QTest::newRow("10,000 children") << starOf(10000, true) << kByGraphviz;
    QTest::newRow("10,000 parents") << starOf(10000, false) << kByGraphviz;
    Request ring = chainOf(100000);
    ring.links.push_back({0, 99999, 0, false});
    QTest::newRow("ring of 100,000") << ring << kByGraphviz;
}

void TestLayout::keepsTheRules()
{
    QFETCH(Request, request);
    QFETCH(std::uint32_t, limit);
    request.graphvizLimit = limit;
    QCOMPARE(brokenRule(request, place(request)), QString());
}

void TestLayout::keepsTheRulesAtRandom_data()
{
    QTest::addColumn<std::uint32_t>("limit");
    QTest::addColumn<bool>("hostile");
    QTest::newRow("Graphviz") << kByGraphviz << false;
    QTest::newRow("linear") << kLinear << false;
    QTest::newRow("Graphviz, hostile") << kByGraphviz << true;
    QTest::newRow("linear, hostile") << kLinear << true;
}

void TestLayout::keepsTheRulesAtRandom()
{
    QFETCH(std::uint32_t, limit);
    QFETCH(bool, hostile);
    for (unsigned seed = 0; seed < 300; ++seed) {
        Request request = randomRequest(seed, hostile);
        request.graphvizLimit = limit;
        const QString broken = brokenRule(request, place(request));
        QVERIFY2(broken.isEmpty(), qPrintable(u"seed %1: %2"_s.arg(seed).arg(broken)));
    }
}

// The rules hold for the linear placement too: without this, a Graphviz that always fails would go unseen.
void TestLayout::graphvizPlacesWhatItIsGiven()
{
    for (unsigned seed = 0; seed < 100; ++seed) {
        const LayoutGraph graph = normalised(randomRequest(seed, true));
        for (const Component &part : components(graph, fold(graph)))
            QVERIFY2(placeWithDot(part.shape).has_value(), qPrintable(u"seed %1"_s.arg(seed)));
    }
}

void TestLayout::nothingIsEmpty()
{
    QCOMPARE(place({}), Result());
}

void TestLayout::chainIsOneColumn_data()
{
    QTest::addColumn<std::uint32_t>("limit");
    QTest::newRow("Graphviz") << kByGraphviz;
    QTest::newRow("linear") << kLinear;
}

// With leaves beside some images, a job that holds the top, the middle and the base, and a user of one image.
void TestLayout::chainIsOneColumn()
{
    QFETCH(std::uint32_t, limit);
    Request request = chainOf(40);
    request.graphvizLimit = limit;
    for (std::uint32_t image = 1; image < 40; image += 2) {
        request.boxes.push_back({100 + image, 144, 48, true});
        request.links.push_back({100 + image, image, 100 + image, false});
    }
    request.boxes.push_back({200, 176, 40, false});
    for (const std::uint32_t image : {0U, 20U, 39U})
        request.links.push_back({200 + image, 200, image, false});
    request.boxes.push_back({201, 176, 40, false});
    request.links.push_back({300, 201, 30, false});

    const Result result = place(request);
    QCOMPARE(brokenRule(request, result), QString());
    for (std::uint32_t image = 1; image < 40; ++image)
        QCOMPARE(find(result, image)->x, find(result, 0)->x);
}

void TestLayout::parentIsAboveTheMiddleOfItsChildren()
{
    Request request = starOf(5, true);
    for (const std::uint32_t limit : {kByGraphviz, kLinear}) {
        request.graphvizLimit = limit;
        const Result result = place(request);
        QCOMPARE(find(result, 0)->x, find(result, 3)->x);
    }
}

void TestLayout::userOfABaseIsJustAboveIt()
{
    Request request = chainOf(6);
    request.graphvizLimit = kLinear;
    request.boxes.push_back({6, 160, 80, false});
    request.links.push_back({6, 6, 5, false});
    const Result result = place(request);
    QCOMPARE(find(result, 6)->y, find(result, 4)->y);
}

void TestLayout::siblingsAreInOrderOfIds_data()
{
    QTest::addColumn<Request>("request");
    QTest::addColumn<std::uint32_t>("limit");
    for (const std::uint32_t limit : {kByGraphviz, kLinear}) {
        const QByteArray by = limit == kLinear ? "linear: " : "Graphviz: ";
        QTest::newRow((by + "children").constData()) << starOf(12, true) << limit;
        QTest::newRow((by + "parents").constData()) << starOf(12, false) << limit;
    }
}

void TestLayout::siblingsAreInOrderOfIds()
{
    QFETCH(Request, request);
    QFETCH(std::uint32_t, limit);
    request.graphvizLimit = limit;
    const Result result = place(shuffled(request, 1));
    for (std::uint32_t id = 2; id <= 12; ++id)
        QVERIFY(find(result, id - 1)->x < find(result, id)->x);
}

void TestLayout::wideSpacingIsKept_data()
{
    chainIsOneColumn_data();
}

void TestLayout::wideSpacingIsKept()
{
    QFETCH(std::uint32_t, limit);
    Request request = starOf(3, true);
    request.graphvizLimit = limit;
    request.spacing = {96, 80, 24, 64};
    const Result result = place(request);
    QCOMPARE(find(result, 2)->x - find(result, 1)->x, 160.0 + 96.0);
    QCOMPARE(find(result, 1)->y - find(result, 0)->y, 80.0 + 80.0);
}

QTEST_GUILESS_MAIN(TestLayout)
#include "tst_layout.moc"
