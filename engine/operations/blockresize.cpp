// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// block_resize: another virtual size. The guest is told, exports and jobs are not, so they must have claimed that they
// rely on the size (reading C1; qmp_block_resize() in blockdev.c, bdrv_co_truncate() in block/io.c).
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/claimtable.h"
#include "engine/operations/imagesize.h"
#include "engine/world/blockio.h"
#include "engine/world/contract.h"
#include "engine/world/grant.h"

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kParameters[] = {
    {.name = "device", .kind = Kind::Device, .role = "node"},
    {.name = "node-name", .kind = Kind::Node, .role = "node"},
    {.name = "size", .kind = Kind::Number, .isRequired = true},
};

/// bdrv_lookup_bs() with both names
Result<NodeId> findNode(const World &world, const Object &arguments)
{
    const std::string device = textArgument(arguments, "device").value_or("");
    const std::string name = textArgument(arguments, "node-name").value_or("");
    if (!device.empty()) {
        if (const auto found = lookUpNode(world, "device", device); found || world.findUser(device))
            return found;
    }
    if (const auto node = world.graph.findNode(name))
        return *node;
    return Error{"ARG-NODE", device.empty() ? "node-name" : "device",
                 "Cannot find device='" + device + "' nor node-name='" + name + "'"};
}

std::optional<Error> checkSize(const World &world, NodeId node, std::int64_t size)
{
    constexpr std::int64_t kSector = 512;
    if (size < 0)
        return Error{"ARG-RANGE", "size", "Parameter 'size' expects a >0 size"};
    if (!isWritable(world, node))
        return Error{"ARG-READONLY", "size", "Image is read-only"};
    if (world.node(dataNode(world.graph, node)).driver == "qcow2" && size % kSector != 0)
        return Error{"ARG-RANGE", "size", "The new size must be a multiple of 512"};
    if (clustersFor(world, node, static_cast<std::uint64_t>(size)) > kMaximumClusters)
        return Error{"ARG-UNSUPPORTED", "size", "Blockscope does not simulate an image of so many clusters"};
    return std::nullopt;
}

std::uint32_t wantedClusters(const World &world, NodeId node, const Object &arguments)
{
    const std::int64_t size = *find(arguments, "size")->asInteger();
    return static_cast<std::uint32_t>(clustersFor(world, node, static_cast<std::uint64_t>(size)));
}

/// The links of filters between nodes that show the same: a filter has the size of what it passes on, whatever it is.
/// Whoever uses the filter claims on what is below as well.
std::vector<Holder> filterLinks(const World &world, NodeId node)
{
    std::vector<Holder> links;
    for (NodeId each : nodesShowingSame(world, node)) {
        const auto child = filteredChild(world.graph, each);
        for (EdgeId edge : world.node(each).children) {
            if (child && world.graph.edge(edge).child == *child)
                links.push_back(Holder::of(edge));
        }
    }
    return links;
}

Result<Plan> plan(const World &world, const Object &arguments)
{
    const auto node = findNode(world, arguments);
    if (!node)
        return node.error();
    if (auto error = checkSize(world, *node, *find(arguments, "size")->asInteger()))
        return *error;
    PlanBuilder plan(kBlockResize, "block_resize", arguments);
    const auto path = filterPath(world.graph, *node);
    Claim claim = claimFor("block_resize", "node");
    const bool shrinks = wantedClusters(world, *node, arguments) < clusterCount(world, *node);
    if (shrinks)
        claim.require.insert(Action::ModifyVisible);
    for (NodeId each : path)
        plan.add("node", each, claim);
    if (shrinks)
        plan.add("above", nodesAbove(world.graph, path));
    Plan made = plan.take();
    made.replaces = filterLinks(world, *node);
    return made;
}

Object suggest(const World &world, NodeId node)
{
    Object arguments{{"node-name", world.node(node).name}};
    if (world.node(node).virtualSize != 0)
        arguments["size"] = Value(static_cast<std::int64_t>(world.node(node).virtualSize));
    return arguments;
}

/// What is new must read as zero, also where the backing file would show through (bdrv_co_truncate() since QEMU 5.1).
void hideBacking(World &world, NodeId node, std::uint32_t from)
{
    const NodeId holder = dataNode(world.graph, node);
    const auto backing = nextInChain(world.graph, holder);
    const std::uint32_t end = backing ? std::min(clusterCount(world, *backing), clusterCount(world, holder)) : 0;
    for (std::uint32_t index = from; index < end; ++index)
        world.data[holder.value].edit()[index] = {Cluster::State::Zero, {}, {Stamp::Kind::Operation, 0, world.clock}};
}

/// An export told its clients the size when they connected.
void reportExports(World &world, NodeId node, std::uint32_t clusters)
{
    for (EdgeId edge : world.node(node).parents) {
        const auto user = world.userOf(edge);
        if (user && world.user(*user).kind == User::Kind::Export)
            report(world, {Finding::Kind::SizeShrunk, world.clock, node, Holder::of(*user), clusters, {}, {}});
    }
}

void start(World &world, const Plan &plan, Job *)
{
    const NodeId node = *plan.node("node");
    const std::uint32_t before = clusterCount(world, node);
    const std::uint32_t after = wantedClusters(world, node, plan.arguments);
    const Holder actor = Holder::synchronous();
    if (!permit(world, actor, node, Action::ModifyMetadata) ||
        (after < before && !permit(world, actor, node, Action::ModifyVisible)) || !resize(world, node, after, actor))
        return;
    hideBacking(world, node, before);
    for (NodeId each : nodesShowingSame(world, node)) {
        if (after < before)
            reportExports(world, each, after);
        resizeContract(world, each, after);
    }
    setVirtualSize(world, node, static_cast<std::uint64_t>(*find(plan.arguments, "size")->asInteger()));
}

} // namespace

const Operation kBlockResize{.name = "block_resize",
                             .family = Family::Image,
                             .parameters = kParameters,
                             .dropParameter = "node-name",
                             .plan = plan,
                             .suggest = suggest,
                             .start = start};

} // namespace blockscope
