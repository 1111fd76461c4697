// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// block-stream: copies what is above base up into top, then links top to base
// (qmp_block_stream() in blockdev.c, block/stream.c).
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/copying.h"
#include "engine/world/grant.h"

#include <algorithm>

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kParameters[] = {
    {.name = "device", .kind = Kind::Device, .isRequired = true, .role = "top"},
    {.name = "base-node", .kind = Kind::Node, .role = "base"},
    {.name = "base"},
    {.name = "bottom", .kind = Kind::Node, .role = "mid"},
    {.name = "backing-file"},
    {.name = "job-id", .kind = Kind::JobName},
    {.name = "speed", .kind = Kind::Number},
    {.name = "on-error", .kind = Kind::Choice, .choices = kErrorActions},
    {.name = "filter-node-name"},
    {.name = "auto-finalize", .kind = Kind::Boolean},
    {.name = "auto-dismiss", .kind = Kind::Boolean},
};

std::optional<Error> checkExclusive(const Object &arguments)
{
    const auto has = [&](std::string_view name) { return find(arguments, name) != nullptr; };
    if (has("base") && has("base-node"))
        return Error{"ARG-EXCLUSIVE", "base", "'base' and 'base-node' cannot be specified at the same time"};
    if (has("base") && has("bottom"))
        return Error{"ARG-EXCLUSIVE", "bottom", "'base' and 'bottom' cannot be specified at the same time"};
    if (has("bottom") && has("base-node"))
        return Error{"ARG-EXCLUSIVE", "bottom", "'bottom' and 'base-node' cannot be specified at the same time"};
    return std::nullopt;
}

/// A node of the chain below \a chain's first image, by its node-name.
Result<NodeId> findBaseNode(const World &world, const std::vector<NodeId> &chain, const Object &arguments)
{
    const std::string name = *textArgument(arguments, "base-node");
    const auto found = world.graph.findNode(name);
    if (!found)
        return Error{"ARG-NODE", "base-node", "Cannot find device='' nor node-name='" + name + "'"};
    const std::string device = *textArgument(arguments, "device");
    if (*found == chain.front() || std::find(chain.begin(), chain.end(), *found) == chain.end())
        return Error{"ARG-CHAIN", "base-node", "Node '" + name + "' is not a backing image of '" + device + "'"};
    if (skipFilters(world.graph, *found) == skipFilters(world.graph, chain.front()))
        return Error{"ARG-CHAIN", "base-node",
                     "'" + name + "' is not in the backing chain of '" + world.node(chain.front()).name + "'"};
    return *found;
}

/// What is below the last node to be copied: it may be a filter.
Result<std::optional<NodeId>> findBelowBottom(const World &world, const std::vector<NodeId> &chain,
                                              const Object &arguments)
{
    const std::string name = *textArgument(arguments, "bottom");
    const auto found = world.graph.findNode(name);
    if (!found)
        return Error{"ARG-NODE", "bottom", "Cannot find device='' nor node-name='" + name + "'"};
    if (isFilterDriver(world.node(*found).driver))
        return Error{"ARG-NODE", "bottom", "Node '" + name + "' is a filter, use a non-filter node as 'bottom'"};
    const auto bottom = std::find(chain.begin(), chain.end(), *found);
    if (bottom == chain.end())
        return Error{"ARG-CHAIN", "bottom",
                     "Node '" + name + "' is not in a chain starting from '" + *textArgument(arguments, "device") +
                         "'"};
    return bottom + 1 == chain.end() ? std::nullopt : std::optional(*(bottom + 1));
}

/// The base that was asked for: none for the whole chain.
Result<std::optional<NodeId>> findBase(const World &world, const std::vector<NodeId> &chain, const Object &arguments)
{
    if (const auto file = textArgument(arguments, "base")) {
        const auto images = backingChain(world.graph, chain.front());
        const auto found = std::find_if(images.begin() + 1, images.end(),
                                        [&](NodeId node) { return world.node(node).filename == *file; });
        if (found == images.end())
            return Error{"ARG-CHAIN", "base", "Can't find '" + *file + "' in the backing chain"};
        return std::optional(*found);
    }
    if (find(arguments, "base-node") != nullptr) {
        const auto node = findBaseNode(world, chain, arguments);
        return node ? Result<std::optional<NodeId>>(std::optional(*node)) : node.error();
    }
    if (find(arguments, "bottom") != nullptr)
        return findBelowBottom(world, chain, arguments);
    return std::optional<NodeId>();
}

