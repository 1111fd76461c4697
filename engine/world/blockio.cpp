// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/world/blockio.h"

#include "engine/graph/walk.h"

#include <algorithm>

namespace blockscope {

namespace {

/// The bits of a job that follow a write to \a node: copy-before-write for a
/// backup of it, a dirty bit for a mirror or an active commit of it.
void beforeWrite(World &world, NodeId node, std::uint32_t index)
{
    for (std::uint32_t id = 0; id < world.jobs.size(); ++id) {
        const Job &job = world.job(JobId{id});
        if (!job.isActive() || index >= job.done.size() || job.done[index])
            continue;
        const auto source = job.node("source");
        const auto target = job.node("target");
        if (!source || !target || dataNode(world.graph, *source) != node)
            continue;
        const NodeId into = dataNode(world.graph, *target);
        BlockData &copy = world.data[into.value].edit();
        if (index < copy.size()) {
            copy[index] = readCluster(world, node, index);
            if (!copy[index].isAllocated())
                copy[index].state = Cluster::State::Zero;
            copy[index].written = {Stamp::Kind::Job, id, world.clock};
        }
        world.editJob(JobId{id}).done[index] = true;
    }
}

void afterWrite(World &world, NodeId node, std::uint32_t index)
{
    for (std::uint32_t id = 0; id < world.jobs.size(); ++id) {
        const Job &job = world.job(JobId{id});
        if (!job.isActive() || index >= job.dirty.size() || job.dirty[index])
            continue;
        const auto source = job.node(job.type == "commit" ? "top" : "source");
        if (source && dataNode(world.graph, *source) == node)
            world.editJob(JobId{id}).dirty[index] = true;
    }
}

WriteResult put(World &world, NodeId node, std::uint32_t index, Cluster value, Stamp writer)
{
    if (index >= world.data[node.value]->size())
        return WriteResult::OutOfRange;
    if (!value.isAllocated())
        value.state = Cluster::State::Zero;
    value.written = writer;
    world.data[node.value].edit()[index] = value;
    return WriteResult::Done;
}

/// Who keeps the data that a reader sees where \a holder has none.
std::optional<NodeId> nextHolder(const BlockGraph &graph, NodeId holder)
{
    const auto backing = backingChild(graph, holder);
    return backing ? std::optional(dataNode(graph, *backing)) : std::nullopt;
}

} // namespace

NodeId dataNode(const BlockGraph &graph, NodeId node)
{
    for (std::size_t steps = graph.nodeCount(); steps > 0; --steps) {
        node = skipFilters(graph, node);
        const auto file = graph.node(node).driver == "raw" ? graph.childEdge(node, "file") : std::nullopt;
        if (!file)
            break;
        node = graph.edge(*file).child;
    }
    return node;
}

std::uint32_t clusterCount(const World &world, NodeId node)
{
    return static_cast<std::uint32_t>(world.data[dataNode(world.graph, node).value]->size());
}

bool isWritable(const World &world, NodeId node)
{
    for (std::size_t steps = world.graph.nodeCount(); steps > 0; --steps) {
        if (world.node(node).isReadOnly)
            return false;
        const auto child = filteredChild(world.graph, node);
        if (!child)
            break;
        node = *child;
    }
    return true;
}

Cluster readCluster(const World &world, NodeId node, std::uint32_t index)
{
    std::optional<NodeId> holder = dataNode(world.graph, node);
    // A chain cannot have more links than there are nodes; a damaged one may be a cycle.
    for (std::size_t steps = world.graph.nodeCount(); steps > 0 && holder; --steps) {
        const BlockData &data = *world.data[holder->value];
        if (index >= data.size())
            break;
        if (data[index].isAllocated())
            return data[index];
        holder = nextHolder(world.graph, *holder);
    }
    return {Cluster::State::Zero, {}, {}};
}

bool isAllocated(const World &world, NodeId node, std::uint32_t index)
{
    const BlockData &data = *world.data[dataNode(world.graph, node).value];
    return index < data.size() && data[index].isAllocated();
}

bool isAllocatedAbove(const World &world, NodeId top, std::optional<NodeId> base, std::uint32_t index)
{
    const NodeId end = base ? dataNode(world.graph, *base) : NodeId();
    std::optional<NodeId> holder = dataNode(world.graph, top);
    for (std::size_t steps = world.graph.nodeCount(); steps > 0 && holder && *holder != end; --steps) {
        const BlockData &data = *world.data[holder->value];
        if (index < data.size() && data[index].isAllocated())
            return true;
        holder = nextHolder(world.graph, *holder);
    }
    return false;
}

void resize(World &world, NodeId node, std::uint32_t clusters)
{
    const NodeId holder = dataNode(world.graph, node);
    if (world.data[holder.value]->size() != clusters)
        world.data[holder.value].edit().resize(clusters);
}

WriteResult writeCluster(World &world, NodeId node, std::uint32_t index, const Cluster &value, Stamp writer)
{
    const NodeId holder = dataNode(world.graph, node);
    if (!isWritable(world, node))
        return WriteResult::ReadOnly;
    if (index >= world.data[holder.value]->size())
        return WriteResult::OutOfRange;
    beforeWrite(world, holder, index);
    const WriteResult result = put(world, holder, index, value, writer);
    afterWrite(world, holder, index);
    return result;
}

WriteResult copyUp(World &world, NodeId node, std::uint32_t index, const Cluster &value, Stamp writer)
{
    const NodeId holder = dataNode(world.graph, node);
    if (!isWritable(world, node))
        return WriteResult::ReadOnly;
    return put(world, holder, index, value, writer);
}

std::optional<JobId> serialisingJob(const World &world, NodeId node, std::uint32_t index)
{
    const NodeId holder = dataNode(world.graph, node);
    for (const auto &job : world.jobs) {
        if (!job->isActive() || job->phase != Job::Phase::Write || job->cursor != index)
            continue;
        const auto busy = job->type == "stream"   ? job->node("top")
                          : job->type == "backup" ? job->node("source")
                                                  : std::nullopt;
        if (busy && dataNode(world.graph, *busy) == holder)
            return job->id;
    }
    return std::nullopt;
}

} // namespace blockscope
