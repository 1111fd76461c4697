// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "tests/views/layout/layoutrules.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <set>

using namespace Qt::StringLiterals;

namespace blockscope::layout {
namespace {

constexpr double kTolerance = 1e-6;

QString boxesRule(const Request &request, const Result &result)
{
    std::set<std::uint32_t> wanted;
    for (const Box &box : request.boxes)
        wanted.insert(box.id);
    if (result.boxes.size() != wanted.size())
        return u"%1 boxes of %2"_s.arg(result.boxes.size()).arg(wanted.size());
    for (const Placement &box : result.boxes) {
        if (!wanted.contains(box.id))
            return u"box %1 is not in the request"_s.arg(box.id);
        if (!std::isfinite(box.x) || !std::isfinite(box.y) || !(box.width > 0) || !(box.height > 0))
            return u"box %1 has no place"_s.arg(box.id);
        if (box.x < -kTolerance || box.y < -kTolerance || box.x + box.width > result.width + kTolerance ||
            box.y + box.height > result.height + kTolerance)
            return u"box %1 is outside the picture"_s.arg(box.id);
    }
    return {};
}

// Sweeps along the longer side of the picture, so that few boxes are compared.
QString overlapRule(const Result &result)
{
    std::vector<Placement> boxes = result.boxes;
    if (result.height > result.width) {
        for (Placement &box : boxes) {
            std::swap(box.x, box.y);
            std::swap(box.width, box.height);
        }
    }
    std::sort(boxes.begin(), boxes.end(), [](const Placement &a, const Placement &b) { return a.x < b.x; });
    std::multimap<double, Placement> open; // by end
    for (const Placement &box : boxes) {
        open.erase(open.begin(), open.upper_bound(box.x + kTolerance));
        for (const auto &[end, other] : open) {
            if (box.y < other.y + other.height - kTolerance && other.y < box.y + box.height - kTolerance)
                return u"boxes %1 and %2 overlap"_s.arg(box.id).arg(other.id);
        }
        open.emplace(box.x + box.width, box);
    }
    return {};
}

bool onBorder(const Placement &box, Point point)
{
    const auto near = [](double a, double b) { return std::abs(a - b) < kTolerance; };
    const bool inX = point.x >= box.x - kTolerance && point.x <= box.x + box.width + kTolerance;
    const bool inY = point.y >= box.y - kTolerance && point.y <= box.y + box.height + kTolerance;
    return (inX && (near(point.y, box.y) || near(point.y, box.y + box.height))) ||
           (inY && (near(point.x, box.x) || near(point.x, box.x + box.width)));
}

Point onCurve(const std::vector<Point> &points, std::size_t piece, double t)
{
    const double s = 1 - t;
    const Point *p = &points[3 * piece];
    const auto mix = [&](double a, double b, double c, double d) {
        return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
    };
    return {mix(p[0].x, p[1].x, p[2].x, p[3].x), mix(p[0].y, p[1].y, p[2].y, p[3].y)};
}

bool runsThroughBox(const Route &route, const Result &result)
{
    constexpr int kSamples = 24;
    for (std::size_t piece = 0; 3 * piece + 3 < route.points.size(); ++piece) {
        for (int sample = 0; sample <= kSamples; ++sample) {
            const Point point = onCurve(route.points, piece, double(sample) / kSamples);
            const auto holds = [&](const Placement &box) {
                return point.x > box.x + kTolerance && point.x < box.x + box.width - kTolerance &&
                       point.y > box.y + kTolerance && point.y < box.y + box.height - kTolerance;
            };
            if (std::any_of(result.boxes.begin(), result.boxes.end(), holds))
                return true;
        }
    }
    return false;
}

QString routesRule(const Request &request, const Result &result)
{
    std::multimap<std::uint32_t, Link> wanted;
    for (const Link &link : request.links) {
        if (find(result, link.parent) && find(result, link.child))
            wanted.emplace(link.id, link);
    }
    if (wanted.size() != result.links.size())
        return u"%1 routes of %2"_s.arg(result.links.size()).arg(wanted.size());
    for (const Route &route : result.links) {
        if (route.points.size() < 4 || route.points.size() % 3 != 1)
            return u"route %1 has %2 points"_s.arg(route.id).arg(route.points.size());
        const auto [first, last] = wanted.equal_range(route.id);
        const bool joins = std::any_of(first, last, [&](const auto &item) {
            return onBorder(*find(result, item.second.parent), route.points.front()) &&
                   onBorder(*find(result, item.second.child), route.points.back());
        });
        if (!joins)
            return u"route %1 does not join its boxes"_s.arg(route.id);
        // Samples times boxes: for pictures of a size where that is affordable.
        if (result.boxes.size() <= 200 && runsThroughBox(route, result))
            return u"route %1 runs through a box"_s.arg(route.id);
    }
    return {};
}

// The boxes below each box, itself only if in a cycle; small graphs only.
std::map<std::uint32_t, std::set<std::uint32_t>> below(const Request &request)
{
    std::map<std::uint32_t, std::set<std::uint32_t>> found;
    for (const Link &link : request.links)
        found[link.parent].insert(link.child);
    for (bool grown = true; grown;) {
        grown = false;
        for (auto &[id, ids] : found) {
            std::set<std::uint32_t> more = ids;
            for (const std::uint32_t child : ids) {
                if (const auto next = found.find(child); next != found.end())
                    more.insert(next->second.begin(), next->second.end());
            }
            grown = grown || more.size() > ids.size();
            ids = std::move(more);
        }
    }
    return found;
}

QString orderRule(const Request &request, const Result &result)
{
    if (request.boxes.size() > 200)
        return {};
    const auto reachable = below(request);
    for (const Link &link : request.links) {
        const Placement *parent = find(result, link.parent);
        const Placement *child = find(result, link.child);
        const auto back = reachable.find(link.child);
        if (!parent || !child || (back != reachable.end() && back->second.contains(link.parent)))
            continue;
        const bool above = parent->y + parent->height < child->y;
        const bool beside = parent->x + parent->width < child->x; // a folded leaf
        if (!above && !beside)
            return u"box %1 is not above its child %2"_s.arg(link.parent).arg(link.child);
    }
    return {};
}

class RequestMaker
{
public:
    explicit RequestMaker(unsigned seed) : m_random(seed) {}

