// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// Exports: the NBD server, and what is served to others than the guest, with a standing claim from attach to detach
// (block/export/export.c, blockdev-nbd.c).
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/exportoptions.h"
#include "engine/operations/users.h"
#include "engine/world/standingclaims.h"

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr std::string_view kTypes[] = {"nbd", "fuse", "vhost-user-blk"};
constexpr std::string_view kModes[] = {"safe", "hard"};
constexpr const char *kExportName = "export-name"; ///< in User::extra: what NBD clients ask for
constexpr std::size_t kMaximumNameLength = 4096;   // NBD_MAX_STRING_SIZE
constexpr Parameter kStartParameters[] = {
    {.name = "addr", .kind = Kind::Options, .isRequired = true},
    {.name = "tls-creds"},
    {.name = "tls-authz"},
    {.name = "max-connections", .kind = Kind::Number},
};
constexpr Parameter kNbdAddParameters[] = {
    {.name = "device", .kind = Kind::Device, .isRequired = true, .role = "root"},
    {.name = "name"},
    {.name = "description"},
    {.name = "writable", .kind = Kind::Boolean},
    {.name = "bitmap"},
};
constexpr Parameter kNbdRemoveParameters[] = {
    {.name = "name", .isRequired = true},
    {.name = "mode", .kind = Kind::Choice, .choices = kModes},
};
constexpr Parameter kAddParameters[] = {
    {.name = "type", .kind = Kind::Choice, .isRequired = true, .choices = kTypes},
    {.name = "id", .isRequired = true},
    {.name = "node-name", .kind = Kind::Node, .isRequired = true, .role = "root"},
    {.name = "writable", .kind = Kind::Boolean},
    {.name = "name"},
    {.name = "description"},
    {.name = "writethrough", .kind = Kind::Boolean},
    {.name = "iothread"},
    {.name = "fixed-iothread", .kind = Kind::Boolean},
    {.name = "bitmaps", .kind = Kind::Options},
    {.name = "allocation-depth", .kind = Kind::Boolean},
    {.name = "mountpoint"},
    {.name = "growable", .kind = Kind::Boolean},
    {.name = "allow-other"},
    {.name = "addr", .kind = Kind::Options},
    {.name = "logical-block-size", .kind = Kind::Number},
    {.name = "num-queues", .kind = Kind::Number},
};
constexpr Parameter kDelParameters[] = {
    {.name = "id", .isRequired = true},
    {.name = "mode", .kind = Kind::Choice, .choices = kModes},
};

/// At the argument that asked for the server; of a command for it alone at the command.
Error notRunning(const Operation &operation)
{
    const char *where = operation.parameter("type") != nullptr ? "type" : "execute";
    return {"ARG-NBD", where, "NBD server not running"};
}

bool isServerRunning(const World &world, const std::string &host)
{
    return world.is(HostFlag::ServesNbd, host);
}

std::optional<UserId> findExport(const World &world, const std::string &id, const std::string &host)
{
    for (const auto &user : world.users) {
        if (user->isAttached && user->kind == User::Kind::Export && user->name == id && user->host == host)
            return user->id;
    }
    return std::nullopt;
}

std::string servedName(const User &user)
{
    const std::string *name = findString(user.extra, kExportName);
    return name != nullptr ? *name : user.name;
}

bool isServed(const World &world, const std::string &name, const std::string &host)
{
    for (const auto &user : world.users) {
        if (user->isAttached && user->kind == User::Kind::Export && user->exportType == "nbd" && user->host == host &&
            servedName(*user) == name)
            return true;
    }
    return false;
}

/// nbd_export_create() of blockdev-nbd.c
std::optional<Error> checkNbd(const Operation &operation, const World &world, const User &user)
{
    if (!isServerRunning(world, user.host))
        return notRunning(operation);
    const std::string name = servedName(user);
    if (name.size() > kMaximumNameLength)
        return Error{"ARG-NBD", "name", "export name '" + name + "' too long"};
    if (isServed(world, name, user.host))
        return Error{"ARG-NBD", "name", "NBD server already has export named '" + name + "'"};
    return std::nullopt;
}

