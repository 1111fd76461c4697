// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// block-commit: copies what is above base down into base, then drops what is
// between. Active when top is the active layer: it copies like a mirror, gets
// ready and pivots (qmp_block_commit() in blockdev.c, block/commit.c, block/mirror.c).
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/claimtable.h"
#include "engine/operations/copying.h"
#include "engine/world/contract.h"
#include "engine/world/grant.h"
#include "engine/world/permissions.h"

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

/// What is copied, as named: either may be a filter.
struct Segment
{
    NodeId top;
    NodeId base;
    bool isActive = false; ///< somebody writes to it, or it is the active layer
};

/// The node of \a chain given by node-name or by file name, or \a otherwise.
Result<NodeId> memberOfChain(const World &world, const std::vector<NodeId> &chain, const Object &arguments,
                             const std::string &nodeArgument, const std::string &fileArgument, NodeId otherwise)
{
    if (const auto name = textArgument(arguments, nodeArgument)) {
        const auto node = world.graph.findNode(*name);
        if (!node)
            return Error{"ARG-NODE", nodeArgument, "Cannot find device='' nor node-name='" + *name + "'"};
        if (std::find(chain.begin(), chain.end(), *node) == chain.end())
            return Error{"ARG-CHAIN", nodeArgument, "'" + *name + "' is not in this backing file chain"};
        return *node;
    }
    if (const auto file = textArgument(arguments, fileArgument)) {
        // A base is looked for below the top (bdrv_find_backing_image()).
        const auto first = fileArgument == "top" ? chain.begin() : chain.begin() + 1;
        const auto found = std::find_if(first, chain.end(), [&](NodeId node) {
            return world.node(node).filename == *file && !isFilterDriver(world.node(node).driver);
        });
        if (found == chain.end()) {
            return Error{"ARG-CHAIN", fileArgument,
                         fileArgument == "top" ? "Top image file " + *file + " not found"
                                               : "Can't find '" + *file + "' in the backing chain"};
        }
        return *found;
    }
    return otherwise;
}

/// "Active commit is required if and only if someone has taken a WRITE permission on the top node"
/// (qmp_block_commit()).
bool isWritten(const World &world, NodeId node)
{
    return (PermissionTable(world).on(node).perm & kWrite) != 0;
}

Result<Segment> findSegment(const World &world, const Object &arguments, NodeId device)
{
    const auto chain = chainWithFilters(world.graph, device);
    const auto top = memberOfChain(world, chain, arguments, "top-node", "top", device);
    if (!top)
        return top.error();
    const std::vector<NodeId> below(std::find(chain.begin(), chain.end(), *top), chain.end());
    const NodeId bottom = backingChain(world.graph, *top).back();
    const auto base = memberOfChain(world, below, arguments, "base-node", "base", bottom);
    if (!base)
        return base.error();
    if (*top == *base)
        return Error{"ARG-CHAIN", "base-node", "cannot commit an image into itself"};
    const bool isActiveLayer = skipFilters(world.graph, *top) == skipFilters(world.graph, device);
    const bool isActive = isActiveLayer || isWritten(world, *top);
    if (isActive && find(arguments, "backing-file") != nullptr) {
        const char *why = isActiveLayer ? "is the active layer" : "has a writer on it";
        return Error{"ARG-EXCLUSIVE", "backing-file", std::string("'backing-file' specified, but 'top' ") + why};
    }
    return Segment{*top, *base, isActive};
}

/// A filter that is named as the base is made writable where it can be, but not what is below it.
std::optional<Error> checkBase(const World &world, NodeId base)
{
    const auto path = filterPath(world.graph, base);
    const bool isBelowWritable = !world.node(path.back()).isReadOnly;
    for (auto filter = path.begin(); filter + 1 != path.end(); ++filter) {
        const Node &node = world.node(*filter);
        if (!node.isReadOnly)
            continue;
        if (!isBelowWritable)
            return Error{"ARG-READONLY", "base-node", "Block node is read-only"};
        if (node.driver != "throttle") {
            return Error{"ARG-READONLY", "base-node",
                         "Block format '" + node.driver + "' used by node '" + node.name +
                             "' does not support reopening files"};
        }
    }
    return std::nullopt;
}

