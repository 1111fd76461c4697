// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/world/permissions.h"

#include "engine/graph/walk.h"

#include <algorithm>
#include <array>

namespace blockscope {

namespace {

constexpr PermissionSet kRead = kConsistentRead;
constexpr PermissionSet kAllButResize = kRead | kWrite | kWriteUnchanged;

PermissionSet only(bool condition, PermissionSet set)
{
    return condition ? set : PermissionSet{0};
}

// Users ------------------------------------------------------------------------------------

/// A paused guest keeps what it has. A BlockBackend without a known user is one that was opened with an image and takes
/// what it was opened for (blk_new_open() in block/block-backend.c).
Permissions permissionsOf(const World &world, const User &user, const Edge &root)
{
    const PermissionSet write = only(user.isWritable, kWrite);
    switch (user.kind) {
    case User::Kind::Backend:
        return root.captured.value_or(Permissions{kRead | write, kAllPermissions});
    case User::Kind::Guest:
        // Nobody is kept out before an incoming migration is over and the guest runs.
        if (world.runStateOf(user.host) == "inmigrate" || world.is(HostFlag::HasNotRun, user.host))
            return {kRead | write, kAllPermissions};
        // A drive whose medium can be taken out does not reckon with another size.
        return {kRead | write, kRead | kWriteUnchanged | only(user.sharesResize && !user.isRemovable, kResize) |
                                   only(user.sharesWrites, kWrite)};
    case User::Kind::Export:
        break;
    }
    if (user.exportType == "fuse")
        return {kRead | write | only(user.isWritable, kResize), kAllPermissions};
    if (user.exportType == "vhost-user-blk")
        return {kRead | write, kAllPermissions};
    return {kRead | write, kAllButResize};
}

// Jobs -------------------------------------------------------------------------------------

bool isActiveCommit(const JobLinks &links, const Job &job)
{
    return job.type == "commit" && links.child(job.id, "target").has_value();
}

PermissionSet growth(const World &world, NodeId smaller, NodeId larger)
{
    return only(world.node(smaller).virtualSize < world.node(larger).virtualSize, kResize);
}

/// The BlockBackend through which a job reads or writes (blk_new() in block/commit.c, mirror.c, stream.c).
Permissions permissionsOfBackend(const World &world, const JobLinks &links, const Job &job, const User &user,
                                 NodeId child)
{
    if (job.type == "stream")
        return {kRead, kAllButResize};
    if (job.type == "mirror" || isActiveCommit(links, job)) {
        const auto source = links.child(job.id, "source");
        if (source && isReachable(world.graph, *source, child))
            return {kWrite | growth(world, child, *source), kAllButResize};
        // Decided when it started: an overlay of its source is written to through the source.
        return {kWrite, user.sharesWrites ? kAllButResize : kWriteUnchanged};
    }
    if (job.type != "commit" || links.child(job.id, "base") != child)
        return {};
    const auto top = job.node("top");
    return {kRead | kWrite | (top ? growth(world, child, *top) : 0), kRead | kWriteUnchanged};
}

/// What a job itself takes through its link of that name (block_job_create(), block_job_add_bdrv()).
Permissions permissionsOfLink(const World &world, const JobLinks &links, const Job &job, const Edge &edge)
{
    const bool isMirroring = job.type == "mirror" || isActiveCommit(links, job);
    if (edge.role == "intermediate node") {
        if (job.type == "stream")
            return {0, kRead | kWriteUnchanged};
        // The filters right above the base show what it shows.
        const auto target = isMirroring ? links.child(job.id, "target") : links.child(job.id, "base");
        const bool isFilterOnBase = target && skipFilters(world.graph, edge.child) == skipFilters(world.graph, *target);
        return {0, kWrite | kWriteUnchanged | only(isFilterOnBase, kRead)};
    }
    if (edge.role == "main node" && isMirroring)
        return {kRead, kAllButResize};
    if ((edge.role == "source" && isMirroring) || edge.role == "active node")
        return {0, kAllButResize};
    return {};
}

// Nodes ------------------------------------------------------------------------------------

enum class ChildRole : std::uint8_t { Filtered, Backing, Image, Metadata, Data };

/// BdrvChildRole, which follows from driver and name of the child.
ChildRole roleOf(const World &world, const Node &parent, const Edge &edge)
{
    if (edge.role == "backing" && !isFilterDriver(parent.driver))
        return ChildRole::Backing;
    if (isFilterDriver(parent.driver)) {
        if (edge.role == "log")
            return ChildRole::Metadata;
        return showsChild(world.graph, edge) ? ChildRole::Filtered : ChildRole::Data;
    }
    if (parent.driver == "raw")
        return find(parent.extra, "offset") != nullptr ? ChildRole::Data : ChildRole::Filtered;
    if (parent.driver == "luks")
        return ChildRole::Filtered;
    if (edge.role == "data-file")
        return ChildRole::Data;
    return ChildRole::Image;
}

Permissions ofBacking(const Node &parent, const Permissions &above)
{
    const bool lets = (above.sharedPerm & kWrite) != 0 || parent.isInactive;
    return {above.perm & kRead, kRead | kWriteUnchanged | only(lets, kWrite | kResize)};
}

/// bdrv_default_perms_for_storage()
Permissions ofStorage(const Node &parent, ChildRole role, const Permissions &above)
{
    Permissions passed = above;
    if (role != ChildRole::Data) {
        passed.perm |= kRead | only(!parent.isReadOnly && !parent.isInactive, kWrite | kResize);
        passed.sharedPerm &= ~(kWrite | kResize);
    }
    if (role != ChildRole::Metadata) {
        passed.sharedPerm &= ~kResize;
        passed.perm |= only((passed.perm & kWriteUnchanged) != 0, kWrite);
        passed.perm |= only((passed.perm & kWrite) != 0, kResize);
    }
    passed.sharedPerm |= only(parent.isInactive, kWrite | kResize);
    return passed;
}

Permissions ofCopyBeforeWrite(const Node &parent, ChildRole role, const Permissions &above)
{
    if (role != ChildRole::Filtered)
        return {kWrite, kAllButResize};
    Permissions passed = above;
    if (!parent.parents.empty()) {
        passed.perm |= only((above.perm & kWrite) != 0, kRead);
        passed.sharedPerm &= ~(kWrite | kResize);
    }
    return passed;
}

/// A list of permissions among the options of \a node, by QMP's names.
PermissionSet listed(const Node &node, std::string_view key)
{
    static constexpr std::array<std::string_view, kPermissionCount> kNames{"consistent-read", "write",
                                                                           "write-unchanged", "resize"};
    const Value *value = find(node.extra, key);
    const Value::List *list = value != nullptr ? value->asList() : nullptr;
    PermissionSet set = 0;
    for (std::size_t i = 0; list != nullptr && i < kNames.size(); ++i) {
        const bool isIn = std::any_of(list->begin(), list->end(), [&](const Value &item) {
            return item.asString() != nullptr && *item.asString() == kNames[i];
        });
        set |= only(isIn, 1U << i);
    }
    return set;
}

/// Null while a captured graph is taken over: its links are there before their jobs (adopt.h).
const Job *findJob(const World &world, JobId id)
{
    return id.value < world.jobs.size() ? &world.job(id) : nullptr;
}

bool isCommitFilter(const World &world, const JobLinks &links, const Node &filter)
{
    return std::any_of(filter.parents.begin(), filter.parents.end(), [&](EdgeId id) {
        const Parent parent = world.graph.edge(id).parent;
        const Job *job = parent.kind == Parent::Kind::Job ? findJob(world, JobId{parent.id}) : nullptr;
        return job != nullptr && isActiveCommit(links, *job);
    });
}

Permissions ofFilter(const World &world, const JobLinks &links, const Node &parent, ChildRole role,
                     const Permissions &above)
{
    Permissions passed = above;
    if (parent.driver == "commit_top")
        return {};
    if (parent.driver == "blkdebug" && role == ChildRole::Filtered)
        return {above.perm | listed(parent, "take-child-perms"),
                above.sharedPerm & ~listed(parent, "unshare-child-perms")};
    if (parent.driver == "copy-before-write")
        return ofCopyBeforeWrite(parent, role, above);
    if (parent.driver == "copy-on-read") {
        passed.perm = (above.perm & ~kWriteUnchanged) | only(!parent.isInactive, kWriteUnchanged);
        passed.sharedPerm |= kWriteUnchanged;
    } else if (parent.driver == "mirror_top" && isCommitFilter(world, links, parent)) {
        // It must not keep itself from writing to the base.
        passed.perm &= ~kRead;
        passed.sharedPerm |= kWrite;
    } else if (parent.driver == "preallocate" && (above.perm & (kWrite | kResize)) != 0) {
        passed.perm |= kWrite | kResize;
        passed.sharedPerm &= ~(kWrite | kResize);
    } else if (role != ChildRole::Filtered) {
        return ofStorage(parent, role, above);
    }
    return passed;
}

/// What a node takes of its child in \a edge when \a above is taken of it.
Permissions passedDown(const World &world, const JobLinks &links, const Edge &edge, const Permissions &above)
{
    const Node &parent = world.node(edge.parent.node());
    const ChildRole role = roleOf(world, parent, edge);
    if (isFilterDriver(parent.driver))
        return ofFilter(world, links, parent, role, above);
    switch (role) {
    case ChildRole::Backing:
        return ofBacking(parent, above);
    case ChildRole::Filtered: // LUKS: no harm is done to who edits the keys meanwhile (block/crypto.c)
        return {above.perm | only(parent.driver == "luks", kRead), above.sharedPerm};
    default:
        break;
    }
    if (parent.driver == "snapshot-access")
        return {};
    if (parent.driver == "vvfat")
        return {kRead | kWrite, kWriteUnchanged};
    if (parent.driver == "quorum")
        return {above.perm, above.sharedPerm & (kRead | kWriteUnchanged)};
    Permissions passed = ofStorage(parent, role, above);
    if (parent.driver == "raw") // raw_child_perm(): nothing that it is not asked for
        passed.perm &= ~(kWrite | kResize) | above.perm;
    return passed;
}

} // namespace

Permissions permissionsOf(const Job &job, std::string_view role)
{
    if (job.type == "mirror" && role == "target")
        return {kWrite, kWriteUnchanged};
    if (job.type == "backup" && role == "target")
        return {kWrite, kAllButResize};
    if (job.type != "commit")
        return {};
    if (role == "base")
        return job.node("overlay") ? Permissions{kRead | kWrite, kRead | kWriteUnchanged}
                                   : Permissions{kWrite, kAllButResize};
    if (role == "mid" || (role == "top" && job.node("overlay")))
        return {0, kWrite | kWriteUnchanged};
    return {};
}

JobLinks::JobLinks(const World &world)
{
    for (EdgeId id : world.graph.edges()) {
        const Edge &edge = world.graph.edge(id);
        if (edge.parent.kind == Parent::Kind::Job)
            m_links[JobId{edge.parent.id}].push_back({edge.role, edge.child});
    }
}

std::optional<NodeId> JobLinks::child(JobId job, std::string_view role) const
{
    const auto links = m_links.find(job);
    if (links == m_links.end())
        return std::nullopt;
    const auto found = std::find_if(links->second.begin(), links->second.end(),
                                    [&](const RoleNode &each) { return each.role == role; });
    return found == links->second.end() ? std::nullopt : std::optional(found->node);
}

std::optional<NodeId> JobLinks::last(JobId job, std::string_view role) const
{
    const auto links = m_links.find(job);
    if (links == m_links.end())
        return std::nullopt;
    const auto found = std::find_if(links->second.rbegin(), links->second.rend(),
                                    [&](const RoleNode &each) { return each.role == role; });
    return found == links->second.rend() ? std::nullopt : std::optional(found->node);
}

PermissionTable::PermissionTable(const World &world) : m_world(world), m_links(world)
{
    for (const auto &job : world.jobs) {
        if (!job->isActive() || m_links.isIn(job->id))
            continue;
        for (const RoleNode &each : job->nodes)
            m_jobs[each.node].add(permissionsOf(*job, each.role));
    }
}

/// Without recursion: chains may be long, and damaged ones may be cycles.
Permissions PermissionTable::on(NodeId start)
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

Permissions PermissionTable::through(EdgeId id)
{
    const Edge &edge = m_world.graph.edge(id);
    if (edge.parent.isNode())
        static_cast<void>(on(edge.parent.node()));
    return known(id);
}

Permissions PermissionTable::ofJobs(NodeId node) const
{
    const auto found = m_jobs.find(node);
    return found == m_jobs.end() ? Permissions() : found->second;
}

void PermissionTable::pushParents(NodeId node, std::vector<NodeId> &open) const
{
    for (EdgeId id : m_world.node(node).parents) {
        const Parent parent = m_world.graph.edge(id).parent;
        if (parent.isNode() && !m_known.contains(parent.node()))
            open.push_back(parent.node());
    }
}

Permissions PermissionTable::sum(NodeId node) const
{
    Permissions all = ofJobs(node);
    for (EdgeId id : m_world.node(node).parents)
        all.add(known(id));
    return all;
}

bool isForceShared(const Node &node)
{
    const Value *forced = find(node.extra, "force-share");
    return forced != nullptr && forced->asBool() != nullptr && *forced->asBool();
}

/// The node above must have been worked out.
Permissions PermissionTable::known(EdgeId id) const
{
    const Edge &edge = m_world.graph.edge(id);
    if (edge.parent.isNode()) {
        const auto above = m_known.find(edge.parent.node());
        Permissions passed = passedDown(m_world, m_links, edge, above == m_known.end() ? Permissions() : above->second);
        if (isForceShared(m_world.node(edge.child)))
            passed.sharedPerm = kAllPermissions;
        return passed;
    }
    if (m_world.node(edge.child).isInactive)
        return {};
    if (edge.parent.kind == Parent::Kind::Job) {
        const Job *job = findJob(m_world, JobId{edge.parent.id});
        return job != nullptr ? permissionsOfLink(m_world, m_links, *job, edge) : Permissions();
    }
    const User &user = m_world.user(UserId{edge.parent.id});
    if (!user.job)
        return permissionsOf(m_world, user, edge);
    const Job *job = findJob(m_world, *user.job);
    return job != nullptr ? permissionsOfBackend(m_world, m_links, *job, user, edge.child) : Permissions();
}

} // namespace blockscope
