// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/vmsnapshots.h"

#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/snapshots.h"
#include "engine/world/blockio.h"

#include <algorithm>
#include <array>

namespace blockscope {

namespace {

/// bdrv_all_snapshots_includes_bs(), in the order of bdrv_next()
std::vector<NodeId> writableRoots(const World &world)
{
    std::vector<NodeId> roots;
    const auto add = [&](NodeId node) {
        const bool isOurs = world.node(node).host.empty() && !world.node(node).isReadOnly;
        if (isOurs && std::find(roots.begin(), roots.end(), node) == roots.end())
            roots.push_back(node);
    };
    for (const auto &user : world.users) {
        if (const auto root = world.rootOf(user->id))
            add(*root);
    }
    for (NodeId node : world.graph.nodes()) {
        if (world.node(node).isMonitorOwned && world.node(node).parents.empty())
            add(node);
    }
    return roots;
}

/// bdrv_all_get_snapshot_devices()
Result<std::vector<NodeId>> namedRoots(const World &world, const Value::List &names)
{
    if (names.empty())
        return Error{"ARG-MISSING", "devices", "At least one device is required for snapshot"};
    std::vector<NodeId> roots;
    for (const Value &name : names) {
        if (name.asString() == nullptr)
            return Error{"ARG-TYPE", "devices", "Invalid parameter type for 'devices', expected: string"};
        const auto node = world.graph.findNode(*name.asString());
        if (!node)
            return Error{"ARG-NODE", "devices", "No block device node '" + *name.asString() + "'"};
        roots.push_back(*node);
    }
    return roots;
}

/// bdrv_all_find_vmstate_bs(): the node named, else the first.
Result<NodeId> vmStateNode(const World &world, const Object &arguments, const std::vector<NodeId> &roots)
{
    if (const auto name = textArgument(arguments, "vmstate")) {
        const auto found =
            std::find_if(roots.begin(), roots.end(), [&](NodeId root) { return world.node(root).name == *name; });
        if (found == roots.end())
            return Error{"ARG-NODE", "vmstate", "vmstate block device '" + *name + "' does not exist"};
        return *found;
    }
    if (roots.empty())
        return Error{"ARG-NODE", "vmstate", "no block device can store vmstate for snapshot"};
    return roots.front();
}

bool allHave(const World &world, const SnapshotRequest &request)
{
    return std::all_of(request.roots.begin(), request.roots.end(),
                       [&](NodeId root) { return findSnapshot(world, root, std::nullopt, request.tag) != nullptr; });
}

/// QEMU stops the VM before it loads and lets it go on afterwards, so its guests neither read nor write meanwhile.
std::vector<Holder> guestsThatAreStopped(const World &world)
{
    std::vector<Holder> guests;
    for (const auto &user : world.users) {
        if (user->isAttached && user->kind == User::Kind::Guest && user->host.empty())
            guests.push_back(Holder::of(user->id));
    }
    return guests;
}

std::string_view claimsOf(SnapshotVerb verb)
{
    static constexpr std::array<std::string_view, 3> kRows{"savevm", "loadvm", "snapshot-internal-delete"};
    return kRows[static_cast<std::size_t>(verb)];
}

} // namespace

Result<SnapshotRequest> snapshotRequest(const World &world, const Object &arguments, std::string_view tagName)
{
    SnapshotRequest request;
    request.tag = textArgument(arguments, tagName).value_or("vm-" + std::to_string(world.clock));
    const Value *devices = find(arguments, "devices");
    if (devices != nullptr && devices->asList() == nullptr)
        return Error{"ARG-TYPE", "devices", "Invalid parameter type for 'devices', expected: array"};
    const auto roots = devices != nullptr ? namedRoots(world, *devices->asList()) : writableRoots(world);
    if (!roots)
        return roots.error();
    for (NodeId root : *roots) {
        if (!canSnapshot(world, root))
            return Error{"ARG-NODE", devices != nullptr ? "devices" : std::string(tagName),
                         "Device '" + world.deviceOrNodeName(root) + "' is writable but does not support snapshots"};
    }
    request.roots = *roots;
    return request;
}

std::optional<Error> checkSnapshot(const World &world, const Object &arguments, SnapshotVerb verb,
                                   const SnapshotRequest &request, bool replacesTag, std::string_view tagName)
{
    const std::string where(tagName);
    if (verb == SnapshotVerb::Delete) // one that is not there is no error
        return std::nullopt;
    const bool isThere = allHave(world, request);
    if (verb == SnapshotVerb::Save && !replacesTag && isThere)
        return Error{"ARG-SNAPSHOT", where, "Snapshot '" + request.tag + "' already exists in one or more devices"};
    if (verb == SnapshotVerb::Load && !isThere)
        return Error{"ARG-SNAPSHOT", where, "Snapshot '" + request.tag + "' does not exist in one or more devices"};
    const auto vmState = vmStateNode(world, arguments, request.roots);
    if (!vmState)
        return vmState.error();
    if (verb == SnapshotVerb::Load && !findSnapshot(world, *vmState, std::nullopt, request.tag)->hasVmState)
        return Error{"ARG-SNAPSHOT", where, "This is a disk-only snapshot. Revert to it  offline using qemu-img"};
    return std::nullopt;
}

Plan planSnapshot(const World &world, const Operation &operation, const Object &arguments, SnapshotVerb verb,
                  const SnapshotRequest &request)
{
    PlanBuilder plan(operation, claimsOf(verb), arguments);
    for (NodeId root : request.roots) {
        plan.add("root", filterPath(world.graph, root));
        if (verb == SnapshotVerb::Load)
            plan.add("above", nodesAbove(world.graph, filterPath(world.graph, root)));
    }
    Plan made = plan.take();
    if (verb == SnapshotVerb::Load)
        made.replaces = guestsThatAreStopped(world);
    return made;
}

void doSnapshot(World &world, SnapshotVerb verb, const std::vector<RoleNode> &nodes, const std::string &tag,
                const std::optional<std::string> &vmState, Holder actor)
{
    std::vector<NodeId> done;
    for (const RoleNode &each : nodes) {
        const NodeId holder = dataNode(world.graph, each.node);
        if (each.role != "root" || std::find(done.begin(), done.end(), holder) != done.end())
            continue;
        done.push_back(holder);
        const bool keepsVmState = vmState ? world.node(each.node).name == *vmState : done.size() == 1;
        if (verb == SnapshotVerb::Load)
            loadSnapshot(world, each.node, tag, actor);
        else
            deleteSnapshot(world, each.node, std::nullopt, tag, actor); // savevm replaces one of that name
        if (verb == SnapshotVerb::Save)
            takeSnapshot(world, each.node, tag, keepsVmState, actor);
    }
}

} // namespace blockscope