/// commit_active_start() names the job last, commit_start() its filter.
Result<std::string> checkStart(const World &world, const Object &arguments, NodeId device, const Segment &segment)
{
    const bool isSame = skipFilters(world.graph, segment.top) == skipFilters(world.graph, segment.base);
    if (segment.isActive) {
        if (auto error = checkBase(world, segment.base))
            return *error;
        if (isSame)
            return Error{"ARG-CHAIN", "base-node", "Can't mirror node into itself"};
        if (auto error = checkFilterName(world, arguments))
            return *error;
        return chooseJobName(world, arguments, "commit", device);
    }
    if (isSame)
        return Error{"ARG-CHAIN", "base-node", "Invalid files for merge: top and base are the same"};
    auto name = chooseJobName(world, arguments, "commit", device);
    if (!name)
        return name;
    if (auto error = checkBase(world, segment.base))
        return *error;
    if (auto error = checkFilterName(world, arguments))
        return *error;
    return name;
}

/// The overlay of \a top in the chain of \a device first, then those that nobody asked about.
std::vector<NodeId> overlaysFrom(const World &world, NodeId device, NodeId top)
{
    std::vector<NodeId> overlays = overlaysOf(world.graph, top);
    const auto chain = backingChain(world.graph, device);
    std::stable_partition(overlays.begin(), overlays.end(), [&](NodeId overlay) {
        return std::find(chain.begin(), chain.end(), overlay) != chain.end();
    });
    return overlays;
}

/// An image with the child as its backing file; not a job's filter, which calls it so too.
bool isOverlayLink(const World &world, const Edge &link)
{
    return link.role == "backing" && link.parent.isNode() && !isFilterDriver(world.node(link.parent.node()).driver);
}

/// Who is right above the top and no overlay, and moves to the base with it at the end: filters, raw, quorums.
std::vector<NodeId> othersAbove(const World &world, NodeId top, NodeId base)
{
    std::vector<NodeId> others;
    for (EdgeId id : linksThatMove(world, top, base)) {
        const Edge &link = world.graph.edge(id);
        const bool isCapturedFilter = link.parent.isNode() && world.node(link.parent.node()).driver == "commit_top";
        if (link.parent.isNode() && !isOverlayLink(world, link) && !isCapturedFilter)
            others.push_back(link.parent.node());
    }
    std::sort(others.begin(), others.end());
    others.erase(std::unique(others.begin(), others.end()), others.end());
    return others;
}

PlanBuilder buildPlan(const World &world, const Object &arguments, NodeId device, const Segment &segment)
{
    PlanBuilder plan(kBlockCommit, segment.isActive ? "block-commit-active" : "block-commit", arguments);
    const auto top = filterPath(world.graph, segment.top);
    const auto base = filterPath(world.graph, segment.base);
    const auto chain = chainWithFilters(world.graph, top.back());
    const std::vector<NodeId> mids(chain.begin() + 1, std::find(chain.begin(), chain.end(), base.front()));
    plan.add("top", top);
    plan.add("mid", mids);
    plan.add("base", base);
    for (NodeId node : base)
        plan.makesWritable(world, node);
    if (!segment.isActive) {
        for (NodeId overlay : overlaysFrom(world, device, top.front())) {
            plan.add("overlay", overlay);
            plan.makesWritable(world, overlay);
        }
    }
    std::vector<NodeId> changed = mids;
    changed.insert(changed.end(), base.begin(), base.end());
    plan.add("sibling", nodesAbove(world.graph, changed, top.back()));
    const auto parents =
        segment.isActive ? parentNodes(world, top.front()) : othersAbove(world, top.front(), base.front());
    for (NodeId parent : parents)
        plan.add("parent", parent, claimFor("block-commit-active", "parent"));
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
    const auto segment = findSegment(world, arguments, *device);
    if (!segment)
        return segment.error();
    const auto jobName = checkStart(world, arguments, *device, *segment);
    if (!jobName)
        return jobName.error();
    PlanBuilder plan = buildPlan(world, arguments, *device, *segment);
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
    const NodeId image = skipFilters(world.graph, base);
    for (const RoleNode &each : job->nodes) {
        if (each.role == "base" || each.role == "overlay")
            makeWritable(world, *job, each.node);
    }
    if (!resize(world, base, std::max(job->length, clusterCount(world, base)), actor))
        return;
    Node &grown = world.graph.editNode(image);
    grown.virtualSize = std::max(grown.virtualSize, world.node(skipFilters(world.graph, top)).virtualSize);
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
    if (!mayRelink(world, dropped, actor) || !mayRelink(world, parentNodes(world, top), actor))
        return false;
    reportDifference(world, Finding::Kind::MirrorDiffers, job, base, shownBy(world, top));
    acceptBase(world, base);
    for (NodeId node : filterPath(world.graph, base))
        std::erase(job.madeWritable, node); // it takes the flag of the layer it replaces
    if (!pivot(world, top, base, actor))
        return false;
    reportLeftBehind(world, top, actor);
    markObsolete(world, dropped);
    return true;
}

