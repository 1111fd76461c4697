// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/policies/qemu/commandchecks.h"

#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/bitmapuse.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/exportoptions.h"
#include "engine/policies/qemu/frozenlinks.h"
#include "engine/policies/qemu/opblockers.h"
#include "engine/policies/qemu/permissioncheck.h"
#include "engine/world/permissions.h"

#include <algorithm>

namespace blockscope::qemu {

namespace {

using Check = std::optional<Refusal> (*)(const World &world, const Plan &plan);

// Parts --------------------------------------------------------------------------------------

std::optional<NodeId> named(const World &world, const Plan &plan, std::string_view argument)
{
    const auto name = textArgument(plan.arguments, argument);
    const auto node = name ? lookUpNode(world, argument, *name) : Result<NodeId>(Error());
    return node ? std::optional(*node) : std::nullopt;
}

Refusal refuse(std::string code, NodeId node, Holder holder, std::string error)
{
    Refusal refusal;
    refusal.code = std::move(code);
    refusal.node = node;
    refusal.holder = holder;
    refusal.error = std::move(error);
    return refusal;
}

/// qmp_get_root_bs(): only BlockBackends may use it.
std::optional<Refusal> notRoot(const World &world, NodeId node)
{
    for (EdgeId id : world.node(node).parents) {
        if (world.graph.edge(id).parent.kind != Parent::Kind::User)
            return refuse("QEMU-ROOT", node, world.holderBehind(id), "Need a root block node");
    }
    return std::nullopt;
}

std::optional<Refusal> blocked(const World &world, std::optional<NodeId> node, OpType type)
{
    const auto blocker = node ? opBlocker(world, *node, type) : std::nullopt;
    if (!blocker)
        return std::nullopt;
    return refuse("QEMU-BLOCKER", *node, world.holderBehind(blocker->link),
                  "Node '" + world.deviceOrNodeName(*node) + "' is busy: " + blocker->reason);
}

std::optional<NodeId> nextDown(const World &world, NodeId node)
{
    const auto link = chainLink(world, node);
    return link ? std::optional(world.graph.edge(*link).child) : std::nullopt;
}

/// The chain from \a top down to \a end, itself left out; filters included.
std::vector<NodeId> chainTo(const World &world, NodeId top, std::optional<NodeId> end)
{
    std::vector<NodeId> chain;
    for (std::optional<NodeId> node = top; node && node != end && chain.size() < world.graph.nodeCount();
         node = nextDown(world, *node))
        chain.push_back(*node);
    return chain;
}

std::optional<Refusal> anyBlocked(const World &world, const std::vector<NodeId> &nodes, OpType type)
{
    for (NodeId node : nodes) {
        if (auto refusal = blocked(world, node, type))
            return refusal;
    }
    return std::nullopt;
}

std::optional<Refusal> unfreezable(const World &world, NodeId top, std::optional<NodeId> end)
{
    const auto error = cannotFreeze(world, top, end);
    if (!error)
        return std::nullopt;
    const Holder holder = error->job ? Holder::of(*error->job) : Holder::of(error->link);
    return refuse("QEMU-FROZEN", world.graph.edge(error->link).child, holder, error->error);
}

std::optional<Refusal> first(std::optional<Refusal> one, std::optional<Refusal> other)
{
    return one ? std::move(one) : std::move(other);
}

/// The first user that is a device or an export (bdrv_has_blk() counts every BlockBackend).
std::optional<EdgeId> backendOf(const World &world, NodeId node)
{
    for (EdgeId id : world.node(node).parents) {
        if (world.graph.edge(id).parent.kind == Parent::Kind::User)
            return id;
    }
    return std::nullopt;
}

// Jobs ---------------------------------------------------------------------------------------

std::optional<Refusal> checkStream(const World &world, const Plan &plan)
{
    const auto device = named(world, plan, "device");
    const auto bottom = named(world, plan, "bottom");
    const auto base = named(world, plan, "base-node");
    if (!device)
        return std::nullopt;
    // A wrong base or bottom is told before the blockers are looked at.
    const auto images = backingChain(world.graph, *device);
    const auto file = textArgument(plan.arguments, "base");
    const auto isBase = [&](NodeId node) {
        return base ? node == skipFilters(world.graph, *base) : world.node(node).filename == *file;
    };
    if ((base || file) && std::none_of(images.begin() + 1, images.end(), isBase))
        return std::nullopt;
    if (bottom && std::find(images.begin(), images.end(), *bottom) == images.end())
        return std::nullopt;
    const auto end = bottom ? nextDown(world, *bottom) : base ? base : plan.node("base");
    const auto chain = chainTo(world, *device, end);
    if (auto refusal = anyBlocked(world, chain, OpType::Stream))
        return refusal;
    return chain.empty() ? std::nullopt : unfreezable(world, *device, chain.back());
}

std::optional<Refusal> checkCommit(const World &world, const Plan &plan)
{
    const auto device = named(world, plan, "device");
    if (!device)
        return std::nullopt;
    if (auto refusal = first(notRoot(world, *device), blocked(world, device, OpType::CommitSource)))
        return refusal;
    const auto namedTop = named(world, plan, "top-node");
    const auto namedBase = named(world, plan, "base-node");
    const bool isActive = !plan.node("overlay");
    const NodeId top = namedTop ? *namedTop : isActive ? *device : plan.node("top").value_or(*device);
    const auto base = namedBase ? namedBase : plan.node("base");
    if (!base)
        return std::nullopt;
    std::vector<NodeId> chain = chainTo(world, top, base);
    chain.push_back(*base);
    if (auto refusal = anyBlocked(world, chain, OpType::CommitTarget))
        return refusal;
    if (isActive)
        return unfreezable(world, *device, base);
    return first(blocked(world, plan.node("overlay"), OpType::CommitTarget), unfreezable(world, top, base));
}

std::optional<Refusal> checkMirror(const World &world, const Plan &plan)
{
    const auto source = named(world, plan, "device");
    if (!source)
        return std::nullopt;
    if (auto refusal = first(notRoot(world, *source), blocked(world, source, OpType::MirrorSource)))
        return refusal;
    if (auto refusal = blocked(world, named(world, plan, "target"), OpType::MirrorTarget))
        return refusal;
    const auto replaces = textArgument(plan.arguments, "replaces");
    return blocked(world, replaces ? world.graph.findNode(*replaces) : std::nullopt, OpType::Replace);
}

std::optional<Refusal> checkDriveMirror(const World &world, const Plan &plan)
{
    const auto source = named(world, plan, "device");
    return source ? first(notRoot(world, *source), blocked(world, source, OpType::MirrorSource)) : std::nullopt;
}

/// bdrv_dirty_bitmap_check(): one job or command at a time.
std::optional<Refusal> busyBitmap(const World &world, std::optional<NodeId> node, std::optional<std::string> name)
{
    const auto above = node ? filterPath(world.graph, *node) : std::vector<NodeId>();
    const DirtyBitmap *bitmap = name && !above.empty() ? bitmapOn(world, above.back(), *name) : nullptr;
    if (bitmap == nullptr || !bitmap->busy)
        return std::nullopt;
    return refuse("QEMU-BITMAP", above.back(), Holder::of(*bitmap->busy),
                  "Bitmap '" + *name + "' is currently in use by another operation and cannot be used");
}

std::optional<Refusal> checkBackup(const World &world, const Plan &plan)
{
    const auto source = named(world, plan, "device");
    if (auto refusal = first(blocked(world, source, OpType::BackupSource),
                             blocked(world, named(world, plan, "target"), OpType::BackupTarget)))
        return refusal;
    return busyBitmap(world, source, textArgument(plan.arguments, "bitmap"));
}

std::optional<Refusal> checkExport(const World &world, const Plan &plan)
{
    const auto node = plan.node("root");
    for (const BitmapPlace &place : node ? exportedBitmaps(world, *node, plan.arguments) : std::vector<BitmapPlace>()) {
        if (auto refusal = busyBitmap(world, place.node, place.name))
            return refusal;
    }
    return std::nullopt;
}

std::optional<Refusal> checkBitmap(const World &world, const Plan &plan)
{
    return busyBitmap(world, named(world, plan, "node"), textArgument(plan.arguments, "name"));
}

std::optional<Refusal> checkBitmapMerge(const World &world, const Plan &plan)
{
    const auto node = named(world, plan, "node");
    if (auto refusal = busyBitmap(world, node, textArgument(plan.arguments, "target")))
        return refusal;
    const Value *sources = find(plan.arguments, "bitmaps");
    for (const Value &source :
         sources != nullptr && sources->asList() != nullptr ? *sources->asList() : Value::List()) {
        const Object *other = source.asObject();
        if (other == nullptr && source.asString() == nullptr)
            return std::nullopt; // of the wrong type, which is told when it is planned
        const auto name = other != nullptr ? textArgument(*other, "name") : std::optional(*source.asString());
        const auto from = other != nullptr ? world.graph.findNode(textArgument(*other, "node").value_or("")) : node;
        if (auto refusal = busyBitmap(world, from, name))
            return refusal;
    }
    return std::nullopt;
}

// Graph and images ---------------------------------------------------------------------------

/// external_snapshot_prepare(): a mirror's target may get its backing file late, for nobody reads it yet.
std::optional<Refusal> checkSnapshot(const World &world, const Plan &plan)
{
    const auto node = named(world, plan, "node");
    if (auto refusal = blocked(world, node, OpType::ExternalSnapshot))
        return refusal;
    const auto overlay = named(world, plan, "overlay");
    if (!overlay)
        return std::nullopt;
    PermissionTable table(world);
    if ((table.on(*overlay).perm & kConsistentRead) != 0)
        return refuse("QEMU-INUSE", *overlay, world.holderBehind(world.node(*overlay).parents.front()),
                      "The overlay is already in use");
    if (isFilterDriver(world.node(*overlay).driver))
        return refuse("QEMU-SHAPE", *overlay, Holder::synchronous(), "Filters cannot be used as overlays");
    if (const auto link = world.graph.childEdge(*overlay, "backing"))
        return refuse("QEMU-SHAPE", *overlay, Holder::of(*link), "The overlay already has a backing image");
    return std::nullopt;
}

std::optional<Refusal> checkSnapshotSync(const World &world, const Plan &plan)
{
    const auto device = named(world, plan, "device");
    return blocked(world, device ? device : named(world, plan, "node-name"), OpType::ExternalSnapshot);
}

std::optional<Refusal> checkDelete(const World &world, const Plan &plan)
{
    const auto name = textArgument(plan.arguments, "node-name");
    const auto node = name ? world.graph.findNode(*name) : std::nullopt;
    if (!node)
        return std::nullopt;
    if (const auto backend = backendOf(world, *node))
        return refuse("QEMU-INUSE", *node, world.holderBehind(*backend), "Node " + *name + " is in use");
    if (auto refusal = blocked(world, node, OpType::DriveDel))
        return refusal;
    if (!world.node(*node).isMonitorOwned)
        return refuse("QEMU-INUSE", *node, Holder::synchronous(), "Node " + *name + " is not owned by the monitor");
    if (!world.node(*node).parents.empty())
        return refuse("QEMU-INUSE", *node, world.holderBehind(world.node(*node).parents.front()),
                      "Block device " + *name + " is in use");
    return std::nullopt;
}

std::optional<Refusal> checkDriveDel(const World &world, const Plan &plan)
{
    return blocked(world, named(world, plan, "id"), OpType::DriveDel);
}

/// A BlockBackend of its own asks for resize, and shares everything.
std::optional<Refusal> cannotResize(const World &world, NodeId node)
{
    PermissionTable table(world);
    const auto &parents = world.node(node).parents;
    for (auto link = parents.rbegin(); link != parents.rend(); ++link) {
        if ((table.through(*link).sharedPerm & kResize) != 0)
            continue;
        Refusal refusal = refuse("QEMU-PERM", node, world.holderBehind(*link),
                                 conflictText(world, node, kResize, "an unnamed block device", "root", *link));
        refusal.action = Action::ModifyMetadata;
        refusal.heldRole = world.graph.edge(*link).role;
        return refusal;
    }
    return std::nullopt;
}

/// The text names the device argument even where a node was given (mended in 9.0).
std::optional<Refusal> checkResize(const World &world, const Plan &plan)
{
    const auto device = named(world, plan, "device");
    const auto node = device ? device : named(world, plan, "node-name");
    auto refusal = blocked(world, node, OpType::Resize);
    if (refusal)
        refusal->error = "Device '" + textArgument(plan.arguments, "device").value_or("(null)") + "' is in use";
    return refusal || !node ? refusal : cannotResize(world, *node);
}

std::optional<Refusal> checkChangeBackingFile(const World &world, const Plan &plan)
{
    const auto device = named(world, plan, "device");
    return device ? first(notRoot(world, *device), blocked(world, device, OpType::Change)) : std::nullopt;
}

std::optional<Refusal> checkInternalSnapshot(const World &world, const Plan &plan)
{
    const auto device = named(world, plan, "device");
    return device ? first(notRoot(world, *device), blocked(world, device, OpType::InternalSnapshot)) : std::nullopt;
}

std::optional<Refusal> checkInternalSnapshotDelete(const World &world, const Plan &plan)
{
    const auto device = named(world, plan, "device");
    return device ? first(notRoot(world, *device), blocked(world, device, OpType::InternalSnapshotDelete))
                  : std::nullopt;
}

std::optional<NodeId> mediumOf(const World &world, const Plan &plan)
{
    const auto device = textArgument(plan.arguments, "device");
    const auto id = textArgument(plan.arguments, "id");
    const auto user = device || id ? world.findUser(id ? *id : *device) : std::nullopt;
    return user ? world.rootOf(*user) : std::nullopt;
}

std::optional<Refusal> checkRemoveMedium(const World &world, const Plan &plan)
{
    return blocked(world, mediumOf(world, plan), OpType::Eject);
}

std::optional<Refusal> checkInsertMedium(const World &world, const Plan &plan)
{
    const auto node = named(world, plan, "node-name");
    const auto backend = node ? backendOf(world, *node) : std::nullopt;
    if (!backend)
        return std::nullopt;
    return refuse("QEMU-INUSE", *node, world.holderBehind(*backend),
                  "Node '" + world.node(*node).name + "' is already in use");
}

/// Every node that is linked to \a start in whatever direction.
std::vector<NodeId> component(const World &world, NodeId start)
{
    std::vector<NodeId> open{start};
    std::vector<bool> seen(world.graph.nodeCount());
    seen[start.value] = true;
    const auto add = [&](NodeId node) {
        if (seen[node.value])
            return;
        seen[node.value] = true;
        open.push_back(node);
    };
    for (std::size_t next = 0; next < open.size(); ++next) {
        for (EdgeId id : world.node(open[next]).children)
            add(world.graph.edge(id).child);
        for (EdgeId id : world.node(open[next]).parents) {
            if (world.graph.edge(id).parent.isNode())
                add(world.graph.edge(id).parent.node());
        }
    }
    return open;
}

/// The whole tree moves to the iothread, and devices do not go with it (blk_root_set_aio_ctx()). Before that the
/// command itself declines a node with a BlockBackend.
std::optional<Refusal> checkSetIothread(const World &world, const Plan &plan)
{
    if (plan.nodes.empty())
        return std::nullopt;
    const auto node = named(world, plan, "node-name");
    for (NodeId each : node ? component(world, *node) : std::vector<NodeId>()) {
        for (EdgeId id : world.node(each).parents) {
            const auto user = world.userOf(id);
            if (user && world.user(*user).kind == User::Kind::Guest)
                return refuse("QEMU-IOTHREAD", each, Holder::of(*user),
                              "Cannot change iothread of active block backend");
        }
    }
    return std::nullopt;
}

/// At the end of a migration every node is made inactive, which a writer that is no guest does not let happen; a mirror
/// does, for it may be what moves the storage (bdrv_inactivate_recurse(), blk_set_force_allow_inactivate()). A command
/// that fails later is told now.
std::optional<Refusal> checkMigrate(const World &world, const Plan &)
{
    const char *text = "bdrv_inactivate_all() failed (-1)";
    for (JobId id : world.liveJobs()) {
        const Job &job = world.job(id);
        const auto target = job.node(job.type == "commit" ? "base" : "target");
        if (job.isActive() && target && (job.type == "commit" || job.type == "backup"))
            return refuse("QEMU-INACTIVATE", *target, Holder::of(id), text);
    }
    for (const auto &user : world.users) {
        const auto root = world.rootOf(user->id);
        if (root && user->kind == User::Kind::Export && user->isWritable)
            return refuse("QEMU-INACTIVATE", *root, Holder::of(user->id), text);
    }
    return std::nullopt;
}

struct CommandCheck
{
    const Operation *operation;
    Check check;
};
constexpr CommandCheck kChecks[] = {
    {&kBlockStream, checkStream},
    {&kBlockCommit, checkCommit},
    {&kBlockdevMirror, checkMirror},
    {&kDriveMirror, checkDriveMirror},
    {&kBlockdevBackup, checkBackup},
    {&kDriveBackup, checkBackup},
    {&kBlockdevSnapshot, checkSnapshot},
    {&kBlockdevSnapshotSync, checkSnapshotSync},
    {&kBlockdevDel, checkDelete},
    {&kDriveDel, checkDriveDel},
    {&kBlockResize, checkResize},
    {&kChangeBackingFile, checkChangeBackingFile},
    {&kBlockdevSnapshotInternal, checkInternalSnapshot},
    {&kBlockdevSnapshotDeleteInternal, checkInternalSnapshotDelete},
    {&kEject, checkRemoveMedium},
    {&kBlockdevRemoveMedium, checkRemoveMedium},
    {&kBlockdevChangeMedium, checkRemoveMedium},
    {&kBlockdevInsertMedium, checkInsertMedium},
    {&kXBlockdevSetIothread, checkSetIothread},
    {&kMigrate, checkMigrate},
    {&kBlockExportAdd, checkExport},
    {&kNbdServerAdd, checkExport},
    {&kBlockDirtyBitmapRemove, checkBitmap},
    {&kBlockDirtyBitmapClear, checkBitmap},
    {&kBlockDirtyBitmapEnable, checkBitmap},
    {&kBlockDirtyBitmapDisable, checkBitmap},
    {&kBlockDirtyBitmapMerge, checkBitmapMerge},
};

} // namespace

std::optional<Refusal> hotplugRefusal(const World &world, const Plan &plan)
{
    return plan.operation == &kDeviceAdd ? blocked(world, named(world, plan, "drive"), OpType::Dataplane)
                                         : std::nullopt;
}

std::optional<Refusal> commandRefusal(const World &world, const Plan &plan)
{
    const auto *const found = std::find_if(std::begin(kChecks), std::end(kChecks),
                                           [&](const CommandCheck &each) { return each.operation == plan.operation; });
    return found == std::end(kChecks) ? std::nullopt : found->check(world, plan);
}

} // namespace blockscope::qemu
