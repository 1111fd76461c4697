// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/policies/legacy/opblockers.h"

#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"

#include <algorithm>

namespace blockscope::legacy {

namespace {

bool isActiveCommit(const Job &job)
{
    return job.type == "commit" && !job.node("overlay");
}

/// The node that the job was created on: the root of its device, the active layer for a commit below it as well.
std::optional<NodeId> rootOf(const World &world, const Job &job)
{
    const auto device = textArgument(job.arguments, "device");
    const auto named = device ? lookUpNode(world, "device", *device) : Result<NodeId>(Error());
    const auto node = named ? std::optional(*named) : job.node("top");
    return node ? std::optional(skipFilters(world.graph, *node)) : job.node("source");
}

/// The jobs of those types have a target of which they block everything, too.
std::optional<NodeId> targetOf(const Job &job)
{
    if (isActiveCommit(job))
        return job.node("base");
    return job.type == "mirror" || job.type == "backup" ? job.node("target") : std::nullopt;
}

/// Since 2.8 jobs block all nodes that they list.
bool isListed(const World &world, const Job &job, NodeId node)
{
    return world.is(Switch::LegacyOf28) && std::any_of(job.nodes.begin(), job.nodes.end(), [&](const RoleNode &each) {
               const bool isSource = each.role == "source" && job.type != "backup";
               const bool isChain =
                   (each.role == "top" || each.role == "mid") || (each.role == "base" && job.type == "commit");
               return each.node == node && (isSource || isChain);
           });
}

std::optional<std::string> reasonOf(const World &world, const Job &job, NodeId node)
{
    if (rootOf(world, job) == node || targetOf(job) == node || isListed(world, job, node))
        return "block device is in use by block job: " + job.type;
    if (job.wantsPivot && job.node("replaces") == node)
        return "block device is in use by block-job-complete";
    return std::nullopt;
}

/// bdrv_set_backing_hd(): what an overlay leaves open on its backing file.
bool isLeftOpenByOverlay(const World &world, OpType type)
{
    if (type == OpType::CommitTarget)
        return true;
    return world.is(Switch::LegacyOf28) &&
           (type == OpType::Stream || type == OpType::BackupSource || type == OpType::BackupTarget);
}

void keepNewer(std::optional<OpBlocker> &newest, OpBlocker other)
{
    if (!newest || other.since >= newest->since)
        newest = std::move(other);
}

} // namespace

std::string deviceOrNodeName(const World &world, NodeId node)
{
    for (const auto &user : world.users) {
        const auto root = user->isAttached && user->isReader() && user->kind == User::Kind::Guest
                              ? world.rootOf(user->id)
                              : std::nullopt;
        if (root && skipFilters(world.graph, *root) == node)
            return user->backendName.empty() ? user->name : user->backendName;
    }
    return world.node(node).name;
}

std::optional<OpBlocker> opBlocker(const World &world, NodeId filtered, OpType type)
{
    const NodeId node = skipFilters(world.graph, filtered);
    std::optional<OpBlocker> newest;
    for (NodeId overlay : isLeftOpenByOverlay(world, type) ? std::vector<NodeId>() : overlaysOf(world.graph, node)) {
        const auto link = world.graph.childEdge(overlay, "backing");
        const Holder holder = Holder::of(link.value_or(EdgeId()));
        const Holding *holding = world.ledger.holding(holder);
        keepNewer(newest, {holder, holding != nullptr ? holding->since : 0,
                           "node is used as backing hd of '" + deviceOrNodeName(world, overlay) + "'"});
    }
    for (JobId id : world.liveJobs()) {
        const Job &job = world.job(id);
        if (const auto reason = job.isActive() ? reasonOf(world, job, node) : std::nullopt)
            keepNewer(newest, {Holder::of(id), job.startedAt, *reason});
    }
    return newest;
}

} // namespace blockscope::legacy
