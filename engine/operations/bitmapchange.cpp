// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// block-dirty-bitmap-remove, -clear, -enable and -disable: one bitmap, by its name (block/monitor/bitmap-qmp-cmds.c).
#include "engine/operations/arguments.h"
#include "engine/operations/bitmaps.h"
#include "engine/operations/catalogue.h"
#include "engine/world/blockio.h"
#include "engine/world/grant.h"

#include <algorithm>

namespace blockscope {

namespace {

constexpr Parameter kParameters[] = {
    {.name = "node", .kind = Parameter::Kind::Node, .isRequired = true, .role = "node"},
    {.name = "name", .isRequired = true},
};

template <const Operation &operation, BitmapDemand demand>
Result<Plan> plan(const World &world, const Object &arguments)
{
    return planBitmap(operation, world, arguments, demand);
}

bool mayChange(World &world, const Plan &plan)
{
    return permit(world, Holder::synchronous(), bitmapOf(plan).node, Action::ModifyMetadata);
}

void remove(World &world, const Plan &plan, Job *)
{
    if (!mayChange(world, plan))
        return;
    const BitmapPlace place = bitmapOf(plan);
    const NodeId holder = dataNode(world.graph, place.node);
    auto &all = world.bitmaps.edit();
    std::erase_if(all.at(holder), [&](const DirtyBitmap &each) { return each.name == place.name; });
    if (all.at(holder).empty())
        all.erase(holder);
}

void clear(World &world, const Plan &plan, Job *)
{
    if (!mayChange(world, plan))
        return;
    auto &bits = editBitmap(world, bitmapOf(plan)).bits;
    std::fill(bits.begin(), bits.end(), false);
}

template <bool records>
void setRecording(World &world, const Plan &plan, Job *)
{
    if (mayChange(world, plan))
        editBitmap(world, bitmapOf(plan)).isRecording = records;
}

} // namespace

const Operation kBlockDirtyBitmapRemove{.name = "block-dirty-bitmap-remove",
                                        .family = Family::Image,
                                        .parameters = kParameters,
                                        .dropParameter = "node",
                                        .plan = plan<kBlockDirtyBitmapRemove, BitmapDemand::Removable>,
                                        .suggest = suggestBitmap,
                                        .start = remove};
const Operation kBlockDirtyBitmapClear{.name = "block-dirty-bitmap-clear",
                                       .family = Family::Image,
                                       .parameters = kParameters,
                                       .dropParameter = "node",
                                       .plan = plan<kBlockDirtyBitmapClear, BitmapDemand::Changeable>,
                                       .suggest = suggestBitmap,
                                       .start = clear};
const Operation kBlockDirtyBitmapEnable{.name = "block-dirty-bitmap-enable",
                                        .family = Family::Image,
                                        .parameters = kParameters,
                                        .dropParameter = "node",
                                        .plan = plan<kBlockDirtyBitmapEnable, BitmapDemand::Consistent>,
                                        .suggest = suggestBitmap,
                                        .start = setRecording<true>};
const Operation kBlockDirtyBitmapDisable{.name = "block-dirty-bitmap-disable",
                                         .family = Family::Image,
                                         .parameters = kParameters,
                                         .dropParameter = "node",
                                         .plan = plan<kBlockDirtyBitmapDisable, BitmapDemand::Consistent>,
                                         .suggest = suggestBitmap,
                                         .start = setRecording<false>};

} // namespace blockscope
