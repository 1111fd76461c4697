// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// block-set-write-threshold and block-latency-histogram-set: QEMU counts or reports what goes by; nothing that is
// simulated changes (qmp_block_set_write_threshold(), qmp_block_latency_histogram_set()).
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/onestep.h"

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kThresholdParameters[] = {
    {.name = "node-name", .kind = Kind::Node, .isRequired = true, .role = "root"},
    {.name = "write-threshold", .kind = Kind::Number, .isRequired = true},
};
constexpr Parameter kHistogramParameters[] = {
    {.name = "id", .kind = Kind::Device, .isRequired = true, .role = "root"},
    {.name = "boundaries", .kind = Kind::Options},
    {.name = "boundaries-read", .kind = Kind::Options},
    {.name = "boundaries-write", .kind = Kind::Options},
    {.name = "boundaries-flush", .kind = Kind::Options},
};

Result<Plan> planThreshold(const World &world, const Object &arguments)
{
    const std::string name = *textArgument(arguments, "node-name");
    const auto node = world.graph.findNode(name);
    if (!node)
        return Error{"ARG-NODE", "node-name", "Device '" + name + "' not found"};
    if (*find(arguments, "write-threshold")->asInteger() < 0)
        return Error{"ARG-RANGE", "write-threshold", "Parameter 'write-threshold' expects uint64"};
    PlanBuilder plan(kBlockSetWriteThreshold, "io-throttle", arguments);
    plan.add("root", filterPath(world.graph, *node));
    return plan.take();
}

/// block_latency_histogram_set(): ascending, from above 0.
bool isAscending(const Value &boundaries)
{
    const Value::List *list = boundaries.asList();
    std::int64_t last = 0;
    if (list == nullptr)
        return false;
    for (const Value &each : *list) {
        if (each.asInteger() == nullptr || *each.asInteger() <= last)
            return false;
        last = *each.asInteger();
    }
    return true;
}

Result<Plan> planHistogram(const World &world, const Object &arguments)
{
    const std::string name = *textArgument(arguments, "id");
    const auto user = world.findUser(name);
    if (!user)
        return Error{"ARG-DEVICE", "id", "Device '" + name + "' not found"};
    for (const char *kind : {"read", "write", "flush"}) {
        const std::string own = std::string("boundaries-") + kind;
        const std::string argument = find(arguments, own) != nullptr ? own : "boundaries";
        const Value *boundaries = find(arguments, argument);
        if (boundaries != nullptr && !isAscending(*boundaries))
            return Error{"ARG-RANGE", argument, "Device '" + name + "' set " + kind + " boundaries fail"};
    }
    PlanBuilder plan(kBlockLatencyHistogramSet, "io-throttle", arguments);
    if (const auto root = world.rootOf(*user))
        plan.add("root", filterPath(world.graph, *root));
    return plan.take();
}

Object suggestThreshold(const World &world, NodeId node)
{
    return {{"node-name", world.node(node).name}};
}

} // namespace

const Operation kBlockSetWriteThreshold{.name = "block-set-write-threshold",
                                        .family = Family::Inspection,
                                        .fidelity = Fidelity::JudgedOnly,
                                        .parameters = kThresholdParameters,
                                        .dropParameter = "node-name",
                                        .plan = planThreshold,
                                        .suggest = suggestThreshold,
                                        .start = changeNothing};
const Operation kBlockLatencyHistogramSet{.name = "block-latency-histogram-set",
                                          .family = Family::Inspection,
                                          .fidelity = Fidelity::JudgedOnly,
                                          .parameters = kHistogramParameters,
                                          .plan = planHistogram,
                                          .start = changeNothing};

} // namespace blockscope