bool isListed(const Job &job, NodeId node)
{
    return std::any_of(job.nodes.begin(), job.nodes.end(), [&](const RoleNode &each) {
        return each.node == node && (each.role == "overlay" || each.role == "parent");
    });
}

/// The links to \a top of those who were there at the start, or, when none of them is left, of whom took their place.
std::vector<EdgeId> linksToMove(const World &world, const Job &job, NodeId top, NodeId base)
{
    std::vector<EdgeId> links = linksThatMove(world, top, base);
    const auto isOthers = [&](EdgeId link) {
        const Parent parent = world.graph.edge(link).parent;
        return parent.isNode() && !isListed(job, parent.node());
    };
    if (!std::all_of(links.begin(), links.end(), isOthers))
        std::erase_if(links, isOthers);
    return links;
}

bool moveLink(World &world, Job &job, EdgeId link, NodeId base)
{
    const Holder actor = Holder::of(job.id);
    const Edge edge = world.graph.edge(link);
    // Nobody else has a header to be rewritten, nor has who is above them (bdrv_child_cb_update_filename() in block.c).
    if (!isOverlayLink(world, edge)) {
        if (edge.parent.isNode() && !permit(world, actor, edge.parent.node(), Action::GraphReconfiguration))
            return false;
        redirect(world, link, base);
        return true;
    }
    if (world.node(edge.parent.node()).isReadOnly) {
        job.error = "Block node is read-only";
        return false;
    }
    return setBacking(world, edge.parent.node(), base, actor, textArgument(job.arguments, "backing-file"));
}

/// Whoever used the top uses the base now (bdrv_drop_intermediate() in block.c).
bool moveToBase(World &world, Job &job, NodeId top, NodeId base)
{
    const auto links = linksToMove(world, job, top, base);
    return std::all_of(links.begin(), links.end(), [&](EdgeId link) { return moveLink(world, job, link, base); });
}

bool complete(World &world, Job &job)
{
    const NodeId top = *job.node("top");
    const NodeId base = *job.node("base");
    std::vector<NodeId> dropped = backingChain(world.graph, top);
    const auto end = std::find(dropped.begin(), dropped.end(), skipFilters(world.graph, base));
    if (end == dropped.end()) {
        job.error = "'" + world.node(base).name + "' is not in this backing file chain";
        return false;
    }
    dropped.erase(end, dropped.end());
    if (job.isActiveCommit())
        return completeActive(world, job, dropped);
    if (overlaysOf(world.graph, top).empty()) {
        job.error = "The top image has no overlay any more";
        return false;
    }
    if (!mayRelink(world, dropped, Holder::of(job.id)))
        return false;
    acceptBase(world, base);
    if (!moveToBase(world, job, top, base))
        return false;
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
