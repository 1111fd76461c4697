// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// x-blockdev-amend: rewrites what an image's header says of its format, or the keys of an encrypted one
// (qmp_x_blockdev_amend() in block/amend.c). Headers hold nothing of that here, so nothing changes.
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/onestep.h"
#include "engine/world/grant.h"

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kParameters[] = {
    {.name = "job-id", .kind = Kind::JobName, .isRequired = true},
    {.name = "node-name", .kind = Kind::Node, .isRequired = true, .role = "node"},
    {.name = "options", .kind = Kind::Options, .isRequired = true},
    {.name = "force", .kind = Kind::Boolean},
};

std::optional<Error> checkDriver(const World &world, NodeId node, const Object &arguments)
{
    const Object *options = find(arguments, "options")->asObject();
    const std::string *driver = options != nullptr ? findString(*options, "driver") : nullptr;
    if (driver == nullptr)
        return Error{"ARG-MISSING", "options", "Parameter 'driver' is missing"};
    if (world.node(node).driver != *driver)
        return Error{"ARG-NODE", "options", "x-blockdev-amend doesn't support changing the block driver"};
    if (*driver != "qcow2" && *driver != "luks")
        return Error{"ARG-NODE", "options", "Driver does not support x-blockdev-amend"};
    return std::nullopt;
}

Result<Plan> plan(const World &world, const Object &arguments)
{
    const std::string name = *textArgument(arguments, "node-name");
    const auto node = world.graph.findNode(name);
    if (!node)
        return Error{"ARG-NODE", "node-name", "Cannot find device='' nor node-name='" + name + "'"};
    if (auto error = checkDriver(world, *node, arguments))
        return *error;
    const auto job = chooseJobName(world, arguments, "amend", *node);
    if (!job)
        return job.error();
    PlanBuilder plan(kBlockdevAmend, "x-blockdev-amend", arguments);
    plan.add("node", *node);
    plan.setJobName(*job);
    return plan.take();
}

Object suggest(const World &world, NodeId node)
{
    return {{"node-name", world.node(node).name}, {"options", Object{{"driver", world.node(node).driver}}}};
}

StepResult step(World &world, Job &job)
{
    const auto node = job.node("node");
    const bool isAllowed = node && permit(world, Holder::of(job.id), *node, Action::ModifyMetadata);
    return isAllowed ? StepResult::Finished : StepResult::Failed;
}

} // namespace

const Operation kBlockdevAmend{.name = "x-blockdev-amend",
                               .family = Family::Image,
                               .fidelity = Fidelity::JudgedOnly,
                               .jobType = "amend",
                               .parameters = kParameters,
                               .dropParameter = "node-name",
                               .plan = plan,
                               .suggest = suggest,
                               .start = changeNothing,
                               .step = step,
                               .complete = completeNothing,
                               .cleanUp = cleanUpNothing};

} // namespace blockscope
