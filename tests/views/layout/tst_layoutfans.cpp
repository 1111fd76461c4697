// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "tests/bench/graphs.h"
#include "tests/views/layout/layoutrules.h"
#include "views/layout/component.h"
#include "views/layout/fans.h"

#include <QTest>

#include <random>
#include <set>

using namespace Qt::StringLiterals;
using namespace blockscope;
using namespace blockscope::layout;

namespace {

constexpr std::uint32_t kByGraphviz = 300;
constexpr std::uint32_t kLinear = 0;

class FanMaker
{
public:
    std::uint32_t box()
    {
        request.boxes.push_back({static_cast<std::uint32_t>(request.boxes.size()), 256, 120, false});
        return request.boxes.back().id;
    }
    void link(std::uint32_t parent, std::uint32_t child)
    {
        request.links.push_back({static_cast<std::uint32_t>(request.links.size()), parent, child, true});
    }
    /// Chains of \a length boxes over \a base.
    void overlays(std::uint32_t base, int count, int length = 1)
    {
        for (int each = 0; each < count; ++each) {
            std::uint32_t last = box();
            for (int more = 1; more < length; ++more) {
                const std::uint32_t next = box();
                link(last, next);
                last = next;
            }
            link(last, base);
        }
    }
    void children(std::uint32_t parent, int count)
    {
        for (int each = 0; each < count; ++each)
            link(parent, box());
    }

    Request request;
};

Request overlaysOf(int count, int length = 1)
{
    FanMaker maker;
    maker.overlays(maker.box(), count, length);
    return std::move(maker.request);
}

Request childrenOf(int count)
{
    FanMaker maker;
    maker.children(maker.box(), count);
    return std::move(maker.request);
}

/// Fans whose pieces end in fans.
Request nested(int inner, int outer)
{
    FanMaker maker;
    const std::uint32_t base = maker.box();
    for (int each = 0; each < outer; ++each) {
        const std::uint32_t middle = maker.box();
        maker.link(middle, base);
        maker.overlays(middle, inner);
    }
    return std::move(maker.request);
}

/// A base with a backing file, a user and leaves; a job on one overlay and the backing file ties both to the base, one
/// holds two overlays, one an overlay and the base.
Request withJobs()
{
    FanMaker maker;
    const std::uint32_t base = maker.box();
    maker.link(base, maker.box());
    maker.link(maker.box(), base);
    maker.overlays(base, 40, 2);
    for (const auto &[one, other] : {std::pair{3U, 1U}, {5U, 7U}, {9U, 0U}}) {
        const std::uint32_t job = maker.box();
        maker.link(job, one);
        maker.link(job, other);
    }
    for (std::uint32_t host = 0; host < 30; host += 3) {
        const std::uint32_t leaf = maker.box();
        maker.request.boxes.back() = {leaf, 144, 48, true};
        maker.request.links.push_back({1000 + host, host, leaf, false});
    }
    return std::move(maker.request);
}

/// Few nodes that many are linked to, above and below, and some links between any two.
Request randomFans(unsigned seed)
{
    std::mt19937 random(seed);
    const auto below = [&](std::uint32_t limit) { return static_cast<std::uint32_t>(random()) % limit; };
    FanMaker maker;
    const std::uint32_t hubs = 1 + below(4);
    maker.box();
    for (std::uint32_t left = 20 + below(120); left > 0; --left) {
        const std::uint32_t box = maker.box();
        const std::uint32_t hub = below(std::min(box, below(3) == 0 ? box : hubs));
        maker.link(below(4) == 0 ? hub : box, below(4) == 0 ? box : hub);
    }
    for (std::uint32_t left = below(6); left > 0; --left)
        maker.link(below(20), below(20));
    return std::move(maker.request);
}

std::vector<Fan> fansIn(const Request &request)
{
    const LayoutGraph graph = normalised(request);
    return fansOf(components(graph, fold(graph)).front().shape);
}

// Ids from \a first to \a last as text is read: row by row, each from the left.
std::vector<std::uint32_t> readingOrder(const Result &result, std::uint32_t first, std::uint32_t last)
{
    std::vector<std::tuple<double, double, std::uint32_t>> places;
    for (std::uint32_t id = first; id <= last; ++id) {
        if (const Placement *box = find(result, id))
            places.emplace_back(box->y, box->x, id);
    }
    std::sort(places.begin(), places.end());
    std::vector<std::uint32_t> order;
    for (const auto &[y, x, id] : places)
        order.push_back(id);
    return order;
}

} // namespace

