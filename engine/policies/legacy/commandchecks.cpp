// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/policies/legacy/commandchecks.h"

#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/bitmapuse.h"
#include "engine/operations/catalogue.h"
#include "engine/policies/legacy/devices.h"
#include "engine/policies/legacy/opblockers.h"

#include <algorithm>

namespace blockscope::legacy {

namespace {

using Check = std::optional<Refusal> (*)(const World &world, const Plan &plan);

// Parts --------------------------------------------------------------------------------------

std::optional<NodeId> named(const World &world, const Plan &plan, std::string_view argument)
{
    const auto name = textArgument(plan.arguments, argument);
    const auto node = name ? lookUpNode(world, argument, *name) : Result<NodeId>(Error());
    return node ? std::optional(skipFilters(world.graph, *node)) : std::nullopt;
}

Refusal refuse(const char *code, NodeId node, std::string error)
{
    Refusal refusal;
    refusal.code = code;
    refusal.node = node;
    refusal.error = std::move(error);
    return refusal;
}

Refusal refuse(NodeId node, Holder holder, std::string error)
{
    Refusal refusal = refuse(kBusy, node, std::move(error));
    refusal.holder = holder;
    return refusal;
}

/// bdrv_op_is_blocked()
std::optional<Refusal> blocked(const World &world, std::optional<NodeId> node, OpType type)
{
    const auto blocker = node ? opBlocker(world, *node, type) : std::nullopt;
    if (!blocker)
        return std::nullopt;
    Refusal refusal =
        refuse(*node, blocker->holder, "Node '" + deviceOrNodeName(world, *node) + "' is busy: " + blocker->reason);
    refusal.since = blocker->since;
    return refusal;
}

std::optional<Refusal> first(std::optional<Refusal> one, std::optional<Refusal> other)
{
    return one ? std::move(one) : std::move(other);
}

/// The nodes in these roles, from the top down.
std::optional<Refusal> anyBlocked(const World &world, const Plan &plan, std::initializer_list<std::string_view> roles,
                                  OpType type)
{
    for (const RoleNode &each : plan.nodes) {
        if (std::find(roles.begin(), roles.end(), each.role) == roles.end())
            continue;
        if (auto refusal = blocked(world, each.node, type))
            return refusal;
    }
    return std::nullopt;
}

// Jobs ---------------------------------------------------------------------------------------

std::optional<Refusal> checkStream(const World &world, const Plan &plan)
{
    auto refusal = blocked(world, named(world, plan, "device"), OpType::Stream);
    return refusal || !world.is(Switch::LegacyOf28) ? std::move(refusal)
                                                    : anyBlocked(world, plan, {"mid"}, OpType::Stream);
}

std::optional<Refusal> checkCommit(const World &world, const Plan &plan)
{
    if (auto refusal = blocked(world, named(world, plan, "device"), OpType::CommitSource))
        return refusal;
    if (!world.is(Switch::LegacyOf28))
        return blocked(world, plan.node("base"), OpType::CommitTarget);
    return first(anyBlocked(world, plan, {"top", "mid", "base"}, OpType::CommitTarget),
                 blocked(world, plan.node("overlay"), OpType::CommitTarget));
}

/// bdrv_commit() has no more to say than an error number. One device, or all of them.
std::optional<Refusal> checkHmpCommit(const World &world, const Plan &plan)
{
    auto refusal = first(anyBlocked(world, plan, {"top"}, OpType::CommitSource),
                         anyBlocked(world, plan, {"base"}, OpType::CommitTarget));
    if (refusal)
        refusal->error =
            "'commit' error for '" + textArgument(plan.arguments, "device").value_or("") + "': Device or resource busy";
    return refusal;
}

/// check_to_replace_node()
std::optional<Refusal> checkReplaced(const World &world, const Plan &plan)
{
    const auto name = textArgument(plan.arguments, "replaces");
    const auto node = name ? world.graph.findNode(*name) : std::nullopt;
    if (!node)
        return std::nullopt;
    if (auto refusal = blocked(world, node, OpType::Replace))
        return refusal;
    return isFirstNonFilter(world, *node)
               ? std::nullopt
               : std::optional(refuse(kShape, *node, "Only top most non filter can be replaced"));
}

/// drive-mirror opens its target afresh, so there is nothing to check on it.
std::optional<Refusal> checkDriveMirror(const World &world, const Plan &plan)
{
    return first(blocked(world, named(world, plan, "device"), OpType::Mirror), checkReplaced(world, plan));
}

/// Of 2.6: blockdev_mirror_common().
std::optional<Refusal> checkBlockdevMirror(const World &world, const Plan &plan)
{
    return first(first(blocked(world, named(world, plan, "device"), OpType::Mirror),
                       blocked(world, named(world, plan, "target"), OpType::Mirror)),
                 checkReplaced(world, plan));
}

std::optional<Refusal> checkDriveBackup(const World &world, const Plan &plan)
{
    return blocked(world, named(world, plan, "device"), OpType::BackupSource);
}

std::optional<Refusal> checkBlockdevBackup(const World &world, const Plan &plan)
{
    return first(checkDriveBackup(world, plan), blocked(world, named(world, plan, "target"), OpType::BackupTarget));
}

// Snapshots ----------------------------------------------------------------------------------

std::optional<Refusal> checkOldRoot(const World &world, std::optional<NodeId> node)
{
    if (auto refusal = blocked(world, node, OpType::ExternalSnapshot))
        return refusal;
    return !node || isFirstNonFilter(world, *node)
               ? std::nullopt
               : std::optional(refuse(kShape, *node, "The feature 'snapshot' is not enabled"));
}

std::optional<Refusal> checkOverlay(const World &world, NodeId overlay)
{
    const auto users = usersOf(world, overlay);
    if (!users.empty())
        return refuse(overlay, Holder::of(users.front()),
                      "The snapshot is already in use by " +
                          deviceName(world, overlay).value_or(world.user(users.front()).name));
    if (auto refusal = blocked(world, overlay, OpType::ExternalSnapshot))
        return refusal;
    return backingChild(world.graph, overlay)
               ? std::optional(refuse(kShape, overlay, "The snapshot already has a backing image"))
               : std::nullopt;
}

std::optional<Refusal> checkSnapshot(const World &world, const Plan &plan)
{
    if (auto refusal = checkOldRoot(world, named(world, plan, "node")))
        return refusal;
    const auto overlay = named(world, plan, "overlay");
    return overlay ? checkOverlay(world, *overlay) : std::nullopt;
}

std::optional<Refusal> checkSnapshotSync(const World &world, const Plan &plan)
{
    const auto device = named(world, plan, "device");
    return checkOldRoot(world, device ? device : named(world, plan, "node-name"));
}

std::optional<Refusal> checkInternalSnapshot(const World &world, const Plan &plan)
{
    return blocked(world, named(world, plan, "device"), OpType::InternalSnapshot);
}

std::optional<Refusal> checkInternalSnapshotDelete(const World &world, const Plan &plan)
{
    return blocked(world, named(world, plan, "device"), OpType::InternalSnapshotDelete);
}

// Images and the graph -----------------------------------------------------------------------

/// The text names the argument "device" even where a node-name was given (mended in 9.0, 9fe0753321).
std::optional<Refusal> checkResize(const World &world, const Plan &plan)
{
    const auto device = named(world, plan, "device");
    const auto node = device ? device : named(world, plan, "node-name");
    if (node && !isFirstNonFilter(world, *node))
        return refuse(kShape, *node, "The feature 'resize' is not enabled");
    auto refusal = blocked(world, node, OpType::Resize);
    if (refusal)
        refusal->error = "Device '" + textArgument(plan.arguments, "device").value_or("(null)") + "' is in use";
    return refusal;
}

/// On the device, whichever image of its chain is edited.
std::optional<Refusal> checkChangeBackingFile(const World &world, const Plan &plan)
{
    return blocked(world, named(world, plan, "device"), OpType::Change);
}

/// qmp_x_blockdev_del()
std::optional<Refusal> deleteRefusal(const World &world, NodeId node)
{
    const std::string &name = world.node(node).name;
    const auto users = usersOf(world, node);
    if (!users.empty())
        return refuse(node, Holder::of(users.front()),
                      "Node " + name + " is in use by " +
                          deviceName(world, node).value_or(world.user(users.front()).name));
    if (auto refusal = blocked(world, node, OpType::DriveDel))
        return refusal;
    if (!world.node(node).isMonitorOwned)
        return refuse(kShape, node, "Node " + name + " is not owned by the monitor");
    for (EdgeId link : world.node(node).parents) {
        if (world.graph.edge(link).parent.isNode())
            return refuse(node, Holder::of(link), "Block device " + deviceOrNodeName(world, node) + " is in use");
    }
    return std::nullopt;
}

std::optional<Refusal> checkDelete(const World &world, const Plan &plan)
{
    const auto name = textArgument(plan.arguments, "node-name");
    const auto node = name ? world.graph.findNode(*name) : std::nullopt;
    return node ? deleteRefusal(world, *node) : std::nullopt;
}

/// A node-name is taken as by x-blockdev-del.
std::optional<Refusal> checkDriveDel(const World &world, const Plan &plan)
{
    const auto name = textArgument(plan.arguments, "id");
    const auto node = name ? world.graph.findNode(*name) : std::nullopt;
    return node ? deleteRefusal(world, *node) : blocked(world, named(world, plan, "id"), OpType::DriveDel);
}

// Media and bitmaps --------------------------------------------------------------------------

std::optional<Refusal> checkRemoveMedium(const World &world, const Plan &plan)
{
    const auto root = named(world, plan, "id");
    return blocked(world, root ? root : named(world, plan, "device"), OpType::Eject);
}

std::optional<Refusal> checkInsertMedium(const World &world, const Plan &plan)
{
    const auto node = named(world, plan, "node-name");
    const auto users = node ? usersOf(world, *node) : std::vector<UserId>();
    if (users.empty())
        return std::nullopt;
    return refuse(*node, Holder::of(users.front()),
                  "Node '" + world.node(*node).name + "' is already in use by '" +
                      deviceName(world, *node).value_or(world.user(users.front()).name) + "'");
}

/// bdrv_dirty_bitmap_frozen(): an incremental backup works from it.
std::optional<Refusal> frozen(const World &world, const Plan &plan, const char *what)
{
    const auto node = named(world, plan, "node");
    const auto name = textArgument(plan.arguments, "name");
    const DirtyBitmap *bitmap = node && name ? bitmapOn(world, *node, *name) : nullptr;
    if (bitmap == nullptr || !bitmap->busy)
        return std::nullopt;
    return refuse(*node, Holder::of(*bitmap->busy), "Bitmap '" + *name + "' is currently frozen and cannot be " + what);
}

std::optional<Refusal> checkBitmapRemove(const World &world, const Plan &plan)
{
    return frozen(world, plan, "removed");
}

std::optional<Refusal> checkBitmapClear(const World &world, const Plan &plan)
{
    return frozen(world, plan, "modified");
}

struct CommandCheck
{
    const Operation *operation;
    Check check;
};
constexpr CommandCheck kChecks[] = {
    {&kBlockStream, checkStream},
    {&kBlockCommit, checkCommit},
    {&kHmpCommit, checkHmpCommit},
    {&kDriveMirror, checkDriveMirror},
    {&kBlockdevMirror, checkBlockdevMirror},
    {&kDriveBackup, checkDriveBackup},
    {&kBlockdevBackup, checkBlockdevBackup},
    {&kBlockdevSnapshot, checkSnapshot},
    {&kBlockdevSnapshotSync, checkSnapshotSync},
    {&kBlockdevSnapshotInternal, checkInternalSnapshot},
    {&kBlockdevSnapshotDeleteInternal, checkInternalSnapshotDelete},
    {&kBlockResize, checkResize},
    {&kChangeBackingFile, checkChangeBackingFile},
    {&kBlockdevDel, checkDelete},
    {&kDriveDel, checkDriveDel},
    {&kEject, checkRemoveMedium},
    {&kBlockdevRemoveMedium, checkRemoveMedium},
    {&kBlockdevChangeMedium, checkRemoveMedium},
    {&kChange, checkRemoveMedium},
    {&kBlockdevInsertMedium, checkInsertMedium},
    {&kBlockDirtyBitmapRemove, checkBitmapRemove},
    {&kBlockDirtyBitmapClear, checkBitmapClear},
};

} // namespace

std::optional<Refusal> commandRefusal(const World &world, const Plan &plan)
{
    const auto *const found = std::find_if(std::begin(kChecks), std::end(kChecks),
                                           [&](const CommandCheck &each) { return each.operation == plan.operation; });
    return found == std::end(kChecks) ? std::nullopt : found->check(world, plan);
}

std::optional<Refusal> memberRefusal(const World &world, const Plan &member)
{
    auto refusal = commandRefusal(world, member);
    if (refusal && member.operation == &kBlockDirtyBitmapClear)
        refusal->error = "Cannot modify a frozen bitmap";
    return refusal;
}

} // namespace blockscope::legacy
