// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/copying.h"

#include "engine/graph/walk.h"

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
    return fail(job, result == WriteResult::ReadOnly ? "Operation not permitted" : "Input/output error");
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
    if (job.cursor >= job.length)
        return StepResult::Finished;
    const NodeId from = *job.node(copy.from);
    if (copy.skips(world, job, job.cursor)) {
        ++job.cursor;
        return StepResult::Progressed;
    }
    if (job.cursor >= clusterCount(world, from))
        return fail(job, "Input/output error");
    job.buffer = readCluster(world, from, job.cursor);
    job.phase = Job::Phase::Write;
    return StepResult::Progressed;
}

StepResult stepDirty(World &world, Job &job, std::string_view from, std::string_view to)
{
    if (job.phase == Job::Phase::Write) {
        const WriteResult result = writeCluster(world, *job.node(to), job.cursor, *job.buffer, stampOf(world, job));
        job.phase = Job::Phase::Scan;
        job.buffer.reset();
        return result == WriteResult::Done ? StepResult::Progressed : failWrite(job, result);
    }
    const auto dirty = std::find(job.dirty.begin(), job.dirty.end(), true);
    if (dirty == job.dirty.end())
        return job.status == JobStatus::Ready && (job.wantsPivot || job.isCancelled) ? StepResult::Finished
                                                                                     : StepResult::Ready;
    const auto index = static_cast<std::uint32_t>(dirty - job.dirty.begin());
    if (index >= clusterCount(world, *job.node(from)))
        return fail(job, "Input/output error");
    // The bit goes first, so that a write in between sets it again.
    *dirty = false;
    job.cursor = index;
    job.buffer = readCluster(world, *job.node(from), index);
    job.phase = Job::Phase::Write;
    return StepResult::Progressed;
}

void makeWritable(World &world, Job &job, NodeId node)
{
    if (!world.node(node).isReadOnly)
        return;
    setReadOnly(world, node, false);
    job.madeWritable.push_back(node);
}

void cleanUpWritable(World &world, Job &job)
{
    for (NodeId node : job.madeWritable) {
        if (world.node(node).isOpen)
            setReadOnly(world, node, true);
    }
    job.madeWritable.clear();
}

void markAllocatedDirty(const World &world, Job &job, NodeId from, std::optional<NodeId> base)
{
    job.dirty.assign(job.length, false);
    for (std::uint32_t index = 0; index < job.length; ++index)
        job.dirty[index] = isAllocatedAbove(world, from, base, index);
}

void pivot(World &world, NodeId from, NodeId to)
{
    setReadOnly(world, to, world.node(from).isReadOnly);
    for (EdgeId edge : std::vector<EdgeId>(world.node(from).parents)) {
        const Parent parent = world.graph.edge(edge).parent;
        const bool isJobs = parent.kind == Parent::Kind::Job ||
                            (parent.kind == Parent::Kind::User && world.user(UserId{parent.id}).job);
        if (!isJobs && !(parent.isNode() && isReachable(world.graph, to, parent.node())))
            redirect(world, edge, to);
    }
}

void setBacking(World &world, NodeId overlay, std::optional<NodeId> backing)
{
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
    world.graph.editNode(overlay).headerBacking = backing ? imageName(world.node(*backing)) : std::string();
}

void markObsolete(World &world, const std::vector<NodeId> &nodes)
{
    std::vector<NodeId> obsolete;
    for (NodeId node : nodes) {
        if (!isUsedBeside(world, node, obsolete)) {
            obsolete.push_back(node);
            world.graph.editNode(node).isObsolete = true;
        }
    }
}

Stamp stampOf(const World &world, const Job &job)
{
    return {Stamp::Kind::Job, job.id.value, world.clock};
}

} // namespace blockscope
