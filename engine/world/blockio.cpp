// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/world/blockio.h"

#include "engine/graph/walk.h"
#include "engine/world/contract.h"
#include "engine/world/grant.h"

#include <algorithm>

namespace blockscope {

namespace {

/// Copy-before-write: running backups of \a node save what is there, unless they have it.
void saveOldData(World &world, NodeId node, std::uint32_t index)
{
    for (std::uint32_t id = 0; id < world.jobs.size(); ++id) {
        const Job &job = world.job(JobId{id});
        if (!job.isActive() || index >= job.done.size() || job.done[index])
            continue;
        const auto source = job.node("source");
        const auto target = job.node("target");
        if (!source || !target || dataNode(world.graph, *source) != node)
            continue;
        const Cluster old = readCluster(world, node, index);
        world.editJob(JobId{id}).done[index] = true;
        if (!permit(world, Holder::of(JobId{id}), *target, Action::ModifyVisible))
            continue;
        const NodeId into = dataNode(world.graph, *target);
        if (index < world.data[into.value]->size()) {
            Cluster &copy = world.data[into.value].edit()[index];
            copy = old;
            if (!copy.isAllocated())
                copy.state = Cluster::State::Zero;
            copy.written = {Stamp::Kind::Job, id, world.clock};
            world.changes.clusters.emplace_back(into, index);
        }
    }
}

/// Running mirrors and active commits of \a node copy the cluster again; bitmaps that record note it.
void markDirty(World &world, NodeId node, std::uint32_t index)
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

void markBitmaps(World &world, NodeId node, std::uint32_t index)
{
    const auto isMissing = [&](const DirtyBitmap &bitmap) {
        const auto &bits = bitmap.successor.empty() ? bitmap.bits : bitmap.successor;
        return bitmap.isRecording && index < bits.size() && !bits[index];
    };
    const auto found = world.bitmaps->find(node);
    if (found == world.bitmaps->end() || std::none_of(found->second.begin(), found->second.end(), isMissing))
        return;
    for (DirtyBitmap &bitmap : world.bitmaps.edit().at(node)) {
        if (isMissing(bitmap))
            (bitmap.successor.empty() ? bitmap.bits : bitmap.successor)[index] = true;
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
    world.changes.clusters.emplace_back(node, index);
    return WriteResult::Done;
}

/// What a node without data of its own reads from. A quorum: its first child.
std::optional<NodeId> passesOnTo(const BlockGraph &graph, const Node &node)
{
    if (node.driver == "quorum") {
        const auto children = quorumChildren(graph, node.id);
        return children.empty() ? std::nullopt : std::optional(children.front());
    }
    const auto file = node.driver == "raw" ? graph.childEdge(node.id, "file") : std::nullopt;
    return file ? std::optional(graph.edge(*file).child) : std::nullopt;
}

/// \a node, or the first below it that does not pass its data on.
NodeId imageNode(const BlockGraph &graph, NodeId node)
{
    for (std::size_t steps = graph.nodeCount(); steps > 0; --steps) {
        node = skipFilters(graph, node);
        const auto next = passesOnTo(graph, graph.node(node));
        if (!next)
            return node;
        node = *next;
    }
    return node;
}

/// The node that keeps the data of an image that may have been opened a second time.
NodeId keeperOf(const BlockGraph &graph, NodeId image)
{
    return graph.node(image).sameImageAs.value_or(image);
}

void reportForeignWriterAt(World &world, NodeId node, std::uint32_t index, Holder writer)
{
    if (world.node(node).isInactive)
        return;
    for (EdgeId edge : world.node(node).parents) {
        const auto user = world.userOf(edge);
        if (!user || Holder::of(*user) == writer)
            continue;
        const User &owner = world.user(*user);
        if (owner.kind == User::Kind::Guest && owner.isWritable && !owner.sharesWrites &&
            world.runStateOf(owner.host) == "running")
            report(
                world,
                {Finding::Kind::ForeignWriter, world.clock, node, writer, index, {}, readCluster(world, node, index)});
    }
}

/// Says so when a guest that does not share sits right on \a node, or on another that shows the same image.
void reportForeignWriter(World &world, NodeId node, std::uint32_t index, Holder writer)
{
    reportForeignWriterAt(world, node, index, writer);
    const NodeId image = imageNode(world.graph, node);
    const NodeId keeper = keeperOf(world.graph, image);
    std::vector<NodeId> others = world.node(keeper).alsoShownBy;
    if (others.empty())
        return;
    others.push_back(keeper);
    for (NodeId other : others) {
        if (other != image)
            reportForeignWriterAt(world, other, index, writer);
    }
}

/// The image that a reader sees where \a image has no data of its own.
std::optional<NodeId> nextImage(const BlockGraph &graph, NodeId image)
{
    const auto backing = backingChild(graph, image);
    return backing ? std::optional(imageNode(graph, *backing)) : std::nullopt;
}

/// The first quorum that \a node passes writes on to, or the node that keeps its data.
NodeId skipToQuorum(const BlockGraph &graph, NodeId node)
{
    for (std::size_t steps = graph.nodeCount(); steps > 0; --steps) {
        node = skipFilters(graph, node);
        const auto next = graph.node(node).driver == "raw" ? passesOnTo(graph, graph.node(node)) : std::nullopt;
        if (!next)
            break;
        node = *next;
    }
    return node;
}

} // namespace

NodeId dataNode(const BlockGraph &graph, NodeId node)
{
    return keeperOf(graph, imageNode(graph, node));
}

std::vector<NodeId> writtenNodes(const BlockGraph &graph, NodeId node)
{
    std::vector<NodeId> written;
    std::vector<NodeId> open{node};
    for (std::size_t next = 0; next < open.size() && next < graph.nodeCount(); ++next) {
        const NodeId end = skipToQuorum(graph, open[next]);
        const auto children = quorumChildren(graph, end);
        open.insert(open.end(), children.begin(), children.end());
        const NodeId holder = dataNode(graph, end);
        if (children.empty() && std::find(written.begin(), written.end(), holder) == written.end())
            written.push_back(holder);
    }
    return written;
}

std::uint32_t clusterCount(const World &world, NodeId node)
{
    return static_cast<std::uint32_t>(world.data[dataNode(world.graph, node).value]->size());
}

bool isWritable(const World &world, NodeId node)
{
    for (std::size_t steps = world.graph.nodeCount(); steps > 0; --steps) {
        if (world.node(node).isReadOnly || world.node(node).isInactive)
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
    std::optional<NodeId> image = imageNode(world.graph, node);
    // A chain cannot have more links than there are nodes; a damaged one may be a cycle.
    for (std::size_t steps = world.graph.nodeCount(); steps > 0 && image; --steps) {
        const BlockData &data = *world.data[keeperOf(world.graph, *image).value];
        if (index >= data.size())
            break;
        if (data[index].isAllocated())
            return data[index];
        image = nextImage(world.graph, *image);
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
    std::optional<NodeId> image = imageNode(world.graph, top);
    for (std::size_t steps = world.graph.nodeCount(); steps > 0 && image; --steps) {
        const NodeId keeper = keeperOf(world.graph, *image);
        if (keeper == end)
            break;
        const BlockData &data = *world.data[keeper.value];
        if (index < data.size() && data[index].isAllocated())
            return true;
        image = nextImage(world.graph, *image);
    }
    return false;
}

namespace {

void resizeHolder(World &world, NodeId holder, std::uint32_t clusters)
{
    world.data[holder.value].edit().resize(clusters);
    world.changes.nodes.push_back(holder);
    const auto bitmaps = world.bitmaps->find(holder);
    if (bitmaps != world.bitmaps->end()) {
        for (DirtyBitmap &bitmap : world.bitmaps.edit().at(holder)) {
            bitmap.bits.resize(clusters);
            if (!bitmap.successor.empty())
                bitmap.successor.resize(clusters);
        }
    }
}

} // namespace

bool resize(World &world, NodeId node, std::uint32_t clusters, Holder actor)
{
    auto holders = writtenNodes(world.graph, node);
    std::erase_if(holders, [&](NodeId holder) { return world.data[holder.value]->size() == clusters; });
    if (holders.empty())
        return true;
    if (!permit(world, actor, node, Action::ModifyMetadata))
        return false;
    for (NodeId holder : holders)
        resizeHolder(world, holder, clusters);
    return true;
}

std::optional<Cluster> readFor(World &world, NodeId node, std::uint32_t index, Holder actor)
{
    if (!permit(world, actor, node, Action::ReadVisible))
        return std::nullopt;
    return readCluster(world, node, index);
}

namespace {

void writeHolder(World &world, NodeId holder, std::uint32_t index, const Cluster &value, Stamp writer)
{
    if (!world.is(Switch::FaultNoCopyBeforeWrite) && !world.is(Switch::FaultCopyAfterWrite))
        saveOldData(world, holder, index);
    put(world, holder, index, value, writer);
    if (world.is(Switch::FaultCopyAfterWrite))
        saveOldData(world, holder, index);
    if (!world.is(Switch::FaultNoDirtyBit))
        markDirty(world, holder, index);
    markBitmaps(world, holder, index);
}

} // namespace

WriteResult writeCluster(World &world, NodeId node, std::uint32_t index, const Cluster &value, Stamp writer)
{
    const Holder actor = holderOf(writer);
    if (!permit(world, actor, node, Action::ModifyVisible))
        return WriteResult::Denied;
    if (!isWritable(world, node)) {
        report(world, {Finding::Kind::WriteReadOnly, world.clock, node, actor, index, value, {}});
        return WriteResult::ReadOnly;
    }
    if (index >= clusterCount(world, node))
        return WriteResult::OutOfRange;
    const NodeId end = skipToQuorum(world.graph, node);
    if (world.node(end).driver != "quorum") {
        writeHolder(world, dataNode(world.graph, end), index, value, writer);
    } else { // all children are written alike; one that is too short is left behind
        for (NodeId holder : writtenNodes(world.graph, end))
            writeHolder(world, holder, index, value, writer);
    }
    reportForeignWriter(world, node, index, actor);
    return WriteResult::Done;
}

WriteResult copyUp(World &world, NodeId node, std::uint32_t index, const Cluster &value, Stamp writer)
{
    const NodeId holder = dataNode(world.graph, node);
    if (!permit(world, holderOf(writer), node, Action::ModifyMetadata))
        return WriteResult::Denied;
    if (!isWritable(world, node)) {
        report(world, {Finding::Kind::WriteReadOnly, world.clock, node, holderOf(writer), index, value, {}});
        return WriteResult::ReadOnly;
    }
    return put(world, holder, index, value, writer);
}

std::optional<JobId> serialisingJob(const World &world, NodeId node, std::uint32_t index)
{
    const auto isWrittenHere = [&](NodeId busy) {
        const auto holders = writtenNodes(world.graph, node);
        return std::find(holders.begin(), holders.end(), dataNode(world.graph, busy)) != holders.end();
    };
    for (const auto &job : world.jobs) {
        if (!job->isActive() || job->phase != Job::Phase::Write || job->cursor != index)
            continue;
        const bool isUnlocked = world.is(Switch::FaultUnlockedCopyOnRead);
        const auto busy = job->type == "stream" && !isUnlocked ? job->node("top")
                          : job->type == "backup"              ? job->node("source")
                                                               : std::nullopt;
        if (busy && isWrittenHere(*busy))
            return job->id;
    }
    return std::nullopt;
}

} // namespace blockscope
