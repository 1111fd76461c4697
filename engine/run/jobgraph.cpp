// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/run/jobgraph.h"

#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/newimage.h"
#include "engine/policies/policy.h"
#include "engine/world/permissions.h"

#include <algorithm>

namespace blockscope {

namespace {

/// The filter that a job of that type puts in, and how that calls its child.
struct FilterKind
{
    std::string_view jobType;
    const char *driver;
    const char *role;
};
constexpr FilterKind kCommitTop{"commit", "commit_top", "backing"};
constexpr FilterKind kMirrorTop{"mirror", "mirror_top", "backing"};
constexpr FilterKind kCopyOnRead{"stream", "copy-on-read", "file"};
constexpr FilterKind kCopyBeforeWrite{"backup", "copy-before-write", "file"};

const FilterKind *filterKindOf(const Job &job)
{
    if (job.isActiveCommit())
        return &kMirrorTop;
    for (const FilterKind *kind : {&kCommitTop, &kMirrorTop, &kCopyOnRead, &kCopyBeforeWrite}) {
        if (kind->jobType == job.type)
            return kind;
    }
    return nullptr;
}

/// The node above which the filter goes: the one that was named, which may be another job's filter.
std::optional<NodeId> filteredBy(const World &world, const Job &job)
{
    if (job.type == "commit")
        return job.node("top");
    if (const auto device = textArgument(job.arguments, "device")) {
        if (const auto named = lookUpNode(world, "device", *device))
            return *named;
    }
    return job.node(job.type == "stream" ? "top" : "source");
}

/// bdrv_append(): everybody above \a node goes through \a filter, but for jobs and for who is reached through it
/// (should_update_child() in block.c).
void insertAbove(World &world, NodeId filter, NodeId node)
{
    for (EdgeId id : std::vector<EdgeId>(world.node(node).parents)) {
        const Parent parent = world.graph.edge(id).parent;
        const bool stays =
            parent.kind == Parent::Kind::Job ||
            (parent.isNode() && (parent.node() == filter || isReachable(world.graph, filter, parent.node())));
        if (!stays)
            redirect(world, id, filter);
    }
}

NodeId putFilter(World &world, Job &job, const FilterKind &kind, NodeId node)
{
    const auto name = textArgument(job.arguments, "filter-node-name");
    Node filter;
    filter.name = name && !world.graph.findNode(*name) ? *name : freeNodeName(world);
    filter.driver = kind.driver;
    filter.filename = world.node(node).filename;
    filter.isReadOnly = world.node(node).isReadOnly;
    filter.virtualSize = world.node(node).virtualSize;
    filter.isImplicit = !name && job.type != "backup"; // bdrv_cbw_append() does not set it
    filter.host = world.node(node).host;
    const NodeId id = addNode(world, filter);
    attach(world, Parent::of(id), node, kind.role);
    if (job.type == "backup")
        attach(world, Parent::of(id), *job.node("target"), "target");
    insertAbove(world, id, node);
    job.nodes.push_back({"filter", id});
    return id;
}

void link(World &world, JobId job, const char *role, NodeId child)
{
    attach(world, Parent::of(job), child, role);
}

void addBackend(World &world, const Job &job, NodeId root, bool sharesWrites = false)
{
    User backend;
    backend.kind = User::Kind::Backend;
    backend.name = job.name;
    backend.job = job.id;
    backend.sharesWrites = sharesWrites;
    backend.host = world.node(root).host;
    addUser(world, backend, root);
}

/// "intermediate node" for all from \a first down to \a end, itself left out.
void linkIntermediates(World &world, JobId job, std::optional<NodeId> first, std::optional<NodeId> end)
{
    const std::size_t limit = world.graph.nodeCount(); // a damaged chain may be a cycle
    for (std::size_t i = 0; first && first != end && i < limit; ++i) {
        link(world, job, "intermediate node", *first);
        first = filteredOrBackingChild(world.graph, *first);
    }
}

/// What follows "base" down the chain is not listed; a filter above it is no part of it.
void enterCommit(World &world, const Job &job, NodeId top)
{
    const NodeId base = *job.node("base");
    const auto device = lookUpNode(world, "device", textArgument(job.arguments, "device").value_or(""));
    link(world, job.id, "main node", device ? *device : top);
    linkIntermediates(world, job.id, top, base);
    link(world, job.id, "base", base);
    addBackend(world, job, base);
    addBackend(world, job, top);
}

void enterMirror(World &world, const Job &job, NodeId filter, NodeId source)
{
    const NodeId target = *job.node(job.type == "mirror" ? "target" : "base");
    link(world, job.id, "main node", filter);
    link(world, job.id, "source", source);
    link(world, job.id, "target", target);
    const auto chain = backingChain(world.graph, source);
    if (std::find(chain.begin(), chain.end(), skipFilters(world.graph, target)) != chain.end())
        linkIntermediates(world, job.id, filteredOrBackingChild(world.graph, source), target);
    addBackend(world, job, target, isReachable(world.graph, skipFilters(world.graph, target), source));
}

void enterStream(World &world, const Job &job, NodeId filter, NodeId top)
{
    link(world, job.id, "main node", filter);
    link(world, job.id, "active node", top);
    linkIntermediates(world, job.id, filteredOrBackingChild(world.graph, top), job.node("base"));
    addBackend(world, job, filter);
}

void enterBackup(World &world, const Job &job, NodeId filter)
{
    link(world, job.id, "main node", filter);
    link(world, job.id, "target", *job.node("target"));
}

} // namespace

void enterGraph(World &world, JobId id)
{
    const FilterKind *kind = filterKindOf(world.job(id));
    const auto node = kind != nullptr ? filteredBy(world, world.job(id)) : std::nullopt;
    if (!node || !world.job(id).isActive())
        return;
    const NodeId filter = putFilter(world, world.editJob(id), *kind, *node);
    const Job job = world.job(id);
    if (kind == &kCommitTop)
        enterCommit(world, job, *node);
    else if (kind == &kMirrorTop)
        enterMirror(world, job, filter, *node);
    else if (kind == &kCopyOnRead)
        enterStream(world, job, filter, *node);
    else
        enterBackup(world, job, filter);
}

void dissolveFilter(World &world, const Job &job)
{
    const auto filter = job.node("filter");
    if (!filter || !world.node(*filter).isOpen)
        return;
    const auto child = filteredChild(world.graph, *filter);
    for (EdgeId edge : std::vector<EdgeId>(world.node(*filter).parents)) {
        if (child)
            redirect(world, edge, *child);
    }
}

void removeBackends(World &world, JobId id)
{
    for (std::uint32_t user = 0; user < world.users.size(); ++user) {
        if (world.users[user]->isAttached && world.users[user]->job == id)
            removeUser(world, UserId{user});
    }
}

void leaveGraph(World &world, JobId id)
{
    for (EdgeId edge : world.graph.edges()) {
        if (world.graph.edge(edge).isAttached && world.graph.edge(edge).parent == Parent::of(id))
            detach(world, edge);
    }
    removeBackends(world, id);
}

void usePolicy(World &world, const Policy &policy)
{
    world.policy = policy.name;
    const JobLinks links(world);
    for (JobId id : policy.hasPermissions ? world.liveJobs() : std::vector<JobId>()) {
        if (!links.isIn(id) && world.job(id).isSimulated)
            enterGraph(world, id);
    }
}

} // namespace blockscope
