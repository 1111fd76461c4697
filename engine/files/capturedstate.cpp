// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/capturedstate.h"

#include "engine/files/names.h"
#include "engine/graph/walk.h"

#include <algorithm>
#include <array>

namespace blockscope {

namespace {

constexpr PermissionSet kAnyWrite = kWrite | kWriteUnchanged | kResize;

bool isMigrating(const World &world)
{
    static constexpr std::array<std::string_view, 3> kStates{"inmigrate", "postmigrate", "finish-migrate"};
    return std::find(kStates.begin(), kStates.end(), world.runState) != kStates.end();
}

/// What the captured links to \a node take of it together.
Permissions takenOf(const World &world, NodeId node)
{
    Permissions taken;
    for (EdgeId id : world.node(node).parents)
        taken.add(world.graph.edge(id).captured.value_or(Permissions()));
    return taken;
}

/// Whoever may write has an active node.
void concludeInactive(World &world, NodeId id)
{
    PermissionSet used = takenOf(world, id).perm;
    for (EdgeId child : world.node(id).children)
        used |= world.graph.edge(child).captured.value_or(Permissions()).perm;
    world.graph.editNode(id).isInactive = (used & kAnyWrite) == 0;
}

/// A format shares write with nobody, unless it was told to.
void concludeForceShare(World &world, const Edge &edge)
{
    const NodeId parent = edge.parent.node();
    if (world.node(parent).isInactive || edge.role != "file" || !supportsBacking(world.node(parent).driver) ||
        edge.captured->sharedPerm != kAllPermissions)
        return;
    for (NodeId id : {parent, edge.child})
        world.graph.editNode(id).extra["force-share"] = true;
}

/// take-child-perms and unshare-child-perms of BlockdevOptionsBlkdebug
void concludeBlkdebug(World &world, const Edge &edge)
{
    const NodeId parent = edge.parent.node();
    if (world.node(parent).driver != "blkdebug")
        return;
    const Permissions above = takenOf(world, parent);
    const PermissionSet taken = edge.captured->perm & ~above.perm;
    const PermissionSet unshared = above.sharedPerm & ~edge.captured->sharedPerm;
    Object &extra = world.graph.editNode(parent).extra;
    if (taken != 0)
        extra["take-child-perms"] = permissionsToJson(taken);
    if (unshared != 0)
        extra["unshare-child-perms"] = permissionsToJson(unshared);
}

} // namespace

void concludeFromPermissions(World &world, bool driversAreKnown)
{
    if (isMigrating(world)) {
        for (NodeId id : world.graph.nodes())
            concludeInactive(world, id);
    }
    for (EdgeId id : world.graph.edges()) {
        const Edge &edge = world.graph.edge(id);
        if (!edge.captured || !edge.parent.isNode())
            continue;
        if (!driversAreKnown && edge.role == "file")
            world.graph.editNode(edge.parent.node()).isReadOnly = (edge.captured->perm & kWrite) == 0;
        concludeForceShare(world, edge);
        concludeBlkdebug(world, edge);
    }
}

} // namespace blockscope
