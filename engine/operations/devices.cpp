// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// device_add and device_del: a guest device comes and goes, and with it its standing claim (softmmu/qdev-monitor.c).
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/users.h"

#include <algorithm>
#include <array>

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kAddParameters[] = {
    {.name = "driver", .isRequired = true},
    {.name = "id"},
    {.name = "drive", .kind = Kind::Node, .role = "root"},
    {.name = "share-rw", .kind = Kind::Boolean},
    {.name = "read-only", .kind = Kind::Boolean},
    {.name = "write-cache"},
    {.name = "bus"},
};
constexpr Parameter kDelParameters[] = {{.name = "id", .isRequired = true}};

// The models of -device help that have a disk.
constexpr std::array<std::string_view, 5> kRemovable{"floppy", "ide-cd", "scsi-cd", "sd-card", "usb-bot"};
constexpr std::array<std::string_view, 14> kFixed{"ide-hd",
                                                  "nvme",
                                                  "nvme-ns",
                                                  "scsi-block",
                                                  "scsi-generic",
                                                  "scsi-hd",
                                                  "swim-drive",
                                                  "usb-storage",
                                                  "vhost-user-blk-pci",
                                                  "virtio-blk-ccw",
                                                  "virtio-blk-device",
                                                  "virtio-blk-pci",
                                                  "virtio-blk",
                                                  "xen-disk"};

template <std::size_t size>
bool contains(const std::array<std::string_view, size> &names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

User describe(const World &world, const Object &arguments, const std::string &host)
{
    User user;
    const std::string driver = *textArgument(arguments, "driver");
    user.name = textArgument(arguments, "id").value_or(freeUserName(world, "device"));
    user.isRemovable = contains(kRemovable, driver);
    user.sharesWrites = boolArgument(arguments, "share-rw", false);
    user.sharesResize = !user.isRemovable && !driver.starts_with("nvme"); // blkconf_apply_backend_options()
    user.isWritable = !boolArgument(arguments, "read-only", false) && driver != "ide-cd" && driver != "scsi-cd";
    user.host = host;
    return user;
}

/// What "drive" names: a node, or a BlockBackend that no device uses yet.
struct Drive
{
    std::optional<NodeId> node;
    std::optional<UserId> backend;
};

Result<Drive> findDrive(const World &world, const Object &arguments)
{
    const std::string driver = *textArgument(arguments, "driver");
    const auto name = textArgument(arguments, "drive");
    if (!name)
        return contains(kRemovable, driver) ? Result<Drive>(Drive())
                                            : Error{"ARG-MISSING", "drive", "drive property not set"};
    const auto user = world.findUser(*name);
    if (user && world.user(*user).backendName == *name) {
        if (world.user(*user).kind != User::Kind::Backend || world.user(*user).job)
            return Error{"ARG-IN-USE", "drive", "Drive '" + *name + "' is already in use by another device"};
        return Drive{world.rootOf(*user), user};
    }
    if (const auto node = world.graph.findNode(*name))
        return Drive{node, std::nullopt};
    return Error{"ARG-NODE", "drive", "Property '" + driver + ".drive' can't find value '" + *name + "'"};
}

/// A device on a read-only node is read-only, but for one that cannot be.
std::optional<Error> fitToNode(const World &world, const Object &arguments, NodeId node, User &user)
{
    if (!world.node(node).isReadOnly)
        return std::nullopt;
    if (*textArgument(arguments, "driver") == "ide-hd")
        return Error{"ARG-READONLY", "drive", "Block node is read-only"};
    user.isWritable = false;
    return std::nullopt;
}

Result<Plan> planAddOn(const World &world, const Object &arguments, const std::string &host)
{
    Plan plan = PlanBuilder(kDeviceAdd, "device_add", arguments).take();
    const std::string driver = *textArgument(arguments, "driver");
    if (!contains(kRemovable, driver) && !contains(kFixed, driver))
        return Error{"ARG-CHOICE", "driver", "'" + driver + "' is not a valid device model name"};
    const auto id = textArgument(arguments, "id");
    if (id && !isWellFormedId(*id))
        return Error{"ARG-DEVICE", "id", "Parameter 'id' expects an identifier"};
    // Events name devices without their process, so a name is used once.
    const auto same = id ? world.findUser(*id) : std::nullopt;
    if (same && world.user(*same).kind != User::Kind::Backend)
        return Error{"ARG-DEVICE", "id", "Duplicate device ID '" + *id + "'"};
    const auto drive = findDrive(world, arguments);
    if (!drive)
        return drive.error();
    if (!drive->node)
        return plan;
    User user = describe(world, arguments, host);
    if (auto error = fitToNode(world, arguments, *drive->node, user))
        return *error;
    plan.nodes.push_back({"root", *drive->node});
    addUserClaims(plan, world, user, *drive->node);
    return plan;
}

Result<Plan> planAdd(const World &world, const Object &arguments)
{
    return planAddOn(world, arguments, {});
}

void add(World &world, const Plan &plan, Job *)
{
    const Drive drive = *findDrive(world, plan.arguments);
    User user = describe(world, plan.arguments, plan.host);
    if (drive.node)
        (void)fitToNode(world, plan.arguments, *drive.node, user);
    if (drive.backend) {
        user.backendName = world.user(*drive.backend).backendName;
        removeUser(world, *drive.backend);
    }
    addUser(world, std::move(user), drive.node);
}

Object suggestAdd(const World &world, NodeId node)
{
    return {{"driver", "virtio-blk-pci"}, {"id", freeUserName(world, "device")}, {"drive", world.node(node).name}};
}

Result<Plan> planDelOn(const World &world, const Object &arguments, const std::string &host)
{
    const std::string id = *textArgument(arguments, "id");
    const auto user = findGuest(world, id, host);
    if (!user)
        return Error{"ARG-DEVICE", "id", "Device '" + id + "' not found"};
    Plan plan = PlanBuilder(kDeviceDel, "device_del", arguments).take();
    // Nobody is asked: the guest may let its disk go whatever else is done with it.
    if (const auto root = world.rootOf(*user))
        plan.nodes.push_back({"root", *root});
    return plan;
}

Result<Plan> planDel(const World &world, const Object &arguments)
{
    return planDelOn(world, arguments, {});
}

void del(World &world, const Plan &plan, Job *)
{
    const UserId user = *findGuest(world, *textArgument(plan.arguments, "id"), plan.host);
    removeMedium(world, user);
    removeUser(world, user);
}

} // namespace

const Operation kDeviceAdd{.name = "device_add",
                           .family = Family::Users,
                           .parameters = kAddParameters,
                           .dropParameter = "drive",
                           .takesMoreOptions = true,
                           .plan = planAdd,
                           .planOn = planAddOn,
                           .suggest = suggestAdd,
                           .start = add};
// Simplified: the guest agrees at once; QEMU asks it and waits.
const Operation kDeviceDel{.name = "device_del",
                           .family = Family::Users,
                           .fidelity = Fidelity::Simplified,
                           .parameters = kDelParameters,
                           .plan = planDel,
                           .planOn = planDelOn,
                           .start = del};

} // namespace blockscope
