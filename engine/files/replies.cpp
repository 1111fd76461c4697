// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/replies.h"

namespace blockscope {

namespace {

bool isGraph(const Value &value)
{
    const auto *object = value.asObject();
    return object != nullptr && object->contains("nodes") && object->contains("edges");
}

/// Takes the value out of {"return": ...}; null for {"error": ...}.
void unwrap(Value value, Reply &reply, const Place &outer)
{
    auto *object = value.asObject();
    if (object != nullptr && object->contains("return")) {
        reply.place = outer.at("return");
        reply.value = std::move(object->at("return"));
    } else if (object == nullptr || !object->contains("error")) {
        reply.place = outer;
        reply.value = std::move(value);
    }
}

} // namespace

Replies::Replies(Value document, Failure &failure)
{
    struct Command
    {
        const char *name;
        Reply *reply;
    };
    const Command commands[] = {{"x-debug-query-block-graph", &graph},
                                {"query-named-block-nodes", &namedNodes},
                                {"query-block", &block},
                                {"query-jobs", &jobs},
                                {"query-block-jobs", &blockJobs},
                                {"query-block-exports", &exports},
                                {"query-status", &status}};
    bool isObjectOfReplies = false;
    if (auto *object = document.asObject()) {
        ObjectReader reader(document, root, failure);
        for (const Command &command : commands) {
            if (!object->contains(command.name))
                continue;
            isObjectOfReplies = true;
            command.reply->outer = root.at(command.name);
            unwrap(reader.take(command.name), *command.reply, command.reply->outer);
        }
        if (isObjectOfReplies)
            rest = reader.rest();
    }
    if (!isObjectOfReplies) {
        Reply bare;
        unwrap(std::move(document), bare, root);
        Reply &reply = isGraph(bare.value) ? graph : namedNodes;
        if (isGraph(bare.value) || bare.value.asList() != nullptr)
            reply = std::move(bare);
    }
    if (!graph.isThere() && !namedNodes.isThere())
        failure.report(
            "FILE-FORMAT", root,
            "this is neither a scenario nor a reply of x-debug-query-block-graph or query-named-block-nodes");
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
