// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/world/job.h"

#include <algorithm>
#include <array>

namespace blockscope {

namespace {

constexpr std::array<const char *, 11> kNames{"undefined", "created", "running",  "paused",    "ready", "standby",
                                              "waiting",   "pending", "aborting", "concluded", "null"};

} // namespace

const char *toString(JobStatus status)
{
    return kNames[static_cast<std::size_t>(status)];
}

std::optional<JobStatus> jobStatusFromString(std::string_view name)
{
    const auto found = std::find(kNames.begin(), kNames.end(), name);
    if (found == kNames.end())
        return std::nullopt;
    return static_cast<JobStatus>(found - kNames.begin());
}

std::optional<NodeId> Job::node(std::string_view role) const
{
    const auto found =
        std::find_if(nodes.begin(), nodes.end(), [&](const RoleNode &each) { return each.role == role; });
    return found == nodes.end() ? std::nullopt : std::optional(found->node);
}

bool Job::onlyFollows() const
{
    const std::string *sync = findString(arguments, "sync");
    return type == "backup" && sync != nullptr && *sync == "none";
}

namespace {

/// What a backup is to copy, and what of it is done.
Progress progressOfBackup(const Job &job)
{
    Progress progress;
    for (std::uint32_t index = 0; index < job.done.size(); ++index) {
        const bool isToDo = index >= job.pointInTime.size() || job.pointInTime[index].isAllocated();
        progress.total += isToDo ? 1U : 0U;
        progress.done += isToDo && job.done[index] ? 1U : 0U;
    }
    return progress;
}

} // namespace

Progress progressOf(const Job &job)
{
    const auto count = [&](const std::vector<bool> &bits, bool value) {
        return static_cast<std::uint32_t>(std::count(bits.begin(), bits.end(), value));
    };
    if (!job.dirty.empty())
        return {job.length - std::min(job.length, count(job.dirty, true)), job.length};
    if (!job.done.empty())
        return progressOfBackup(job);
    return {std::min(job.cursor, job.length), job.length};
}

} // namespace blockscope
