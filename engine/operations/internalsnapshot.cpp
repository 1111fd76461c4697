// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// blockdev-snapshot-internal-sync and blockdev-snapshot-delete-internal-sync: a snapshot inside one image, without the
// state of the VM (internal_snapshot_prepare() and qmp_blockdev_snapshot_delete_internal_sync() in blockdev.c).
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/snapshots.h"
#include "engine/world/blockio.h"

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kTakeParameters[] = {
    {.name = "device", .kind = Kind::Device, .isRequired = true, .role = "root"},
    {.name = "name", .isRequired = true},
};
constexpr Parameter kDeleteParameters[] = {
    {.name = "device", .kind = Kind::Device, .isRequired = true, .role = "root"},
    {.name = "id"},
    {.name = "name"},
};

std::optional<Error> checkTake(const World &world, NodeId root, const std::string &device, const std::string &name)
{
    if (!isWritable(world, root))
        return Error{"ARG-READONLY", "device", "Device '" + device + "' is read only"};
    if (!canSnapshot(world, root))
        return Error{"ARG-FORMAT", "device",
                     "Block format '" + world.node(root).driver + "' used by device '" + device +
                         "' does not support internal snapshots"};
    if (name.empty())
        return Error{"ARG-SNAPSHOT", "name", "Name is empty"};
    if (findSnapshot(world, root, std::nullopt, name) != nullptr)
        return Error{"ARG-SNAPSHOT", "name",
                     "Snapshot with name '" + name + "' already exists on device '" + device + "'"};
    return std::nullopt;
}

Result<Plan> planTake(const World &world, const Object &arguments)
{
    const std::string device = *textArgument(arguments, "device");
    const auto root = lookUpNode(world, "device", device);
    if (!root)
        return root.error();
    if (auto error = checkTake(world, *root, device, *textArgument(arguments, "name")))
        return *error;
    PlanBuilder plan(kBlockdevSnapshotInternal, "snapshot-internal", arguments);
    plan.add("root", filterPath(world.graph, *root));
    return plan.take();
}

Result<Plan> planDelete(const World &world, const Object &arguments)
{
    const std::string device = *textArgument(arguments, "device");
    const auto root = lookUpNode(world, "device", device);
    if (!root)
        return root.error();
    const auto id = textArgument(arguments, "id");
    const auto name = textArgument(arguments, "name");
    if (!id && !name)
        return Error{"ARG-MISSING", "name", "Name or id must be provided"};
    if (findSnapshot(world, *root, id, name) == nullptr)
        return Error{"ARG-SNAPSHOT", name ? "name" : "id",
                     "Snapshot with id '" + id.value_or("null") + "' and name '" + name.value_or("null") +
                         "' does not exist on device '" + device + "'"};
    PlanBuilder plan(kBlockdevSnapshotDeleteInternal, "snapshot-internal-delete", arguments);
    plan.add("root", filterPath(world.graph, *root));
    return plan.take();
}

Object suggest(const World &world, NodeId node)
{
    return {{"device", world.node(node).name}};
}

void take(World &world, const Plan &plan, Job *)
{
    takeSnapshot(world, *plan.node("root"), *textArgument(plan.arguments, "name"), false, Holder::synchronous());
}

void deleteOne(World &world, const Plan &plan, Job *)
{
    deleteSnapshot(world, *plan.node("root"), textArgument(plan.arguments, "id"), textArgument(plan.arguments, "name"),
                   Holder::synchronous());
}

} // namespace

const Operation kBlockdevSnapshotInternal{.name = "blockdev-snapshot-internal-sync",
                                          .family = Family::Image,
                                          .parameters = kTakeParameters,
                                          .dropParameter = "device",
                                          .plan = planTake,
                                          .suggest = suggest,
                                          .start = take};
const Operation kBlockdevSnapshotDeleteInternal{.name = "blockdev-snapshot-delete-internal-sync",
                                                .family = Family::Image,
                                                .parameters = kDeleteParameters,
                                                .dropParameter = "device",
                                                .plan = planDelete,
                                                .suggest = suggest,
                                                .start = deleteOne};

} // namespace blockscope
