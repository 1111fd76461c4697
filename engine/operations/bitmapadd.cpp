// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// block-dirty-bitmap-add: a new bitmap, clean, that records from now on (qmp_block_dirty_bitmap_add()).
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/bitmaps.h"
#include "engine/operations/catalogue.h"
#include "engine/world/blockio.h"
#include "engine/world/grant.h"

#include <bit>
#include <limits>

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kParameters[] = {
    {.name = "node", .kind = Kind::Node, .isRequired = true, .role = "node"},
    {.name = "name", .isRequired = true},
    {.name = "granularity", .kind = Kind::Number},
    {.name = "persistent", .kind = Kind::Boolean},
    {.name = "disabled", .kind = Kind::Boolean},
};

constexpr std::int64_t kDefaultGranularity = 65536; // qcow2's cluster size, and what QEMU takes elsewhere
constexpr std::int64_t kSmallestGranularity = 512;

std::int64_t granularityOf(const Object &arguments)
{
    const Value *value = find(arguments, "granularity");
    return value != nullptr ? *value->asInteger() : kDefaultGranularity;
}

std::optional<Error> checkGranularity(std::int64_t granularity)
{
    if (granularity < 0 || granularity > std::numeric_limits<std::uint32_t>::max())
        return Error{"ARG-RANGE", "granularity", "Parameter 'granularity' expects uint32_t"};
    if (granularity < kSmallestGranularity || !std::has_single_bit(static_cast<std::uint64_t>(granularity)))
        return Error{"ARG-RANGE", "granularity", "Granularity must be power of 2 and at least 512"};
    return std::nullopt;
}

/// bdrv_can_store_new_dirty_bitmap() and bdrv_create_dirty_bitmap()
std::optional<Error> checkName(const World &world, const BitmapPlace &place, bool isPersistent)
{
    constexpr std::size_t kLongestName = 1023;
    const std::string &node = world.node(place.node).name;
    if (isPersistent && world.node(place.node).driver != "qcow2")
        return Error{"ARG-FORMAT", "persistent",
                     "Can't store persistent bitmaps to " + node + ": Operation not supported"};
    if (findBitmap(world, place) != nullptr)
        return Error{"ARG-BITMAP", "name", "Bitmap already exists: " + place.name};
    if (place.name.size() > kLongestName)
        return Error{"ARG-BITMAP", "name", "Bitmap name too long: " + place.name};
    return std::nullopt;
}

Result<Plan> plan(const World &world, const Object &arguments)
{
    const std::string name = *textArgument(arguments, "name");
    if (name.empty())
        return Error{"ARG-BITMAP", "name", "Bitmap name cannot be empty"};
    const auto node = lookUpNode(world, "node", *textArgument(arguments, "node"));
    if (!node)
        return node.error();
    if (auto error = checkGranularity(granularityOf(arguments)))
        return *error;
    if (auto error = checkName(world, {*node, name}, boolArgument(arguments, "persistent", false)))
        return *error;
    PlanBuilder plan(kBlockDirtyBitmapAdd, "dirty-bitmap-op", arguments);
    plan.add("node", filterPath(world.graph, *node));
    return plan.take();
}

Object suggest(const World &world, NodeId node)
{
    return {{"node", world.node(node).name}};
}

void start(World &world, const Plan &plan, Job *)
{
    const BitmapPlace place = bitmapOf(plan);
    if (!permit(world, Holder::synchronous(), place.node, Action::ModifyMetadata))
        return;
    DirtyBitmap bitmap;
    bitmap.name = place.name;
    bitmap.bits.resize(clusterCount(world, place.node));
    bitmap.granularity = static_cast<std::uint64_t>(granularityOf(plan.arguments));
    bitmap.isPersistent = boolArgument(plan.arguments, "persistent", false);
    bitmap.isRecording = !boolArgument(plan.arguments, "disabled", false);
    world.bitmaps.edit()[dataNode(world.graph, place.node)].push_back(std::move(bitmap));
}

} // namespace

const Operation kBlockDirtyBitmapAdd{.name = "block-dirty-bitmap-add",
                                     .family = Family::Image,
                                     .parameters = kParameters,
                                     .dropParameter = "node",
                                     .plan = plan,
                                     .suggest = suggest,
                                     .start = start};

} // namespace blockscope
