// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// Migration, as far as it concerns images: the source hands them over and leaves them inactive, the destination takes
// them over when it goes on (migration/migration.c, bdrv_inactivate_all() and bdrv_activate() in block.c).
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/claimtable.h"
#include "engine/operations/users.h"
#include "engine/world/grant.h"

#include <algorithm>

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kMigrateParameters[] = {
    {.name = "uri", .isRequired = true},       {.name = "blk", .kind = Kind::Boolean},
    {.name = "inc", .kind = Kind::Boolean},    {.name = "detach", .kind = Kind::Boolean},
    {.name = "resume", .kind = Kind::Boolean},
};
constexpr Parameter kIncomingParameters[] = {{.name = "uri", .isRequired = true}};
constexpr Parameter kSetActiveParameters[] = {
    {.name = "node-name", .kind = Kind::Node, .role = "node"},
    {.name = "active", .kind = Kind::Boolean, .isRequired = true},
};

/// Who loses its claims when the nodes of \a plan become inactive: the links from them, and the guests on them, since
/// the VM has been stopped by then. An export does not stop.
void replaceStanding(Plan &plan, const World &world, const std::vector<NodeId> &nodes)
{
    for (NodeId node : nodes) {
        for (EdgeId edge : world.node(node).children)
            plan.replaces.push_back(Holder::of(edge));
    }
}

void replaceGuests(Plan &plan, const World &world, const std::string &host)
{
    for (const auto &user : world.users) {
        if (user->isAttached && user->kind == User::Kind::Guest && user->host == host)
            plan.replaces.push_back(Holder::of(user->id));
    }
}

/// Every disk that is copied along: what a guest of the process writes to.
std::vector<NodeId> writableRoots(const World &world, const std::string &host)
{
    std::vector<NodeId> roots;
    for (const auto &user : world.users) {
        const auto root = world.rootOf(user->id);
        if (root && user->kind == User::Kind::Guest && user->host == host && user->isWritable)
            roots.push_back(*root);
    }
    return roots;
}

/// The process that the migration arrives at: whoever listens, since addresses are not compared.
std::optional<std::string> destinationOf(const World &world, const Object &arguments, const std::string &source)
{
    const std::string uri = *textArgument(arguments, "uri");
    if (uri.starts_with("exec:") || uri.starts_with("fd:"))
        return std::nullopt;
    for (const auto &[host, flags] : *world.hostFlags) {
        if (flags.contains(HostFlag::Listens) && host != source)
            return host;
    }
    return std::nullopt;
}

/// process_incoming_migration_bh() of migration/migration.c: the images are taken over, and the VM is paused until it
/// is told to go on, or was.
void arrive(World &world, const std::string &host)
{
    setHostFlag(world, HostFlag::Listens, host, false);
    setHostFlag(world, HostFlag::HasNotRun, host, true);
    for (NodeId node : nodesOfHost(world, host))
        setInactive(world, node, false);
    setRunState(world, world.is(HostFlag::GoesOn, host) ? "running" : "paused", host);
    setHostFlag(world, HostFlag::GoesOn, host, false);
}

Result<Plan> planMigrateOn(const World &world, const Object &arguments, const std::string &host)
{
    if (boolArgument(arguments, "resume", false))
        return Error{"ARG-UNSUPPORTED", "resume", "Cannot resume if there is no paused migration"};
    if (world.runStateOf(host) == "inmigrate")
        return Error{"ARG-STATE", "execute", "Guest is waiting for an incoming migration"};
    if (world.runStateOf(host) == "postmigrate")
        return Error{"ARG-STATE", "execute", "Can't migrate the vm that was paused due to previous migration"};
    PlanBuilder builder(kMigrate, "migrate handover", arguments);
    const std::vector<NodeId> nodes = nodesOfHost(world, host);
    builder.add("root", nodes);
    if (boolArgument(arguments, "blk", false)) {
        for (NodeId root : writableRoots(world, host))
            builder.add("disk", root, claimFor("migrate -b (2.5..9.0)", "root"));
    }
    Plan plan = builder.take();
    replaceStanding(plan, world, nodes);
    replaceGuests(plan, world, host);
    if (const auto destination = destinationOf(world, arguments, host))
        addChangedClaims(plan, world, [&](World &after) { arrive(after, *destination); });
    return plan;
}

bool handOver(World &world, NodeId node)
{
    if (!permit(world, Holder::synchronous(), node, Action::ModifyMetadata))
        return false;
    setInactive(world, node, true);
    return true;
}

void migrate(World &world, const Plan &plan, Job *)
{
    setRunState(world, "postmigrate", plan.host);
    for (NodeId node : nodesOfHost(world, plan.host)) {
        if (!handOver(world, node))
            return;
    }
    if (const auto destination = destinationOf(world, plan.arguments, plan.host))
        arrive(world, *destination);
}

