// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/run/jobcontrol.h"

#include "engine/operations/mirroring.h"
#include "engine/run/joblife.h"

#include <algorithm>
#include <array>

namespace blockscope {

namespace {

struct Verb
{
    Operation command; ///< its name and parameters; the first is the job's id: "id" or, for most block-job-*, "device"
    std::string_view verb; ///< JobVerb, as errors name it
    /// Statuses that accept the verb, by JobStatus (JobVerbTable in job.c).
    std::array<bool, 11> accepts;
    std::optional<Error> (*run)(World &world, JobId job, const Object &arguments);
};

/// Which argument names the job, controlJob() knows.
Error stateError(std::string what)
{
    return {"JOB-STATE", "", std::move(what)};
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
    const Job &job = world.job(id);
    const bool isForced = boolArgument(arguments, "force", false);
    if (job.isPausedByUser && !isForced)
        return stateError("The block job for device '" + job.name + "' is currently paused");
    if (isForced || job.status != JobStatus::Ready || !job.isSimulated)
        return cancelNow(world, id, arguments);
    world.editJob(id).isCancelled = true;
    return std::nullopt;
}

std::optional<Error> complete(World &world, JobId id, const Object &)
{
    const Job &job = world.job(id);
    if (job.isCancelled)
        return stateError("The active block job '" + job.name + "' cannot be completed");
    if (!job.isSimulated)
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
    if (*speed->asInteger() < 0)
        return Error{"ARG-SPEED", "speed", "Parameter 'speed' expects a non-negative value"};
    world.editJob(id).arguments["speed"] = *speed;
    return std::nullopt;
}

/// How a mirror copies makes no difference here (mirroring.h); mirror_change() in block/mirror.c, since 8.2.
std::optional<Error> change(World &world, JobId id, const Object &arguments)
{
    if (world.job(id).type != "mirror")
        return stateError("Job type does not support change");
    const auto mode = textArgument(arguments, "copy-mode");
    if (!mode)
        return Error{"ARG-MISSING", "copy-mode", "Parameter 'copy-mode' is missing"};
    if (*mode == textArgument(world.job(id).arguments, "copy-mode").value_or("background"))
        return std::nullopt;
    if (*mode != "write-blocking")
        return Error{"ARG-UNSUPPORTED", "copy-mode", "Change to copy mode '" + *mode + "' is not implemented"};
    world.editJob(id).arguments["copy-mode"] = Value(*mode);
    return std::nullopt;
}

constexpr std::array<bool, 11> kCancel{false, true, true, true, true, true, true, true, false, false, false};
constexpr std::array<bool, 11> kPause{false, true, true, true, true, true, false, false, false, false, false};
constexpr std::array<bool, 11> kComplete{false, false, false, false, true, true, false, false, false, false, false};
constexpr std::array<bool, 11> kFinalize{false, false, false, false, false, false, false, true, false, false, false};
constexpr std::array<bool, 11> kDismiss{false, false, false, false, false, false, false, false, false, true, false};

using Kind = Parameter::Kind;
constexpr Parameter kId[] = {{.name = "id", .kind = Kind::JobName, .isRequired = true}};
constexpr Parameter kDevice[] = {{.name = "device", .kind = Kind::JobName, .isRequired = true}};
constexpr Parameter kDeviceAndForce[] = {{.name = "device", .kind = Kind::JobName, .isRequired = true},
                                         {.name = "force", .kind = Kind::Boolean}};
constexpr Parameter kDeviceAndSpeed[] = {{.name = "device", .kind = Kind::JobName, .isRequired = true},
                                         {.name = "speed", .kind = Kind::Number, .isRequired = true}};
constexpr std::string_view kJobTypes[] = {"commit", "stream",        "mirror",        "backup",         "create",
                                          "amend",  "snapshot-load", "snapshot-save", "snapshot-delete"};
constexpr Parameter kIdAndCopyMode[] = {
    {.name = "id", .kind = Kind::JobName, .isRequired = true},
    {.name = "type", .kind = Kind::Choice, .isRequired = true, .choices = kJobTypes},
    {.name = "copy-mode", .kind = Kind::Choice, .choices = kCopyModes}};

constexpr Operation command(std::string_view name, std::span<const Parameter> parameters)
{
    return {.name = name, .family = Family::JobControl, .parameters = parameters};
}

constexpr std::array<Verb, 14> kVerbs{{
    {command("job-pause", kId), "pause", kPause, pause},
    {command("job-resume", kId), "resume", kPause, resume},
    {command("job-cancel", kId), "cancel", kCancel, cancelNow},
    {command("job-complete", kId), "complete", kComplete, complete},
    {command("job-finalize", kId), "finalize", kFinalize, finalize},
    {command("job-dismiss", kId), "dismiss", kDismiss, dismiss},
    {command("block-job-pause", kDevice), "pause", kPause, pause},
    {command("block-job-resume", kDevice), "resume", kPause, resume},
    {command("block-job-cancel", kDeviceAndForce), "cancel", kCancel, cancelSoftly},
    {command("block-job-complete", kDevice), "complete", kComplete, complete},
    {command("block-job-finalize", kId), "finalize", kFinalize, finalize},
    {command("block-job-dismiss", kId), "dismiss", kDismiss, dismiss},
    {command("block-job-set-speed", kDeviceAndSpeed), "set-speed", kPause, setSpeed},
    {command("block-job-change", kIdAndCopyMode), "change", kPause, change},
}};

const Verb *findVerb(std::string_view command)
{
    const auto found =
        std::find_if(kVerbs.begin(), kVerbs.end(), [&](const Verb &each) { return each.command.name == command; });
    return found == kVerbs.end() ? nullptr : &*found;
}

std::optional<Error> use(const Verb &verb, World &world, JobId id, const Object &arguments)
{
    const Job &job = world.job(id);
    // The one thing that QEMU looks at before the status (job_user_resume() in job.c).
    if (verb.run == resume && !job.isPausedByUser)
        return stateError("Can't resume a job that was not paused");
    if (!verb.accepts[static_cast<std::size_t>(job.status)]) {
        return stateError("Job '" + job.name + "' in state '" + toString(job.status) +
                          "' cannot accept command verb '" + std::string(verb.verb) + "'");
    }
    return verb.run(world, id, arguments);
}

} // namespace

bool isJobCommand(std::string_view name)
{
    return findVerb(name) != nullptr;
}

Result<JobId> controlJob(World &world, const QmpCommand &command)
{
    const Verb &verb = *findVerb(command.execute);
    if (auto error = checkParameters(verb.command, command.arguments))
        return *error;
    const std::string idName(verb.command.parameters.front().name);
    const std::string name = *textArgument(command.arguments, idName);
    const auto job = world.findJob(name);
    const bool isForBlockJobs = verb.command.name.starts_with("block-");
    if (!job || (isForBlockJobs && !world.job(*job).isBlockJob())) {
        return Error{"JOB-NOT-FOUND", idName,
                     isForBlockJobs ? "Block job '" + name + "' not found" : std::string("Job not found")};
    }
    if (auto error = use(verb, world, *job, command.arguments)) {
        if (error->where.empty())
            error->where = idName;
        return *error;
    }
    return *job;
}

} // namespace blockscope
