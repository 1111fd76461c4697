// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// block-commit: copies what is above base down into base, then drops what is
// between. Active when top is the active layer: it copies like a mirror, gets
// ready and pivots (qmp_block_commit() in blockdev.c, block/commit.c, block/mirror.c).
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/copying.h"
#include "engine/world/contract.h"
#include "engine/world/grant.h"

#include <algorithm>

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kParameters[] = {
    {.name = "device", .kind = Kind::Device, .isRequired = true, .role = "active"},
    {.name = "top-node", .kind = Kind::Node, .role = "top"},
    {.name = "base-node", .kind = Kind::Node, .role = "base"},
    {.name = "top"},
    {.name = "base"},
    {.name = "backing-file"},
    {.name = "job-id", .kind = Kind::JobName},
    {.name = "speed", .kind = Kind::Number},
    {.name = "on-error", .kind = Kind::Choice, .choices = kErrorActions},
    {.name = "filter-node-name"},
    {.name = "auto-finalize", .kind = Kind::Boolean},
    {.name = "auto-dismiss", .kind = Kind::Boolean},
};

/// The node of the chain given by node-name or by file name, or \a otherwise.
Result<NodeId> memberOfChain(const World &world, const std::vector<NodeId> &chain, const Object &arguments,
                             const std::string &nodeArgument, const std::string &fileArgument, NodeId otherwise)
{
    if (const auto name = textArgument(arguments, nodeArgument)) {
        const auto found = world.graph.findNode(*name);
        if (!found)
            return Error{"ARG-NODE", nodeArgument, "Cannot find device='' nor node-name='" + *name + "'"};
        const NodeId node = skipFilters(world.graph, *found);
        if (std::find(chain.begin(), chain.end(), node) == chain.end())
            return Error{"ARG-CHAIN", nodeArgument, "'" + *name + "' is not in this backing file chain"};
        return node;
    }
    if (const auto file = textArgument(arguments, fileArgument)) {
        const auto found =
            std::find_if(chain.begin(), chain.end(), [&](NodeId node) { return world.node(node).filename == *file; });
        if (found == chain.end()) {
            return Error{"ARG-CHAIN", fileArgument,
                         fileArgument == "top" ? "Top image file " + *file + " not found"
                                               : "Can't find '" + *file + "' in the backing chain"};
        }
        return *found;
    }
    return otherwise;
}

PlanBuilder buildPlan(const World &world, const Object &arguments, const std::vector<NodeId> &chain, NodeId top,
                      NodeId base)
{
    const auto atTop = std::find(chain.begin(), chain.end(), top);
    const auto atBase = std::find(atTop, chain.end(), base);
    const bool isActive = atTop == chain.begin();
    PlanBuilder plan(kBlockCommit, isActive ? "block-commit-active" : "block-commit", arguments);
    plan.add("top", top);
    const std::vector<NodeId> mids(atTop + 1, atBase);
    plan.add("mid", mids);
    plan.add("base", base);
    if (!isActive)
        plan.add("overlay", *(atTop - 1));
    std::vector<NodeId> changed = mids;
    changed.push_back(base);
    plan.add("sibling", nodesAbove(world.graph, changed, top));
    if (isActive)
        plan.add("parent", parentNodes(world, top));
    plan.makesWritable(world, base);
    if (!isActive)
        plan.makesWritable(world, *(atTop - 1));
    return plan;
}

Result<Plan> plan(const World &world, const Object &arguments)
{
    const std::string name = *textArgument(arguments, "device");
    const auto device = lookUpNode(world, "device", name);
    if (!device && !world.findUser(name)) // libvirt relied on this very error
        return Error{"ARG-NODE", "device", "Device '" + name + "' not found"};
    if (!device)
        return device.error();
    for (const auto &[a, b] : {std::pair("top-node", "top"), std::pair("base-node", "base")}) {
        if (find(arguments, a) != nullptr && find(arguments, b) != nullptr)
            return Error{"ARG-EXCLUSIVE", a, std::string("'") + a + "' and '" + b + "' are mutually exclusive"};
    }
    const auto chain = backingChain(world.graph, *device);
    const auto top = memberOfChain(world, chain, arguments, "top-node", "top", chain.front());
    if (!top)
        return top.error();
    const std::vector<NodeId> below(std::find(chain.begin(), chain.end(), *top), chain.end());
    const auto base = memberOfChain(world, below, arguments, "base-node", "base", chain.back());
    if (!base)
        return base.error();
    if (*top == *base)
        return Error{"ARG-CHAIN", "base-node", "cannot commit an image into itself"};
    if (*top == chain.front() && find(arguments, "backing-file") != nullptr)
        return Error{"ARG-EXCLUSIVE", "backing-file", "'backing-file' specified, but 'top' is the active layer"};
    const auto jobName = chooseJobName(world, arguments, "commit", *device);
    if (!jobName)
        return jobName.error();
    PlanBuilder plan = buildPlan(world, arguments, chain, *top, *base);
    plan.setJobName(*jobName);
    return plan.take();
}

