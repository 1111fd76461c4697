// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/backup.h"

#include "engine/graph/walk.h"
#include "engine/operations/bitmapuse.h"
#include "engine/operations/claimtable.h"
#include "engine/operations/copying.h"
#include "engine/operations/targets.h"
#include "engine/world/contract.h"

namespace blockscope {

namespace {

/// True when the cluster is part of the copy (backup_init_bcs_bitmap() in block/backup.c).
bool isToBeCopied(const World &world, const Job &job, std::string_view sync, std::uint32_t index)
{
    const NodeId source = *job.node("source");
    if (sync == "top")
        return isAllocatedAbove(world, source, nextInChain(world.graph, source), index);
    if (sync == "bitmap" || sync == "incremental") {
        const DirtyBitmap *bitmap = bitmapOn(world, source, job.bitmap);
        return bitmap != nullptr && index < bitmap->bits.size() && bitmap->bits[index];
    }
    return true;
}

constexpr LinearCopy kCopy{[](const World &, const Job &job, std::uint32_t index) { return job.done[index]; }, "source",
                           [](World &world, Job &job, std::uint32_t index, const Cluster &value) {
                               const WriteResult result =
                                   writeCluster(world, *job.node("target"), index, value, stampOf(world, job));
                               job.done[index] = result == WriteResult::Done;
                               return result;
                           }};

} // namespace

void addBackupSource(PlanBuilder &plan, const World &world, const Object &arguments, NodeId source)
{
    const bool hasBitmap = find(arguments, "bitmap") != nullptr;
    addSource(plan, world, source, claimFor("backup", hasBitmap ? "source(with bitmap)" : "source"),
              syncMode(world, arguments, source));
}

std::string_view backupTargetRole(const Object &arguments)
{
    return textArgument(arguments, "sync") == "none" ? "target(sync=none)" : "target";
}

void startBackup(World &world, Job &job)
{
    const NodeId source = *job.node("source");
    const bool isPrepared = prepareTarget(world, job, source, *job.node("target"));
    job.done.assign(job.length, false);
    if (!isPrepared)
        return;
    const std::string sync = syncMode(world, job.arguments, source);
    job.bitmap = textArgument(job.arguments, "bitmap").value_or("");
    job.pointInTime = shownBy(world, source);
    for (std::uint32_t index = 0; index < job.length; ++index) {
        if (isToBeCopied(world, job, sync, index))
            continue;
        job.done[index] = true;
        job.pointInTime[index] = Cluster();
    }
    if (job.onlyFollows())
        job.cursor = job.length;
    if (!job.bitmap.empty() && !beginBitmapUse(world, job))
        job.error = "Operation not permitted";
}

StepResult stepBackup(World &world, Job &job)
{
    return step(world, job, kCopy);
}

/// Nothing moves; the copy is there.
bool completeBackup(World &world, Job &job)
{
    const NodeId target = *job.node("target");
    reportDifference(world, Finding::Kind::BackupDiffers, job, target, job.pointInTime);
    if (!hasReader(world, target))
        renewContract(world, target);
    return endBitmapUse(world, job, true);
}

void cleanUpBackup(World &world, Job &job)
{
    endBitmapUse(world, job, false);
    cleanUpWritable(world, job);
}

} // namespace blockscope
