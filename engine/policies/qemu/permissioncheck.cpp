// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/policies/qemu/permissioncheck.h"

#include "engine/graph/walk.h"
#include "engine/world/imagelock.h"
#include "engine/world/permissions.h"

#include <algorithm>
#include <array>

namespace blockscope::qemu {

namespace {

constexpr PermissionSet kWriting = kWrite | kWriteUnchanged;

/// Two links to one node, of which the first needs what the second does not share.
struct Conflict
{
    EdgeId needs;
    EdgeId denies;
    PermissionSet permissions = 0;
};

/// BdrvChildClass.get_parent_desc(): who uses a node. A device without an id of its own, as the one in a
/// virtio-blk-pci, is called by its path.
std::string parentText(const World &world, const Edge &edge)
{
    if (edge.parent.isNode())
        return "node '" + world.node(edge.parent.node()).name + "'";
    if (edge.parent.kind == Parent::Kind::Job) {
        const Job &job = world.job(JobId{edge.parent.id});
        return job.type + " job '" + job.name + "'";
    }
    const User &user = world.user(UserId{edge.parent.id});
    if (user.kind != User::Kind::Guest)
        return "an unnamed block device";
    const std::string &device = user.qdev.empty() ? user.name : user.qdev;
    return "block device '" + (user.backendName.empty() ? device : user.backendName) + "'";
}

Action firstAction(PermissionSet set)
{
    for (unsigned i = 0; i < kPermissionCount; ++i) {
        if ((set & (1U << i)) != 0)
            return actionOfPermission(i);
    }
    return Action::ReadVisible;
}

/// The parents of a node as QEMU walks them: the newest first.
std::optional<Conflict> conflictOn(const World &world, PermissionTable &table, NodeId node)
{
    const std::vector<EdgeId> &parents = world.node(node).parents;
    if (parents.size() < 2)
        return std::nullopt;
    std::vector<Permissions> permissions;
    for (EdgeId parent : parents)
        permissions.push_back(table.through(parent));
    for (std::size_t a = parents.size(); a-- > 0;) {
        for (std::size_t b = parents.size(); b-- > 0;) {
            const PermissionSet missing = a == b ? 0 : permissions[b].perm & ~permissions[a].sharedPerm;
            if (missing != 0)
                return Conflict{parents[b], parents[a], missing};
        }
    }
    return std::nullopt;
}

bool wasThere(const World &before, PermissionTable &table, const Conflict &conflict)
{
    const auto isThere = [&](EdgeId id) {
        return id.value < before.graph.edgeCount() && before.graph.edge(id).isAttached;
    };
    return isThere(conflict.needs) && isThere(conflict.denies) &&
           before.graph.edge(conflict.needs).child == before.graph.edge(conflict.denies).child &&
           (table.through(conflict.needs).perm & ~table.through(conflict.denies).sharedPerm) != 0;
}

/// \a node, or where it is not there yet the one below it that is.
NodeId nodeThen(const World &before, const World &after, NodeId node)
{
    while (node.value >= before.graph.nodeCount() && !after.node(node).children.empty())
        node = after.graph.edge(after.node(node).children.front()).child;
    return node.value < before.graph.nodeCount() ? node : NodeId();
}

/// \a before knows the nodes and links that were there; what is about to be made is told as what it is for.
Refusal conflictRefusal(const World &before, const World &world, const Conflict &conflict)
{
    const bool deniesIsOld = conflict.denies.value < before.graph.edgeCount();
    Refusal refusal;
    refusal.code = "QEMU-PERM";
    refusal.node = nodeThen(before, world, world.graph.edge(conflict.needs).child);
    refusal.holder = world.holderBehind(deniesIsOld ? conflict.denies : conflict.needs);
    const Edge &needs = world.graph.edge(conflict.needs);
    refusal.error =
        conflictText(world, needs.child, conflict.permissions, parentText(world, needs), needs.role, conflict.denies);
    refusal.action = firstAction(conflict.permissions);
    refusal.asked.require.insert(refusal.action);
    refusal.askedRole = world.graph.edge(conflict.needs).role;
    refusal.held.allow.remove(refusal.action);
    refusal.heldRole = world.graph.edge(conflict.denies).role;
    return refusal;
}

/// bdrv_node_check_perm(). Protocol nodes are opened anew as they are needed (auto-read-only).
bool isWrittenThoughReadOnly(const World &world, PermissionTable &table, NodeId node)
{
    return world.node(node).isReadOnly && !isProtocolDriver(world.node(node).driver) &&
           (table.on(node).perm & kWriting) != 0;
}

Refusal readOnlyRefusal(const World &before, const World &after, NodeId node)
{
    const bool wasWritable = node.value < before.graph.nodeCount() && !before.node(node).isReadOnly;
    Refusal refusal;
    refusal.code = "QEMU-READONLY";
    refusal.node = nodeThen(before, after, node);
    refusal.action = Action::ModifyVisible;
    refusal.error = wasWritable ? "Read-only block node '" + after.node(node).name + "' cannot support read-write users"
                                : "Block node is read-only";
    return refusal;
}

/// Every node before its children, as bdrv_topological_dfs() lists them.
std::vector<NodeId> fromTheTop(const World &world)
{
    std::vector<NodeId> sorted;
    std::vector<std::size_t> above(world.graph.nodeCount());
    for (NodeId id : world.graph.nodes()) {
        const auto &parents = world.node(id).parents;
        above[id.value] = static_cast<std::size_t>(std::count_if(
            parents.begin(), parents.end(), [&](EdgeId edge) { return world.graph.edge(edge).parent.isNode(); }));
        if (above[id.value] == 0)
            sorted.push_back(id);
    }
    for (std::size_t next = 0; next < sorted.size(); ++next) {
        for (EdgeId edge : world.node(sorted[next]).children) {
            const NodeId child = world.graph.edge(edge).child;
            if (--above[child.value] == 0)
                sorted.push_back(child);
        }
    }
    return sorted;
}

} // namespace

std::string conflictText(const World &world, NodeId node, PermissionSet permissions, const std::string &needing,
                         const std::string &role, EdgeId denies)
{
    const std::string &name = world.node(node).name;
    const Edge &denying = world.graph.edge(denies);
    const auto use = [&](const std::string &user, const std::string &as) {
        return user + " (uses node '" + name + "' as '" + as + "' child)";
    };
    return "Permission conflict on node '" + name + "': permissions '" + permissionNames(permissions) +
           "' are both required by " + use(needing, role) + " and unshared by " +
           use(parentText(world, denying), denying.role) + ".";
}

std::string permissionNames(PermissionSet set)
{
    static constexpr std::array<std::string_view, kPermissionCount> kNames{"consistent read", "write",
                                                                           "write unchanged", "resize"};
    std::string names;
    for (unsigned i = 0; i < kPermissionCount; ++i) {
        if ((set & (1U << i)) != 0)
            names.append(names.empty() ? "" : ", ").append(kNames[i]);
    }
    return names;
}

std::optional<Refusal> permissionRefusal(const World &before, const World &after)
{
    PermissionTable table(after);
    PermissionTable tableBefore(before);
    for (NodeId node : fromTheTop(after)) {
        if (const auto conflict = conflictOn(after, table, node); conflict && !wasThere(before, tableBefore, *conflict))
            return conflictRefusal(before, after, *conflict);
        const bool wasWritten =
            node.value < before.graph.nodeCount() && isWrittenThoughReadOnly(before, tableBefore, node);
        if (!wasWritten && isWrittenThoughReadOnly(after, table, node))
            return readOnlyRefusal(before, after, node);
    }
    return std::nullopt;
}

} // namespace blockscope::qemu
