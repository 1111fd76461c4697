// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/capturedgraph.h"

#include "engine/files/names.h"

#include <unordered_map>

namespace blockscope {

namespace {

constexpr std::size_t kMaximumThings = 400'000;

using Index = std::unordered_map<std::uint64_t, std::size_t>; ///< thing by its number

std::uint64_t takeNumber(ObjectReader &reader, std::string_view key)
{
    if (!reader.has(key))
        reader.fail("FILE-MISSING", key, "this is missing");
    return reader.number(key, 0);
}

CapturedGraph::Thing readThing(ObjectReader &reader)
{
    CapturedGraph::Thing thing;
    thing.number = takeNumber(reader, "id");
    thing.name = reader.text("name");
    thing.type = reader.text("type", "block-driver");
    if (thing.type == "block-backend")
        thing.kind = CapturedGraph::Kind::User;
    if (thing.type == "block-job")
        thing.kind = CapturedGraph::Kind::Job;
    thing.extra = reader.rest();
    return thing;
}

PermissionSet readPermissions(ObjectReader &reader, std::string_view key)
{
    unsigned permissions = 0;
    for (const Value &item : reader.list(key, kMaximumThings)) {
        if (item.asString() != nullptr) // those of a newer QEMU have no bit
            permissions |= permissionFromText(*item.asString());
    }
    return permissions;
}

std::size_t takeThing(ObjectReader &reader, std::string_view key, const Index &index)
{
    const std::uint64_t number = takeNumber(reader, key);
    const auto found = index.find(number);
    if (found != index.end())
        return found->second;
    reader.fail("FILE-REFERENCE", key, "there is no node with the id " + std::to_string(number));
    return 0;
}

CapturedGraph::Link readLink(ObjectReader &reader, const CapturedGraph &graph, const Index &index)
{
    CapturedGraph::Link link;
    link.parent = takeThing(reader, "parent", index);
    link.child = takeThing(reader, "child", index);
    link.role = reader.text("name");
    link.permissions = {readPermissions(reader, "perm"), readPermissions(reader, "shared-perm")};
    if (link.child < graph.things.size() && graph.things[link.child].kind != CapturedGraph::Kind::Node)
        reader.fail("FILE-REFERENCE", "child", "a link leads to a node, not to a user or a job");
    return link;
}

} // namespace

CapturedGraph readGraphReply(Reply &reply, Failure &failure)
{
    CapturedGraph graph;
    if (!reply.isThere())
        return graph;
    ObjectReader reader(reply.value, reply.place, failure);
    const Place things = reader.place("nodes");
    Value::List items = reader.list("nodes", kMaximumThings);
    Index index;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Place at = things.at(i);
        ObjectReader item(items[i], at, failure);
        graph.things.push_back(readThing(item));
        if (!index.try_emplace(graph.things.back().number, i).second)
            item.fail("FILE-DUPLICATE", "id",
                      "the id " + std::to_string(graph.things.back().number) + " is there twice");
    }
    const Place links = reader.place("edges");
    items = reader.list("edges", kMaximumThings);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Place at = links.at(i);
        ObjectReader item(items[i], at, failure);
        graph.links.push_back(readLink(item, graph, index));
    }
    return graph;
}

} // namespace blockscope
