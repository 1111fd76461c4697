// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/world/world.h"

#include "engine/graph/walk.h"
#include "engine/world/contract.h"
#include "engine/world/standingclaims.h"

#include <algorithm>
#include <cassert>
#include <set>
#include <utility>

namespace blockscope {

namespace {

/// True when \a holder holds \a claims and nothing else; who has none to hold holds nothing.
bool holdsExactly(const World &world, Holder holder, const std::vector<NodeClaim> &claims)
{
    const Holding *held = world.ledger.holding(holder);
    return held == nullptr ? claims.empty() : !claims.empty() && held->claims == claims;
}

/// Makes the ledger say of \a holder what \a claims say; since stays when it held before.
void setStanding(World &world, Holder holder, std::vector<NodeClaim> claims)
{
    if (holdsExactly(world, holder, claims))
        return;
    const Holding *held = world.ledger.holding(holder);
    const Tick since = held != nullptr ? held->since : world.clock;
    world.ledger.release(holder);
    if (!claims.empty())
        world.ledger.acquire(holder, since, std::move(claims));
}

void setStanding(World &world, EdgeId edge)
{
    setStanding(world, Holder::of(edge), standingClaims(world, world.graph.edge(edge)));
    if (const auto user = world.userOf(edge))
        setStanding(world, Holder::of(*user), standingClaims(world, world.user(*user)));
}

void setStandingOfUsers(World &world)
{
    NodesAbove known;
    for (const auto &user : world.users)
        setStanding(world, Holder::of(user->id), standingClaims(world, *user, known));
}

/// Enters anew what the writers at and below \a node, or through filters on these, claim on what is above them (P3).
void refreshWritersBelow(World &world, NodeId node)
{
    if (std::none_of(world.users.begin(), world.users.end(),
                     [](const auto &user) { return user->isAttached && user->root && user->isWritable; }))
        return;
    std::vector<bool> seen(world.graph.nodeCount());
    std::vector<NodeId> open{node};
    while (!open.empty()) {
        const NodeId next = open.back();
        open.pop_back();
        if (seen[next.value])
            continue;
        seen[next.value] = true;
        for (EdgeId id : world.node(next).parents) {
            const Parent parent = world.graph.edge(id).parent;
            if (const auto user = world.userOf(id))
                setStanding(world, Holder::of(*user), standingClaims(world, world.user(*user)));
            else if (parent.isNode() && isFilterDriver(world.node(parent.node()).driver))
                open.push_back(parent.node());
        }
        for (EdgeId id : world.node(next).children) {
            if (showsChild(world.graph, world.graph.edge(id)))
                open.push_back(world.graph.edge(id).child);
        }
    }
}

/// Enters anew what a link claims that came, went or moved, and what follows from it.
void refresh(World &world, EdgeId edge)
{
    setStanding(world, edge);
    if (world.graph.edge(edge).parent.isNode())
        refreshWritersBelow(world, world.graph.edge(edge).child);
    // Where readers claim what is below them (P2 off), their claims follow any link.
    if (!world.is(Switch::ReadersStayUp))
        setStandingOfUsers(world);
    // What is claimed through filters follows their links, so all above them is looked at again.
    std::vector<NodeId> filters;
    const auto addParent = [&](EdgeId below) {
        const Parent parent = world.graph.edge(below).parent;
        if (parent.isNode() && isFilterDriver(world.node(parent.node()).driver))
            filters.push_back(parent.node());
    };
    addParent(edge);
    for (std::size_t height = 0; height < kMaximumFilters && !filters.empty(); ++height) {
        for (NodeId filter : std::exchange(filters, {})) {
            for (EdgeId above : world.node(filter).parents) {
                setStanding(world, above);
                if (showsChild(world.graph, world.graph.edge(above)))
                    addParent(above);
            }
        }
    }
}

/// What the users of an edge see may differ from now on.
void noteMoved(World &world, EdgeId id)
{
    const Edge &edge = world.graph.edge(id);
    if (edge.parent.kind != Parent::Kind::Job)
        world.changes.nodes.push_back(edge.parent.isNode() ? edge.parent.node() : edge.child);
}

/// A reader that is moved takes its contract along, unless somebody was there before.
void moveContract(World &world, EdgeId id, NodeId to)
{
    const auto user = world.userOf(id);
    if (!user || !world.user(*user).isReader() || hasReader(world, to))
        return;
    if (const BlockData *contract = contractOf(world, world.graph.edge(id).child))
        setContract(world, to, BlockData(*contract));
}

} // namespace

const std::string &World::runStateOf(const std::string &host) const
{
    static const std::string kNone;
    if (host.empty())
        return runState;
    const auto found = otherHosts->find(host);
    return found == otherHosts->end() ? kNone : found->second;
}

bool World::is(HostFlag flag, const std::string &host) const
{
    const auto found = hostFlags->find(host);
    return found != hostFlags->end() && found->second.contains(flag);
}

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
        const bool isJobs = user->job.has_value();
        if (user->isAttached && !isJobs && (user->name == name || user->backendName == name || user->qdev == name))
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

Holder World::holderBehind(EdgeId edge) const
{
    const Parent &parent = graph.edge(edge).parent;
    if (parent.kind == Parent::Kind::Job)
        return Holder::of(JobId{parent.id});
    if (parent.isNode())
        return Holder::of(edge);
    const User &behind = user(UserId{parent.id});
    return behind.job ? Holder::of(*behind.job) : Holder::of(behind.id);
}

const std::string &World::deviceOrNodeName(NodeId id) const
{
    for (EdgeId edge : node(id).parents) {
        const auto parent = userOf(edge);
        if (parent && !user(*parent).backendName.empty())
            return user(*parent).backendName;
    }
    return node(id).name;
}

Tick World::heldSince(Holder holder) const
{
    if (const Holding *holding = ledger.holding(holder))
        return holding->since;
    return holder.kind == Holder::Kind::Job ? job(JobId{holder.id}).startedAt : Tick{0};
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
        return job->isActive() && std::any_of(job->nodes.begin(), job->nodes.end(),
                                              [&](const RoleNode &each) { return each.node == node; });
    });
}

