// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/outcomejson.h"

#include "engine/policies/cause.h"
#include "engine/policies/policy.h"

namespace blockscope::app {

namespace {

Value number(std::uint64_t value)
{
    return Value(static_cast<std::int64_t>(value));
}

Value actionList(ActionSet actions)
{
    Value::List list;
    for (Action action : kActions) {
        if (actions.contains(action))
            list.emplace_back(letters(action));
    }
    return list;
}

Value claimJson(const Claim &claim)
{
    return Object{{"require", actionList(claim.require)}, {"allow", actionList(claim.allow)}};
}

std::string linkName(const World &world, const Edge &edge)
{
    switch (edge.parent.kind) {
    case Parent::Kind::Node:
        return world.node(edge.parent.node()).name + ":" + edge.role;
    case Parent::Kind::User:
        return world.user(UserId{edge.parent.id}).name + ":" + edge.role;
    case Parent::Kind::Job:
        return world.job(JobId{edge.parent.id}).name + ":" + edge.role;
    }
    return {};
}

std::string holderKind(Holder holder)
{
    switch (holder.kind) {
    case Holder::Kind::Job:
        return "job";
    case Holder::Kind::User:
        return "user";
    case Holder::Kind::Edge:
        return "link";
    case Holder::Kind::Operation:
        return "operation";
    }
    return {};
}

std::string holderId(const World &world, Holder holder)
{
    switch (holder.kind) {
    case Holder::Kind::Job:
        return world.job(JobId{holder.id}).name;
    case Holder::Kind::User:
        return world.user(UserId{holder.id}).name;
    case Holder::Kind::Edge:
        return linkName(world, world.graph.edge(EdgeId{holder.id}));
    case Holder::Kind::Operation:
        break;
    }
    return {};
}

Value reasonJson(const World &world, const Reason &reason)
{
    // A node that was only to be made has no name here.
    const bool isThere = reason.node.value < world.graph.nodeCount();
    return Object{{"code", reason.code},
                  {"node", isThere ? world.node(reason.node).name : std::string()},
                  {"action", letters(reason.action)},
                  {"holder", holderId(world, reason.holder)},
                  {"holder-kind", holderKind(reason.holder)},
                  {"since", number(reason.since)},
                  {"asked", claimJson(reason.asked)},
                  {"asked-role", reason.askedRole},
                  {"held", claimJson(reason.held)},
                  {"held-role", reason.heldRole}};
}

Value jobJson(const Job &job)
{
    const Progress progress = progressOf(job);
    Object object{{"id", job.name},
                  {"type", job.type},
                  {"status", toString(job.status)},
                  {"current-progress", number(progress.done)},
                  {"total-progress", number(progress.total)}};
    if (!job.error.empty())
        object["error"] = Value(job.error);
    return object;
}

Value jobsJson(const World &world)
{
    Value::List list;
    for (JobId job : world.liveJobs())
        list.push_back(jobJson(world.job(job)));
    return list;
}

/// QEMU's text where there is one, and for a policy that answers as today's QEMU what kind of obstacle it tells of.
void addError(Object &object, const std::string &policyName, const std::string &text)
{
    if (text.empty())
        return;
    object["error"] = text;
    const Policy *policy = findPolicy(policyName);
    if (policy != nullptr && policy->hasPermissions)
        object["cause"] = std::string(causeOf(text));
}

Value answersJson(const std::vector<Answer> &answers)
{
    Value::List list;
    for (const Answer &answer : answers) {
        Object object{{"policy", answer.policy}, {"verdict", toString(answer.kind)}};
        addError(object, answer.policy, answer.error ? answer.error->what : answer.verdict.error);
        list.push_back(std::move(object));
    }
    return list;
}

} // namespace

std::vector<Answer> answersTo(const World &before, const Event &event)
{
    const auto *request = std::get_if<QmpCommand>(&event);
    return request != nullptr ? blockscope::answersTo(before, *request) : std::vector<Answer>();
}

Value outcomeJson(std::size_t index, const Outcome &outcome, const World &after, const std::vector<Answer> &answers)
{
    Value::List reasons;
    for (const Reason &reason : outcome.verdict.reasons)
        reasons.push_back(reasonJson(after, reason));
    Object object{{"version", number(kOutcomeVersion)}, {"index", number(index)},
                  {"verdict", toString(outcome.kind)},  {"policy", outcome.verdict.policy},
                  {"reasons", std::move(reasons)},      {"jobs", jobsJson(after)}};
    if (outcome.error) {
        object["error-code"] = outcome.error->code;
        object["error-where"] = outcome.error->where;
    }
    addError(object, outcome.verdict.policy, outcome.error ? outcome.error->what : outcome.verdict.error);
    if (!answers.empty())
        object["answers"] = answersJson(answers);
    if (outcome.job)
        object["job"] = Value(after.job(*outcome.job).name);
    return object;
}

} // namespace blockscope::app
