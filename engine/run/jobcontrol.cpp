// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/run/jobcontrol.h"

#include "engine/operations/arguments.h"
#include "engine/run/joblife.h"

#include <algorithm>
#include <array>

namespace blockscope {

namespace {

struct Verb
{
    std::string_view command; ///< QMP's name
    std::string_view verb;    ///< JobVerb, as errors name it
    std::string_view idName;  ///< "id" or, for block-job-*, "device"
    /// Statuses that accept the verb, by JobStatus (JobVerbTable in job.c).
    std::array<bool, 11> accepts;
    std::optional<Error> (*run)(World &world, JobId job, const Object &arguments);
};

Error stateError(std::string what)
{
    return {"JOB-STATE", "id", std::move(what)};
}

std::optional<Error> pause(World &world, JobId id, const Object &)
{
    Job &job = world.editJob(id);
    if (job.isPausedByUser)
        return stateError("Job is already paused");
    job.isPausedByUser = true;
    if (job.status == JobStatus::Running)
        job.status = JobStatus::Paused;
    if (job.status == JobStatus::Ready)
        job.status = JobStatus::Standby;
    return std::nullopt;
}

std::optional<Error> resume(World &world, JobId id, const Object &)
{
    Job &job = world.editJob(id);
    if (!job.isPausedByUser)
        return stateError("Can't resume a job that was not paused");
    job.isPausedByUser = false;
    if (job.status == JobStatus::Paused)
        job.status = JobStatus::Running;
    if (job.status == JobStatus::Standby)
        job.status = JobStatus::Ready;
    return std::nullopt;
}

std::optional<Error> cancelNow(World &world, JobId id, const Object &)
{
    abortJob(world, id, "Operation canceled");
    return std::nullopt;
}

/// block-job-cancel of a ready job ends it without pivot: the copy is kept.
std::optional<Error> cancelSoftly(World &world, JobId id, const Object &arguments)
{
    const bool isReady = world.job(id).status == JobStatus::Ready || world.job(id).status == JobStatus::Standby;
    if (boolArgument(arguments, "force", false) || !isReady || !world.job(id).isSimulated)
        return cancelNow(world, id, arguments);
    if (world.job(id).isPausedByUser)
        resume(world, id, arguments);
    world.editJob(id).isCancelled = true;
    return std::nullopt;
}

std::optional<Error> complete(World &world, JobId id, const Object &)
{
    if (!world.job(id).isSimulated)
        return stateError("Blockscope cannot complete a captured job of this type");
    world.editJob(id).wantsPivot = true;
    return std::nullopt;
}

std::optional<Error> finalize(World &world, JobId id, const Object &)
{
    finalizeJob(world, id);
    return std::nullopt;
}

std::optional<Error> dismiss(World &world, JobId id, const Object &)
{
    dismissJob(world, id);
    return std::nullopt;
}

/// The speed of a simulated job is set in the window; the command is taken as QEMU takes it.
std::optional<Error> setSpeed(World &world, JobId id, const Object &arguments)
{
    const Value *speed = find(arguments, "speed");
    if (speed == nullptr || speed->asInteger() == nullptr)
        return Error{"ARG-MISSING", "speed", "Parameter 'speed' is missing"};
    if (*speed->asInteger() < 0)
        return Error{"ARG-CHOICE", "speed", "Parameter 'speed' expects a non-negative value"};
    world.editJob(id).arguments["speed"] = *speed;
    return std::nullopt;
}

constexpr std::array<bool, 11> kCancel{false, true, true, true, true, true, true, true, false, false, false};
constexpr std::array<bool, 11> kPause{false, true, true, true, true, true, false, false, false, false, false};
constexpr std::array<bool, 11> kComplete{false, false, false, false, true, false, false, false, false, false, false};
constexpr std::array<bool, 11> kFinalize{false, false, false, false, false, false, false, true, false, false, false};
constexpr std::array<bool, 11> kDismiss{false, false, false, false, false, false, false, false, false, true, false};

constexpr std::array<Verb, 13> kVerbs{{
    {"job-pause", "pause", "id", kPause, pause},
    {"job-resume", "resume", "id", kPause, resume},
    {"job-cancel", "cancel", "id", kCancel, cancelNow},
    {"job-complete", "complete", "id", kComplete, complete},
    {"job-finalize", "finalize", "id", kFinalize, finalize},
    {"job-dismiss", "dismiss", "id", kDismiss, dismiss},
    {"block-job-pause", "pause", "device", kPause, pause},
    {"block-job-resume", "resume", "device", kPause, resume},
    {"block-job-cancel", "cancel", "device", kCancel, cancelSoftly},
    {"block-job-complete", "complete", "device", kComplete, complete},
    {"block-job-finalize", "finalize", "id", kFinalize, finalize},
    {"block-job-dismiss", "dismiss", "id", kDismiss, dismiss},
    {"block-job-set-speed", "set-speed", "device", kPause, setSpeed},
}};

const Verb *findVerb(std::string_view command)
{
    const auto found = std::find_if(kVerbs.begin(), kVerbs.end(), [&](const Verb &each) { return each.command == command; });
    return found == kVerbs.end() ? nullptr : &*found;
}

} // namespace

bool isJobCommand(std::string_view name)
{
    return findVerb(name) != nullptr;
}

Result<JobId> controlJob(World &world, const QmpCommand &command)
{
    const Verb &verb = *findVerb(command.execute);
    const std::string *name = findString(command.arguments, verb.idName);
    if (name == nullptr) {
        const std::string id(verb.idName);
        return Error{"ARG-MISSING", id, "Parameter '" + id + "' is missing"};
    }
    const auto job = world.findJob(*name);
    if (!job) {
        return Error{"JOB-NOT-FOUND", std::string(verb.idName),
                     verb.command.starts_with("block-") ? "Block job '" + *name + "' not found"
                                                        : std::string("Job not found")};
    }
    const JobStatus status = world.job(*job).status;
    if (!verb.accepts[static_cast<std::size_t>(status)]) {
        return stateError("Job '" + *name + "' in state '" + toString(status) + "' cannot accept command verb '"
                          + std::string(verb.verb) + "'");
    }
    if (auto error = verb.run(world, *job, command.arguments))
        return *error;
    return *job;
}

} // namespace blockscope
