// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/exportoptions.h"

#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/world/blockio.h"

#include <algorithm>

namespace blockscope {

namespace {

/// What only one type of exports has.
struct Member
{
    std::string_view type;
    std::string_view name;
    bool isRequired = false;
};
constexpr Member kMembers[] = {
    {"nbd", "name"},
    {"nbd", "description"},
    {"nbd", "bitmaps"},
    {"nbd", "allocation-depth"},
    {"vhost-user-blk", "addr", true},
    {"vhost-user-blk", "logical-block-size"},
    {"vhost-user-blk", "num-queues"},
    {"fuse", "mountpoint", true},
    {"fuse", "growable"},
    {"fuse", "allow-other"},
};

/// A BlockDirtyBitmapOrStr; \a at is its place in the arguments.
std::optional<Error> checkBitmapShape(const Value &wanted, const std::string &at)
{
    if (wanted.asString() != nullptr)
        return std::nullopt;
    const Object *there = wanted.asObject();
    if (there == nullptr)
        return Error{"ARG-TYPE", "bitmaps", "Invalid parameter type for 'null', expected: BlockDirtyBitmapOrStr"};
    for (const char *member : {"node", "name"}) {
        const std::string place = at + "." + member;
        if (findString(*there, member) == nullptr)
            return Error{"ARG-MISSING", place, "Parameter '" + place + "' is missing"};
    }
    return std::nullopt;
}

std::optional<Error> checkBitmapShapes(const Value &bitmaps)
{
    const Value::List *list = bitmaps.asList();
    if (list == nullptr)
        return Error{"ARG-TYPE", "bitmaps", "Invalid parameter type for 'bitmaps', expected: array"};
    for (std::size_t i = 0; i < list->size(); ++i) {
        if (auto error = checkBitmapShape((*list)[i], "bitmaps[" + std::to_string(i) + "]"))
            return error;
    }
    return std::nullopt;
}

Value::List wantedBitmaps(const Object &arguments)
{
    if (const Value *one = find(arguments, "bitmap")) // of nbd-server-add
        return {*one};
    const Value *all = find(arguments, "bitmaps");
    return all != nullptr && all->asList() != nullptr ? *all->asList() : Value::List();
}

Result<BitmapPlace> findExportedBitmap(const World &world, NodeId node, const Value &wanted)
{
    if (const Object *there = wanted.asObject())
        return lookUpBitmap(world, *findString(*there, "node"), *findString(*there, "name"), BitmapDemand::Nothing,
                            "bitmaps");
    const std::string &name = *wanted.asString();
    for (NodeId each : chainWithFilters(world.graph, node)) {
        if (findBitmap(world, {each, name}) != nullptr)
            return BitmapPlace{each, name};
    }
    return Error{"ARG-BITMAP", "bitmaps", "Bitmap '" + name + "' is not found"};
}

std::optional<Error> checkExportedBitmap(const World &world, const User &user, NodeId node, const Value &wanted)
{
    const auto place = findExportedBitmap(world, node, wanted);
    if (!place)
        return place.error();
    const DirtyBitmap &bitmap = *findBitmap(world, *place);
    if (bitmap.busy) // that comes first, and is a refusal (policies/qemu)
        return std::nullopt;
    if (bitmap.isInconsistent)
        return Error{"ARG-BITMAP", "bitmaps", "Bitmap '" + bitmap.name + "' is inconsistent and cannot be used"};
    if (!user.isWritable && isWritable(world, node) && bitmap.isRecording)
        return Error{"ARG-BITMAP", "bitmaps", "Enabled bitmap '" + bitmap.name + "' incompatible with readonly export"};
    return std::nullopt;
}

} // namespace

std::optional<Error> checkExportMembers(const Object &arguments)
{
    constexpr std::int64_t kMostQueues = 65535;
    const std::string type = *textArgument(arguments, "type");
    for (const Member &member : kMembers) {
        const std::string name(member.name);
        const Value *value = find(arguments, name);
        if (value == nullptr && member.type == type && member.isRequired)
            return Error{"ARG-MISSING", name, "Parameter '" + name + "' is missing"};
        if (value != nullptr && member.type != type)
            return Error{"ARG-UNKNOWN", name, "Parameter '" + name + "' is unexpected"};
    }
    const Value *queues = find(arguments, "num-queues");
    if (queues != nullptr && (*queues->asInteger() < 0 || *queues->asInteger() > kMostQueues))
        return Error{"ARG-RANGE", "num-queues", "Parameter 'num-queues' expects uint16_t"};
    const Value *bitmaps = find(arguments, "bitmaps");
    return bitmaps != nullptr ? checkBitmapShapes(*bitmaps) : std::nullopt;
}

std::vector<BitmapPlace> exportedBitmaps(const World &world, NodeId node, const Object &arguments)
{
    std::vector<BitmapPlace> places;
    for (const Value &wanted : wantedBitmaps(arguments)) {
        if (const auto place = findExportedBitmap(world, node, wanted))
            places.push_back(*place);
    }
    return places;
}

std::optional<Error> checkExportedBitmaps(const World &world, const User &user, NodeId node, const Object &arguments)
{
    for (const Value &wanted : wantedBitmaps(arguments)) {
        auto error = checkExportedBitmap(world, user, node, wanted);
        if (error) {
            error->where = find(arguments, "bitmap") != nullptr ? "bitmap" : "bitmaps";
            return error;
        }
    }
    return std::nullopt;
}

std::optional<Error> checkVhostUser(const Object &arguments, const User &user)
{
    constexpr std::int64_t kSmallest = 512;
    constexpr std::int64_t kLargest = 2 * 1024 * 1024;
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
    const Value *queues = find(arguments, "num-queues");
    if (queues != nullptr && *queues->asInteger() == 0)
        return Error{"ARG-RANGE", "num-queues", "num-queues must be greater than 0"};
    return std::nullopt;
}

} // namespace blockscope
