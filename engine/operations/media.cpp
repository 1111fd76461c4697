// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// Media of removable drives: trays, and what lies in them (block/qapi-sysemu.c).
// Simplified, all of them: every removable drive has a tray, and no guest locks it, so "force" changes nothing.
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/claimtable.h"
#include "engine/operations/newimage.h"
#include "engine/operations/opening.h"
#include "engine/operations/users.h"
#include "engine/world/grant.h"

#include <algorithm>

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr std::string_view kReadOnlyModes[] = {"retain", "read-only", "read-write"};
constexpr Parameter kTrayParameters[] = {
    {.name = "device", .kind = Kind::Text},
    {.name = "id"},
    {.name = "force", .kind = Kind::Boolean},
};
constexpr Parameter kCloseParameters[] = {{.name = "device"}, {.name = "id"}};
constexpr Parameter kRemoveParameters[] = {{.name = "id", .isRequired = true}};
constexpr Parameter kInsertParameters[] = {
    {.name = "id", .isRequired = true},
    {.name = "node-name", .kind = Kind::Node, .isRequired = true, .role = "node"},
};
constexpr Parameter kChangeMediumParameters[] = {
    {.name = "device"},
    {.name = "id"},
    {.name = "filename", .isRequired = true},
    {.name = "format"},
    {.name = "force", .kind = Kind::Boolean},
    {.name = "read-only-mode", .kind = Kind::Choice, .choices = kReadOnlyModes},
};
constexpr Parameter kChangeParameters[] = {
    {.name = "device", .isRequired = true},
    {.name = "target", .isRequired = true},
    {.name = "arg"},
};

/// The device, if its medium can be taken out.
Result<UserId> findRemovable(const World &world, const Object &arguments, const std::string &host)
{
    const auto user = findDevice(world, arguments, host);
    if (user && !world.user(*user).isRemovable)
        return Error{"ARG-DEVICE", find(arguments, "id") != nullptr ? "id" : "device",
                     "Device '" + deviceText(arguments) + "' is not removable"};
    return user;
}

/// The claims for taking out what lies in the drive of \a user.
void addRemoval(PlanBuilder &plan, const World &world, UserId user)
{
    if (const auto root = world.rootOf(user))
        plan.add("root", filterPath(world.graph, *root));
}

Plan listing(PlanBuilder plan, const World &world, UserId user)
{
    addRemoval(plan, world, user);
    return plan.take();
}

/// Moving a tray touches no node.
template <const Operation &operation>
Result<Plan> planTrayOn(const World &world, const Object &arguments, const std::string &host)
{
    const auto user = findRemovable(world, arguments, host);
    if (!user)
        return user.error();
    return PlanBuilder(operation, operation.name, arguments).take();
}

Result<Plan> planRemoveOn(const World &world, const Object &arguments, const std::string &host)
{
    const auto user = findRemovable(world, arguments, host);
    if (!user)
        return user.error();
    if (!world.user(*user).isTrayOpen)
        return Error{"ARG-TRAY", "id", "Tray of device '" + deviceText(arguments) + "' is not open"};
    return listing(PlanBuilder(kBlockdevRemoveMedium, "medium-remove", arguments), world, *user);
}

Result<Plan> planEjectOn(const World &world, const Object &arguments, const std::string &host)
{
    const auto user = findRemovable(world, arguments, host);
    if (!user)
        return user.error();
    return listing(PlanBuilder(kEject, "medium-remove", arguments), world, *user);
}

/// bdrv_has_blk(): a device, an export or a BlockBackend sits on it.
bool hasUser(const World &world, NodeId node)
{
    const auto &parents = world.node(node).parents;
    return std::any_of(parents.begin(), parents.end(), [&](EdgeId edge) { return world.userOf(edge).has_value(); });
}