/// blk_exp_add() of block/export/export.c: what is checked of an export, and its plan.
Result<Plan> planExport(const Operation &operation, const World &world, const Object &arguments, const User &user,
                        NodeId node)
{
    if (!isWellFormedId(user.name))
        return Error{"ARG-NBD", "id", "Invalid block export id"};
    if (findExport(world, user.name, user.host))
        return Error{"ARG-NBD", "id", "Block export id '" + user.name + "' is already in use"};
    if (world.node(node).isReadOnly && user.isWritable)
        return Error{"ARG-READONLY", "writable", "Cannot export read-only node as writable"};
    if (user.exportType == "nbd") {
        if (auto error = checkNbd(operation, world, user))
            return *error;
        if (auto error = checkExportedBitmaps(world, user, node, arguments))
            return *error;
    }
    if (user.exportType == "vhost-user-blk") {
        if (auto error = checkVhostUser(arguments, user))
            return *error;
    }
    Plan plan = PlanBuilder(operation, operation.name, arguments).take();
    plan.nodes.push_back({"root", node});
    // An export activates an image that was not taken over yet.
    if (world.node(node).isInactive) {
        addChangedClaims(plan, world, [&](World &after) { activate(after, node); });
        World active = world;
        activate(active, node);
        addUserClaims(plan, active, user, node);
    } else {
        addUserClaims(plan, world, user, node);
    }
    return plan;
}

User describe(const Object &arguments, const std::string &host)
{
    User user;
    user.kind = User::Kind::Export;
    user.name = *textArgument(arguments, "id");
    user.exportType = *textArgument(arguments, "type");
    user.isWritable = boolArgument(arguments, "writable", false);
    user.host = host;
    if (user.exportType == "nbd")
        user.extra[kExportName] = textArgument(arguments, "name").value_or(*textArgument(arguments, "node-name"));
    return user;
}

Result<Plan> planAddOn(const World &world, const Object &arguments, const std::string &host)
{
    if (auto error = checkExportMembers(arguments))
        return *error;
    const std::string name = *textArgument(arguments, "node-name");
    const auto node = world.graph.findNode(name);
    const User user = describe(arguments, host);
    if (!node && isWellFormedId(user.name) && !findExport(world, user.name, host))
        return Error{"ARG-NODE", "node-name", "Cannot find device='' nor node-name='" + name + "'"};
    return planExport(kBlockExportAdd, world, arguments, user, node.value_or(NodeId{0}));
}

/// nbd-server-add is block-export-add with the name as id, and quietly read-only where the node is.
User describeNbd(const World &world, const Object &arguments, const std::string &host, NodeId node)
{
    User user;
    user.kind = User::Kind::Export;
    user.exportType = "nbd";
    user.name = textArgument(arguments, "name").value_or(*textArgument(arguments, "device"));
    user.isWritable = boolArgument(arguments, "writable", false) && !world.node(node).isReadOnly;
    user.host = host;
    user.extra[kExportName] = user.name;
    return user;
}

Result<Plan> planNbdAddOn(const World &world, const Object &arguments, const std::string &host)
{
    const auto node = lookUpNode(world, "device", *textArgument(arguments, "device"));
    if (!node)
        return node.error();
    return planExport(kNbdServerAdd, world, arguments, describeNbd(world, arguments, host, *node), *node);
}

void serve(World &world, User user, NodeId node)
{
    activate(world, node);
    addUser(world, std::move(user), node);
}

void add(World &world, const Plan &plan, Job *)
{
    serve(world, describe(plan.arguments, plan.host), *plan.node("root"));
}

void addNbd(World &world, const Plan &plan, Job *)
{
    const NodeId node = *plan.node("root");
    serve(world, describeNbd(world, plan.arguments, plan.host, node), node);
}

Result<Plan> planRemoval(const Operation &operation, const World &world, const Object &arguments, UserId user)
{
    Plan plan = PlanBuilder(operation, operation.name, arguments).take();
    if (const auto root = world.rootOf(user))
        plan.nodes.push_back({"root", *root});
    return plan;
}

Result<Plan> planDelOn(const World &world, const Object &arguments, const std::string &host)
{
    const std::string id = *textArgument(arguments, "id");
    const auto user = findExport(world, id, host);
    if (!user)
        return Error{"ARG-NBD", "id", "Export '" + id + "' is not found"};
    return planRemoval(kBlockExportDel, world, arguments, *user);
}

