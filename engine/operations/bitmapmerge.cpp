// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// block-dirty-bitmap-merge: adds the bits of other bitmaps, of this node or of others, to one
// (block_dirty_bitmap_merge()).
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/bitmaps.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/claimtable.h"
#include "engine/world/grant.h"

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kParameters[] = {
    {.name = "node", .kind = Kind::Node, .isRequired = true, .role = "node"},
    {.name = "target", .isRequired = true},
    {.name = "bitmaps", .kind = Kind::Options, .isRequired = true},
};

/// A bitmap of \a node by its name, or {"node": ..., "name": ...}.
Result<BitmapPlace> lookUpSource(const World &world, const std::string &node, const Value &source)
{
    if (const std::string *name = source.asString())
        return lookUpBitmap(world, node, *name, BitmapDemand::Consistent, "bitmaps");
    const Object *external = source.asObject();
    const std::string *where = external != nullptr ? findString(*external, "node") : nullptr;
    const std::string *name = external != nullptr ? findString(*external, "name") : nullptr;
    if (where == nullptr || name == nullptr)
        return Error{"ARG-TYPE", "bitmaps", "Invalid parameter type for 'bitmaps', expected: BlockDirtyBitmapOrStr"};
    return lookUpBitmap(world, *where, *name, BitmapDemand::Consistent, "bitmaps");
}

struct Merge
{
    BitmapPlace target;
    std::vector<BitmapPlace> sources;
};

std::optional<Error> checkSizes(const World &world, const BitmapPlace &target, const BitmapPlace &source)
{
    if (findBitmap(world, target)->bits.size() == findBitmap(world, source)->bits.size())
        return std::nullopt;
    return Error{"ARG-SIZE", "bitmaps",
                 "Bitmaps are of different sizes (destination size is " +
                     std::to_string(world.node(target.node).virtualSize) + ", source size is " +
                     std::to_string(world.node(source.node).virtualSize) + ") and can't be merged"};
}

Result<Merge> lookUp(const World &world, const Object &arguments)
{
    const std::string node = *textArgument(arguments, "node");
    const std::string name = *textArgument(arguments, "target");
    const auto target = lookUpBitmap(world, node, name, BitmapDemand::Nothing, "target");
    if (!target)
        return target.error();
    const Value::List *list = find(arguments, "bitmaps")->asList();
    if (list == nullptr)
        return Error{"ARG-TYPE", "bitmaps", "Invalid parameter type for 'bitmaps', expected: array"};
    Merge merge{*target, {}};
    for (const Value &each : *list) {
        const auto source = lookUpSource(world, node, each);
        if (!source)
            return source.error();
        if (auto error = checkSizes(world, *target, *source))
            return *error;
        merge.sources.push_back(*source);
    }
    // The sources come first: QEMU gathers them before it looks at the target again.
    const auto changeable = lookUpBitmap(world, node, name, BitmapDemand::Changeable, "target");
    return changeable ? Result<Merge>(std::move(merge)) : Result<Merge>(changeable.error());
}

Result<Plan> plan(const World &world, const Object &arguments)
{
    const auto merge = lookUp(world, arguments);
    if (!merge)
        return merge.error();
    PlanBuilder plan(kBlockDirtyBitmapMerge, "dirty-bitmap-op", arguments);
    plan.add("node", filterPath(world.graph, merge->target.node));
    for (const BitmapPlace &source : merge->sources) {
        if (source.node != merge->target.node)
            plan.add("source node", source.node, claimFor("dirty-bitmap-merge", "source node"));
    }
    return plan.take();
}

void start(World &world, const Plan &plan, Job *)
{
    const auto merge = lookUp(world, plan.arguments);
    const Holder actor = Holder::synchronous();
    if (!merge || !permit(world, actor, merge->target.node, Action::ModifyMetadata))
        return;
    std::vector<bool> gathered(findBitmap(world, merge->target)->bits.size());
    for (const BitmapPlace &source : merge->sources) {
        if (!permit(world, actor, source.node, Action::ReadMetadata))
            return;
        const std::vector<bool> &bits = findBitmap(world, source)->bits;
        for (std::size_t i = 0; i < gathered.size(); ++i)
            gathered[i] = gathered[i] || bits[i];
    }
    std::vector<bool> &bits = editBitmap(world, merge->target).bits;
    for (std::size_t i = 0; i < bits.size(); ++i)
        bits[i] = bits[i] || gathered[i];
}

} // namespace

const Operation kBlockDirtyBitmapMerge{.name = "block-dirty-bitmap-merge",
                                       .family = Family::Image,
                                       .parameters = kParameters,
                                       .dropParameter = "node",
                                       .plan = plan,
                                       .suggest =
                                           [](const World &world, NodeId node) {
                                               return Object{{"node", world.node(node).name}};
                                           },
                                       .start = start};

} // namespace blockscope
