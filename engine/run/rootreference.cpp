// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/run/rootreference.h"

#include <algorithm>

namespace blockscope {

namespace {

/// Where a device was that has been taken out, if that node is still there.
std::optional<NodeId> lastRootOf(const World &world, std::string_view name)
{
    for (const auto &user : world.users) {
        if (user->name != name)
            continue;
        for (std::uint32_t id = 0; id < world.graph.edgeCount(); ++id) {
            const Edge &edge = world.graph.edge(EdgeId{id});
            if (edge.parent == Parent::of(user->id) && world.node(edge.child).isOpen)
                return edge.child;
        }
    }
    return std::nullopt;
}

/// The disk named disk0 as in the records, else the first that is no drive for removable media.
std::optional<NodeId> rootOfGuest(const World &world)
{
    if (const auto disk = world.findUser("disk0")) {
        if (const auto root = world.rootOf(*disk))
            return root;
    } else if (const auto last = lastRootOf(world, "disk0")) {
        return last;
    }
    for (const auto &user : world.users) {
        const auto root = user->isAttached && user->kind == User::Kind::Guest && !user->isRemovable
                              ? world.rootOf(user->id)
                              : std::nullopt;
        if (root)
            return root;
    }
    return std::nullopt;
}

void replaceIn(Value &value, const std::string &name)
{
    if (value.asString() != nullptr && *value.asString() == kRootReference)
        value = Value(name);
    else if (Object *object = value.asObject())
        for (auto &[key, each] : *object)
            replaceIn(each, name);
    else if (Value::List *list = value.asList())
        for (Value &each : *list)
            replaceIn(each, name);
}

bool isIn(const Object &arguments);

bool isIn(const Value &value)
{
    if (const Value::List *list = value.asList())
        return std::any_of(list->begin(), list->end(), [](const Value &each) { return isIn(each); });
    if (const Object *object = value.asObject())
        return isIn(*object);
    return value.asString() != nullptr && *value.asString() == kRootReference;
}

bool isIn(const Object &arguments)
{
    return std::any_of(arguments.begin(), arguments.end(), [](const auto &each) { return isIn(each.second); });
}

} // namespace

std::optional<QmpCommand> resolveRoot(const World &world, const QmpCommand &command)
{
    const auto root = isIn(command.arguments) ? rootOfGuest(world) : std::nullopt;
    if (!root || world.node(*root).name == kRootReference)
        return std::nullopt;
    QmpCommand resolved = command;
    for (auto &[key, value] : resolved.arguments)
        replaceIn(value, world.node(*root).name);
    return resolved;
}

} // namespace blockscope