Object suggest(const World &world, NodeId node)
{
    const NodeId top = skipFilters(world.graph, node);
    Object arguments{{"device", world.node(activeLayer(world, top)).name}, {"top-node", world.node(top).name}};
    if (const auto base = nextInChain(world.graph, top))
        arguments["base-node"] = Value(world.node(*base).name);
    return arguments;
}

void start(World &world, const Plan &, Job *job)
{
    const NodeId top = *job->node("top");
    const NodeId base = *job->node("base");
    const Holder actor = Holder::of(job->id);
    if (!permit(world, actor, top, Action::ReadMetadata))
        return;
    job->length = clusterCount(world, top);
    makeWritable(world, *job, base);
    if (const auto overlay = job->node("overlay"))
        makeWritable(world, *job, *overlay);
    if (!resize(world, base, std::max(job->length, clusterCount(world, base)), actor))
        return;
    Node &grown = world.graph.editNode(base);
    grown.virtualSize = std::max(grown.virtualSize, world.node(top).virtualSize);
    if (job->isActiveCommit())
        markAllocatedDirty(world, *job, top, base);
}

constexpr LinearCopy kCopy{[](const World &world, const Job &job, std::uint32_t index) {
                               const NodeId top = *job.node("top");
                               return world.is(Switch::FaultLowerMidsIgnored)
                                          ? !isAllocated(world, top, index)
                                          : !isAllocatedAbove(world, top, job.node("base"), index);
                           },
                           "top",
                           [](World &world, Job &job, std::uint32_t index, const Cluster &value) {
                               return writeCluster(world, *job.node("base"), index, value, stampOf(world, job));
                           }};

StepResult stepCommit(World &world, Job &job)
{
    return job.isActiveCommit() ? stepDirty(world, job, "top", "base") : step(world, job, kCopy);
}

/// What the base shows is what it is meant to show from now on, unless somebody relies on what it was.
void acceptBase(World &world, NodeId base)
{
    if (!hasReader(world, base))
        renewContract(world, base);
}

bool completeActive(World &world, Job &job, const std::vector<NodeId> &dropped)
{
    if (job.isCancelled)
        return true;
    const NodeId top = *job.node("top");
    const NodeId base = *job.node("base");
    const Holder actor = Holder::of(job.id);
    if (!mayDrop(world, dropped, actor))
        return false;
    reportDifference(world, Finding::Kind::MirrorDiffers, job, base, shownBy(world, top));
    acceptBase(world, base);
    std::erase(job.madeWritable, base); // it takes the flag of the layer it replaces
    if (!pivot(world, top, base, actor))
        return false;
    reportLeftBehind(world, top, actor);
    markObsolete(world, dropped);
    return true;
}

bool complete(World &world, Job &job)
{
    const NodeId top = *job.node("top");
    const NodeId base = *job.node("base");
    std::vector<NodeId> dropped = backingChain(world.graph, top);
    const auto end = std::find(dropped.begin(), dropped.end(), base);
    if (end == dropped.end()) {
        job.error = "'" + world.node(base).name + "' is not in this backing file chain";
        return false;
    }
    dropped.erase(end, dropped.end());
    if (job.isActiveCommit())
        return completeActive(world, job, dropped);
    // Looked for again now: the graph may have changed while the job ran.
    const auto overlays = overlaysOf(world.graph, top);
    if (overlays.empty()) {
        job.error = "The top image has no overlay any more";
        return false;
    }
    const bool isStillThere = std::find(overlays.begin(), overlays.end(), *job.node("overlay")) != overlays.end();
    const NodeId overlay = isStillThere ? *job.node("overlay") : overlays.front();
    if (world.node(overlay).isReadOnly) {
        job.error = "Block node is read-only";
        return false;
    }
    const Holder actor = Holder::of(job.id);
    if (!mayDrop(world, dropped, actor) || !setBacking(world, overlay, base, actor))
        return false;
    acceptBase(world, base);
    markObsolete(world, dropped);
    return true;
}

} // namespace

const Operation kBlockCommit{.name = "block-commit",
                             .family = Family::Jobs,
                             .jobType = "commit",
                             .parameters = kParameters,
                             .dropParameter = "top-node",
                             .plan = plan,
                             .suggest = suggest,
                             .start = start,
                             .step = stepCommit,
                             .complete = complete,
                             .cleanUp = cleanUpWritable};

} // namespace blockscope
