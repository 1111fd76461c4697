// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// Op blockers as in QEMU 2.5 (December 2015), which the RFC wants to replace: who checks what is operations.md 1.4.
// Commands that came later are judged as those of 2.5 that they took the place of; what 2.5 could not ask for at all is
// refused as such (1.5, rule 5).
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/bitmapuse.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/transaction.h"
#include "engine/policies/legacy/opblockers.h"
#include "engine/policies/policy.h"

#include <algorithm>
#include <array>

namespace blockscope {

namespace {

using legacy::OpType;

struct Refusal
{
    std::string code;
    NodeId node;
    Holder holder;
    Tick since = 0;
    std::string error;
};
using Check = std::optional<Refusal> (*)(const World &world, const Plan &plan);

std::optional<NodeId> named(const World &world, const Plan &plan, std::string_view argument)
{
    const auto name = textArgument(plan.arguments, argument);
    const auto node = name ? lookUpNode(world, argument, *name) : Result<NodeId>(Error());
    return node ? std::optional(*node) : std::nullopt;
}

std::optional<Refusal> blocked(const World &world, std::optional<NodeId> node, OpType type)
{
    const auto blocker = node ? legacy::opBlocker(world, *node, type) : std::nullopt;
    if (!blocker)
        return std::nullopt;
    const NodeId data = skipFilters(world.graph, *node);
    return Refusal{"LEGACY-BUSY", data, blocker->holder, blocker->since,
                   "Node '" + legacy::deviceOrNodeName(world, data) + "' is busy: " + blocker->reason};
}

Refusal inexpressible(const World &world, NodeId node, std::string what)
{
    return {"LEGACY-EXPRESS", node, Holder::synchronous(), world.clock, std::move(what)};
}

/// Devices had names, the nodes below them had none that these commands took.
std::optional<Refusal> noDevice(const World &world, const Plan &plan, std::string_view argument)
{
    const auto node = named(world, plan, argument);
    const auto above = node ? nodesAbove(world.graph, {skipFilters(world.graph, *node)}) : std::vector<NodeId>();
    const bool isInner =
        std::any_of(above.begin(), above.end(), [&](NodeId each) { return !isFilterDriver(world.node(each).driver); });
    if (!isInner)
        return std::nullopt;
    return inexpressible(
        world, *node, "QEMU 2.5 takes the name of a device here, and node '" + world.node(*node).name + "' has none");
}

std::optional<Refusal> first(std::optional<Refusal> one, std::optional<Refusal> other)
{
    return one ? std::move(one) : std::move(other);
}

template <OpType type>
std::optional<Refusal> onDevice(const World &world, const Plan &plan)
{
    return first(noDevice(world, plan, "device"), blocked(world, named(world, plan, "device"), type));
}

std::optional<Refusal> checkStream(const World &world, const Plan &plan)
{
    if (auto refusal = onDevice<OpType::Stream>(world, plan); refusal || !world.is(Switch::LegacyOf28))
        return refusal;
    for (const RoleNode &each : plan.nodes) { // 2.8 looks at the whole segment
        if (each.role == "mid") {
            if (auto refusal = blocked(world, each.node, OpType::Stream))
                return refusal;
        }
    }
    return std::nullopt;
}

std::optional<Refusal> checkCommit(const World &world, const Plan &plan)
{
    if (auto refusal =
            first(onDevice<OpType::CommitSource>(world, plan), blocked(world, plan.node("base"), OpType::CommitTarget));
        refusal || !world.is(Switch::LegacyOf28))
        return refusal;
    for (const RoleNode &each : plan.nodes) {
        if (each.role == "top" || each.role == "mid" || each.role == "overlay") {
            if (auto refusal = blocked(world, each.node, OpType::CommitTarget))
                return refusal;
        }
    }
    return std::nullopt;
}

std::optional<Refusal> checkMirror(const World &world, const Plan &plan)
{
    return first(onDevice<OpType::Mirror>(world, plan), blocked(world, plan.node("replaces"), OpType::Replace));
}

std::optional<Refusal> checkBackup(const World &world, const Plan &plan)
{
    return first(onDevice<OpType::BackupSource>(world, plan),
                 blocked(world, named(world, plan, "target"), OpType::BackupTarget));
}

std::optional<Refusal> checkSnapshot(const World &world, const Plan &plan)
{
    const auto device = named(world, plan, "device");
    const auto node = named(world, plan, "node");
    const auto old = device ? device : node ? node : named(world, plan, "node-name");
    return first(blocked(world, old, OpType::ExternalSnapshot),
                 blocked(world, named(world, plan, "overlay"), OpType::ExternalSnapshot));
}

std::optional<Refusal> checkResize(const World &world, const Plan &plan)
{
    const auto device = named(world, plan, "device");
    const auto node = device ? device : named(world, plan, "node-name");
    auto refusal = blocked(world, node, OpType::Resize);
    if (refusal)
        refusal->error = "Device '" + legacy::deviceOrNodeName(world, refusal->node) + "' is in use";
    return refusal;
}

std::optional<Refusal> checkMedium(const World &world, const Plan &plan)
{
    const auto device = textArgument(plan.arguments, "device");
    const auto name = device ? device : textArgument(plan.arguments, "id");
    const auto user = name ? world.findUser(*name) : std::nullopt;
    return blocked(world, user ? world.rootOf(*user) : std::nullopt, OpType::Eject);
}

std::optional<Refusal> checkDelete(const World &world, const Plan &plan)
{
    const auto node = named(world, plan, "node-name");
    return blocked(world, node ? node : named(world, plan, "id"), OpType::DriveDel);
}

std::optional<Refusal> checkExport(const World &world, const Plan &plan)
{
    const std::string_view argument = find(plan.arguments, "node-name") != nullptr ? "node-name" : "device";
    if (auto refusal = noDevice(world, plan, argument))
        return refusal;
    const auto node = named(world, plan, argument);
    for (JobId id : world.liveJobs()) { // drive-mirror opens its target without a BlockBackend
        const Job &job = world.job(id);
        if (node && job.isActive() && job.type == "mirror" && job.node("target") == *node)
            return inexpressible(world, *node, "In QEMU 2.5 the target of a mirror has no name of a device");
    }
    return std::nullopt;
}

/// A bitmap in use is frozen (bdrv_dirty_bitmap_frozen() in block.c).
std::optional<Refusal> frozenBitmap(const World &world, const Plan &plan, const char *text)
{
    const auto node = named(world, plan, "node");
    const auto name = textArgument(plan.arguments, "name");
    const DirtyBitmap *bitmap = node && name ? bitmapOn(world, skipFilters(world.graph, *node), *name) : nullptr;
    if (bitmap == nullptr || !bitmap->busy)
        return std::nullopt;
    return Refusal{"LEGACY-BUSY", *node, Holder::of(*bitmap->busy), world.job(*bitmap->busy).startedAt,
                   "Bitmap '" + *name + "' is currently frozen and cannot be " + text};
}

std::optional<Refusal> checkBitmapRemove(const World &world, const Plan &plan)
{
    return frozenBitmap(world, plan, "removed");
}

std::optional<Refusal> checkBitmapClear(const World &world, const Plan &plan)
{
    return frozenBitmap(world, plan, "modified");
}

/// Commands of later versions that 2.5 has nothing like.
std::optional<Refusal> notYet(const World &world, const Plan &plan)
{
    const NodeId node = plan.nodes.empty() ? NodeId() : plan.nodes.front().node;
    return inexpressible(world, node, "QEMU 2.5 has no command like " + std::string(plan.operation->name));
}

struct CommandCheck
{
    const Operation *operation;
    Check check;
};
constexpr CommandCheck kChecks[] = {
    {&kBlockStream, checkStream},
    {&kBlockCommit, checkCommit},
    {&kHmpCommit, checkCommit},
    {&kBlockdevMirror, checkMirror},
    {&kDriveMirror, checkMirror},
    {&kBlockdevBackup, checkBackup},
    {&kDriveBackup, checkBackup},
    {&kBlockdevSnapshot, checkSnapshot},
    {&kBlockdevSnapshotSync, checkSnapshot},
    {&kBlockdevSnapshotInternal, onDevice<OpType::InternalSnapshot>},
    {&kBlockdevSnapshotDeleteInternal, onDevice<OpType::InternalSnapshotDelete>},
    {&kBlockResize, checkResize},
    {&kChangeBackingFile, onDevice<OpType::Change>},
    {&kEject, checkMedium},
    {&kBlockdevRemoveMedium, checkMedium},
    {&kBlockdevChangeMedium, checkMedium},
    {&kChange, checkMedium},
    {&kBlockdevDel, checkDelete},
    {&kDriveDel, checkDelete},
    {&kBlockExportAdd, checkExport},
    {&kNbdServerAdd, checkExport},
    {&kBlockDirtyBitmapRemove, checkBitmapRemove},
    {&kBlockDirtyBitmapClear, checkBitmapClear},
    {&kBlockdevReopen, notYet},
    {&kXBlockdevChange, notYet},
    {&kBlockdevCreate, notYet},
    {&kBlockdevAmend, notYet},
    {&kBlockdevSetActive, notYet},
    {&kXBlockdevSetIothread, notYet},
    {&kBlockDirtyBitmapEnable, notYet},
    {&kBlockDirtyBitmapDisable, notYet},
    {&kBlockDirtyBitmapMerge, notYet},
    {&kBlockLatencyHistogramSet, notYet},
    {&kSnapshotSave, notYet},
    {&kSnapshotLoad, notYet},
    {&kSnapshotDelete, notYet},
};

std::optional<Refusal> refusalOf(const World &world, const Plan &plan)
{
    const auto *const found = std::find_if(std::begin(kChecks), std::end(kChecks),
                                           [&](const CommandCheck &each) { return each.operation == plan.operation; });
    if (found != std::end(kChecks))
        return found->check(world, plan);
    for (const Plan &member : plan.members) {
        if (auto refusal = refusalOf(world, member))
            return refusal;
    }
    return std::nullopt;
}

Verdict judge(const World &world, const Plan &plan)
{
    const auto refusal = refusalOf(world, plan);
    if (!refusal)
        return {"legacy", {}};
    Reason reason;
    reason.code = refusal->code;
    reason.node = refusal->node;
    reason.action = Action::GraphReconfiguration;
    reason.holder = refusal->holder;
    reason.since = refusal->since;
    return {"legacy", {reason}, refusal->error};
}

} // namespace

const Policy kLegacyPolicy{.name = "legacy", .judge = judge, .locksImages = false};

} // namespace blockscope
