// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// savevm, loadvm and delvm of HMP, and snapshot-save, snapshot-load and snapshot-delete of QMP (since 6.0), which do
// the same to the images they name (migration/savevm.c). The QMP forms are jobs of a single step; what QEMU lets the
// job fail with is said when it is asked for. Not modelled: the RAM and the devices' state.
// QEMU since 2.12 turns a load down where there are dirty bitmaps ("Device has active dirty bitmaps"); that is its
// blocker, not a claim, so it is none of the operation's own checks.
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/onestep.h"
#include "engine/operations/vmsnapshots.h"

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kOptionalName[] = {{.name = "name"}};
constexpr Parameter kName[] = {{.name = "name", .isRequired = true}};
constexpr Parameter kJobParameters[] = {
    {.name = "job-id", .kind = Kind::JobName, .isRequired = true},
    {.name = "tag", .isRequired = true},
    {.name = "vmstate", .kind = Kind::Node, .isRequired = true, .role = "root"},
    {.name = "devices", .kind = Kind::Options, .isRequired = true, .role = "root"},
};
constexpr Parameter kDeleteParameters[] = {
    {.name = "job-id", .kind = Kind::JobName, .isRequired = true},
    {.name = "tag", .isRequired = true},
    {.name = "devices", .kind = Kind::Options, .isRequired = true, .role = "root"},
};

template <const Operation &operation, SnapshotVerb verb>
Result<Plan> planNow(const World &world, const Object &arguments)
{
    const auto request = snapshotRequest(world, arguments, "name");
    if (!request)
        return request.error();
    if (auto error = checkSnapshot(world, arguments, verb, *request, true, "name"))
        return *error;
    Plan plan = planSnapshot(world, operation, arguments, verb, *request);
    plan.arguments["name"] = Value(request->tag);
    return plan;
}

template <SnapshotVerb verb>
void doNow(World &world, const Plan &plan, Job *)
{
    doSnapshot(world, verb, plan.nodes, *textArgument(plan.arguments, "name"), std::nullopt, Holder::synchronous());
}

template <const Operation &operation, SnapshotVerb verb>
Result<Plan> planJob(const World &world, const Object &arguments)
{
    const auto name = chooseJobName(world, arguments, operation.jobType, NodeId());
    if (!name)
        return name.error();
    const auto request = snapshotRequest(world, arguments, "tag");
    if (!request)
        return request.error();
    if (auto error = checkSnapshot(world, arguments, verb, *request, false, "tag"))
        return *error;
    Plan plan = planSnapshot(world, operation, arguments, verb, *request);
    plan.jobName = *name;
    return plan;
}

template <SnapshotVerb verb>
StepResult stepJob(World &world, Job &job)
{
    const auto tag = textArgument(job.arguments, "tag");
    if (tag)
        doSnapshot(world, verb, job.nodes, *tag, textArgument(job.arguments, "vmstate"), Holder::of(job.id));
    return stopIfDenied(world, job);
}

Object suggest(const World &world, NodeId node)
{
    const std::string &name = world.node(node).name;
    return {{"vmstate", name}, {"devices", Value::List{name}}};
}

Object suggestDelete(const World &world, NodeId node)
{
    return {{"devices", Value::List{world.node(node).name}}};
}

} // namespace

const Operation kSavevm{.name = "savevm",
                        .family = Family::Image,
                        .fidelity = Fidelity::Simplified,
                        .parameters = kOptionalName,
                        .plan = planNow<kSavevm, SnapshotVerb::Save>,
                        .start = doNow<SnapshotVerb::Save>};
const Operation kLoadvm{.name = "loadvm",
                        .family = Family::Image,
                        .fidelity = Fidelity::Simplified,
                        .parameters = kName,
                        .plan = planNow<kLoadvm, SnapshotVerb::Load>,
                        .start = doNow<SnapshotVerb::Load>};
const Operation kDelvm{.name = "delvm",
                       .family = Family::Image,
                       .parameters = kName,
                       .plan = planNow<kDelvm, SnapshotVerb::Delete>,
                       .start = doNow<SnapshotVerb::Delete>};
const Operation kSnapshotSave{.name = "snapshot-save",
                              .family = Family::Image,
                              .fidelity = Fidelity::Simplified,
                              .jobType = "snapshot-save",
                              .parameters = kJobParameters,
                              .dropParameter = "vmstate",
                              .plan = planJob<kSnapshotSave, SnapshotVerb::Save>,
                              .suggest = suggest,
                              .start = changeNothing,
                              .step = stepJob<SnapshotVerb::Save>,
                              .complete = completeNothing,
                              .cleanUp = cleanUpNothing};
const Operation kSnapshotLoad{.name = "snapshot-load",
                              .family = Family::Image,
                              .fidelity = Fidelity::Simplified,
                              .jobType = "snapshot-load",
                              .parameters = kJobParameters,
                              .dropParameter = "vmstate",
                              .plan = planJob<kSnapshotLoad, SnapshotVerb::Load>,
                              .suggest = suggest,
                              .start = changeNothing,
                              .step = stepJob<SnapshotVerb::Load>,
                              .complete = completeNothing,
                              .cleanUp = cleanUpNothing};
const Operation kSnapshotDelete{.name = "snapshot-delete",
                                .family = Family::Image,
                                .fidelity = Fidelity::Simplified,
                                .jobType = "snapshot-delete",
                                .parameters = kDeleteParameters,
                                .dropParameter = "devices",
                                .plan = planJob<kSnapshotDelete, SnapshotVerb::Delete>,
                                .suggest = suggestDelete,
                                .start = changeNothing,
                                .step = stepJob<SnapshotVerb::Delete>,
                                .complete = completeNothing,
                                .cleanUp = cleanUpNothing};

} // namespace blockscope
