// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/replies.h"

#include <algorithm>
#include <iterator>

namespace blockscope {

namespace {

bool isGraph(const Value &value)
{
    const auto *object = value.asObject();
    return object != nullptr && object->contains("nodes") && object->contains("edges");
}

/// Takes the value out of {"return": ...}, or a bare reply as it is: a list, or an object with the key
/// \a mark. False for anything else that an object can be: {"error": ...}, a note that QEMU died.
bool unwrap(Value &value, Reply &reply, const Place &outer, const char *mark)
{
    auto *object = value.asObject();
    if (object != nullptr && object->contains("return")) {
        reply.place = outer.at("return");
        reply.value = std::move(object->at("return"));
        return true;
    }
    if (object != nullptr && !object->contains(mark))
        return false;
    reply.place = outer;
    reply.value = std::move(value);
    return true;
}

} // namespace

Replies::Replies(Value document, Failure &failure)
{
    struct Command
    {
        const char *name;
        Reply *reply;
        const char *mark; ///< a key of its reply; empty when that is a list
    };
    const Command commands[] = {{"x-debug-query-block-graph", &graph, "nodes"},
                                {"query-named-block-nodes", &namedNodes, ""},
                                {"query-block", &block, ""},
                                {"query-jobs", &jobs, ""},
                                {"query-block-jobs", &blockJobs, ""},
                                {"query-block-exports", &exports, ""},
                                {"query-status", &status, "status"}};
    const auto *object = document.asObject();
    const bool isObjectOfReplies =
        object != nullptr && std::any_of(std::begin(commands), std::end(commands),
                                         [&](const Command &each) { return object->contains(each.name); });
    if (isObjectOfReplies) {
        ObjectReader reader(document, root, failure);
        Object unused;
        for (const Command &command : commands) {
            if (!reader.has(command.name))
                continue;
            command.reply->outer = root.at(command.name);
            Value value = reader.take(command.name);
            if (!unwrap(value, *command.reply, command.reply->outer, command.mark))
                unused.emplace(command.name, std::move(value));
        }
        rest = reader.rest();
        rest.merge(unused);
    } else {
        readBare(document, failure);
    }
    if (!failure && !graph.isThere() && !namedNodes.isThere())
        failure.report(
            "FILE-FORMAT", root,
            "this is neither a scenario nor a reply of x-debug-query-block-graph or query-named-block-nodes");
}

void Replies::readBare(Value &document, Failure &failure)
{
    Reply bare;
    if (!unwrap(document, bare, root, "nodes"))
        return;
    const Value::List *list = bare.value.asList();
    if (isGraph(bare.value))
        graph = std::move(bare);
    else if (list != nullptr && list->empty())
        failure.report("FILE-FORMAT", bare.place, kEmptyList);
    else if (list != nullptr)
        namedNodes = std::move(bare);
}

Value::List takeList(Reply &reply, Failure &failure)
{
    if (!reply.isThere())
        return {};
    if (auto *list = reply.value.asList())
        return std::move(*list);
    failure.report("FILE-KIND", reply.place, std::string("a list is expected here, not ") + kindOf(reply.value));
    return {};
}

} // namespace blockscope
