// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/backup.h"

#include "engine/graph/walk.h"
#include "engine/operations/bitmapuse.h"
#include "engine/operations/claimtable.h"
#include "engine/operations/copying.h"
#include "engine/operations/targets.h"
#include "engine/world/contract.h"

#include <limits>

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

/// A whole number in "x-perf". REQUIRES: checkPerformanceShape() found nothing.
std::int64_t performance(const Object &arguments, std::string_view name, std::int64_t otherwise)
{
    const Value *options = find(arguments, "x-perf");
    const Value *value = options != nullptr ? find(*options->asObject(), name) : nullptr;
    return value != nullptr ? *value->asInteger() : otherwise;
}

/// What QAPI checks of BackupPerf.
std::optional<Error> checkPerformanceShape(const Object &arguments)
{
    const auto wrongType = [](const std::string &name, const char *expected) {
        return Error{"ARG-TYPE", name, "Invalid parameter type for '" + name + "', expected: " + expected};
    };
    const Value *options = find(arguments, "x-perf");
    if (options == nullptr)
        return std::nullopt;
    if (options->asObject() == nullptr)
        return wrongType("x-perf", "object");
    for (const auto &[member, value] : *options->asObject()) {
        const std::string name = "x-perf." + member;
        if (member == "use-copy-range") {
            if (value.asBool() == nullptr)
                return wrongType(name, "boolean");
        } else if (member != "max-workers" && member != "max-chunk") {
            return Error{"ARG-UNKNOWN", name, "Parameter '" + name + "' is unexpected"};
        } else if (value.asInteger() == nullptr) {
            return wrongType(name, "integer");
        }
    }
    return std::nullopt;
}

std::optional<Error> checkPerformance(const Object &arguments)
{
    constexpr std::int64_t kLargest = std::numeric_limits<std::int32_t>::max();
    const std::int64_t workers = performance(arguments, "max-workers", 1);
    if (workers < 1 || workers > kLargest) {
        return Error{"ARG-RANGE", "x-perf.max-workers",
                     "max-workers must be between 1 and " + std::to_string(kLargest)};
    }
    if (performance(arguments, "max-chunk", 0) < 0)
        return Error{"ARG-RANGE", "x-perf.max-chunk", "max-chunk must be zero (which means no limit) or positive"};
    return std::nullopt;
}

} // namespace

std::optional<Error> checkBackup(const World &world, const Object &arguments, NodeId source)
{
    if (auto error = checkPerformanceShape(arguments))
        return error;
    if (auto error = checkBitmap(world, arguments, source))
        return error;
    return checkPerformance(arguments);
}

std::optional<Error> checkChunk(const Object &arguments)
{
    constexpr std::int64_t kCluster = 65536; // block_copy_calculate_cluster_size(), of an image with QEMU's default
    const std::int64_t chunk = performance(arguments, "max-chunk", 0);
    if (chunk == 0 || chunk >= kCluster)
        return std::nullopt;
    return Error{"ARG-RANGE", "x-perf.max-chunk",
                 "Required max-chunk (" + std::to_string(chunk) + ") is less than backup cluster size (" +
                     std::to_string(kCluster) + ")"};
}

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
