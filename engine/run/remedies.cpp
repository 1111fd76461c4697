// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/run/remedies.h"

#include "engine/operations/catalogue.h"
#include "engine/run/hmp.h"

#include <algorithm>

namespace blockscope {

namespace {

/// At most this many other arguments are tried and offered.
constexpr std::size_t kMaximumTries = 200;
constexpr std::size_t kMaximumOffers = 3;

struct Causes
{
    std::vector<JobId> jobs;
    bool guests = false;
    std::string listed;  ///< the request that holds the graph lock, by its id
    bool others = false; ///< exports and links, which nothing here takes away
};

Causes causesOf(const World &world, const Verdict &verdict)
{
    Causes causes;
    for (const Reason &reason : verdict.reasons) {
        switch (reason.holder.kind) {
        case Holder::Kind::Job:
            if (std::find(causes.jobs.begin(), causes.jobs.end(), JobId{reason.holder.id}) == causes.jobs.end())
                causes.jobs.push_back(JobId{reason.holder.id});
            break;
        case Holder::Kind::User:
            (world.user(UserId{reason.holder.id}).kind == User::Kind::Guest ? causes.guests : causes.others) = true;
            break;
        case Holder::Kind::Operation:
            if (reason.code == "GRAPH-LOCK")
                causes.listed = world.listed->front().id;
            else
                causes.others = true;
            break;
        case Holder::Kind::Edge:
            causes.others = true;
            break;
        }
    }
    std::sort(causes.jobs.begin(), causes.jobs.end());
    return causes;
}

/// True when the events are allowed one after the other.
bool works(World world, const std::vector<Event> &events)
{
    return std::all_of(events.begin(), events.end(),
                       [&](const Event &event) { return apply(world, event).kind == Outcome::Kind::Allowed; });
}

QmpCommand jobCommand(const char *command, const std::string &job)
{
    return {command, {{"id", job}}};
}

/// The events that end \a jobs in one way.
std::vector<Event> ending(const World &world, const std::vector<JobId> &jobs, Remedy::Kind kind)
{
    std::vector<Event> events;
    for (JobId id : jobs) {
        const Job &job = world.job(id);
        if (kind == Remedy::Kind::CancelJobs) {
            events.emplace_back(jobCommand("job-cancel", job.name));
            continue;
        }
        if (job.isPausedByUser)
            events.emplace_back(jobCommand("job-resume", job.name));
        if (kind == Remedy::Kind::CompleteJobs && job.getsReady()) {
            events.emplace_back(RunUntilControl{job.name, JobStatus::Ready});
            events.emplace_back(jobCommand("job-complete", job.name));
        }
        if (!job.autoFinalize) {
            events.emplace_back(RunUntilControl{job.name, JobStatus::Pending});
            events.emplace_back(jobCommand("job-finalize", job.name));
        }
        events.emplace_back(RunUntilControl{job.name, job.autoDismiss ? JobStatus::Null : JobStatus::Concluded});
    }
    return events;
}

void offerEnding(const World &world, const QmpCommand &request, const Causes &causes, std::vector<Remedy> &offers)
{
    // Every conflicting holder stands in the way by itself, so the smallest set is all of them.
    for (Remedy::Kind kind : {Remedy::Kind::WaitForJobs, Remedy::Kind::CompleteJobs, Remedy::Kind::CancelJobs}) {
        const bool getReady =
            std::any_of(causes.jobs.begin(), causes.jobs.end(), [&](JobId job) { return world.job(job).getsReady(); });
        if (kind == Remedy::Kind::WaitForJobs && getReady)
            continue; // they do not end by themselves
        if (kind == Remedy::Kind::CompleteJobs && !getReady)
            continue; // the same as waiting
        Remedy remedy{kind, causes.jobs, {}, {}, {}, ending(world, causes.jobs, kind)};
        if (causes.guests)
            remedy.events.insert(remedy.events.begin(), QmpCommand{"stop", {}, {}, request.host});
        remedy.events.emplace_back(request);
        if (works(world, remedy.events))
            offers.push_back(std::move(remedy));
    }
}

void offerUnlocking(const World &world, const QmpCommand &request, const std::string &listed,
                    std::vector<Remedy> &offers)
{
    Remedy acquire{Remedy::Kind::AcquireListed, {}, {}, {}, listed, {AcquireControl{listed}, request}};
    Remedy giveUp{Remedy::Kind::GiveUpListed, {}, {}, {}, listed, {UnlistControl{listed}, request}};
    for (Remedy *remedy : {&acquire, &giveUp}) {
        if (works(world, remedy->events))
            offers.push_back(std::move(*remedy));
    }
}

/// The same request with one other node, nearest in the order of the nodes' ids first.
void offerOtherArguments(const World &world, const QmpCommand &request, std::vector<Remedy> &offers)
{
    const Operation *operation = findOperation(request.execute);
    std::size_t tries = 0;
    std::size_t found = 0;
    for (const Parameter &parameter : operation->parameters) {
        // What it is done to stays; only how far it reaches is varied.
        if (parameter.kind != Parameter::Kind::Node || parameter.name == operation->dropParameter)
            continue;
        for (NodeId node : world.graph.nodes()) {
            if (++tries > kMaximumTries || found >= kMaximumOffers)
                return;
            QmpCommand other = request;
            other.arguments[std::string(parameter.name)] = Value(world.node(node).name);
            if (other == request)
                continue;
            const auto decision = decide(world, other, world.policy);
            if (!decision || !decision->verdict.isAllowed())
                continue;
            offers.push_back(
                {Remedy::Kind::OtherArgument, {}, std::string(parameter.name), world.node(node).name, {}, {other}});
            ++found;
        }
    }
}

} // namespace

std::vector<Remedy> remedies(const World &world, const QmpCommand &request)
{
    if (isHumanCommand(request)) {
        const auto command = commandFromHuman(request);
        return command ? remedies(world, *command) : std::vector<Remedy>();
    }
    const auto decision = decide(world, request, world.policy);
    if (!decision || decision->verdict.isAllowed())
        return {};
    const Causes causes = causesOf(world, decision->verdict);
    std::vector<Remedy> offers;
    if (!causes.listed.empty())
        offerUnlocking(world, request, causes.listed, offers);
    if (!causes.others && causes.jobs.empty() && causes.guests) {
        Remedy pause{Remedy::Kind::PauseGuest, {}, {}, {}, {}, {QmpCommand{"stop", {}, {}, request.host}, request}};
        if (works(world, pause.events))
            offers.push_back(std::move(pause));
    }
    if (!causes.others && !causes.jobs.empty())
        offerEnding(world, request, causes, offers);
    offerOtherArguments(world, request, offers);
    return offers;
}

} // namespace blockscope
