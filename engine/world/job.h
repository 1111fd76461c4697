// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A background job as a plain value: operation, arguments and the state of
/// its step machine. It has no thread and no callbacks; run/ decides when it
/// steps, operations/ say what a step does.

#include "engine/base/value.h"
#include "engine/world/cluster.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace blockscope {

/// QMP's JobStatus, in its order; Null means that the job is gone.
enum class JobStatus : std::uint8_t {
    Undefined,
    Created,
    Running,
    Paused,
    Ready,
    Standby,
    Waiting,
    Pending,
    Aborting,
    Concluded,
    Null
};

[[nodiscard]] const char *toString(JobStatus status);
[[nodiscard]] std::optional<JobStatus> jobStatusFromString(std::string_view name);

/// A node and the role it plays for an operation ("top", "base" ...).
struct RoleNode
{
    std::string role;
    NodeId node;

    friend bool operator==(const RoleNode &, const RoleNode &) = default;
};

struct Job
{
    /// What the step machine does next (explore.md section 3).
    enum class Phase : std::uint8_t {
        Scan, ///< look for the next cluster and read it into the buffer
        Write ///< write the buffer; the request is in flight until then
    };

    JobId id;
    std::string name;      ///< QMP's job-id
    std::string operation; ///< row of the catalogue: "block-commit"
    std::string type;      ///< QMP's JobType: "commit", "stream", "mirror", "backup"
    Object arguments;
    std::vector<RoleNode> nodes; ///< all affected nodes, as listed when it started
    JobStatus status = JobStatus::Created;
    bool isPausedByUser = false;
    bool autoFinalize = true;
    bool autoDismiss = true;
    /// False for a captured job whose type has no step machine here: shown, but it cannot be stepped.
    bool isSimulated = true;
    Tick startedAt = 0;
    Tick endedAt = 0;
    std::string error; ///< why it failed, in QEMU's wording; empty when it did not

    Phase phase = Phase::Scan;
    bool wantsPivot = false;          ///< job-complete was given (mirror, active commit)
    bool isCancelled = false;         ///< a cancel without pivot was asked for while ready
    std::uint32_t cursor = 0;         ///< next cluster
    std::uint32_t length = 0;         ///< clusters to do
    std::optional<Cluster> buffer;    ///< the cluster in flight
    std::vector<bool> dirty;          ///< mirror, active commit: clusters still to copy
    std::vector<bool> done;           ///< backup: clusters already copied
    BlockData pointInTime;            ///< backup: what the copy must be; unallocated where nothing is to be copied
    std::vector<NodeId> madeWritable; ///< nodes to set read-only again at the end
    std::string bitmap;               ///< backup, mirror: the dirty bitmap of its source that it works from
    std::uint32_t transaction = 0;    ///< jobs of one transaction with grouped completion; 0: none
    Object extra;                     ///< keys of a file or capture that we do not interpret

    /// True for a job that the block-job-* commands know (is_block_job() in blockjob.c).
    [[nodiscard]] bool isBlockJob() const
    {
        return type == "backup" || type == "commit" || type == "mirror" || type == "stream";
    }
    /// True for a backup with sync=none: it copies nothing but what is about to be overwritten, and never ends by
    /// itself.
    [[nodiscard]] bool onlyFollows() const;
    /// True for a job that itself takes care of what its target shows when somebody writes to its source: a backup
    /// saves the old data first, a mirror follows.
    [[nodiscard]] bool keepsTarget() const { return type == "backup" || type == "mirror"; }
    /// True for a commit from the node at the top, which copies as a mirror does.
    [[nodiscard]] bool isActiveCommit() const { return type == "commit" && !node("overlay"); }
    /// True for a job that follows its source once it has copied it, and ends when it is told to.
    [[nodiscard]] bool getsReady() const { return type == "mirror" || isActiveCommit(); }
    /// True from the start until it concluded.
    [[nodiscard]] bool isActive() const { return status < JobStatus::Concluded; }
    /// The first node in that role, if any.
    [[nodiscard]] std::optional<NodeId> node(std::string_view role) const;

    friend bool operator==(const Job &, const Job &) = default;
};

/// Clusters done and to do; for a ready job both are equal.
struct Progress
{
    std::uint32_t done = 0;
    std::uint32_t total = 0;

    friend bool operator==(const Progress &, const Progress &) = default;
};
[[nodiscard]] Progress progressOf(const Job &job);

} // namespace blockscope