Result<Plan> planNbdRemoveOn(const World &world, const Object &arguments, const std::string &host)
{
    const std::string name = *textArgument(arguments, "name");
    const auto user = findExport(world, name, host);
    if (!user)
        return Error{"ARG-NBD", "name", "Export '" + name + "' is not found"};
    if (world.user(*user).exportType != "nbd" && !world.user(*user).exportType.empty())
        return Error{"ARG-NBD", "name", "Block export '" + name + "' is not an NBD export"};
    return planRemoval(kNbdServerRemove, world, arguments, *user);
}

void close(World &world, UserId user)
{
    removeMedium(world, user);
    removeUser(world, user);
}

void del(World &world, const Plan &plan, Job *)
{
    const bool isNbd = plan.operation == &kNbdServerRemove;
    close(world, *findExport(world, *textArgument(plan.arguments, isNbd ? "name" : "id"), plan.host));
}

Result<Plan> planServerStartOn(const World &world, const Object &arguments, const std::string &host)
{
    if (isServerRunning(world, host))
        return Error{"ARG-NBD", "addr", "NBD server already running"};
    return PlanBuilder(kNbdServerStart, "nbd-server-start", arguments).take();
}

Result<Plan> planServerStopOn(const World &world, const Object &arguments, const std::string &host)
{
    if (!isServerRunning(world, host))
        return notRunning(kNbdServerStop);
    Plan plan = PlanBuilder(kNbdServerStop, "nbd-server-stop", arguments).take();
    for (const auto &user : world.users) {
        const auto root = world.rootOf(user->id);
        if (root && user->exportType == "nbd" && user->host == host)
            plan.nodes.push_back({"root", *root});
    }
    return plan;
}

void startServer(World &world, const Plan &plan, Job *)
{
    setHostFlag(world, HostFlag::ServesNbd, plan.host, true);
}

void stopServer(World &world, const Plan &plan, Job *)
{
    for (std::uint32_t id = 0; id < world.users.size(); ++id) {
        const User &user = world.user(UserId{id});
        if (user.isAttached && user.exportType == "nbd" && user.host == plan.host)
            close(world, UserId{id});
    }
    setHostFlag(world, HostFlag::ServesNbd, plan.host, false);
}

template <auto planOn>
Result<Plan> here(const World &world, const Object &arguments)
{
    return planOn(world, arguments, {});
}

Object suggestAdd(const World &world, NodeId node)
{
    return {{"type", "nbd"}, {"id", freeUserName(world, "export")}, {"node-name", world.node(node).name}};
}

Object suggestNbdAdd(const World &world, NodeId node)
{
    return {{"device", world.node(node).name}};
}

} // namespace

const Operation kNbdServerStart{.name = "nbd-server-start",
                                .family = Family::Users,
                                .parameters = kStartParameters,
                                .plan = here<planServerStartOn>,
                                .planOn = planServerStartOn,
                                .start = startServer};
const Operation kNbdServerStop{.name = "nbd-server-stop",
                               .family = Family::Users,
                               .plan = here<planServerStopOn>,
                               .planOn = planServerStopOn,
                               .start = stopServer};
const Operation kNbdServerAdd{.name = "nbd-server-add",
                              .family = Family::Users,
                              .parameters = kNbdAddParameters,
                              .dropParameter = "device",
                              .plan = here<planNbdAddOn>,
                              .planOn = planNbdAddOn,
                              .suggest = suggestNbdAdd,
                              .start = addNbd};
// Simplified, as block-export-del: there are no clients, so an export is never still in use, whatever the mode.
const Operation kNbdServerRemove{.name = "nbd-server-remove",
                                 .family = Family::Users,
                                 .fidelity = Fidelity::Simplified,
                                 .parameters = kNbdRemoveParameters,
                                 .plan = here<planNbdRemoveOn>,
                                 .planOn = planNbdRemoveOn,
                                 .start = del};
// Simplified: bitmaps are looked at and do not get busy; threads are taken and nothing is done with them.
const Operation kBlockExportAdd{.name = "block-export-add",
                                .family = Family::Users,
                                .fidelity = Fidelity::Simplified,
                                .parameters = kAddParameters,
                                .dropParameter = "node-name",
                                .plan = here<planAddOn>,
                                .planOn = planAddOn,
                                .suggest = suggestAdd,
                                .start = add};
const Operation kBlockExportDel{.name = "block-export-del",
                                .family = Family::Users,
                                .fidelity = Fidelity::Simplified,
                                .parameters = kDelParameters,
                                .plan = here<planDelOn>,
                                .planOn = planDelOn,
                                .start = del};

} // namespace blockscope