Result<Plan> planInsertOn(const World &world, const Object &arguments, const std::string &host)
{
    const auto user = findDevice(world, arguments, host);
    if (!user)
        return user.error();
    const std::string name = *textArgument(arguments, "node-name");
    const auto node = world.graph.findNode(name);
    if (!node)
        return Error{"ARG-NODE", "node-name", "Node '" + name + "' not found"};
    if (hasUser(world, *node))
        return Error{"ARG-IN-USE", "node-name", "Node '" + name + "' is already in use"};
    const User &device = world.user(*user);
    if (!device.isRemovable)
        return Error{"ARG-DEVICE", "id", "Device is not removable"};
    if (!device.isTrayOpen)
        return Error{"ARG-TRAY", "id", "Tray of the device is not open"};
    if (device.root)
        return Error{"ARG-TRAY", "id", "There already is a medium in the device"};
    if (device.isWritable && world.node(*node).isReadOnly)
        return Error{"ARG-READONLY", "node-name", "Block node is read-only"};
    PlanBuilder builder(kBlockdevInsertMedium, "medium-insert", arguments);
    builder.add("node", filterPath(world.graph, *node));
    Plan plan = builder.take();
    addUserClaims(plan, world, device, *node);
    return plan;
}

Result<Plan> planChangeMediumOn(const World &world, const Object &arguments, const std::string &host)
{
    const auto user = findRemovable(world, arguments, host);
    if (!user)
        return user.error();
    if (textArgument(arguments, "read-only-mode") == "read-only" && world.user(*user).isWritable)
        return Error{"ARG-READONLY", "read-only-mode", "Block node is read-only"};
    if (auto error = checkFormat(arguments))
        return *error;
    return listing(PlanBuilder(kBlockdevChangeMedium, "medium-remove", arguments), world, *user);
}

Result<Plan> planChangeOn(const World &world, const Object &arguments, const std::string &host)
{
    if (*textArgument(arguments, "device") == "vnc")
        return Error{"ARG-UNSUPPORTED", "device", "Blockscope has no VNC server whose password it could change"};
    const auto user = findRemovable(world, {{"device", *find(arguments, "device")}}, host);
    if (!user)
        return user.error();
    return listing(PlanBuilder(kChange, "medium-remove", arguments), world, *user);
}

/// The rows need a plan for the first process as well.
template <auto planOn>
Result<Plan> here(const World &world, const Object &arguments)
{
    return planOn(world, arguments, {});
}

void setTray(World &world, const Plan &plan, bool isOpen)
{
    world.users[findDevice(world, plan.arguments, plan.host)->value].edit().isTrayOpen = isOpen;
}

void openTray(World &world, const Plan &plan, Job *)
{
    setTray(world, plan, true);
}

void closeTray(World &world, const Plan &plan, Job *)
{
    setTray(world, plan, false);
}

/// False when claims are enforced and this one was forgotten.
bool mayRemove(World &world, UserId user)
{
    const auto root = world.rootOf(user);
    return !root || permit(world, Holder::synchronous(), *root, Action::GraphReconfiguration);
}

void remove(World &world, const Plan &plan, Job *)
{
    const UserId user = *findDevice(world, plan.arguments, plan.host);
    if (mayRemove(world, user))
        removeMedium(world, user);
}

void eject(World &world, const Plan &plan, Job *)
{
    openTray(world, plan, nullptr);
    remove(world, plan, nullptr);
}

void insert(World &world, const Plan &plan, Job *)
{
    const NodeId node = *plan.node("node");
    if (permit(world, Holder::synchronous(), node, Action::GraphReconfiguration))
        insertMedium(world, *findDevice(world, plan.arguments, plan.host), node);
}

struct NewMedium
{
    std::string filename;
    std::optional<std::string> format;
    bool isReadOnly = true;
};

void exchange(World &world, const std::string &host, UserId user, const NewMedium &medium)
{
    if (!mayRemove(world, user))
        return;
    const std::string &filename = medium.filename;
    const Object options{{"driver", medium.format ? *medium.format : probedFormat(world, filename)},
                         {"read-only", medium.isReadOnly},
                         {"file", Object{{"driver", "file"}, {"filename", filename}}}};
    removeMedium(world, user);
    insertMedium(world, user, openNodes(world, options, host));
    world.users[user.value].edit().isTrayOpen = false;
}

