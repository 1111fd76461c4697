// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/copying.h"

#include "engine/graph/walk.h"
#include "engine/world/contract.h"
#include "engine/world/grant.h"

#include <algorithm>

namespace blockscope {

namespace {

StepResult fail(Job &job, std::string error)
{
    job.error = std::move(error);
    return StepResult::Failed;
}

StepResult failWrite(Job &job, WriteResult result)
{
    // strerror(EPERM) and strerror(EIO), as a block job reports them.
    const bool isForbidden = result == WriteResult::ReadOnly || result == WriteResult::Denied;
    return fail(job, isForbidden ? "Operation not permitted" : "Input/output error");
}

/// Clusters to do: all, but for a mistake that can be switched on.
std::uint32_t endOf(const World &world, const Job &job)
{
    return world.is(Switch::FaultOneClusterShort) && job.length > 0 ? job.length - 1 : job.length;
}

/// The next cluster of \a from into the buffer.
StepResult readInto(World &world, Job &job, NodeId from, std::uint32_t index)
{
    if (index >= clusterCount(world, from))
        return fail(job, "Input/output error");
    auto cluster = readFor(world, from, index, Holder::of(job.id));
    if (!cluster)
        return failWrite(job, WriteResult::Denied);
    job.cursor = index;
    job.buffer = *cluster;
    job.phase = Job::Phase::Write;
    return StepResult::Progressed;
}

bool isIn(const std::vector<NodeId> &nodes, NodeId node)
{
    return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
}

/// True when a user or a node not in \a others is left above \a node, filters between looked through.
bool isUsedBeside(const World &world, NodeId node, const std::vector<NodeId> &others)
{
    std::vector<NodeId> open{node};
    for (std::size_t next = 0; next < open.size(); ++next) {
        for (EdgeId edge : world.node(open[next]).parents) {
            const Parent parent = world.graph.edge(edge).parent;
            if (parent.kind == Parent::Kind::User && !world.user(UserId{parent.id}).job)
                return true;
            if (!parent.isNode() || isIn(others, parent.node()) || isIn(open, parent.node()))
                continue;
            if (!isFilterDriver(world.node(parent.node()).driver))
                return true;
            open.push_back(parent.node());
        }
    }
    return false;
}

} // namespace

StepResult step(World &world, Job &job, const LinearCopy &copy)
{
    if (job.phase == Job::Phase::Write) {
        const WriteResult result = copy.write(world, job, job.cursor, *job.buffer);
        job.phase = Job::Phase::Scan;
        job.buffer.reset();
        if (result != WriteResult::Done)
            return failWrite(job, result);
        ++job.cursor;
        return StepResult::Progressed;
    }
    if (job.cursor >= endOf(world, job))
        return StepResult::Finished;
    if (copy.skips(world, job, job.cursor)) {
        ++job.cursor;
        return StepResult::Progressed;
    }
    return readInto(world, job, *job.node(copy.from), job.cursor);
}

StepResult stepDirty(World &world, Job &job, std::string_view from, std::string_view to)
{
    const bool clearsLate = world.is(Switch::FaultDirtyBitCleared);
    if (job.phase == Job::Phase::Write) {
        const WriteResult result = writeCluster(world, *job.node(to), job.cursor, *job.buffer, stampOf(world, job));
        job.phase = Job::Phase::Scan;
        job.buffer.reset();
        if (clearsLate && job.cursor < job.dirty.size())
            job.dirty[job.cursor] = false;
        return result == WriteResult::Done ? StepResult::Progressed : failWrite(job, result);
    }
    const auto end = job.dirty.begin() + std::min<std::ptrdiff_t>(endOf(world, job), std::ssize(job.dirty));
    const auto dirty = std::find(job.dirty.begin(), end, true);
    if (dirty == end) {
        std::fill(end, job.dirty.end(), false); // one cluster short, by a mistake that can be switched on
        return job.status == JobStatus::Ready && (job.wantsPivot || job.isCancelled) ? StepResult::Finished
                                                                                     : StepResult::Ready;
    }
    const auto index = static_cast<std::uint32_t>(dirty - job.dirty.begin());
    const StepResult result = readInto(world, job, *job.node(from), index);
    // The bit goes before the copy, so that a write in between sets it again.
    if (result == StepResult::Progressed && !clearsLate)
        *dirty = false;
    return result;
}

void makeWritable(World &world, Job &job, NodeId node)
{
    if (!world.node(node).isReadOnly || world.is(Switch::FaultBaseNotReopened))
        return;
    setReadOnly(world, node, false);
    job.madeWritable.push_back(node);
}

void cleanUpWritable(World &world, Job &job)
{
    for (NodeId node : job.madeWritable) {
        if (world.node(node).isOpen && !world.is(Switch::FaultReadOnlyNotRestored))
            setReadOnly(world, node, true);
    }
    job.madeWritable.clear();
}

bool prepareTarget(World &world, Job &job, NodeId source, NodeId target)
{
    const Holder actor = Holder::of(job.id);
    if (!permit(world, actor, source, Action::ReadMetadata))
        return false;
    job.length = clusterCount(world, source);
    if (!resize(world, target, job.length, actor))
        return false;
    world.graph.editNode(target).virtualSize = world.node(source).virtualSize;
    return true;
}

bool mayRelink(World &world, const std::vector<NodeId> &nodes, Holder actor)
{
    return std::all_of(nodes.begin(), nodes.end(),
                       [&](NodeId node) { return permit(world, actor, node, Action::GraphReconfiguration); });
}

void reportDifference(World &world, Finding::Kind kind, const Job &job, NodeId target, const BlockData &expected)
{
    for (std::uint32_t index = 0; index < expected.size(); ++index) {
        const Cluster found = readCluster(world, target, index);
        if (expected[index].isAllocated() && !found.readsLike(expected[index])) {
            report(world, {kind, world.clock, target, Holder::of(job.id), index, expected[index], found});
            return;
        }
    }
}

void markAllocatedDirty(const World &world, Job &job, NodeId from, std::optional<NodeId> base)
{
    job.dirty.assign(job.length, false);
    for (std::uint32_t index = 0; index < job.length; ++index)
        job.dirty[index] = isAllocatedAbove(world, from, base, index);
}

std::vector<EdgeId> linksThatMove(const World &world, NodeId from, NodeId to)
{
    std::vector<EdgeId> links = world.node(from).parents;
    std::erase_if(links, [&](EdgeId link) {
        const Parent parent = world.graph.edge(link).parent;
        const bool isJobs = parent.kind == Parent::Kind::Job ||
                            (parent.kind == Parent::Kind::User && world.user(UserId{parent.id}).job);
        return isJobs || (parent.isNode() && isReachable(world.graph, to, parent.node()));
    });
    return links;
}

bool pivot(World &world, NodeId from, NodeId to, Holder actor)
{
    using enum Action;
    if (!permit(world, actor, from, GraphReconfiguration) || !permit(world, actor, to, GraphReconfiguration))
        return false;
    setReadOnly(world, to, world.node(from).isReadOnly);
    for (EdgeId link : linksThatMove(world, from, to)) {
        if (!world.userOf(link) || !world.is(Switch::FaultGuestNotMoved))
            redirect(world, link, to);
    }
    return true;
}

void reportLeftBehind(World &world, NodeId node, Holder actor)
{
    if (hasReader(world, node))
        report(world, {Finding::Kind::GuestLeftBehind, world.clock, node, actor, 0, {}, {}});
}

bool setHeader(World &world, NodeId node, std::string backing, Holder actor)
{
    if (!permit(world, actor, node, Action::ModifyMetadata))
        return false;
    if (!world.is(Switch::FaultHeaderForgotten))
        world.graph.editNode(node).headerBacking = std::move(backing);
    world.changes.headers = true;
    return true;
}

bool setBacking(World &world, NodeId overlay, std::optional<NodeId> backing, Holder actor,
                const std::optional<std::string> &chosenHeader)
{
    const std::string own = backing ? imageName(world.node(skipFilters(world.graph, *backing))) : std::string();
    if (!permit(world, actor, overlay, Action::GraphReconfiguration) ||
        !setHeader(world, overlay, chosenHeader.value_or(own), actor))
        return false;
    world.graph.editNode(overlay).isHeaderChosen = chosenHeader && *chosenHeader != own;
    const auto edge = world.graph.childEdge(overlay, "backing");
    const auto before = backingChild(world.graph, overlay);
    if (edge && backing)
        redirect(world, *edge, *backing);
    else if (edge)
        detach(world, *edge);
    else if (backing)
        attach(world, Parent::of(overlay), *backing, "backing");
    if (before)
        closeIfUnreferenced(world, *before); // a filter above what is dropped
    return true;
}

void markObsolete(World &world, const std::vector<NodeId> &nodes)
{
    std::vector<NodeId> obsolete;
    for (NodeId node : nodes) {
        if (!isUsedBeside(world, node, obsolete)) {
            obsolete.push_back(node);
            world.graph.editNode(node).isObsolete = true;
            world.changes.headers = true;
        }
    }
}

Stamp stampOf(const World &world, const Job &job)
{
    return {Stamp::Kind::Job, job.id.value, world.clock};
}

} // namespace blockscope
