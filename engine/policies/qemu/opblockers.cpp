// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/policies/qemu/opblockers.h"

#include "engine/graph/walk.h"

namespace blockscope::qemu {

namespace {

/// bdrv_backing_attach(): what an overlay leaves open on its backing file.
bool isLeftOpenByOverlay(OpType type)
{
    return type == OpType::CommitTarget || type == OpType::Stream || type == OpType::BackupSource ||
           type == OpType::BackupTarget;
}

} // namespace

std::optional<OpBlocker> opBlocker(const World &world, NodeId node, OpType type)
{
    const auto &parents = world.node(node).parents;
    for (auto link = parents.rbegin(); link != parents.rend(); ++link) { // the newest first
        const Edge &edge = world.graph.edge(*link);
        // block_job_create() lets dataplane start on the job's main node.
        if (edge.parent.kind == Parent::Kind::Job && !(type == OpType::Dataplane && edge.role == "main node"))
            return OpBlocker{*link, "block device is in use by block job: " + world.job(JobId{edge.parent.id}).type};
        const bool isOverlay =
            edge.parent.isNode() && edge.role == "backing" && !isFilterDriver(world.node(edge.parent.node()).driver);
        if (isOverlay && !isLeftOpenByOverlay(type))
            return OpBlocker{*link,
                             "node is used as backing hd of '" + world.deviceOrNodeName(edge.parent.node()) + "'"};
    }
    return std::nullopt;
}

} // namespace blockscope::qemu
