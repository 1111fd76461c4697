// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What every link needs of its child and shares of it, by the rules of QEMU 7.2 (operations.md 2.4 and 2.5): each user
/// and job takes what its kind takes; what a node takes of its children follows from what is taken of it
/// (bdrv_child_perm() of its driver in block/, bdrv_default_perms() in block.c).

#include "engine/world/world.h"

#include <unordered_map>

namespace blockscope {

/// The links of jobs in the graph, as QEMU makes them (BlockJob.nodes): "main node", "source", "base" ...
class JobLinks
{
public:
    explicit JobLinks(const World &world);

    /// The first child of \a job by that name.
    [[nodiscard]] std::optional<NodeId> child(JobId job, std::string_view role) const;
    [[nodiscard]] std::optional<NodeId> last(JobId job, std::string_view role) const;
    [[nodiscard]] bool isIn(JobId job) const { return m_links.contains(job); }

private:
    std::unordered_map<JobId, std::vector<RoleNode>> m_links;
};

/// True when who reads \a node shares everything (option force-share in block.c, -U of the tools).
[[nodiscard]] bool isForceShared(const Node &node);

/// Adds permissions up from the users down and remembers what it has worked out. Refers to the World, which must not
/// change meanwhile.
class PermissionTable
{
public:
    explicit PermissionTable(const World &world);

    /// What all parents take of \a node together.
    [[nodiscard]] Permissions on(NodeId node);
    /// What comes to the child of \a edge through it.
    [[nodiscard]] Permissions through(EdgeId edge);
    /// What running jobs take of \a node without a link in the graph.
    [[nodiscard]] Permissions ofJobs(NodeId node) const;

private:
    void pushParents(NodeId node, std::vector<NodeId> &open) const;
    [[nodiscard]] Permissions sum(NodeId node) const;
    [[nodiscard]] Permissions known(EdgeId edge) const;

    const World &m_world;
    JobLinks m_links;
    std::unordered_map<NodeId, Permissions> m_known;
    std::unordered_map<NodeId, Permissions> m_jobs;
};

/// What a job that has no links in the graph takes of a node in that role, where it writes or offers garbage.
[[nodiscard]] Permissions permissionsOf(const Job &job, std::string_view role);

} // namespace blockscope