NodeId addNode(World &world, Node node, BlockData data)
{
    const NodeId id = world.graph.addNode(std::move(node));
    assert(id.value == world.data.size());
    world.data.emplace_back(std::move(data));
    return id;
}

EdgeId attach(World &world, Parent parent, NodeId child, std::string role, std::optional<Permissions> captured)
{
    const EdgeId edge = world.graph.attach(parent, child, std::move(role), captured);
    if (parent.kind == Parent::Kind::User) {
        User &user = world.users[parent.id].edit();
        if (!user.root)
            user.root = edge;
        if (user.isReader())
            rememberContract(world, child);
    }
    refresh(world, edge);
    noteMoved(world, edge);
    return edge;
}

void detach(World &world, EdgeId edge)
{
    const auto user = world.userOf(edge);
    if (user && world.user(*user).root == edge)
        world.users[user->value].edit().root.reset();
    world.graph.detach(edge);
    refresh(world, edge);
    if (!user)
        noteMoved(world, edge);
}

void redirect(World &world, EdgeId edge, NodeId child)
{
    moveContract(world, edge, child);
    const NodeId before = world.graph.edge(edge).child;
    world.graph.redirect(edge, child);
    world.ledger.release(Holder::of(edge)); // what it claims on another node it claims from now on
    refresh(world, edge);
    if (world.graph.edge(edge).parent.isNode())
        refreshWritersBelow(world, before);
    noteMoved(world, edge);
}

void setReadOnly(World &world, NodeId node, bool readOnly)
{
    if (world.node(node).isReadOnly == readOnly)
        return;
    world.graph.editNode(node).isReadOnly = readOnly;
    for (EdgeId edge : std::vector<EdgeId>(world.node(node).children))
        refresh(world, edge);
}

void setInactive(World &world, NodeId node, bool inactive)
{
    if (world.node(node).isInactive == inactive)
        return;
    world.graph.editNode(node).isInactive = inactive;
    for (EdgeId edge : std::vector<EdgeId>(world.node(node).children))
        refresh(world, edge);
    for (EdgeId edge : std::vector<EdgeId>(world.node(node).parents)) {
        if (world.userOf(edge))
            refresh(world, edge);
    }
    // Whoever takes an image over expects what its last owner left there.
    if (!inactive)
        renewContract(world, node);
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

void setRunState(World &world, std::string runState, const std::string &host)
{
    if (runState == "running")
        setHostFlag(world, HostFlag::HasNotRun, host, false);
    (host.empty() ? world.runState : world.otherHosts.edit()[host]) = std::move(runState);
    setStandingOfUsers(world);
}

void setHostFlag(World &world, HostFlag flag, const std::string &host, bool on)
{
    if (world.is(flag, host) == on)
        return;
    auto &all = world.hostFlags.edit();
    HostFlags &flags = all[host];
    if (on)
        flags.insert(flag);
    else
        flags.remove(flag);
    if (flags.isEmpty())
        all.erase(host);
}

void refreshUsers(World &world)
{
    setStandingOfUsers(world);
}

void setSwitch(World &world, Switch which, bool on)
{
    if (on)
        world.switches.insert(which);
    else
        world.switches.remove(which);
    setStandingOfUsers(world);
    for (EdgeId edge : world.graph.edges())
        setStanding(world, Holder::of(edge), standingClaims(world, world.graph.edge(edge)));
}

void shareImage(World &world, NodeId node, NodeId holder)
{
    assert(!world.node(holder).sameImageAs);
    world.graph.editNode(node).sameImageAs = holder;
    world.graph.editNode(holder).alsoShownBy.push_back(node);
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
        if (world.contracts->contains(id))
            world.contracts.edit().erase(id);
    }
}

