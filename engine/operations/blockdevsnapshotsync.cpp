// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

// blockdev-snapshot-sync: makes or opens the overlay's file itself, then does what blockdev-snapshot does
// (qmp_blockdev_snapshot_sync() and external_snapshot_action() in blockdev.c).
#include "engine/graph/walk.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/externalsnapshot.h"
#include "engine/operations/newimage.h"

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kParameters[] = {
    {.name = "device", .kind = Kind::Device, .role = "old"},
    {.name = "node-name", .kind = Kind::Node, .role = "old"},
    {.name = "snapshot-file", .isRequired = true},
    {.name = "snapshot-node-name"},
    {.name = "format"},
    {.name = "mode", .kind = Kind::Choice, .choices = kImageModes},
};

/// bdrv_lookup_bs() with a device and a node-name, either of which may be missing.
Result<NodeId> findOld(const World &world, const Object &arguments)
{
    const std::string device = textArgument(arguments, "device").value_or("");
    if (!device.empty()) {
        if (const auto user = world.findUser(device))
            return lookUpNode(world, "device", device);
    }
    const std::string name = textArgument(arguments, "node-name").value_or("");
    if (const auto node = world.graph.findNode(name))
        return *node;
    return Error{"ARG-NODE", device.empty() ? "node-name" : "device",
                 "Cannot find device='" + device + "' nor node-name='" + name + "'"};
}

NewImage describeOverlay(const World &world, const Object &arguments, NodeId old)
{
    NewImage image = describeImage(world, arguments, "snapshot-file", old);
    image.format = textArgument(arguments, "format").value_or("qcow2");
    image.name = textArgument(arguments, "snapshot-node-name").value_or("");
    image.recorded = old;
    return image;
}

std::optional<Error> check(const World &world, const Object &arguments, NodeId old)
{
    const auto name = textArgument(arguments, "snapshot-node-name");
    if (find(arguments, "node-name") != nullptr && !name)
        return Error{"ARG-MISSING", "snapshot-node-name", "New overlay node-name missing"};
    if (name && (world.findUser(*name) || world.graph.findNode(*name)))
        return Error{"ARG-NODE", "snapshot-node-name", "New overlay node-name already in use"};
    const NewImage image = describeOverlay(world, arguments, old);
    if (auto error = checkImage(world, image, "snapshot-file"))
        return error;
    if (name) {
        if (auto error = checkNodeName(world, *name))
            return Error{error->code, "snapshot-node-name", error->what};
    }
    if (!supportsBacking(image.format))
        return Error{"ARG-FORMAT", "format", "The overlay does not support backing images"};
    return std::nullopt;
}

Result<Plan> plan(const World &world, const Object &arguments)
{
    const auto old = findOld(world, arguments);
    if (!old)
        return old.error();
    if (auto error = check(world, arguments, *old))
        return *error;
    PlanBuilder plan(kBlockdevSnapshotSync, "snapshot", arguments);
    plan.add("old", *old);
    plan.create("overlay");
    plan.add("parent", parentNodes(world, *old));
    return plan.take();
}

Object suggest(const World &world, NodeId node)
{
    const std::string &name = world.node(node).name;
    return {{"node-name", name},
            {"snapshot-file", "/images/" + name + "-snapshot.qcow2"},
            {"snapshot-node-name", name + "-snapshot"}};
}

void start(World &world, const Plan &plan, Job *)
{
    const NodeId old = *plan.node("old");
    const NodeId overlay = openImage(world, describeOverlay(world, plan.arguments, old));
    claimCreated(world, plan, Holder::synchronous(), "overlay", overlay);
    putOverlayOn(world, old, overlay);
    closeIfUnreferenced(world, overlay); // the monitor does not keep it, nor does anybody else when nobody used the old
}

} // namespace

const Operation kBlockdevSnapshotSync{.name = "blockdev-snapshot-sync",
                                      .family = Family::Graph,
                                      .parameters = kParameters,
                                      .dropParameter = "node-name",
                                      .plan = plan,
                                      .suggest = suggest,
                                      .start = start};

} // namespace blockscope
