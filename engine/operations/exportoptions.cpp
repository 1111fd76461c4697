// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/exportoptions.h"

#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/bitmapuse.h"
#include "engine/world/blockio.h"

namespace blockscope {

namespace {

/// A BlockDirtyBitmapOrStr: a name looked for in the chain of \a node, or a node and a name.
Result<const DirtyBitmap *> findExportedBitmap(const World &world, NodeId node, const Value &wanted)
{
    if (const Object *there = wanted.asObject()) {
        const std::string holder = textArgument(*there, "node").value_or("");
        const std::string name = textArgument(*there, "name").value_or("");
        const auto found = world.graph.findNode(holder);
        if (!found)
            return Error{"ARG-NODE", "bitmaps", "Node '" + holder + "' not found"};
        if (const DirtyBitmap *bitmap = bitmapOn(world, *found, name))
            return bitmap;
        return Error{"ARG-BITMAP", "bitmaps", "Dirty bitmap '" + name + "' not found"};
    }
    const std::string name = wanted.asString() != nullptr ? *wanted.asString() : std::string();
    for (NodeId each : chainWithFilters(world.graph, node)) {
        if (const DirtyBitmap *bitmap = bitmapOn(world, each, name))
            return bitmap;
    }
    return Error{"ARG-BITMAP", "bitmaps", "Bitmap '" + name + "' is not found"};
}

std::optional<Error> checkBitmap(const World &world, const User &user, NodeId node, const Value &wanted)
{
    const auto found = findExportedBitmap(world, node, wanted);
    if (!found)
        return found.error();
    const DirtyBitmap &bitmap = **found;
    if (bitmap.isInconsistent)
        return Error{"ARG-BITMAP", "bitmaps", "Bitmap '" + bitmap.name + "' is inconsistent and cannot be used"};
    if (!user.isWritable && isWritable(world, node) && bitmap.isRecording)
        return Error{"ARG-BITMAP", "bitmaps", "Enabled bitmap '" + bitmap.name + "' incompatible with readonly export"};
    return std::nullopt;
}

} // namespace

std::optional<Error> checkExportedBitmaps(const World &world, const User &user, NodeId node, const Object &arguments)
{
    if (const Value *one = find(arguments, "bitmap")) // of nbd-server-add
        return checkBitmap(world, user, node, *one);
    const Value *all = find(arguments, "bitmaps");
    if (all == nullptr)
        return std::nullopt;
    if (all->asList() == nullptr)
        return Error{"ARG-TYPE", "bitmaps", "Invalid parameter type for 'bitmaps', expected: array"};
    for (const Value &each : *all->asList()) {
        if (auto error = checkBitmap(world, user, node, each))
            return error;
    }
    return std::nullopt;
}

std::optional<Error> checkVhostUser(const Object &arguments, const User &user)
{
    constexpr std::int64_t kSmallest = 512;
    constexpr std::int64_t kLargest = 2 * 1024 * 1024;
    constexpr std::int64_t kMostQueues = 65535;
    const Value *queues = find(arguments, "num-queues");
    if (queues != nullptr && (*queues->asInteger() < 0 || *queues->asInteger() > kMostQueues))
        return Error{"ARG-RANGE", "num-queues", "Parameter 'num-queues' expects uint16_t"};
    if (const Value *value = find(arguments, "logical-block-size")) {
        const std::int64_t size = *value->asInteger();
        const std::string property = "Property " + user.name + ".logical-block-size doesn't take value ";
        if (size < kSmallest || size > kLargest) {
            return Error{"ARG-RANGE", "logical-block-size",
                         property + std::to_string(size) + " (minimum: 512, maximum: 2097152)"};
        }
        if ((size & (size - 1)) != 0) {
            return Error{"ARG-RANGE", "logical-block-size",
                         property + "'" + std::to_string(size) + "', it's not a power of 2"};
        }
    }
    if (queues != nullptr && *queues->asInteger() == 0)
        return Error{"ARG-RANGE", "num-queues", "num-queues must be greater than 0"};
    return std::nullopt;
}

} // namespace blockscope
