// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/world/imagelock.h"

#include "engine/graph/walk.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

namespace blockscope {

namespace {

using Bits = unsigned;
constexpr Bits kRead = 1U;
constexpr Bits kWrite = 2U;
constexpr Bits kWriteUnchanged = 4U;
constexpr Bits kResize = 8U;
constexpr Bits kAll = 15U;
constexpr unsigned kUses = 100;
constexpr unsigned kDoesNotShare = 200;

constexpr std::array<std::string_view, kPermissionCount> kNames{"consistent read", "write", "write unchanged",
                                                                "resize"};
constexpr std::array<std::string_view, kPermissionCount> kUsesNames{"uses consistent read", "uses write",
                                                                    "uses write unchanged", "uses resize"};
constexpr std::array<std::string_view, kPermissionCount> kUnsharedNames{
    "does not share consistent read", "does not share write", "does not share write unchanged",
    "does not share resize"};

/// What one parent takes, or what all of them take together.
struct Permissions
{
    Bits used = 0;
    Bits shared = kAll;

    void add(Permissions other)
    {
        used |= other.used;
        shared &= other.shared;
    }
    friend bool operator==(Permissions, Permissions) = default;
};

/// operations.md 2.5, measured on QEMU 7.2: a paused guest keeps what it has.
Permissions permissionsOf(const World &world, const User &user)
{
    const Bits write = user.isWritable ? kWrite : 0;
    if (user.kind == User::Kind::Guest) {
        if (world.runStateOf(user.host) == "inmigrate")
            return {};
        // A drive whose medium can be taken out does not reckon with another size.
        const Bits resize = user.isRemovable ? 0 : kResize;
        return {kRead | write, kRead | kWriteUnchanged | resize | (user.sharesWrites ? kWrite : 0)};
    }
    if (user.kind == User::Kind::Backend)
        return {};
    if (user.exportType == "fuse")
        return {kRead | write | (user.isWritable ? kResize : 0), kAll};
    if (user.exportType == "vhost-user-blk")
        return {kRead | write, kAll};
    return {kRead | write, kRead | kWrite | kWriteUnchanged};
}

/// What a job takes on a node that plays \a role for it, where it writes or offers garbage (operations.md 2.5).
Permissions permissionsOf(const Job &job, std::string_view role)
{
    if (job.type == "mirror" && role == "target")
        return {kWrite, kWriteUnchanged};
    if (job.type == "backup" && role == "target")
        return {kWrite, kRead | kWrite | kWriteUnchanged};
    if (job.type != "commit")
        return {};
    if (role == "base")
        return job.node("overlay") ? Permissions{kRead | kWrite, kRead | kWriteUnchanged}
                                   : Permissions{kWrite, kRead | kWrite | kWriteUnchanged};
    if (role == "mid" || (role == "top" && job.node("overlay")))
        return {0, kWrite | kWriteUnchanged};
    return {};
}

/// What the link \a role of \a parent passes down of what is taken above it (operations.md 2.4).
Permissions passedDown(const Node &parent, std::string_view role, Permissions above)
{
    Permissions passed = above;
    if (isFilterDriver(parent.driver) || parent.driver == "raw") {
        // Passed on as it is.
    } else if (role == "backing") {
        passed.used = above.used & kRead;
        passed.shared = kRead | kWriteUnchanged | ((above.shared & kWrite) != 0 ? kWrite | kResize : 0);
    } else if (role.starts_with("children.")) {
        passed.shared = above.shared & ~(kWrite | kResize);
    } else {
        passed.used = above.used | kRead | (parent.isReadOnly ? 0 : kWrite | kResize);
        passed.shared = above.shared & ~(kWrite | kResize);
    }
    if (parent.isInactive) {
        passed.used &= kRead;
        passed.shared |= kWrite | kResize;
    }
    if (find(parent.extra, "force-share") != nullptr)
        passed.shared = kAll;
    return passed;
}

/// Adds up permissions from the users down; remembers what it has worked out.
class Calculator
{
public:
    explicit Calculator(const World &world) : m_world(world)
    {
        for (const auto &job : world.jobs) {
            if (!job->isActive())
                continue;
            for (const RoleNode &each : job->nodes)
                m_jobs[each.node].add(permissionsOf(*job, each.role));
        }
    }

    /// All that is taken on \a node. Without recursion: chains may be long, and damaged ones may be cycles.
    Permissions on(NodeId start)
    {
        std::vector<NodeId> open{start};
        while (!open.empty()) {
            const NodeId node = open.back();
            const auto [entry, isNew] = m_known.try_emplace(node);
            if (isNew) {
                pushParents(node, open);
                continue;
            }
            open.pop_back();
            entry->second = sum(node);
        }
        return m_known.at(start);
    }

    /// What comes to \a node through \a edge; its parent must have been worked out.
    [[nodiscard]] Permissions through(EdgeId id) const
    {
        const Edge &edge = m_world.graph.edge(id);
        if (const auto user = m_world.userOf(id))
            return m_world.node(edge.child).isInactive ? Permissions() : permissionsOf(m_world, m_world.user(*user));
        if (!edge.parent.isNode())
            return {};
        const auto above = m_known.find(edge.parent.node());
        return passedDown(m_world.node(edge.parent.node()), edge.role,
                          above == m_known.end() ? Permissions() : above->second);
    }

