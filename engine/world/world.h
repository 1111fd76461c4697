// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// World: everything the program knows, as one value. The only way to change
/// it is apply() (run/apply.h); undo, timeline and fork hold Worlds.
///
/// The functions below edit a World and keep graph, data, users and ledger in
/// step: claims that stand on links and users (reading P1 of operations.md
/// 3.1) are entered, moved and taken out here and nowhere else.
///
/// Thread: a value; one copy belongs to one thread at a time. Copying shares
/// what did not change.

#include "engine/access/ledger.h"
#include "engine/base/copyonwrite.h"
#include "engine/graph/blockgraph.h"
#include "engine/world/changes.h"
#include "engine/world/cluster.h"
#include "engine/world/finding.h"
#include "engine/world/host.h"
#include "engine/world/image.h"
#include "engine/world/job.h"
#include "engine/world/listedrequest.h"
#include "engine/world/switches.h"
#include "engine/world/user.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace blockscope {

/// What who is entitled to read a node must see there (contract.h).
using Contracts = std::map<NodeId, CopyOnWrite<BlockData>>;

struct World
{
    BlockGraph graph;
    std::vector<CopyOnWrite<BlockData>> data; ///< by NodeId
    std::vector<CopyOnWrite<User>> users;     ///< by UserId; detached ones stay
    std::vector<CopyOnWrite<Job>> jobs;       ///< by JobId; ended ones stay with status Null
    Ledger ledger;
    Tick clock = 0;
    std::string runState = "running"; ///< QMP's RunState; guests hold claims only while "running"
    std::string policy = "nac";       ///< the policy in force, see policies/
    SwitchSet switches = kDefaultSwitches;
    CopyOnWrite<Contracts> contracts;                     ///< by NodeId
    CopyOnWrite<Bitmaps> bitmaps;                         ///< by NodeId
    CopyOnWrite<Snapshots> snapshots;                     ///< by NodeId
    CopyOnWrite<std::vector<Finding>> findings;           ///< in the order in which they were made
    CopyOnWrite<std::vector<ListedRequest>> listed;       ///< in the order in which they were listed
    CopyOnWrite<std::map<std::string, Object>> throttles; ///< limits by throttle group
    /// Run states of the other QEMU processes, by their names; the first one's is runState.
    CopyOnWrite<std::map<std::string, std::string>> otherHosts;
    /// By the names of processes; those without flags are left out.
    CopyOnWrite<std::map<std::string, HostFlags>> hostFlags;
    Changes changes; ///< since the invariants were checked; no part of the state
    Object extra;    ///< keys of the capture that we do not interpret

    [[nodiscard]] bool isVmRunning() const { return runState == "running"; }
    /// The run state of the process \a host; empty when there is no such process.
    [[nodiscard]] const std::string &runStateOf(const std::string &host) const;
    [[nodiscard]] bool is(HostFlag flag, const std::string &host) const;
    /// True while a request was listed and not yet acquired, and the graph lock is on.
    [[nodiscard]] bool isGraphLocked() const { return is(Switch::GraphLock) && !listed->empty(); }
    [[nodiscard]] bool is(Switch which) const { return switches.contains(which); }
    [[nodiscard]] const Node &node(NodeId id) const { return graph.node(id); }
    [[nodiscard]] const User &user(UserId id) const { return *users[id.value]; }
    [[nodiscard]] const Job &job(JobId id) const { return *jobs[id.value]; }
    [[nodiscard]] Job &editJob(JobId id) { return jobs[id.value].edit(); }

    /// The job of that name that is not gone.
    [[nodiscard]] std::optional<JobId> findJob(std::string_view name) const;
    /// True when a job of that name ever was.
    [[nodiscard]] bool hadJob(std::string_view name) const;
    /// The attached user known by that name, BlockBackend name or QOM path. The backends of jobs are not: QEMU's have
    /// no name, and ours stands in the picture only.
    [[nodiscard]] std::optional<UserId> findUser(std::string_view name) const;
    /// The node an attached user uses, if any.
    [[nodiscard]] std::optional<NodeId> rootOf(UserId user) const;
    /// The user behind a root edge.
    [[nodiscard]] std::optional<UserId> userOf(EdgeId edge) const;
    /// Who is behind a link: its user or job (a job's own backend stands for the job), else the link itself.
    [[nodiscard]] Holder holderBehind(EdgeId edge) const;
    /// The name of the BlockBackend at \a node, else its node-name (bdrv_get_device_or_node_name()).
    [[nodiscard]] const std::string &deviceOrNodeName(NodeId node) const;
    /// Jobs that are not gone, by id.
    [[nodiscard]] std::vector<JobId> liveJobs() const;
    /// Since when \a holder holds its claims; for a job without any, since when it runs; else 0.
    [[nodiscard]] Tick heldSince(Holder holder) const;
    /// True when a job that still runs lists \a node.
    [[nodiscard]] bool isUsedByJob(NodeId node) const;

    friend bool operator==(const World &, const World &) = default;
};

NodeId addNode(World &world, Node node, BlockData data = {});
EdgeId attach(World &world, Parent parent, NodeId child, std::string role, std::optional<Permissions> captured = {});
void detach(World &world, EdgeId edge);
void redirect(World &world, EdgeId edge, NodeId child);
/// Sets the read-only flag; the claims on the node's own children follow (P5).
void setReadOnly(World &world, NodeId node, bool readOnly);
/// Adds a user; with \a root it is attached there and enters its claims.
UserId addUser(World &world, User user, std::optional<NodeId> root);
void removeUser(World &world, UserId user);
/// Sets the run state of a process; claims of its guests leave or come back without being asked for.
void setRunState(World &world, std::string runState, const std::string &host = {});
/// Sets or clears a flag of a process.
void setHostFlag(World &world, HostFlag flag, const std::string &host, bool on);
/// Enters anew what users claim, after a job began or ended that changes it (a backup saves old data for its target).
void refreshUsers(World &world);
/// Sets a switch; the claims of links and users follow.
void setSwitch(World &world, Switch which, bool on);
/// Sets whether \a node was handed over; the claims on its children follow.
void setInactive(World &world, NodeId node, bool inactive);
/// Lets \a node show the data that \a holder keeps: the same image, opened again. REQUIRES: \a holder keeps its own.
void shareImage(World &world, NodeId node, NodeId holder);
/// Closes \a node if nothing refers to it (no parent, no monitor reference, no
/// running job), then what that left without reference, downwards.
void closeIfUnreferenced(World &world, NodeId node);

/// True when graph, data, ledger, users and jobs agree with each other: every id leads to something, the claims
/// that links and users should hold are held exactly, jobs that ended hold none.
[[nodiscard]] bool verify(const World &world);

} // namespace blockscope
