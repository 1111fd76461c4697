// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/users.h"

#include "engine/operations/arguments.h"
#include "engine/world/standingclaims.h"

#include <algorithm>

namespace blockscope {

std::optional<UserId> findGuest(const World &world, const std::string &name, const std::string &host)
{
    for (const auto &user : world.users) {
        const bool isCalledSo = user->name == name || user->backendName == name || user->qdev == name;
        if (isCalledSo && !name.empty() && user->isAttached && user->kind == User::Kind::Guest && user->host == host)
            return user->id;
    }
    return std::nullopt;
}

std::string deviceText(const Object &arguments)
{
    const auto id = textArgument(arguments, "id");
    return id ? *id : textArgument(arguments, "device").value_or("");
}

Result<UserId> findDevice(const World &world, const Object &arguments, const std::string &host)
{
    const bool hasId = find(arguments, "id") != nullptr;
    if (hasId == (find(arguments, "device") != nullptr))
        return Error{"ARG-EXCLUSIVE", hasId ? "device" : "id", "Need exactly one of 'device' and 'id'"};
    const std::string name = deviceText(arguments);
    if (const auto user = findGuest(world, name, host))
        return *user;
    return Error{"ARG-DEVICE", hasId ? "id" : "device", "Device '" + name + "' not found"};
}

void addUserClaims(Plan &plan, const World &world, const User &user, NodeId root)
{
    const auto claims = userClaims(world, user, root);
    plan.standing.insert(plan.standing.end(), claims.begin(), claims.end());
}

void addChangedClaims(Plan &plan, const World &world, const std::function<void(World &)> &change)
{
    World after = world;
    change(after);
    for (Holder holder : after.ledger.holders()) {
        const Holding *before = world.ledger.holding(holder);
        const Holding *now = after.ledger.holding(holder);
        if (before != nullptr && before->claims == now->claims)
            continue;
        plan.standing.insert(plan.standing.end(), now->claims.begin(), now->claims.end());
        if (before != nullptr)
            plan.replaces.push_back(holder);
    }
}

std::vector<NodeId> nodesOfHost(const World &world, const std::string &host)
{
    std::vector<NodeId> nodes = world.graph.nodes();
    std::erase_if(nodes, [&](NodeId node) { return world.node(node).host != host; });
    return nodes;
}

void activate(World &world, NodeId start)
{
    std::vector<NodeId> open{start};
    std::vector<bool> seen(world.graph.nodeCount());
    while (!open.empty()) {
        const NodeId node = open.back();
        open.pop_back();
        if (seen[node.value])
            continue;
        seen[node.value] = true;
        setInactive(world, node, false);
        for (EdgeId edge : world.node(node).children)
            open.push_back(world.graph.edge(edge).child);
    }
}

std::string freeUserName(const World &world, const std::string &type)
{
    for (int number = 0;; ++number) {
        std::string name = type + std::to_string(number);
        if (!world.findUser(name) && !world.graph.findNode(name))
            return name;
    }
}

void removeMedium(World &world, UserId user)
{
    if (const auto root = world.rootOf(user)) {
        detach(world, *world.user(user).root);
        closeIfUnreferenced(world, *root);
    }
}

void insertMedium(World &world, UserId user, NodeId node)
{
    attach(world, Parent::of(user), node, "root");
}

} // namespace blockscope
