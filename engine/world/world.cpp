// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/world/world.h"

#include "engine/world/standingclaims.h"

#include <algorithm>
#include <cassert>

namespace blockscope {

namespace {

/// Makes the ledger say of \a holder what \a claim says; since stays when it held before.
void setStanding(World &world, Holder holder, const std::optional<NodeClaim> &claim)
{
    const Holding *held = world.ledger.holding(holder);
    if (held != nullptr && claim && held->claims == std::vector<NodeClaim>{*claim})
        return;
    const Tick since = held != nullptr ? held->since : world.clock;
    world.ledger.release(holder);
    if (claim)
        world.ledger.acquire(holder, since, {*claim});
}

void refresh(World &world, EdgeId id)
{
    const Edge &edge = world.graph.edge(id);
    if (edge.parent.kind == Parent::Kind::User) {
        const UserId user{edge.parent.id};
        setStanding(world, Holder::of(user), standingClaim(world, world.user(user)));
    } else {
        setStanding(world, Holder::of(id), standingClaim(world, edge));
    }
}

bool holdsExactly(const World &world, Holder holder, const std::optional<NodeClaim> &claim)
{
    const Holding *held = world.ledger.holding(holder);
    return claim ? held != nullptr && held->claims == std::vector<NodeClaim>{*claim} : held == nullptr;
}

} // namespace

std::optional<JobId> World::findJob(std::string_view name) const
{
    for (const auto &job : jobs) {
        if (job->status != JobStatus::Null && job->name == name)
            return job->id;
    }
    return std::nullopt;
}

bool World::hadJob(std::string_view name) const
{
    return std::any_of(jobs.begin(), jobs.end(), [&](const auto &job) { return job->name == name; });
}

std::optional<UserId> World::findUser(std::string_view name) const
{
    if (name.empty())
        return std::nullopt;
    for (const auto &user : users) {
        if (user->isAttached && (user->name == name || user->backendName == name || user->qdev == name))
            return user->id;
    }
    return std::nullopt;
}

std::optional<NodeId> World::rootOf(UserId id) const
{
    const User &each = user(id);
    return each.isAttached && each.root ? std::optional(graph.edge(*each.root).child) : std::nullopt;
}

std::optional<UserId> World::userOf(EdgeId id) const
{
    const Edge &edge = graph.edge(id);
    return edge.parent.kind == Parent::Kind::User ? std::optional(UserId{edge.parent.id}) : std::nullopt;
}

std::vector<JobId> World::liveJobs() const
{
    std::vector<JobId> live;
    for (const auto &job : jobs) {
        if (job->status != JobStatus::Null)
            live.push_back(job->id);
    }
    return live;
}

bool World::isUsedByJob(NodeId node) const
{
    return std::any_of(jobs.begin(), jobs.end(), [&](const auto &job) {
        return job->isActive()
               && std::any_of(job->nodes.begin(), job->nodes.end(), [&](const RoleNode &each) { return each.node == node; });
    });
}

NodeId addNode(World &world, Node node, BlockData data)
{
    const NodeId id = world.graph.addNode(std::move(node));
    assert(id.value == world.data.size());
    world.data.emplace_back(std::move(data));
    return id;
}

EdgeId attach(World &world, Parent parent, NodeId child, std::string role, std::optional<CapturedPermissions> captured)
{
    const EdgeId edge = world.graph.attach(parent, child, std::move(role), captured);
    if (parent.kind == Parent::Kind::User) {
        User &user = world.users[parent.id].edit();
        if (!user.root)
            user.root = edge;
    }
    refresh(world, edge);
    return edge;
}

void detach(World &world, EdgeId edge)
{
    if (const auto user = world.userOf(edge)) {
        if (world.user(*user).root == edge)
            world.users[user->value].edit().root.reset();
        world.ledger.release(Holder::of(*user));
    }
    world.graph.detach(edge);
    world.ledger.release(Holder::of(edge));
}

void redirect(World &world, EdgeId edge, NodeId child)
{
    world.graph.redirect(edge, child);
    refresh(world, edge);
}

void setReadOnly(World &world, NodeId node, bool readOnly)
{
    if (world.node(node).isReadOnly == readOnly)
        return;
    world.graph.editNode(node).isReadOnly = readOnly;
    for (EdgeId edge : std::vector<EdgeId>(world.node(node).children))
        refresh(world, edge);
}

UserId addUser(World &world, User user, std::optional<NodeId> root)
{
    user.id = UserId{static_cast<std::uint32_t>(world.users.size())};
    user.root.reset();
    const UserId id = user.id;
    world.users.emplace_back(std::move(user));
    if (root)
        attach(world, Parent::of(id), *root, "root");
    return id;
}

void removeUser(World &world, UserId id)
{
    const auto edges = world.graph.edges();
    for (EdgeId edge : edges) {
        if (world.graph.edge(edge).parent == Parent::of(id))
            detach(world, edge);
    }
    world.users[id.value].edit().isAttached = false;
}

void setRunState(World &world, std::string runState)
{
    world.runState = std::move(runState);
    for (const auto &user : std::vector<CopyOnWrite<User>>(world.users))
        setStanding(world, Holder::of(user->id), standingClaim(world, *user));
}

void closeIfUnreferenced(World &world, NodeId start)
{
    std::vector<NodeId> open{start};
    while (!open.empty()) {
        const NodeId id = open.back();
        open.pop_back();
        const Node &node = world.node(id);
        if (!node.isOpen || node.isMonitorOwned || !node.parents.empty() || world.isUsedByJob(id))
            continue;
        const std::vector<EdgeId> children = node.children;
        for (EdgeId edge : children) {
            open.push_back(world.graph.edge(edge).child);
            detach(world, edge);
        }
        world.graph.closeNode(id);
    }
}

bool verify(const World &world)
{
    if (!world.graph.verify() || !world.ledger.verify() || world.data.size() != world.graph.nodeCount())
        return false;
    for (std::uint32_t id = 0; id < world.graph.edgeCount(); ++id) {
        if (!holdsExactly(world, Holder::of(EdgeId{id}), standingClaim(world, world.graph.edge(EdgeId{id}))))
            return false;
    }
    for (const auto &user : world.users) {
        if (!holdsExactly(world, Holder::of(user->id), standingClaim(world, *user)))
            return false;
    }
    return std::all_of(world.jobs.begin(), world.jobs.end(), [&](const auto &job) {
        return job->isActive() || world.ledger.holding(Holder::of(job->id)) == nullptr;
    });
}

} // namespace blockscope
