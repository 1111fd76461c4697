// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// change-backing-file: writes another backing file string into a header; the
// graph that runs is not touched (qmp_change_backing_file() in blockdev.c).
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/claimtable.h"
#include "engine/operations/copying.h"

#include <algorithm>

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kParameters[] = {
    {.name = "device", .kind = Kind::Device, .isRequired = true, .role = "active"},
    {.name = "image-node-name", .kind = Kind::Node, .isRequired = true, .role = "image"},
    {.name = "backing-file", .isRequired = true},
};

Plan buildPlan(const World &world, const Object &arguments, NodeId image)
{
    PlanBuilder plan(kChangeBackingFile, "change-backing-file", arguments);
    const Node &backing = world.node(*nextInChain(world.graph, image));
    const std::string file = *textArgument(arguments, "backing-file");
    const bool isSame = file == imageName(backing);
    Claim claim = claimFor("change-backing-file", "image");
    if (!isSame) {
        // RFC: "if changing the backing file to a non-identical backing file,
        // the 'Write - Visible Data' action would also be required".
        claim.require.insert(Action::ModifyVisible);
        for (NodeId above : nodesAbove(world.graph, {image}))
            plan.add("above", above, claimFor("change-backing-file", "above(if different)"));
    }
    plan.add("image", image, claim);
    plan.makesWritable(world, image);
    return plan.take();
}

Result<Plan> plan(const World &world, const Object &arguments)
{
    const auto device = lookUpNode(world, "device", *textArgument(arguments, "device"));
    if (!device)
        return device.error();
    const std::string name = *textArgument(arguments, "image-node-name");
    const auto image = world.graph.findNode(name);
    if (!image)
        return Error{"ARG-NODE", "image-node-name", "Cannot find device='' nor node-name='" + name + "'"};
    if (!nextInChain(world.graph, *image))
        return Error{"ARG-CHAIN", "image-node-name",
                     "not allowing backing file change on an image without a backing file"};
    const auto chain = backingChain(world.graph, *device);
    if (std::find(chain.begin(), chain.end(), skipFilters(world.graph, *image)) == chain.end())
        return Error{"ARG-CHAIN", "image-node-name",
                     "'" + *textArgument(arguments, "device") + "' and image file are not in the same chain"};
    return buildPlan(world, arguments, skipFilters(world.graph, *image));
}

Object suggest(const World &world, NodeId node)
{
    Object arguments{{"device", world.node(activeLayer(world, node)).name}, {"image-node-name", world.node(node).name}};
    if (const auto backing = nextInChain(world.graph, node))
        arguments["backing-file"] = Value(imageName(world.node(*backing)));
    return arguments;
}

void start(World &world, const Plan &plan, Job *)
{
    const NodeId image = *plan.node("image");
    if (setHeader(world, image, *textArgument(plan.arguments, "backing-file"), Holder::synchronous()))
        world.graph.editNode(image).isHeaderChosen = true;
}

} // namespace

const Operation kChangeBackingFile{.name = "change-backing-file",
                                   .family = Family::Image,
                                   .parameters = kParameters,
                                   .dropParameter = "image-node-name",
                                   .plan = plan,
                                   .suggest = suggest,
                                   .start = start};

} // namespace blockscope