Result<Plan> plan(const World &world, const Object &arguments)
{
    if (auto error = checkExclusive(arguments))
        return *error;
    const auto device = lookUpNode(world, "device", *textArgument(arguments, "device"));
    if (!device)
        return device.error();
    const auto chain = chainWithFilters(world.graph, *device);
    const auto base = findBase(world, chain, arguments);
    if (!base)
        return base.error();
    // With bottom QEMU leaves base_bs null, and then looks at that alone (qmp_block_stream()).
    if ((!*base || find(arguments, "bottom") != nullptr) && find(arguments, "backing-file") != nullptr)
        return Error{"ARG-EXCLUSIVE", "backing-file", "backing file specified, but streaming the entire chain"};
    if (auto error = checkFilterName(world, arguments, "Could not create node: "))
        return *error;
    const auto name = chooseJobName(world, arguments, "stream", *device);
    if (!name)
        return name.error();
    PlanBuilder plan(kBlockStream, "block-stream", arguments);
    const auto top = std::find(chain.begin(), chain.end(), skipFilters(world.graph, *device));
    plan.add("top", *top);
    const auto end = *base ? std::find(top, chain.end(), **base) : chain.end();
    plan.add("mid", std::vector<NodeId>(top + 1, end));
    if (*base)
        plan.add("base", filterPath(world.graph, **base));
    plan.makesWritable(world, *top);
    plan.setJobName(*name);
    return plan.take();
}

Object suggest(const World &world, NodeId node)
{
    return {{"device", world.node(node).name}};
}

void start(World &world, const Plan &, Job *job)
{
    const NodeId top = *job->node("top");
    if (!permit(world, Holder::of(job->id), top, Action::ReadMetadata))
        return;
    job->length = clusterCount(world, top);
    makeWritable(world, *job, top);
}

constexpr LinearCopy kCopy{[](const World &world, const Job &job, std::uint32_t index) {
                               const NodeId top = *job.node("top");
                               return isAllocated(world, top, index) ||
                                      !isAllocatedAbove(world, top, job.node("base"), index);
                           },
                           "top",
                           [](World &world, Job &job, std::uint32_t index, const Cluster &value) {
                               const NodeId top = *job.node("top");
                               // What the guest wrote meanwhile is newer than what was read.
                               const bool isKept = !world.is(Switch::FaultUnlockedCopyOnRead);
                               return isKept && isAllocated(world, top, index)
                                          ? WriteResult::Done
                                          : copyUp(world, top, index, value, stampOf(world, job));
                           }};

StepResult stepStream(World &world, Job &job)
{
    return step(world, job, kCopy);
}

bool complete(World &world, Job &job)
{
    const NodeId top = *job.node("top");
    const auto base = job.node("base");
    if (world.node(top).isReadOnly) {
        job.error = "Block node is read-only";
        return false;
    }
    std::vector<NodeId> dropped = backingChain(world.graph, top);
    dropped.erase(dropped.begin());
    if (base) {
        const auto end = std::find(dropped.begin(), dropped.end(), skipFilters(world.graph, *base));
        if (end == dropped.end()) {
            job.error = "'" + world.node(*base).name + "' is not in this backing file chain";
            return false;
        }
        dropped.erase(end, dropped.end());
    }
    const Holder actor = Holder::of(job.id);
    if (!mayRelink(world, dropped, actor) ||
        !setBacking(world, top, base, actor, textArgument(job.arguments, "backing-file")))
        return false;
    markObsolete(world, dropped);
    return true;
}

} // namespace

const Operation kBlockStream{.name = "block-stream",
                             .family = Family::Jobs,
                             .jobType = "stream",
                             .parameters = kParameters,
                             .dropParameter = "device",
                             .plan = plan,
                             .suggest = suggest,
                             .start = start,
                             .step = stepStream,
                             .complete = complete,
                             .cleanUp = cleanUpWritable};

} // namespace blockscope
