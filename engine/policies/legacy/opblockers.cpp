// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/policies/legacy/opblockers.h"

#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/policies/legacy/devices.h"

#include <algorithm>

namespace blockscope::legacy {

namespace {

/// bdrv_set_backing_hd(): what an overlay leaves open on its backing file.
bool isLeftOpenByOverlay(const World &world, OpType type)
{
    if (type == OpType::CommitTarget)
        return true;
    return world.is(Switch::LegacyOf28) &&
           (type == OpType::Stream || type == OpType::BackupSource || type == OpType::BackupTarget);
}

/// The links of overlays to \a node or to a filter above it, in order of attachment.
std::vector<EdgeId> overlayLinks(const World &world, NodeId node)
{
    std::vector<EdgeId> links;
    std::vector<NodeId> open{node};
    for (std::size_t next = 0; next < open.size() && next < world.graph.nodeCount(); ++next) {
        for (EdgeId id : world.node(open[next]).parents) {
            const Edge &edge = world.graph.edge(id);
            if (!edge.parent.isNode())
                continue;
            if (!isFilterDriver(world.node(edge.parent.node()).driver)) {
                if (edge.role == "backing")
                    links.push_back(id);
            } else if (showsChild(world.graph, edge)) {
                open.push_back(edge.parent.node());
            }
        }
    }
    return links;
}

OpBlocker blockerOf(const World &world, EdgeId link)
{
    const std::string overlay = deviceOrNodeName(world, world.graph.edge(link).parent.node());
    return {Holder::of(link), "node is used as backing hd of '" + overlay + "'", world.heldSince(Holder::of(link))};
}

/// The node that the job was made on (block_job_create()): the root of its device, also where only nodes far below it
/// take part. 2.8 streams into inner nodes as well.
std::optional<NodeId> mainNode(const World &world, const Job &job)
{
    if (const auto source = job.node("source"))
        return skipFilters(world.graph, *source);
    const auto top = job.node("top");
    if (!top || (job.type == "stream" && world.is(Switch::LegacyOf28)))
        return top;
    const auto name = textArgument(job.arguments, "device");
    const auto device = name ? lookUpNode(world, "device", *name) : Result<NodeId>(Error());
    return activeLayer(world, device ? skipFilters(world.graph, *device) : *top);
}

/// Whether the job blocks nodes in that role beside its main node.
bool isBlockedRole(const World &world, const Job &job, std::string_view role)
{
    if (role == "target")
        return true;
    const bool isOf28 = world.is(Switch::LegacyOf28);
    if (role == "base")
        return job.type == "commit" && (isOf28 || job.isActiveCommit());
    return isOf28 && (role == "top" || role == "mid");
}

bool isBlockedBy(const World &world, const Job &job, NodeId node, OpType type)
{
    if (mainNode(world, job) == node)
        return type != OpType::Dataplane;
    return std::any_of(job.nodes.begin(), job.nodes.end(),
                       [&](const RoleNode &each) { return each.node == node && isBlockedRole(world, job, each.role); });
}

/// mirror_complete() blocks the node that is about to be replaced.
bool isAboutToReplace(const Job &job, NodeId node)
{
    return job.type == "mirror" && job.wantsPivot && job.node("replaces") == node;
}

std::optional<OpBlocker> blockerOf(const World &world, const Job &job, NodeId node, OpType type)
{
    if (!job.isActive())
        return std::nullopt;
    if (isAboutToReplace(job, node))
        return OpBlocker{Holder::of(job.id), "block device is in use by block-job-complete", job.startedAt};
    if (isBlockedBy(world, job, node, type))
        return OpBlocker{Holder::of(job.id), "block device is in use by block job: " + job.type, job.startedAt};
    return std::nullopt;
}

void keepNewest(std::optional<OpBlocker> &newest, OpBlocker blocker)
{
    if (!newest || blocker.since >= newest->since)
        newest = std::move(blocker);
}

} // namespace

std::optional<OpBlocker> opBlocker(const World &world, NodeId node, OpType type)
{
    std::optional<OpBlocker> newest;
    if (!isLeftOpenByOverlay(world, type)) {
        for (EdgeId link : overlayLinks(world, node))
            keepNewest(newest, blockerOf(world, link));
    }
    // What one step made, it made before it started a job; so of two of one age the job is the newer.
    for (const auto &job : world.jobs) {
        if (auto blocker = blockerOf(world, *job, node, type))
            keepNewest(newest, std::move(*blocker));
    }
    return newest;
}

} // namespace blockscope::legacy
