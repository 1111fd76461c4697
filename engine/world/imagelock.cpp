// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/world/imagelock.h"

#include "engine/world/permissions.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace blockscope {

namespace {

constexpr unsigned kUses = 100;
constexpr unsigned kDoesNotShare = 200;

constexpr std::array<std::string_view, kPermissionCount> kNames{"consistent read", "write", "write unchanged",
                                                                "resize"};
constexpr std::array<std::string_view, kPermissionCount> kUsesNames{"uses consistent read", "uses write",
                                                                    "uses write unchanged", "uses resize"};
constexpr std::array<std::string_view, kPermissionCount> kUnsharedNames{
    "does not share consistent read", "does not share write", "does not share write unchanged",
    "does not share resize"};

/// What is handed over keeps what it had locked when what is above it had been handed over: raw_handle_perm_lock() in
/// block/file-posix.c looks away as soon as the file itself is inactive.
bool takesLocks(const World &world, const Node &node)
{
    const std::string *locking = findString(node.extra, "locking");
    const bool isToCome = node.isInactive && world.runStateOf(node.host) == "inmigrate";
    return node.isOpen && !isToCome && !node.filename.empty() &&
           (node.driver == "file" || node.driver == "host_device") && (locking == nullptr || *locking != "off");
}

/// For whose sake \a file holds a lock of which \a isOf says whether it comes from certain permissions.
template <class IsOf>
Holder holderOfLock(const World &world, PermissionTable &table, NodeId file, IsOf isOf)
{
    for (EdgeId id : world.node(file).parents) {
        if (isOf(table.through(id)))
            return world.holderBehind(id);
    }
    for (JobId id : world.liveJobs()) {
        const Job &job = world.job(id);
        const bool isOne = job.isActive() && std::any_of(job.nodes.begin(), job.nodes.end(), [&](const RoleNode &each) {
                               return each.node == file && isOf(permissionsOf(job, each.role));
                           });
        if (isOne)
            return Holder::of(id);
    }
    return Holder::synchronous();
}

Holder holderOfLock(const World &world, PermissionTable &table, NodeId file, unsigned permission, bool isUse)
{
    const unsigned bit = 1U << permission;
    return holderOfLock(world, table, file, [&](const Permissions &each) {
        return isUse ? (each.perm & bit) != 0 : (each.sharedPerm & bit) == 0;
    });
}

/// The nodes that take locks and share a file with another, by its name.
std::vector<std::vector<NodeId>> sharedFiles(const World &world)
{
    std::unordered_map<std::string_view, std::vector<NodeId>> byName;
    for (NodeId id : world.graph.nodes()) {
        if (takesLocks(world, world.node(id)))
            byName[world.node(id).filename].push_back(id);
    }
    std::vector<std::vector<NodeId>> shared;
    for (auto &[name, nodes] : byName) {
        if (nodes.size() > 1)
            shared.push_back(std::move(nodes));
    }
    std::sort(shared.begin(), shared.end());
    return shared;
}

/// What \a node has locked; nothing where it takes no locks or is not there yet.
std::optional<Permissions> lockedBy(const World &world, PermissionTable &table, NodeId node)
{
    const bool isThere = node.value < world.graph.nodeCount() && takesLocks(world, world.node(node));
    return isThere ? std::optional(table.on(node)) : std::nullopt;
}

bool clash(const Permissions &a, const Permissions &b)
{
    return ((a.perm & ~b.sharedPerm) | (b.perm & ~a.sharedPerm)) != 0;
}

/// In QEMU's order: what is used is tried before what is not shared, from the first permission on
/// (raw_check_lock_bytes() in block/file-posix.c).
std::optional<LockConflict> firstConflict(const World &world, PermissionTable &table, const Permissions &mine,
                                          NodeId held)
{
    const Permissions others = table.on(held);
    for (bool wantsShared : {false, true}) {
        const unsigned bits = wantsShared ? ~mine.sharedPerm & others.perm : mine.perm & ~others.sharedPerm;
        for (unsigned i = 0; i < kPermissionCount; ++i) {
            if ((bits & (1U << i)) != 0)
                return LockConflict{NodeId(), held, i, wantsShared, holderOfLock(world, table, held, i, wantsShared)};
        }
    }
    return std::nullopt;
}

/// Compares the locks of two Worlds.
class Comparison
{
public:
    Comparison(const World &before, const World &after)
        : m_before(before), m_after(after), m_oldLocks(before), m_newLocks(after)
    {
    }