namespace {

/// Every id leads to something, and users know their links.
bool idsAreSound(const World &world)
{
    const auto isThing = [&](const Parent &parent) {
        const std::size_t counts[] = {world.graph.nodeCount(), world.users.size(), world.jobs.size()};
        return parent.id < counts[static_cast<std::size_t>(parent.kind)];
    };
    for (std::uint32_t id = 0; id < world.graph.edgeCount(); ++id) {
        const Edge &edge = world.graph.edge(EdgeId{id});
        if (edge.id.value != id || edge.child.value >= world.graph.nodeCount() || !isThing(edge.parent))
            return false;
    }
    for (std::uint32_t id = 0; id < world.users.size(); ++id) {
        const User &user = world.user(UserId{id});
        if (user.id.value != id || (user.job && user.job->value >= world.jobs.size()))
            return false;
        if (user.root && (user.root->value >= world.graph.edgeCount() || !world.graph.edge(*user.root).isAttached ||
                          world.graph.edge(*user.root).parent != Parent::of(user.id)))
            return false;
    }
    return true;
}

/// Live jobs have names of their own and work on nodes that are open; ended ones hold nothing.
bool jobsAreSound(const World &world)
{
    std::set<std::string_view> names;
    for (std::uint32_t id = 0; id < world.jobs.size(); ++id) {
        const Job &job = world.job(JobId{id});
        const bool isLive = job.status != JobStatus::Null;
        if (job.id.value != id || (isLive && !names.insert(job.name).second))
            return false;
        if (!job.isActive() && world.ledger.holding(Holder::of(job.id)) != nullptr)
            return false;
        const bool nodesAreSound = std::all_of(job.nodes.begin(), job.nodes.end(), [&](const RoleNode &each) {
            return each.node.value < world.graph.nodeCount() && (!job.isActive() || world.node(each.node).isOpen);
        });
        if (!nodesAreSound)
            return false;
    }
    return true;
}

bool standingClaimsAreHeld(const World &world)
{
    const std::size_t counts[] = {world.jobs.size(), world.users.size(), world.graph.edgeCount()};
    const auto holders = world.ledger.holders();
    if (std::any_of(holders.begin(), holders.end(),
                    [&](Holder holder) { return holder.id >= counts[static_cast<std::size_t>(holder.kind)]; }))
        return false;
    for (std::uint32_t id = 0; id < world.graph.edgeCount(); ++id) {
        if (!holdsExactly(world, Holder::of(EdgeId{id}), standingClaims(world, world.graph.edge(EdgeId{id}))))
            return false;
    }
    NodesAbove known;
    return std::all_of(world.users.begin(), world.users.end(), [&](const auto &user) {
        return holdsExactly(world, Holder::of(user->id), standingClaims(world, *user, known));
    });
}

/// Contracts, bitmaps and snapshots are of nodes that are there; who reads has a contract.
bool contractsAreSound(const World &world)
{
    const auto isKnown = [&](const auto &entry) { return entry.first.value < world.graph.nodeCount(); };
    const auto &users = world.users;
    return std::all_of(world.contracts->begin(), world.contracts->end(), isKnown) &&
           std::all_of(world.bitmaps->begin(), world.bitmaps->end(), isKnown) &&
           std::all_of(world.snapshots->begin(), world.snapshots->end(), isKnown) &&
           std::all_of(users.begin(), users.end(), [&](const auto &user) {
               const auto root = world.rootOf(user->id);
               return !root || !user->isReader() || contractOf(world, *root) != nullptr;
           });
}

} // namespace

bool verify(const World &world)
{
    return idsAreSound(world) && world.graph.verify() && world.data.size() == world.graph.nodeCount() &&
           jobsAreSound(world) && contractsAreSound(world) && world.ledger.verify() && standingClaimsAreHeld(world);
}

} // namespace blockscope
