// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/policies/legacy/expressible.h"

#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/policies/legacy/devices.h"

#include <algorithm>

namespace blockscope::legacy {

namespace {

/// Versions of QEMU as numbers: 2.5 is 205.
constexpr int k25 = 205;
constexpr int k28 = 208;
constexpr int kLater = 999;

int versionOf(const World &world)
{
    return world.is(Switch::LegacyOf28) ? k28 : k25;
}

std::string versionName(const World &world)
{
    return world.is(Switch::LegacyOf28) ? "QEMU 2.8" : "QEMU 2.5";
}

struct NewCommand
{
    const Operation *operation;
    int since;
};
constexpr NewCommand kNewCommands[] = {
    {&kBlockdevMirror, 206},
    {&kXBlockdevChange, 207},
    {&kBlockdevReopen, kLater},
    {&kSnapshotSave, kLater},
    {&kSnapshotLoad, kLater},
    {&kSnapshotDelete, kLater},
    {&kBlockDirtyBitmapEnable, kLater},
    {&kBlockDirtyBitmapDisable, kLater},
    {&kBlockDirtyBitmapMerge, kLater},
    {&kBlockdevAmend, kLater},
    {&kBlockdevCreate, kLater},
    {&kQomSet, kLater}, // of a throttle group, which is an object since 2.11
    {&kBlockLatencyHistogramSet, kLater},
    {&kQueryJobs, kLater},
    {&kQueryBlockGraph, kLater},
    {&kNbdServerRemove, kLater},
    {&kBlockExportDel, kLater},
    {&kBlockdevSetActive, kLater},
    {&kXBlockdevSetIothread, kLater},
    {&kXenSetReplication, kLater},
};

struct NewArgument
{
    const Operation *operation;
    std::string_view name;
    int since;
    std::string_view value = {}; ///< only with this value; empty: with any that is not false
};
constexpr NewArgument kNewArguments[] = {
    {&kBlockdevBackup, "bitmap", kLater},
    {&kBlockdevBackup, "bitmap-mode", kLater},
    {&kBlockdevBackup, "compress", k28},
    {&kDriveBackup, "bitmap-mode", kLater},
    {&kDriveBackup, "compress", k28},
    {&kDriveMirror, "copy-mode", kLater},
    {&kBlockdevMirror, "copy-mode", kLater},
    {&kBlockDirtyBitmapAdd, "persistent", kLater},
    {&kBlockDirtyBitmapAdd, "disabled", kLater},
    {&kBlockExportAdd, "type", kLater, "fuse"},
    {&kBlockExportAdd, "type", kLater, "vhost-user-blk"},
};

/// What an argument takes besides names of devices in 2.8.
enum class Reach : std::uint8_t { Device, Root, Any };

struct DeviceArgument
{
    const Operation *operation;
    std::string_view name;
    Reach in28;
};
constexpr DeviceArgument kDeviceArguments[] = {
    {&kBlockStream, "device", Reach::Any},
    {&kBlockCommit, "device", Reach::Root},
    {&kHmpCommit, "device", Reach::Device},
    {&kDriveMirror, "device", Reach::Root},
    {&kBlockdevMirror, "device", Reach::Root},
    {&kDriveBackup, "device", Reach::Root},
    {&kBlockdevBackup, "device", Reach::Root},
    {&kBlockdevBackup, "target", Reach::Any},
    {&kChangeBackingFile, "device", Reach::Root},
    {&kBlockdevSnapshotInternal, "device", Reach::Root},
    {&kBlockdevSnapshotDeleteInternal, "device", Reach::Root},
    {&kNbdServerAdd, "device", Reach::Any},
    {&kBlockExportAdd, "node-name", Reach::Any},
    {&kDeviceAdd, "drive", Reach::Any},
    {&kBlockSetIoThrottle, "device", Reach::Device},
    {&kBlockSetIoThrottle, "id", Reach::Device},
};

/// The members that a transaction of 2.5 and 2.8 takes (TransactionAction of qapi-schema.json).
constexpr const Operation *kMembers[] = {&kBlockdevSnapshot,     &kBlockdevSnapshotSync,     &kDriveBackup,
                                         &kBlockdevBackup,       &kBlockdevSnapshotInternal, &kBlockDirtyBitmapAdd,
                                         &kBlockDirtyBitmapClear};

Refusal refuse(const World &world, const Plan &plan, const char *code, std::string error)
{
    Refusal refusal;
    refusal.code = code;
    refusal.since = world.clock;
    refusal.error = std::move(error);
    if (!plan.nodes.empty())
        refusal.node = plan.nodes.front().node;
    return refusal;
}

/// Not QEMU's words, and so marked as ours.
Refusal unspeakable(const World &world, const Plan &plan, const std::string &what)
{
    return refuse(world, plan, kExpress, "Blockscope: " + versionName(world) + " has no " + what);
}

std::optional<Refusal> newCommand(const World &world, const Plan &plan)
{
    const bool isNew = std::any_of(std::begin(kNewCommands), std::end(kNewCommands), [&](const NewCommand &each) {
        return each.operation == plan.operation && each.since > versionOf(world);
    });
    return isNew ? std::optional(unspeakable(world, plan, "command '" + std::string(plan.operation->name) + "'"))
                 : std::nullopt;
}

bool isGiven(const Plan &plan, const NewArgument &argument)
{
    const Value *value = find(plan.arguments, argument.name);
    if (value == nullptr)
        return false;
    if (!argument.value.empty())
        return value->asString() != nullptr && *value->asString() == argument.value;
    return boolArgument(plan.arguments, argument.name, true);
}

std::optional<Refusal> newArgument(const World &world, const Plan &plan)
{
    for (const NewArgument &each : kNewArguments) {
        if (each.operation != plan.operation || each.since <= versionOf(world) || !isGiven(plan, each))
            continue;
        std::string what = "argument '" + std::string(each.name) + "'";
        if (!each.value.empty())
            what += " with value '" + std::string(each.value) + "'";
        return unspeakable(world, plan, what + " of " + std::string(plan.operation->name));
    }
    return std::nullopt;
}

/// qmp_get_root_bs() of 2.8 looks at nothing else.
std::optional<Refusal> notRoot(const World &world, const Plan &plan, NodeId node)
{
    if (isRoot(world, node))
        return std::nullopt;
    Refusal refusal = refuse(world, plan, kShape, "Need a root block node");
    refusal.node = node;
    return refusal;
}

std::optional<Refusal> unreachable(const World &world, const Plan &plan, const DeviceArgument &argument)
{
    const auto name = textArgument(plan.arguments, argument.name);
    const auto named = name ? lookUpNode(world, argument.name, *name) : Result<NodeId>(Error());
    if (!named)
        return std::nullopt;
    const NodeId node = skipFilters(world.graph, *named);
    const Reach reach = world.is(Switch::LegacyOf28) ? argument.in28 : Reach::Device;
    if (reach == Reach::Any)
        return std::nullopt;
    if (reach == Reach::Root)
        return notRoot(world, plan, node);
    if (deviceName(world, node))
        return std::nullopt;
    Refusal refusal =
        unspeakable(world, plan,
                    "device for node '" + world.node(node).name + "', and argument '" + std::string(argument.name) +
                        "' of " + std::string(plan.operation->name) + " takes no node-name");
    refusal.node = node;
    return refusal;
}

} // namespace

std::optional<Refusal> cannotSay(const World &world, const Plan &plan)
{
    if (auto refusal = newCommand(world, plan))
        return refusal;
    if (auto refusal = newArgument(world, plan))
        return refusal;
    for (const DeviceArgument &each : kDeviceArguments) {
        if (each.operation != plan.operation)
            continue;
        if (auto refusal = unreachable(world, plan, each))
            return refusal;
    }
    return std::nullopt;
}

std::optional<Refusal> cannotGroup(const World &world, const Plan &member)
{
    if (member.operation == nullptr ||
        std::find(std::begin(kMembers), std::end(kMembers), member.operation) != std::end(kMembers))
        return std::nullopt;
    return unspeakable(world, member, "'" + std::string(member.operation->name) + "' in a transaction");
}

} // namespace blockscope::legacy
