// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// block_set_io_throttle, and qom-set of the limits of a throttle group: how fast I/O may be. Pure timing: nothing is
// claimed but that the device is there. Left out: a group that a device left stays, as one of object-add does.
// (qmp_block_set_io_throttle() in block/qapi-sysemu.c, block/throttle-groups.c.)
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/throttlelimits.h"
#include "engine/operations/users.h"

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kSetParameters[] = {
    {.name = "device", .kind = Kind::Device, .role = "root"},
    {.name = "id", .kind = Kind::Device, .role = "root"},
    {.name = "bps", .kind = Kind::Number, .isRequired = true},
    {.name = "bps_rd", .kind = Kind::Number, .isRequired = true},
    {.name = "bps_wr", .kind = Kind::Number, .isRequired = true},
    {.name = "iops", .kind = Kind::Number, .isRequired = true},
    {.name = "iops_rd", .kind = Kind::Number, .isRequired = true},
    {.name = "iops_wr", .kind = Kind::Number, .isRequired = true},
    {.name = "bps_max", .kind = Kind::Number},
    {.name = "bps_rd_max", .kind = Kind::Number},
    {.name = "bps_wr_max", .kind = Kind::Number},
    {.name = "iops_max", .kind = Kind::Number},
    {.name = "iops_rd_max", .kind = Kind::Number},
    {.name = "iops_wr_max", .kind = Kind::Number},
    {.name = "bps_max_length", .kind = Kind::Number},
    {.name = "bps_rd_max_length", .kind = Kind::Number},
    {.name = "bps_wr_max_length", .kind = Kind::Number},
    {.name = "iops_max_length", .kind = Kind::Number},
    {.name = "iops_rd_max_length", .kind = Kind::Number},
    {.name = "iops_wr_max_length", .kind = Kind::Number},
    {.name = "iops_size", .kind = Kind::Number},
    {.name = "group"},
};
constexpr Parameter kQomParameters[] = {
    {.name = "path", .isRequired = true},
    {.name = "property", .isRequired = true},
    {.name = "value", .kind = Kind::Options, .isRequired = true},
};

/// qmp_get_blk()
Result<UserId> findDevice(const World &world, const Object &arguments)
{
    const auto device = textArgument(arguments, "device");
    const auto id = textArgument(arguments, "id");
    if (device.has_value() == id.has_value())
        return Error{"ARG-EXCLUSIVE", "device", "Need exactly one of 'device' and 'id'"};
    const std::string &name = device ? *device : *id;
    if (const auto user = world.findUser(name))
        return *user;
    return Error{"ARG-DEVICE", device ? "device" : "id", "Device '" + name + "' not found"};
}

Result<Plan> planSet(const World &world, const Object &arguments)
{
    const auto user = findDevice(world, arguments);
    if (!user)
        return user.error();
    const auto root = world.rootOf(*user);
    if (!root)
        return Error{"ARG-DEVICE", find(arguments, "id") != nullptr ? "id" : "device", "Device has no medium"};
    if (auto error = checkLimits(limitsFromArguments(arguments), "bps"))
        return *error;
    PlanBuilder plan(kBlockSetIoThrottle, "io-throttle", arguments);
    plan.add("root", filterPath(world.graph, *root));
    return plan.take();
}

Object suggestSet(const World &world, NodeId node)
{
    for (EdgeId edge : world.node(node).parents) {
        if (const auto user = world.userOf(edge))
            return {{"id", world.user(*user).name}};
    }
    return {};
}

void startSet(World &world, const Plan &plan, Job *)
{
    const UserId id = *findDevice(world, plan.arguments);
    const Object limits = limitsFromArguments(plan.arguments);
    User &user = world.users[id.value].edit();
    if (!limitsAnything(limits)) {
        user.throttleGroup.clear();
        return;
    }
    const auto group = textArgument(plan.arguments, "group");
    if (group || user.throttleGroup.empty())
        user.throttleGroup = group.value_or(user.backendName.empty() ? user.name : user.backendName);
    world.throttles.edit()[user.throttleGroup] = limits;
}

/// "/objects/g0", or the end of a path, which QOM takes as well.
std::string groupOf(const std::string &path)
{
    return path.substr(path.rfind('/') + 1);
}

/// "drive" of a device that is there: another node takes the place of its own (set_drive_helper() of
/// hw/core/qdev-properties-system.c, for which filters are put in and taken out).
Result<Plan> planDrive(const World &world, const Object &arguments, UserId device)
{
    const std::string *name = find(arguments, "value")->asString();
    if (name == nullptr)
        return Error{"ARG-TYPE", "value", "Invalid parameter type for 'drive', expected: string"};
    const auto node = lookUpNode(world, "value", *name);
    if (!node)
        return node.error();
    Plan plan = PlanBuilder(kQomSet, "device_add", arguments).take();
    plan.nodes.push_back({"node", *node});
    addUserClaims(plan, world, world.user(device), *node);
    plan.replaces.push_back(Holder::of(device));
    return plan;
}

Result<Plan> planQom(const World &world, const Object &arguments)
{
    const std::string path = *textArgument(arguments, "path");
    const std::string property = *textArgument(arguments, "property");
    if (const auto device = world.findUser(groupOf(path)); device && property == "drive")
        return planDrive(world, arguments, *device);
    if (!world.throttles->contains(groupOf(path)))
        return Error{"ARG-DEVICE", "path", "Device '" + path + "' not found"};
    if (property.starts_with("x-"))
        return Error{"ARG-UNSUPPORTED", "property", "Blockscope sets the limits of a throttle group together"};
    if (property != "limits")
        return Error{"ARG-CHOICE", "property", "Property 'throttle-group." + property + "' not found"};
    const Object *limits = find(arguments, "value")->asObject();
    if (limits == nullptr)
        return Error{"ARG-TYPE", "value", "Invalid parameter type for 'limits', expected: object"};
    if (auto error = checkLimits(*limits, "value"))
        return *error;
    PlanBuilder plan(kQomSet, "io-throttle", arguments);
    for (const auto &user : world.users) {
        const auto root = world.rootOf(user->id);
        if (root && user->throttleGroup == groupOf(path))
            plan.add("root", filterPath(world.graph, *root));
    }
    return plan.take();
}

void startQom(World &world, const Plan &plan, Job *)
{
    if (*textArgument(plan.arguments, "property") == "drive") {
        const User &device = world.user(*world.findUser(groupOf(*textArgument(plan.arguments, "path"))));
        if (device.root)
            redirect(world, *device.root, *plan.node("node"));
        return;
    }
    Object &limits = world.throttles.edit()[groupOf(*textArgument(plan.arguments, "path"))];
    limits = *find(plan.arguments, "value")->asObject();
}

} // namespace

const Operation kBlockSetIoThrottle{.name = "block_set_io_throttle",
                                    .family = Family::Inspection,
                                    .fidelity = Fidelity::Simplified,
                                    .parameters = kSetParameters,
                                    .dropParameter = "id",
                                    .plan = planSet,
                                    .suggest = suggestSet,
                                    .start = startSet};
const Operation kQomSet{.name = "qom-set",
                        .family = Family::Inspection,
                        .fidelity = Fidelity::Simplified,
                        .parameters = kQomParameters,
                        .plan = planQom,
                        .start = startQom};

} // namespace blockscope
