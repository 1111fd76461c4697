// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

// blockdev-reopen: gives nodes other options, all at once: read-only, and another file or backing file
// (qmp_blockdev_reopen() in blockdev.c, bdrv_reopen_prepare() and bdrv_reopen_parse_file_or_backing() in block.c).
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/blockdevoptions.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/claimtable.h"
#include "engine/world/blockio.h"
#include "engine/world/contract.h"
#include "engine/world/grant.h"
#include "engine/world/standingclaims.h"

#include <algorithm>

namespace blockscope {

namespace {

constexpr Parameter kParameters[] = {
    {.name = "options", .kind = Parameter::Kind::Options, .isRequired = true, .role = "node"},
};
constexpr std::string_view kLinks[] = {"backing", "file"}; // in the order in which QEMU looks at them

/// What becomes of one link.
struct NewLink
{
    std::string_view role;
    std::optional<NodeId> child; ///< nothing: cut
};

/// One element of the list.
struct Reopened
{
    NodeId node;
    bool isReadOnly = false; ///< from now on
    bool changesReadOnly = false;
    std::vector<NewLink> links;
};

Error unfitting(std::string_view role)
{
    return {"ARG-TYPE", "options",
            "Invalid parameter type for '" + std::string(role) +
                "', expected: " + (role == "file" ? "BlockdevRef" : "BlockdevRefOrNull")};
}

std::optional<NodeId> childOf(const World &world, NodeId node, std::string_view role)
{
    const auto edge = world.graph.childEdge(node, role);
    return edge ? std::optional(world.graph.edge(*edge).child) : std::nullopt;
}

/// The node without the filters that jobs put in.
NodeId skipImplicit(const World &world, NodeId node)
{
    for (std::size_t steps = kMaximumFilters; steps > 0 && world.node(node).isImplicit; --steps) {
        const auto child = filteredChild(world.graph, node);
        if (!child)
            break;
        node = *child;
    }
    return node;
}

/// Why \a node cannot get \a child where it has \a old now.
std::optional<Error> checkLink(const World &world, NodeId id, std::string_view role, std::optional<NodeId> old)
{
    const Node &node = world.node(id);
    if (old && world.node(*old).isImplicit) {
        return Error{"ARG-CHAIN", "options", "Cannot replace implicit " + std::string(role) + " child of " + node.name};
    }
    if (isFilterDriver(node.driver) && !old) {
        return Error{"ARG-CHAIN", "options",
                     "'" + node.name + "' is a " + node.driver + " filter node that does not support a " +
                         std::string(role) + " child"};
    }
    return std::nullopt;
}

/// Reads one link of an element; nothing for one that stays.
Result<std::optional<NewLink>> readLink(const World &world, NodeId node, std::string_view role, const Value &value)
{
    const auto old = childOf(world, node, role);
    if (value.asObject() != nullptr) // options of a child that was opened with its parent: they stay
        return std::optional<NewLink>();
    if (value.isNull() ? role == "file" : value.asString() == nullptr)
        return unfitting(role);
    std::optional<NodeId> child;
    if (!value.isNull()) {
        const std::string &name = *value.asString();
        child = world.graph.findNode(name);
        if (!child)
            return Error{"ARG-NODE", "options", "Cannot find device='' nor node-name='" + name + "'"};
        if (isReachable(world.graph, *child, node)) {
            return Error{"ARG-CHAIN", "options",
                         "Making '" + name + "' a " + std::string(role) + " child of '" + world.node(node).name +
                             "' would create a cycle"};
        }
    }
    if (old == child || (old && child && skipImplicit(world, *old) == *child))
        return std::optional<NewLink>();
    if (auto error = checkLink(world, node, role, old))
        return *error;
    return std::optional(NewLink{role, child});
}

/// Somebody who writes and holds no claim, such as the guest of a VM that does not run: no policy sees it, but a
/// read-only node would not do for it.
std::optional<Error> checkSilentWriters(const World &world, NodeId node)
{
    for (EdgeId edge : world.node(node).parents) {
        const auto user = world.userOf(edge);
        if (user && world.user(*user).isReader() && world.user(*user).isWritable &&
            world.ledger.holding(Holder::of(*user)) == nullptr) {
            return Error{"ARG-READONLY", "options",
                         "Read-only block node '" + world.node(node).name + "' cannot support read-write users"};
        }
    }
    return std::nullopt;
}

/// "Unlike with blockdev-add, the backing option must always be present unless the node being reopened does not have a
/// backing file and its image does not have a default backing file as part of its metadata" (block-core.json).
bool isBackingMissing(const World &world, const Object &options, NodeId id)
{
    const Node &node = world.node(id);
    return supportsBacking(node.driver) && find(options, "backing") == nullptr &&
           (childOf(world, id, "backing") || !node.headerBacking.empty());
}

Result<NodeId> findReopened(const World &world, const Object &options)
{
    const auto driver = textArgument(options, "driver");
    if (!driver)
        return Error{"ARG-MISSING", "options", "Parameter 'driver' is missing"};
    const auto name = textArgument(options, "node-name");
    if (!name)
        return Error{"ARG-MISSING", "options", "node-name not specified"};
    const auto node = world.graph.findNode(*name);
    if (!node)
        return Error{"ARG-NODE", "options", "Failed to find node with node-name='" + *name + "'"};
    return *node;
}

/// Reads one element, as the graph is after those before it.
Result<Reopened> readElement(const World &world, const Object &options)
{
    const auto node = findReopened(world, options);
    if (!node)
        return node.error();
    Reopened reopened;
    reopened.node = *node;
    reopened.isReadOnly = boolArgument(options, "read-only", false);
    reopened.changesReadOnly = reopened.isReadOnly != world.node(*node).isReadOnly;
    if (reopened.isReadOnly) {
        if (auto error = checkSilentWriters(world, *node))
            return *error;
    }
    if (isBackingMissing(world, options, *node))
        return Error{"ARG-MISSING", "options", "backing is missing for '" + world.node(*node).name + "'"};
    for (std::string_view role : kLinks) {
        const Value *value = find(options, role);
        if (value == nullptr)
            continue;
        const auto link = readLink(world, *node, role, *value);
        if (!link)
            return link.error();
        if (*link)
            reopened.links.push_back(**link);
    }
    if (*textArgument(options, "driver") != world.node(*node).driver)
        return Error{"ARG-CHOICE", "options", "Cannot change the option 'driver'"};
    return reopened;
}

void setLink(World &world, NodeId node, const NewLink &link)
{
    const auto edge = world.graph.childEdge(node, link.role);
    const auto old = childOf(world, node, link.role);
    if (edge && link.child)
        redirect(world, *edge, *link.child);
    else if (edge)
        detach(world, *edge);
    else if (link.child)
        attach(world, Parent::of(node), *link.child, std::string(link.role));
    if (old)
        closeIfUnreferenced(world, *old);
}

void carryOut(World &world, const Reopened &reopened)
{
    if (reopened.changesReadOnly)
        setReadOnly(world, reopened.node, reopened.isReadOnly);
    for (const NewLink &link : reopened.links)
        setLink(world, reopened.node, link);
}

/// All elements, read and carried out on \a after one by one.
Result<std::vector<Reopened>> readAll(World &after, const Object &arguments)
{
    const Value::List *list = find(arguments, "options")->asList();
    if (list == nullptr)
        return Error{"ARG-TYPE", "options", "Invalid parameter type for 'options', expected: array"};
    for (std::size_t i = 0; i < list->size(); ++i) {
        const std::string element = "options[" + std::to_string(i) + ']';
        if ((*list)[i].asObject() == nullptr)
            return Error{"ARG-TYPE", "options", "Invalid parameter type for '" + element + "', expected: object"};
        if (auto error = checkBlockdevOptions(*(*list)[i].asObject(), element + '.'))
            return *error;
    }
    std::vector<Reopened> all;
    for (const Value &each : *list) {
        const auto reopened = readElement(after, *each.asObject());
        if (!reopened)
            return reopened.error();
        carryOut(after, *reopened);
        all.push_back(*reopened);
    }
    return all;
}

bool showsOther(const World &before, const World &after, NodeId node)
{
    const BlockData old = shownBy(before, node);
    const BlockData now = shownBy(after, node);
    return !std::equal(old.begin(), old.end(), now.begin(), now.end(),
                       [](const Cluster &a, const Cluster &b) { return a.readsLike(b); });
}

/// What the new links will claim, instead of what the old ones do.
void addStanding(Plan &plan, const World &world, const World &after, NodeId id)
{
    const Node &node = after.node(id);
    for (EdgeId edge : node.children) {
        const Edge &link = after.graph.edge(edge);
        const auto claims = linkClaims(world, node, node.isReadOnly, link.role, link.child);
        const bool isThere = edge.value < world.graph.edgeCount() && world.graph.edge(edge).isAttached;
        if (isThere && standingClaims(world, world.graph.edge(edge)) == claims)
            continue;
        plan.standing.insert(plan.standing.end(), claims.begin(), claims.end());
        if (isThere)
            plan.replaces.push_back(Holder::of(edge));
    }
}

Result<Plan> plan(const World &world, const Object &arguments)
{
    World after = world;
    const auto all = readAll(after, arguments);
    if (!all)
        return all.error();
    PlanBuilder builder(kBlockdevReopen, "blockdev-reopen", arguments);
    std::vector<NodeId> changed;
    for (const Reopened &each : *all) {
        Claim claim = claimFor("blockdev-reopen", "node");
        if (after.node(each.node).isOpen && showsOther(world, after, each.node)) {
            claim.require.insert(Action::ModifyVisible);
            changed.push_back(each.node);
        }
        builder.add("node", each.node, claim);
    }
    for (NodeId above : nodesAbove(world.graph, changed))
        builder.add("above", above, claimFor("blockdev-reopen", "above(if content changes)"));
    Plan plan = builder.take();
    for (const Reopened &each : *all) {
        if (after.node(each.node).isOpen)
            addStanding(plan, world, after, each.node);
    }
    return plan;
}

Object suggest(const World &world, NodeId node)
{
    Object options{{"driver", world.node(node).driver}, {"node-name", world.node(node).name}};
    if (supportsBacking(world.node(node).driver)) {
        const auto backing = childOf(world, node, "backing");
        options["backing"] = backing ? Value(world.node(*backing).name) : Value();
    }
    if (const auto file = childOf(world, node, "file"))
        options["file"] = Value(world.node(*file).name);
    options["read-only"] = Value(world.node(node).isReadOnly);
    return {{"options", Value::List{Value(std::move(options))}}};
}

bool mayReopen(World &world, const Reopened &reopened)
{
    const Holder actor = Holder::synchronous();
    return (!reopened.changesReadOnly || permit(world, actor, reopened.node, Action::ModifyMetadata)) &&
           (reopened.links.empty() || permit(world, actor, reopened.node, Action::GraphReconfiguration));
}

/// Whoever asked for other data means it: all who see it are entitled to it from now on (explore.md section 2), and
/// what a restart would read is theirs to settle.
void acceptContent(World &world, const World &before, const std::vector<Reopened> &all)
{
    std::vector<NodeId> changed;
    for (const Reopened &each : all) {
        if (!world.node(each.node).isOpen || !showsOther(before, world, each.node))
            continue;
        changed.push_back(each.node);
        world.graph.editNode(each.node).isHeaderChosen = true;
    }
    auto shown = nodesAbove(world.graph, changed);
    shown.insert(shown.end(), changed.begin(), changed.end());
    for (NodeId node : shown) {
        if (permit(world, Holder::synchronous(), node, Action::ModifyVisible))
            renewContract(world, node);
    }
}

void start(World &world, const Plan &plan, Job *)
{
    const World before = world;
    World after = world;
    const auto all = readAll(after, plan.arguments);
    if (!all)
        return; // it was just planned
    for (const Reopened &each : *all) {
        if (!mayReopen(world, each))
            return;
        carryOut(world, each);
    }
    acceptContent(world, before, *all);
}

} // namespace

// Simplified: a format node keeps its data here, so that another file below it changes nothing it shows; of the other
// options of a driver none is looked at.
const Operation kBlockdevReopen{.name = "blockdev-reopen",
                                .family = Family::Graph,
                                .fidelity = Fidelity::Simplified,
                                .parameters = kParameters,
                                .dropParameter = "options",
                                .plan = plan,
                                .suggest = suggest,
                                .start = start};

} // namespace blockscope