class TestLayoutFans : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheRules_data();
    void keepsTheRules();
    void keepsTheRulesAtRandom_data();
    void keepsTheRulesAtRandom();
    void isNotTooWide_data();
    void isNotTooWide();
    void narrowOnesStayInOneRow_data();
    void narrowOnesStayInOneRow();
    void findsFans_data();
    void findsFans();
    void routesMeetAtTheHub_data();
    void routesMeetAtTheHub();
    void editKeepsTheOrder_data();
    void editKeepsTheOrder();
    void orderOfTheListsDoesNotMatter();
};

void TestLayoutFans::keepsTheRules_data()
{
    QTest::addColumn<Request>("request");
    QTest::addColumn<std::uint32_t>("limit");
    for (const std::uint32_t limit : {kByGraphviz, kLinear}) {
        const QByteArray by = limit == kLinear ? "linear: " : "Graphviz: ";
        const auto row = [&](const char *name) -> QTestData & { return QTest::newRow((by + name).constData()); };
        row("overlays") << overlaysOf(190) << limit;
        row("chains of two") << overlaysOf(90, 2) << limit;
        row("children") << childrenOf(190) << limit;
        row("fans in fans") << nested(30, 6) << limit;
        row("jobs, leaves and a backing file") << withJobs() << limit;
        row("disks over a template") << bench::onebase(190) << limit;
    }
    QTest::newRow("5000 overlays in 100 fans") << nested(50, 100) << kByGraphviz;
}

void TestLayoutFans::keepsTheRules()
{
    QFETCH(Request, request);
    QFETCH(std::uint32_t, limit);
    request.graphvizLimit = limit;
    QVERIFY(!fansIn(request).empty());
    QCOMPARE(brokenRule(request, place(request)), QString());
}

void TestLayoutFans::keepsTheRulesAtRandom_data()
{
    QTest::addColumn<std::uint32_t>("limit");
    QTest::newRow("Graphviz") << kByGraphviz;
    QTest::newRow("linear") << kLinear;
}

void TestLayoutFans::keepsTheRulesAtRandom()
{
    QFETCH(std::uint32_t, limit);
    std::size_t found = 0;
    for (unsigned seed = 0; seed < 100; ++seed) {
        Request request = randomFans(seed);
        request.graphvizLimit = limit;
        found += fansIn(request).size();
        const QString broken = brokenRule(request, place(request));
        QVERIFY2(broken.isEmpty(), qPrintable(u"seed %1: %2"_s.arg(seed).arg(broken)));
    }
    QVERIFY(found > 50);
}

void TestLayoutFans::isNotTooWide_data()
{
    QTest::addColumn<Request>("request");
    QTest::newRow("30 overlays") << overlaysOf(30);
    QTest::newRow("200 overlays") << overlaysOf(200);
    QTest::newRow("2000 overlays") << overlaysOf(2000);
    QTest::newRow("200 chains of three") << overlaysOf(200, 3);
    QTest::newRow("200 children") << childrenOf(200);
    QTest::newRow("fans in fans") << nested(40, 30);
    QTest::newRow("disks over a template") << bench::onebase(1000);
}

void TestLayoutFans::isNotTooWide()
{
    QFETCH(const Request, request);
    const Result result = place(request);
    const double aspect = result.width / result.height;
    QVERIFY2(aspect > 0.6 && aspect <= 2.5, qPrintable(u"%1 × %2"_s.arg(result.width).arg(result.height)));
}

void TestLayoutFans::narrowOnesStayInOneRow_data()
{
    QTest::addColumn<Request>("request");
    QTest::newRow("a dozen overlays") << overlaysOf(12);
    QTest::newRow("a dozen children") << childrenOf(12);
    QTest::newRow("long chains") << overlaysOf(30, 30);
}

void TestLayoutFans::narrowOnesStayInOneRow()
{
    QFETCH(const Request, request);
    QVERIFY(fansIn(request).empty());
    const Result result = place(request);
    std::set<double> rows;
    for (const Placement &box : result.boxes)
        rows.insert(box.y);
    QVERIFY(rows.size() <= 31);
}

