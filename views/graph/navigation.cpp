// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/navigation.h"

#include "views/graph/facebuilder.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace blockscope::views {
namespace {

const PlacedBox *find(const std::vector<PlacedBox> &boxes, const Selection &what)
{
    const auto found = std::find_if(boxes.begin(), boxes.end(), [&](const PlacedBox &box) { return box.what == what; });
    return found == boxes.end() ? nullptr : &*found;
}

std::optional<Selection> ofParent(const Parent &parent)
{
    if (parent.kind == Parent::Kind::Job)
        return {};
    return parent.isNode() ? Selection(parent.node()) : Selection(UserId{parent.id});
}

// Backing first: it is the chain that one wants to follow.
std::vector<Selection> linked(const World &world, const Selection &from)
{
    std::vector<Selection> list;
    if (const NodeId *node = std::get_if<NodeId>(&from)) {
        for (EdgeId edge : world.node(*node).children) {
            const bool isBacking = world.graph.edge(edge).role == "backing";
            list.insert(isBacking ? list.begin() : list.end(), world.graph.edge(edge).child);
        }
        for (EdgeId edge : world.node(*node).parents) {
            if (const std::optional<Selection> parent = ofParent(world.graph.edge(edge).parent))
                list.push_back(*parent);
        }
    } else if (const UserId *user = std::get_if<UserId>(&from)) {
        if (const std::optional<NodeId> root = world.rootOf(*user))
            list.push_back(*root);
    }
    return list;
}

QPointF unit(Direction direction)
{
    switch (direction) {
    case Direction::Up:
        return {0, -1};
    case Direction::Down:
        return {0, 1};
    case Direction::Left:
        return {-1, 0};
    case Direction::Right:
        break;
    }
    return {1, 0};
}

// How far \a to lies that way; nothing when it does not. What is off to the side counts double.
std::optional<double> distance(const QRectF &from, const QRectF &to, Direction direction)
{
    const QPointF way = unit(direction);
    const QPointF between = to.center() - from.center();
    const double ahead = QPointF::dotProduct(between, way);
    const double aside = std::abs(QPointF::dotProduct(between, {way.y(), way.x()}));
    // Boxes are wider than high: whole rows must count as up and down, not what stands in the same row.
    const bool isVertical = way.y() != 0;
    const double overlap = isVertical ? (from.height() + to.height()) / 4 : (from.width() + to.width()) / 4;
    if (ahead < overlap)
        return {};
    return ahead + 2 * aside;
}

bool contains(const std::string &text, const QString &part)
{
    return QString::fromStdString(text).contains(part, Qt::CaseInsensitive);
}

bool isMatch(const World &world, const Selection &what, const QString &text)
{
    if (const NodeId *id = std::get_if<NodeId>(&what)) {
        const Node &node = world.node(*id);
        return contains(node.name, text) || contains(node.driver, text) || contains(node.filename, text);
    }
    if (const UserId *id = std::get_if<UserId>(&what)) {
        const User &user = world.user(*id);
        return userTitle(user).contains(text, Qt::CaseInsensitive) || contains(user.backendName, text) ||
               contains(user.qdev, text);
    }
    return false;
}

} // namespace

Selection neighbour(const World &world, const std::vector<PlacedBox> &boxes, const Selection &from, Direction direction)
{
    const PlacedBox *start = find(boxes, from);
    if (start == nullptr)
        return {};
    for (const Selection &next : linked(world, from)) {
        const PlacedBox *box = find(boxes, next);
        if (box != nullptr && distance(start->rect, box->rect, direction))
            return next;
    }
    Selection nearest;
    double least = std::numeric_limits<double>::max();
    for (const PlacedBox &box : boxes) {
        const std::optional<double> far = distance(start->rect, box.rect, direction);
        if (far && *far < least) {
            least = *far;
            nearest = box.what;
        }
    }
    return nearest;
}

std::vector<Selection> readingOrder(std::vector<PlacedBox> boxes)
{
    std::stable_sort(boxes.begin(), boxes.end(), [](const PlacedBox &a, const PlacedBox &b) {
        if (a.rect.top() != b.rect.top())
            return a.rect.top() < b.rect.top();
        return a.rect.left() < b.rect.left();
    });
    std::vector<Selection> order;
    order.reserve(boxes.size());
    for (const PlacedBox &box : boxes)
        order.push_back(box.what);
    return order;
}

std::vector<Selection> matches(const World &world, const std::vector<PlacedBox> &boxes, const QString &text)
{
    if (text.isEmpty())
        return {};
    std::vector<Selection> found = readingOrder(boxes);
    std::erase_if(found, [&](const Selection &what) { return !isMatch(world, what, text); });
    return found;
}

} // namespace blockscope::views
