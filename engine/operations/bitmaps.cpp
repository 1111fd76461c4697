// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/bitmaps.h"

#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/world/blockio.h"

#include <algorithm>

namespace blockscope {

const DirtyBitmap *findBitmap(const World &world, const BitmapPlace &place)
{
    const auto known = world.bitmaps->find(dataNode(world.graph, place.node));
    if (known == world.bitmaps->end())
        return nullptr;
    const auto found = std::find_if(known->second.begin(), known->second.end(),
                                    [&](const DirtyBitmap &each) { return each.name == place.name; });
    return found == known->second.end() ? nullptr : &*found;
}

DirtyBitmap &editBitmap(World &world, const BitmapPlace &place)
{
    auto &bitmaps = world.bitmaps.edit().at(dataNode(world.graph, place.node));
    return *std::find_if(bitmaps.begin(), bitmaps.end(),
                         [&](const DirtyBitmap &each) { return each.name == place.name; });
}

Result<BitmapPlace> lookUpBitmap(const World &world, const std::string &node, const std::string &bitmap,
                                 BitmapDemand demand, const std::string &bitmapName)
{
    const auto found = lookUpNode(world, "node", node);
    if (!found)
        return Error{"ARG-NODE", "node", "Node '" + node + "' not found"};
    BitmapPlace place{*found, bitmap};
    const DirtyBitmap *known = findBitmap(world, place);
    if (known == nullptr)
        return Error{"ARG-BITMAP", bitmapName, "Dirty bitmap '" + bitmap + "' not found"};
    const bool changes = demand == BitmapDemand::Changeable || demand == BitmapDemand::Removable;
    const bool uses = demand == BitmapDemand::Changeable || demand == BitmapDemand::Consistent;
    if (changes && known->isReadOnly)
        return Error{"ARG-BITMAP", bitmapName, "Bitmap '" + bitmap + "' is readonly and cannot be modified"};
    if (uses && known->isInconsistent)
        return Error{"ARG-BITMAP", bitmapName, "Bitmap '" + bitmap + "' is inconsistent and cannot be used"};
    return place;
}

Result<Plan> planBitmap(const Operation &operation, const World &world, const Object &arguments, BitmapDemand demand)
{
    const auto place =
        lookUpBitmap(world, *textArgument(arguments, "node"), *textArgument(arguments, "name"), demand, "name");
    if (!place)
        return place.error();
    PlanBuilder plan(operation, "dirty-bitmap-op", arguments);
    plan.add("node", filterPath(world.graph, place->node));
    return plan.take();
}

BitmapPlace bitmapOf(const Plan &plan)
{
    return {*plan.node("node"), *textArgument(plan.arguments, "name")};
}

Object suggestBitmap(const World &world, NodeId node)
{
    Object arguments{{"node", world.node(node).name}};
    const auto known = world.bitmaps->find(dataNode(world.graph, node));
    if (known != world.bitmaps->end() && !known->second.empty())
        arguments["name"] = Value(known->second.front().name);
    return arguments;
}

} // namespace blockscope