    /// The conflict of two nodes on one file, if there is one that was not there before.
    std::optional<LockConflict> between(NodeId first, NodeId second)
    {
        const auto firstBefore = lockedBy(m_before, m_oldLocks, first);
        const auto secondBefore = lockedBy(m_before, m_oldLocks, second);
        if (firstBefore && secondBefore && clash(*firstBefore, *secondBefore))
            return std::nullopt;
        // Who changed wants; where both did, who was opened later.
        const bool isFirst = secondBefore && *secondBefore == m_newLocks.on(second);
        return isFirst ? wanted(first, second) : wanted(second, first);
    }

private:
    std::optional<LockConflict> wanted(NodeId wanting, NodeId held)
    {
        auto conflict = firstConflict(m_after, m_newLocks, m_newLocks.on(wanting), held);
        if (conflict)
            conflict->wanting = wanting;
        return conflict;
    }

    const World &m_before;
    const World &m_after;
    PermissionTable m_oldLocks;
    PermissionTable m_newLocks;
};

} // namespace

std::vector<ImageLock> imageLocks(const World &world, NodeId file)
{
    std::vector<ImageLock> locks;
    if (!takesLocks(world, world.node(file)))
        return locks;
    PermissionTable table(world);
    const Permissions all = table.on(file);
    const auto add = [&](unsigned first, unsigned permission, bool isUse, std::string_view meaning) {
        locks.push_back({file, static_cast<std::uint8_t>(first + permission),
                         holderOfLock(world, table, file, permission, isUse), meaning});
    };
    for (unsigned i = 0; i < kPermissionCount; ++i) {
        if ((all.perm & (1U << i)) != 0)
            add(kUses, i, true, kUsesNames[i]);
    }
    for (unsigned i = 0; i < kPermissionCount; ++i) {
        if ((all.sharedPerm & (1U << i)) == 0)
            add(kDoesNotShare, i, false, kUnsharedNames[i]);
    }
    return locks;
}

std::vector<ImageLock> imageLocksOn(const World &world, std::string_view filename)
{
    std::vector<ImageLock> all;
    for (NodeId id : world.graph.nodes()) {
        if (world.node(id).filename != filename)
            continue;
        const auto locks = imageLocks(world, id);
        all.insert(all.end(), locks.begin(), locks.end());
    }
    return all;
}

std::vector<LockConflict> newLockConflicts(const World &before, const World &after)
{
    std::vector<LockConflict> conflicts;
    const auto shared = sharedFiles(after);
    if (shared.empty())
        return conflicts;
    Comparison comparison(before, after);
    for (const std::vector<NodeId> &nodes : shared) {
        for (std::size_t later = 1; later < nodes.size(); ++later) {
            for (std::size_t earlier = 0; earlier < later; ++earlier) {
                if (const auto conflict = comparison.between(nodes[earlier], nodes[later]))
                    conflicts.push_back(*conflict);
            }
        }
    }
    // Files are locked one by one as they are opened: that of an overlay before those below it.
    std::stable_sort(conflicts.begin(), conflicts.end(),
                     [](const LockConflict &a, const LockConflict &b) { return a.wanting < b.wanting; });
    return conflicts;
}

std::optional<LockConflict> conflictWith(const World &world, const FileLock &lock)
{
    PermissionTable table(world);
    for (NodeId id : world.graph.nodes()) {
        if (world.node(id).filename != lock.filename || !takesLocks(world, world.node(id)))
            continue;
        if (auto conflict = firstConflict(world, table, lock.taken, id))
            return conflict;
    }
    return std::nullopt;
}

std::string lockText(unsigned permission, bool wantsShared)
{
    return std::string(wantsShared ? "Failed to get shared \"" : "Failed to get \"") + std::string(kNames[permission]) +
           "\" lock";
}

std::optional<unsigned> byteInTheWayOf(std::string_view text)
{
    for (unsigned i = 0; i < kPermissionCount; ++i) {
        if (text == lockText(i, false))
            return kDoesNotShare + i;
        if (text == lockText(i, true))
            return kUses + i;
    }
    return std::nullopt;
}

Action actionOfPermission(unsigned permission)
{
    static constexpr std::array<Action, kPermissionCount> kActionOf{Action::ReadVisible, Action::ModifyVisible,
                                                                    Action::ModifyMetadata, Action::ModifyMetadata};
    return kActionOf[permission];
}

} // namespace blockscope