    [[nodiscard]] Permissions ofJobs(NodeId node) const
    {
        const auto found = m_jobs.find(node);
        return found == m_jobs.end() ? Permissions() : found->second;
    }

private:
    void pushParents(NodeId node, std::vector<NodeId> &open) const
    {
        for (EdgeId id : m_world.node(node).parents) {
            const Parent parent = m_world.graph.edge(id).parent;
            if (parent.isNode() && !m_known.contains(parent.node()))
                open.push_back(parent.node());
        }
    }

    [[nodiscard]] Permissions sum(NodeId node) const
    {
        Permissions all = ofJobs(node);
        for (EdgeId id : m_world.node(node).parents)
            all.add(through(id));
        return all;
    }

    const World &m_world;
    std::map<NodeId, Permissions> m_known;
    std::map<NodeId, Permissions> m_jobs;
};

bool takesLocks(const Node &node)
{
    const std::string *locking = findString(node.extra, "locking");
    return node.isOpen && !node.isInactive && !node.filename.empty() &&
           (node.driver == "file" || node.driver == "host_device") && (locking == nullptr || *locking != "off");
}

/// The user behind a link from a user, else the link.
Holder holderBehind(const World &world, EdgeId edge)
{
    const auto user = world.userOf(edge);
    return user ? Holder::of(*user) : Holder::of(edge);
}

/// For whose sake \a file holds a lock of which \a isOf says whether it comes from certain permissions.
template <class IsOf>
Holder holderOfLock(const World &world, const Calculator &calculator, NodeId file, IsOf isOf)
{
    for (EdgeId id : world.node(file).parents) {
        if (isOf(calculator.through(id)))
            return holderBehind(world, id);
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

Holder holderOfLock(const World &world, const Calculator &calculator, NodeId file, unsigned permission, bool isUse)
{
    const Bits bit = 1U << permission;
    return holderOfLock(world, calculator, file,
                        [&](Permissions each) { return isUse ? (each.used & bit) != 0 : (each.shared & bit) == 0; });
}

/// The nodes that take locks and share a file with another, by its name.
std::vector<std::vector<NodeId>> sharedFiles(const World &world)
{
    std::unordered_map<std::string_view, std::vector<NodeId>> byName;
    for (NodeId id : world.graph.nodes()) {
        if (takesLocks(world.node(id)))
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
std::optional<Permissions> lockedBy(const World &world, Calculator &calculator, NodeId node)
{
    const bool isThere = node.value < world.graph.nodeCount() && takesLocks(world.node(node));
    return isThere ? std::optional(calculator.on(node)) : std::nullopt;
}

bool clash(Permissions a, Permissions b)
{
    return ((a.used & ~b.shared) | (b.used & ~a.shared)) != 0;
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
    /// In QEMU's order: what is used is tried before what is not shared, from the first permission on
    /// (raw_check_lock_bytes() in block/file-posix.c).
    std::optional<LockConflict> wanted(NodeId wanting, NodeId held)
    {
        const Permissions mine = m_newLocks.on(wanting);
        const Permissions others = m_newLocks.on(held);
        for (bool wantsShared : {false, true}) {
            const Bits bits = wantsShared ? ~mine.shared & others.used : mine.used & ~others.shared;
            for (unsigned i = 0; i < kPermissionCount; ++i) {
                if ((bits & (1U << i)) != 0)
                    return LockConflict{wanting, held, i, wantsShared,
                                        holderOfLock(m_after, m_newLocks, held, i, wantsShared)};
            }
        }
        return std::nullopt;
    }

    const World &m_before;
    const World &m_after;
    Calculator m_oldLocks;
    Calculator m_newLocks;
};

} // namespace

std::vector<ImageLock> imageLocks(const World &world, NodeId file)
{
    std::vector<ImageLock> locks;
    if (!takesLocks(world.node(file)))
        return locks;
    Calculator calculator(world);
    const Permissions all = calculator.on(file);
    const auto add = [&](unsigned first, unsigned permission, bool isUse, std::string_view meaning) {
        locks.push_back({file, static_cast<std::uint8_t>(first + permission),
                         holderOfLock(world, calculator, file, permission, isUse), meaning});
    };
    for (unsigned i = 0; i < kPermissionCount; ++i) {
        if ((all.used & (1U << i)) != 0)
            add(kUses, i, true, kUsesNames[i]);
    }
    for (unsigned i = 0; i < kPermissionCount; ++i) {
        if ((all.shared & (1U << i)) == 0)
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
    return conflicts;
}

std::string lockText(unsigned permission, bool wantsShared)
{
    return std::string(wantsShared ? "Failed to get shared \"" : "Failed to get \"") + std::string(kNames[permission]) +
           "\" lock";
}

Action actionOfPermission(unsigned permission)
{
    static constexpr std::array<Action, kPermissionCount> kActionOf{Action::ReadVisible, Action::ModifyVisible,
                                                                    Action::ModifyMetadata, Action::ModifyMetadata};
    return kActionOf[permission];
}

} // namespace blockscope
