// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/run/apply.h"

#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/readings.h"
#include "engine/policies/policy.h"
#include "engine/run/graphlock.h"
#include "engine/run/invariants.h"
#include "engine/run/jobcontrol.h"
#include "engine/run/jobgraph.h"
#include "engine/run/joblife.h"
#include "engine/run/request.h"
#include "engine/world/blockio.h"
#include "engine/world/contract.h"

#include <algorithm>

namespace blockscope {

namespace {

/// A write that hits a request in flight waits until that one ended.
void settle(World &world, NodeId node, std::uint32_t index, std::optional<JobId> writer)
{
    const auto busy = serialisingJob(world, node, index);
    if (busy && busy != writer && canStep(world.job(*busy)))
        stepJob(world, *busy);
}

/// The node that a job writes to next, when it is about to.
std::optional<NodeId> writesTo(const Job &job)
{
    if (job.phase != Job::Phase::Write || job.type == "stream")
        return std::nullopt;
    return job.node(job.type == "commit" ? "base" : "target");
}

void stepOnce(World &world, JobId id)
{
    ++world.clock;
    if (const auto node = writesTo(world.job(id)))
        settle(world, *node, world.job(id).cursor, id);
    if (canStep(world.job(id))) // waiting for another's request may have ended it
        stepJob(world, id);
    checkInvariants(world);
}

/// Whether a command ends a job, which changes the graph.
bool endsJob(const std::string &command)
{
    return command.ends_with("-cancel") || command.ends_with("-finalize") || command.ends_with("-dismiss");
}

Outcome applyJobCommand(World &world, const QmpCommand &command)
{
    if (world.isGraphLocked() && endsJob(command.execute))
        return {Outcome::Kind::Refused, {world.policy, {lockReason(world)}}, std::nullopt, std::nullopt};
    ++world.clock;
    const auto job = controlJob(world, command);
    if (!job) {
        --world.clock;
        return invalid(world, job.error());
    }
    checkInvariants(world);
    return allowed(world, *job);
}

Outcome applyCommand(World &world, const QmpCommand &command)
{
    if (isJobCommand(command.execute))
        return applyJobCommand(world, command);
    const auto decision = decide(world, command, world.policy);
    if (!decision)
        return invalid(world, decision.error());
    return carryOut(world, *decision);
}

Error noSuchJob(const std::string &name)
{
    return {"JOB-NOT-FOUND", "job", "There is no job '" + name + "'"};
}

Error cannotStep(const World &world, const Job &job)
{
    const std::string name = "Job '" + job.name + "'";
    if (!job.isSimulated)
        return {"JOB-STATE", "job", name + " was captured and its type has no step machine here"};
    if (job.status == JobStatus::Ready)
        return {"JOB-STATE", "job", name + " is ready and has nothing to copy; it waits for job-complete"};
    if (job.onlyFollows() && job.status == JobStatus::Running)
        return {"JOB-STATE", "job",
                name + " copies nothing but what is about to be overwritten; it runs until it is cancelled"};
    if (job.status == JobStatus::Waiting)
        return {"JOB-STATE", "job", name + " waits for the other jobs of its transaction"};
    if (job.status == JobStatus::Pending && world.isGraphLocked() && job.autoFinalize)
        return {"JOB-STATE", "job", name + " is pending; it waits until the graph is no longer locked"};
    if (job.status == JobStatus::Pending)
        return {"JOB-STATE", "job", name + " is pending; it waits for job-finalize"};
    return {"JOB-STATE", "job", name + " cannot step in state '" + toString(job.status) + "'"};
}

Outcome applyStep(World &world, const StepControl &control)
{
    const auto job = world.findJob(control.job);
    if (!job)
        return invalid(world, noSuchJob(control.job));
    if (!canStep(world.job(*job)))
        return invalid(world, cannotStep(world, world.job(*job)));
    for (std::uint64_t count = 0; count < control.count && canStep(world.job(*job)); ++count)
        stepOnce(world, *job);
    return allowed(world, *job);
}

bool isPause(JobStatus status)
{
    return status == JobStatus::Paused || status == JobStatus::Standby;
}

/// Paused comes right after running, and standby after ready; neither counts as it.
bool isPauseOf(JobStatus status, JobStatus wanted)
{
    return (status == JobStatus::Paused && wanted == JobStatus::Running) ||
           (status == JobStatus::Standby && wanted == JobStatus::Ready);
}

/// Paused and standby are reached from the status before them; aborting by no job that runs on.
bool hasReached(JobStatus status, JobStatus wanted)
{
    if (isPause(wanted))
        return status >= (wanted == JobStatus::Paused ? JobStatus::Running : JobStatus::Ready);
    return status >= wanted && !isPauseOf(status, wanted);
}

/// The command that a job waits for on its way to \a wanted; null when it waits for none.
const char *awaitedCommand(const World &world, const Job &job, JobStatus wanted)
{
    if (!job.isSimulated || isPause(wanted))
        return nullptr;
    if (job.status == JobStatus::Pending && !world.isGraphLocked())
        return "job-finalize";
    if (job.isPausedByUser)
        return "job-resume";
    if (job.status == JobStatus::Ready && !canStep(job))
        return "job-complete";
    return job.status == JobStatus::Concluded ? "job-dismiss" : nullptr;
}

bool command(World &world, JobId job, const char *name)
{
    const auto done = controlJob(world, {name, {{"id", world.job(job).name}}});
    checkInvariants(world);
    return done.hasValue();
}

/// Steps \a id, and gives it what it waits for, until it is where it is wanted; why it cannot get there.
std::optional<Error> bring(World &world, JobId id, JobStatus wanted)
{
    while (!hasReached(world.job(id).status, wanted)) {
        const char *awaited = awaitedCommand(world, world.job(id), wanted);
        if (awaited == nullptr && canStep(world.job(id)))
            stepOnce(world, id);
        else if (awaited == nullptr || !command(world, id, awaited))
            return cannotStep(world, world.job(id));
    }
    if (isPause(wanted) && world.job(id).status < JobStatus::Waiting)
        static_cast<void>(command(world, id, "job-pause"));
    return std::nullopt;
}

Outcome applyRunUntil(World &world, const RunUntilControl &control)
{
    const auto found = world.findJob(control.job);
    if (!found)
        return world.hadJob(control.job) ? allowed(world) : invalid(world, noSuchJob(control.job));
    World after = world;
    // One that is to be seen pending or concluded does not pass on by itself.
    const Job before = world.job(*found);
    after.editJob(*found).autoFinalize = before.autoFinalize && control.status != JobStatus::Pending;
    after.editJob(*found).autoDismiss = before.autoDismiss && control.status != JobStatus::Concluded;
    if (auto error = bring(after, *found, control.status))
        return invalid(world, *error);
    after.editJob(*found).autoFinalize = before.autoFinalize;
    after.editJob(*found).autoDismiss = before.autoDismiss;
    world = std::move(after);
    return allowed(world, *found);
}

Outcome applyGuestWrite(World &world, const GuestWriteControl &control)
{
    const auto user = world.findUser(control.device);
    const auto root = user ? world.rootOf(*user) : std::nullopt;
    if (!root)
        return invalid(world, {"ARG-DEVICE", "device", "There is no device '" + control.device + "' with a medium"});
    if (world.user(*user).kind == User::Kind::Guest && world.runStateOf(world.user(*user).host) != "running")
        return invalid(world, {"GUEST-STOPPED", "device", "The VM is not running, so its guest cannot write"});
    if (!world.user(*user).isWritable)
        return invalid(world, {"ARG-READONLY", "device", "Device '" + control.device + "' is read-only"});
    if (control.cluster >= clusterCount(world, *root))
        return invalid(world, {"ARG-RANGE", "cluster",
                               "Cluster " + std::to_string(control.cluster) + " is past the end of '" +
                                   world.node(*root).name + "'"});
    ++world.clock;
    settle(world, *root, control.cluster, std::nullopt);
    const Stamp stamp{Stamp::Kind::User, user->value, world.clock};
    // A job that failed while it was waited for may have moved the device off its filter, or taken the right to
    // write with it; then the guest gets an I/O error.
    if (const auto node = world.rootOf(*user)) {
        const Cluster value{Cluster::State::Data, stamp, stamp};
        if (writeCluster(world, *node, control.cluster, value, stamp) == WriteResult::Done)
            setContractCluster(world, *node, control.cluster, value);
    }
    checkInvariants(world);
    return allowed(world);
}

Outcome applySetPolicy(World &world, const SetPolicyControl &control)
{
    const Policy *policy = findPolicy(control.policy);
    if (policy == nullptr)
        return invalid(world, {"ARG-POLICY", "policy", "There is no policy '" + control.policy + "'"});
    ++world.clock;
    usePolicy(world, *policy);
    return allowed(world);
}

Outcome applySetSwitch(World &world, const SetSwitchControl &control)
{
    ++world.clock;
    setSwitch(world, control.which, control.on);
    finalizeWaitingJobs(world);
    checkInvariants(world);
    return allowed(world);
}

} // namespace

const char *toString(Outcome::Kind kind)
{
    switch (kind) {
    case Outcome::Kind::Allowed:
        return "allowed";
    case Outcome::Kind::Refused:
        return "refused";
    case Outcome::Kind::Invalid:
        break;
    }
    return "invalid";
}

Outcome apply(World &world, Event event)
{
    struct Visitor
    {
        World &world;
        Outcome operator()(const QmpCommand &command) { return applyCommand(world, command); }
        Outcome operator()(const StepControl &control) { return applyStep(world, control); }
        Outcome operator()(const RunUntilControl &control) { return applyRunUntil(world, control); }
        Outcome operator()(const GuestWriteControl &control) { return applyGuestWrite(world, control); }
        Outcome operator()(const SetPolicyControl &control) { return applySetPolicy(world, control); }
        Outcome operator()(const SetSwitchControl &control) { return applySetSwitch(world, control); }
        Outcome operator()(const ListControl &control) { return listRequest(world, control); }
        Outcome operator()(const AcquireControl &control) { return acquireListed(world, control); }
        Outcome operator()(const UnlistControl &control) { return unlistRequest(world, control); }
    };
    return std::visit(Visitor{world}, event);
}

} // namespace blockscope