    unsigned below(unsigned limit) { return static_cast<unsigned>(m_random()) % limit; }

    std::uint32_t box(double width, double height, bool folded)
    {
        std::uint32_t id = below(5000);
        while (!m_ids.insert(id).second)
            ++id;
        m_request.boxes.push_back({id, width, height, folded});
        return id;
    }
    void link(std::uint32_t parent, std::uint32_t child, bool chain)
    {
        m_request.links.push_back({static_cast<std::uint32_t>(m_request.links.size()), parent, child, chain});
    }
    std::uint32_t node()
    {
        const std::uint32_t id = box(8 * (10 + below(20)), 8 * (5 + below(10)), false);
        for (unsigned leaf = below(3); leaf > 0; --leaf)
            link(id, box(144, 48, true), false);
        m_nodes.push_back(id);
        return id;
    }
    void disk()
    {
        std::uint32_t upper = box(176, 40, false);
        bool isChain = false;
        for (unsigned left = 1 + below(5); left > 0; --left) {
            const std::uint32_t next = node();
            link(upper, next, isChain);
            upper = next;
            isChain = true;
        }
        if (!m_bases.empty() && below(2) == 0)
            link(upper, m_bases[below(static_cast<unsigned>(m_bases.size()))], true);
        m_bases.push_back(upper);
    }
    void job()
    {
        const std::uint32_t user = box(176, 40, false);
        for (unsigned left = 1 + below(4); left > 0; --left)
            link(user, anyNode(), false);
    }
    void damage()
    {
        constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();
        link(anyNode(), anyNode(), false);
        link(anyNode(), anyNode(), true);
        const std::uint32_t self = anyNode();
        link(self, self, false);
        link(anyNode(), 99999, false);
        m_request.links.push_back(m_request.links[below(static_cast<unsigned>(m_request.links.size()))]);
        m_request.boxes.push_back(m_request.boxes[below(static_cast<unsigned>(m_request.boxes.size()))]);
        box(kNoNumber, -5, below(2) == 0);
        box(0, std::numeric_limits<double>::infinity(), false);
    }
    [[nodiscard]] Request take() { return std::move(m_request); }

private:
    std::uint32_t anyNode() { return m_nodes[below(static_cast<unsigned>(m_nodes.size()))]; }

    std::mt19937 m_random;
    Request m_request;
    std::set<std::uint32_t> m_ids;
    std::vector<std::uint32_t> m_nodes;
    std::vector<std::uint32_t> m_bases;
};

} // namespace

QString brokenRule(const Request &request, const Result &result)
{
    for (const QString &broken :
         {boxesRule(request, result), overlapRule(result), orderRule(request, result), routesRule(request, result)}) {
        if (!broken.isEmpty())
            return broken;
    }
    return {};
}

Request randomRequest(unsigned seed, bool hostile)
{
    RequestMaker maker(seed);
    for (unsigned left = 1 + maker.below(6); left > 0; --left)
        maker.disk();
    for (unsigned left = maker.below(4); left > 0; --left)
        maker.job();
    if (hostile)
        maker.damage();
    return maker.take();
}

Request shuffled(Request request, unsigned seed)
{
    std::mt19937 random(seed);
    std::shuffle(request.boxes.begin(), request.boxes.end(), random);
    std::shuffle(request.links.begin(), request.links.end(), random);
    return request;
}

const Placement *find(const Result &result, std::uint32_t id)
{
    const auto found = std::lower_bound(result.boxes.begin(), result.boxes.end(), id,
                                        [](const Placement &box, std::uint32_t value) { return box.id < value; });
    return found != result.boxes.end() && found->id == id ? &*found : nullptr;
}

} // namespace blockscope::layout