void TestLayoutFans::findsFans_data()
{
    QTest::addColumn<Request>("request");
    QTest::addColumn<QByteArray>("expected"); // hub, above or below it, how many pieces
    QTest::newRow("one box") << overlaysOf(0) << QByteArray();
    QTest::newRow("overlays") << overlaysOf(50, 2) << QByteArray("0 above: 50");
    QTest::newRow("children") << childrenOf(50) << QByteArray("0 below: 50");
    QTest::newRow("the inner first") << nested(40, 2) << QByteArray("42 above: 40, 1 above: 40");
    // The user of the base is a piece, the two overlays that one job holds are one, that with the backing file none.
    QTest::newRow("jobs") << withJobs() << QByteArray("0 above: 39");
    FanMaker both;
    const std::uint32_t hub = both.box();
    both.overlays(hub, 30);
    both.children(hub, 40);
    QTest::newRow("above and below") << both.request << QByteArray("0 above: 30, 0 below: 40");
    FanMaker shared;
    const std::uint32_t one = shared.box();
    const std::uint32_t other = shared.box();
    for (int each = 0; each < 50; ++each) {
        const std::uint32_t box = shared.box();
        shared.link(box, one);
        shared.link(box, other);
    }
    QTest::newRow("two bases each: no hub parts them") << shared.request << QByteArray();
}

void TestLayoutFans::findsFans()
{
    QFETCH(const Request, request);
    QFETCH(const QByteArray, expected);
    QByteArrayList found;
    for (const Fan &fan : fansIn(request)) {
        QVERIFY(std::is_sorted(fan.pieces.begin(), fan.pieces.end()));
        found.append(QByteArray::number(fan.hub) + (fan.isAbove ? " above: " : " below: ") +
                     QByteArray::number(static_cast<qulonglong>(fan.pieces.size())));
    }
    QCOMPARE(found.join(", "), expected);
}

void TestLayoutFans::routesMeetAtTheHub_data()
{
    QTest::addColumn<Request>("request");
    QTest::addColumn<bool>("isAbove");
    QTest::newRow("overlays") << overlaysOf(100) << true;
    QTest::newRow("children") << childrenOf(100) << false;
}

// A link can be followed: it leaves its box in the middle, and all arrive at the hub as one.
void TestLayoutFans::routesMeetAtTheHub()
{
    QFETCH(const Request, request);
    QFETCH(const bool, isAbove);
    const Result result = place(request);
    const Placement &hub = *find(result, 0);
    for (const Link &link : request.links) {
        const std::vector<Point> &points = result.links[link.id].points;
        const Placement &box = *find(result, isAbove ? link.parent : link.child);
        const Point free = isAbove ? points.front() : points.back();
        const Point met = isAbove ? points.back() : points.front();
        QCOMPARE(free, (Point{box.x + box.width / 2, isAbove ? box.y + box.height : box.y}));
        QCOMPARE(met, (Point{hub.x + hub.width / 2, isAbove ? hub.y : hub.y + hub.height}));
    }
}

void TestLayoutFans::editKeepsTheOrder_data()
{
    QTest::addColumn<std::uint32_t>("removed");
    QTest::addColumn<int>("added");
    QTest::newRow("one more") << 0U << 1;
    QTest::newRow("thirty more") << 0U << 30;
    QTest::newRow("the first away") << 1U << 0;
    QTest::newRow("one away, one more") << 77U << 1;
}

void TestLayoutFans::editKeepsTheOrder()
{
    QFETCH(const std::uint32_t, removed);
    QFETCH(const int, added);
    FanMaker maker;
    maker.overlays(maker.box(), 150);
    const std::vector<std::uint32_t> before = readingOrder(place(maker.request), 1, 150);
    QVERIFY(std::is_sorted(before.begin(), before.end()));

    maker.overlays(0, added);
    if (removed != 0)
        std::erase_if(maker.request.boxes, [&](const Box &box) { return box.id == removed; });
    std::vector<std::uint32_t> expected = before;
    std::erase(expected, removed);
    QCOMPARE(readingOrder(place(maker.request), 1, 150), expected);
}

void TestLayoutFans::orderOfTheListsDoesNotMatter()
{
    for (unsigned seed = 0; seed < 30; ++seed) {
        const Request request = randomFans(seed);
        QVERIFY2(place(request) == place(shuffled(request, seed + 1)), qPrintable(u"seed %1"_s.arg(seed)));
    }
}

QTEST_GUILESS_MAIN(TestLayoutFans)
#include "tst_layoutfans.moc"
