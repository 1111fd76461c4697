// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// HMP's drive_add and drive_del: a BlockBackend with an image of its own, for a device to be plugged
// (hmp_drive_add(), hmp_drive_del() in block/monitor/block-hmp-cmds.c).
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/newimage.h"
#include "engine/operations/opening.h"
#include "engine/operations/users.h"
#include "engine/world/grant.h"

#include <algorithm>
#include <array>

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

// BlockInterfaceType, in its order; an error names it by number.
constexpr std::array<std::string_view, 9> kInterfaces{"none", "ide", "scsi",   "floppy", "pflash",
                                                      "mtd",  "sd",  "virtio", "xen"};
constexpr Parameter kAddParameters[] = {
    {.name = "file", .isRequired = true},
    {.name = "id", .isRequired = true},
    {.name = "if", .kind = Kind::Choice, .choices = kInterfaces},
    {.name = "format"},
    {.name = "readonly", .kind = Kind::Boolean},
};
constexpr Parameter kDelParameters[] = {{.name = "id", .kind = Kind::Text, .isRequired = true}};

/// The user whose BlockBackend has that name.
std::optional<UserId> findBackend(const World &world, const std::string &name, const std::string &host)
{
    const auto user = world.findUser(name);
    const bool isIt = user && world.user(*user).backendName == name && world.user(*user).host == host;
    return isIt ? user : std::nullopt;
}

Result<Plan> planAdd(const World &world, const Object &arguments)
{
    const std::string id = *textArgument(arguments, "id");
    if (!isWellFormedId(id))
        return Error{"ARG-DEVICE", "id", "Parameter 'id' expects an identifier"};
    const auto user = world.findUser(id);
    if (user && world.user(*user).backendName == id)
        return Error{"ARG-DEVICE", "id", "Duplicate ID '" + id + "' for drive"};
    const std::string interface = textArgument(arguments, "if").value_or("none");
    const auto number = std::find(kInterfaces.begin(), kInterfaces.end(), interface) - kInterfaces.begin();
    if (number != 0)
        return Error{"ARG-CHOICE", "if", "Can't hot-add drive to type " + std::to_string(number)};
    if (world.graph.findNode(id))
        return Error{"ARG-NODE", "id", "Device name '" + id + "' conflicts with an existing node name"};
    if (auto error = checkFormat(arguments))
        return *error;
    return PlanBuilder(kDriveAdd, "drive_add", arguments).take();
}

void add(World &world, const Plan &plan, Job *)
{
    const std::string file = *textArgument(plan.arguments, "file");
    const Object options{{"driver", textArgument(plan.arguments, "format").value_or(probedFormat(world, file))},
                         {"read-only", boolArgument(plan.arguments, "readonly", false)},
                         {"file", Object{{"driver", "file"}, {"filename", file}}}};
    User user;
    user.kind = User::Kind::Backend;
    user.name = *textArgument(plan.arguments, "id");
    user.backendName = user.name;
    user.host = plan.host;
    addUser(world, std::move(user), openNodes(world, options, plan.host));
}

/// A node-name is as good: then it is blockdev-del.
bool namesNode(const World &world, const Object &arguments)
{
    return world.graph.findNode(*textArgument(arguments, "id")).has_value();
}

Result<Plan> planDelOn(const World &world, const Object &arguments, const std::string &host)
{
    const std::string id = *textArgument(arguments, "id");
    if (namesNode(world, arguments)) {
        auto plan = kBlockdevDel.plan(world, {{"node-name", id}});
        if (!plan)
            return Error{plan.error().code, "id", plan.error().what};
        plan->operation = &kDriveDel;
        plan->arguments = arguments;
        return plan;
    }
    const auto user = findBackend(world, id, host);
    if (!user || world.user(*user).job)
        return Error{"ARG-DEVICE", "id", "Device '" + id + "' not found"};
    PlanBuilder plan(kDriveDel, "medium-remove", arguments);
    if (const auto root = world.rootOf(*user))
        plan.add("root", filterPath(world.graph, *root));
    return plan.take();
}

Result<Plan> planDel(const World &world, const Object &arguments)
{
    return planDelOn(world, arguments, {});
}

void del(World &world, const Plan &plan, Job *)
{
    if (namesNode(world, plan.arguments)) {
        kBlockdevDel.start(world, plan, nullptr);
        return;
    }
    const UserId user = *findBackend(world, *textArgument(plan.arguments, "id"), plan.host);
    const auto root = world.rootOf(user);
    if (root && !permit(world, Holder::synchronous(), *root, Action::GraphReconfiguration))
        return;
    removeMedium(world, user);
    // A device that uses it keeps an empty BlockBackend that has no name any more.
    if (world.user(user).kind == User::Kind::Backend)
        removeUser(world, user);
    else
        world.users[user.value].edit().backendName.clear();
}

} // namespace

// Simplified: without "-n", which is blockdev-add; the format is not probed.
const Operation kDriveAdd{.name = "drive_add",
                          .family = Family::Users,
                          .fidelity = Fidelity::Simplified,
                          .parameters = kAddParameters,
                          .plan = planAdd,
                          .start = add};
const Operation kDriveDel{.name = "drive_del",
                          .family = Family::Users,
                          .parameters = kDelParameters,
                          .plan = planDel,
                          .planOn = planDelOn,
                          .start = del};

} // namespace blockscope