void changeMedium(World &world, const Plan &plan, Job *)
{
    const UserId user = *findDevice(world, plan.arguments, plan.host);
    const auto mode = textArgument(plan.arguments, "read-only-mode");
    const bool isReadOnly = mode == "read-only" || (mode != "read-write" && !world.user(user).isWritable);
    exchange(world, plan.host, user,
             {*textArgument(plan.arguments, "filename"), textArgument(plan.arguments, "format"), isReadOnly});
}

void change(World &world, const Plan &plan, Job *)
{
    const UserId user = *findGuest(world, *textArgument(plan.arguments, "device"), plan.host);
    exchange(
        world, plan.host, user,
        {*textArgument(plan.arguments, "target"), textArgument(plan.arguments, "arg"), !world.user(user).isWritable});
}

/// The first removable drive with an open tray and nothing in it, for a medium that is dropped.
Object suggestInsert(const World &world, NodeId node)
{
    Object arguments{{"node-name", world.node(node).name}};
    for (const auto &user : world.users) {
        if (user->isAttached && user->kind == User::Kind::Guest && user->isRemovable && !user->root) {
            arguments["id"] = user->name;
            break;
        }
    }
    return arguments;
}

} // namespace

const Operation kBlockdevOpenTray{.name = "blockdev-open-tray",
                                  .family = Family::Users,
                                  .fidelity = Fidelity::Simplified,
                                  .parameters = kTrayParameters,
                                  .plan = here<planTrayOn<kBlockdevOpenTray>>,
                                  .planOn = planTrayOn<kBlockdevOpenTray>,
                                  .start = openTray};
const Operation kBlockdevCloseTray{.name = "blockdev-close-tray",
                                   .family = Family::Users,
                                   .fidelity = Fidelity::Simplified,
                                   .parameters = kCloseParameters,
                                   .plan = here<planTrayOn<kBlockdevCloseTray>>,
                                   .planOn = planTrayOn<kBlockdevCloseTray>,
                                   .start = closeTray};
const Operation kBlockdevInsertMedium{.name = "blockdev-insert-medium",
                                      .family = Family::Users,
                                      .fidelity = Fidelity::Simplified,
                                      .parameters = kInsertParameters,
                                      .dropParameter = "node-name",
                                      .plan = here<planInsertOn>,
                                      .planOn = planInsertOn,
                                      .suggest = suggestInsert,
                                      .start = insert};
const Operation kBlockdevRemoveMedium{.name = "blockdev-remove-medium",
                                      .family = Family::Users,
                                      .fidelity = Fidelity::Simplified,
                                      .parameters = kRemoveParameters,
                                      .plan = here<planRemoveOn>,
                                      .planOn = planRemoveOn,
                                      .start = remove};
const Operation kEject{.name = "eject",
                       .family = Family::Users,
                       .fidelity = Fidelity::Simplified,
                       .parameters = kTrayParameters,
                       .plan = here<planEjectOn>,
                       .planOn = planEjectOn,
                       .start = eject};
// Besides: the format is not probed.
const Operation kBlockdevChangeMedium{.name = "blockdev-change-medium",
                                      .family = Family::Users,
                                      .fidelity = Fidelity::Simplified,
                                      .parameters = kChangeMediumParameters,
                                      .plan = here<planChangeMediumOn>,
                                      .planOn = planChangeMediumOn,
                                      .start = changeMedium};
// QEMU until 5.2; of a VNC server it changed the password.
const Operation kChange{.name = "change",
                        .family = Family::Users,
                        .fidelity = Fidelity::Simplified,
                        .parameters = kChangeParameters,
                        .plan = here<planChangeOn>,
                        .planOn = planChangeOn,
                        .start = change};

} // namespace blockscope