Result<Plan> planIncomingOn(const World &world, const Object &arguments, const std::string &host)
{
    if (world.runStateOf(host) != "inmigrate")
        return Error{"ARG-STATE", "uri", "'-incoming' was not specified on the command line"};
    if (world.is(HostFlag::Listens, host))
        return Error{"ARG-STATE", "uri", "The incoming migration has already been started"};
    return PlanBuilder(kMigrateIncoming, "migrate-incoming", arguments).take();
}

void listen(World &world, const Plan &plan, Job *)
{
    setHostFlag(world, HostFlag::Listens, plan.host, true);
}

bool hasActiveParent(const World &world, NodeId node, const std::vector<NodeId> &leaving)
{
    const auto parents = parentNodes(world, node);
    return std::any_of(parents.begin(), parents.end(), [&](NodeId parent) {
        return !world.node(parent).isInactive && std::find(leaving.begin(), leaving.end(), parent) == leaving.end();
    });
}

/// \a start and what is below it and used by nothing active any more (bdrv_inactivate_recurse()).
std::vector<NodeId> inactivatedWith(const World &world, NodeId start)
{
    std::vector<NodeId> leaving{start};
    for (std::size_t next = 0; next < leaving.size(); ++next) {
        for (EdgeId edge : world.node(leaving[next]).children) {
            const NodeId child = world.graph.edge(edge).child;
            const bool isKnown = std::find(leaving.begin(), leaving.end(), child) != leaving.end();
            if (!isKnown && !hasActiveParent(world, child, leaving))
                leaving.push_back(child);
        }
    }
    std::erase_if(leaving, [&](NodeId node) { return world.node(node).isInactive; });
    return leaving;
}

void setActive(World &world, const std::vector<NodeId> &nodes)
{
    for (NodeId node : nodes)
        activate(world, node);
}

Result<Plan> planActivation(const World &world, const Object &arguments, const std::vector<NodeId> &nodes)
{
    Plan plan = PlanBuilder(kBlockdevSetActive, "blockdev-set-active", arguments).take();
    for (NodeId node : nodes)
        plan.nodes.push_back({"node", node});
    addChangedClaims(plan, world, [&](World &after) { setActive(after, nodes); });
    return plan;
}

Result<Plan> planSetActiveOn(const World &world, const Object &arguments, const std::string &host)
{
    std::vector<NodeId> nodes = nodesOfHost(world, host);
    const auto name = textArgument(arguments, "node-name");
    const auto node = name ? world.graph.findNode(*name) : std::nullopt;
    if (name && !node)
        return Error{"ARG-NODE", "node-name", "Failed to find node with node-name='" + *name + "'"};
    if (boolArgument(arguments, "active", true))
        return planActivation(world, arguments, node ? std::vector<NodeId>{*node} : nodes);
    if (node) {
        if (hasActiveParent(world, *node, {}))
            return Error{"ARG-IN-USE", "node-name", "Node has active parent node"};
        nodes = inactivatedWith(world, *node);
    }
    PlanBuilder builder(kBlockdevSetActive, "blockdev-set-active false", arguments);
    builder.add("node", nodes);
    Plan plan = builder.take();
    replaceStanding(plan, world, nodes);
    return plan;
}

void setActiveOrNot(World &world, const Plan &plan, Job *)
{
    const bool active = boolArgument(plan.arguments, "active", true);
    for (const RoleNode &each : plan.nodes) {
        if (active)
            activate(world, each.node);
        else if (!handOver(world, each.node))
            return;
    }
}

template <auto planOn>
Result<Plan> here(const World &world, const Object &arguments)
{
    return planOn(world, arguments, {});
}

Object suggestSetActive(const World &world, NodeId node)
{
    return {{"node-name", world.node(node).name}, {"active", world.node(node).isInactive}};
}

} // namespace

// Simplified: it is done at once, and only as far as images are concerned; the destination is as one started with -S.
// With blk the disks are judged as if they
// were copied along and then handed over all the same.
const Operation kMigrate{.name = "migrate",
                         .family = Family::Guest,
                         .fidelity = Fidelity::Simplified,
                         .parameters = kMigrateParameters,
                         .plan = here<planMigrateOn>,
                         .planOn = planMigrateOn,
                         .start = migrate};
// The process that was started with -incoming listens; its images stay inactive until the migration comes in.
const Operation kMigrateIncoming{.name = "migrate-incoming",
                                 .family = Family::Guest,
                                 .parameters = kIncomingParameters,
                                 .plan = here<planIncomingOn>,
                                 .planOn = planIncomingOn,
                                 .start = listen};
const Operation kBlockdevSetActive{.name = "blockdev-set-active",
                                   .family = Family::Guest,
                                   .parameters = kSetActiveParameters,
                                   .dropParameter = "node-name",
                                   .plan = here<planSetActiveOn>,
                                   .planOn = planSetActiveOn,
                                   .suggest = suggestSetActive,
                                   .start = setActiveOrNot};

} // namespace blockscope
