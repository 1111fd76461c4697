// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/mergecaptures.h"

#include "engine/files/jsonreader.h"
#include "engine/files/replies.h"

#include <algorithm>
#include <array>
#include <optional>

namespace blockscope::app {

namespace {

/// A command, and keys that an item of its reply has and no other command's.
struct Shape
{
    std::string_view command;
    std::array<std::string_view, 2> keys;
    bool isList = true;
};

constexpr std::array kShapes{
    Shape{"x-debug-query-block-graph", {"nodes", "edges"}, false},
    Shape{"query-status", {"running", "status"}, false},
    Shape{"query-named-block-nodes", {"node-name", "drv"}},
    Shape{"query-block", {"device", "locked"}},
    Shape{"query-jobs", {"id", "current-progress"}},
    Shape{"query-block-jobs", {"device", "len"}},
    Shape{"query-block-exports", {"node-name", "shutting-down"}},
};

bool isCommand(std::string_view key)
{
    return std::any_of(kShapes.begin(), kShapes.end(), [&](const Shape &shape) { return shape.command == key; });
}

bool fits(const Shape &shape, const Value &reply)
{
    const Value *item = &reply;
    if (shape.isList) {
        const Value::List *list = reply.asList();
        if (list == nullptr || list->empty())
            return false;
        item = &list->front();
    }
    const Object *object = item->asObject();
    return object != nullptr && std::all_of(shape.keys.begin(), shape.keys.end(),
                                            [&](std::string_view key) { return find(*object, key) != nullptr; });
}

const Shape *shapeOf(const Value &reply)
{
    const auto found =
        std::find_if(kShapes.begin(), kShapes.end(), [&](const Shape &each) { return fits(each, reply); });
    return found == kShapes.end() ? nullptr : &*found;
}

std::optional<Error> add(Object &capture, const std::string &key, const Value &value)
{
    if (capture.emplace(key, value).second || !isCommand(key))
        return std::nullopt;
    return Error{"FILE-DUPLICATE", key, "this reply was in an earlier file already; exactly one graph can be imported"};
}

} // namespace

std::optional<Error> addCapture(Object &capture, std::string_view text)
{
    const Result<Value> document = readJson(text);
    if (!document)
        return document.error();
    const Object *object = document->asObject();
    const bool isCapture = object != nullptr && std::any_of(object->begin(), object->end(),
                                                            [](const auto &member) { return isCommand(member.first); });
    if (isCapture) {
        for (const auto &[key, value] : *object) {
            if (auto error = add(capture, key, value))
                return error;
        }
        return std::nullopt;
    }
    const Value *wrapped = object != nullptr ? find(*object, "return") : nullptr;
    const Value &reply = wrapped != nullptr ? *wrapped : *document;
    if (const Shape *shape = shapeOf(reply))
        return add(capture, std::string(shape->command), reply);
    const std::string place = wrapped != nullptr ? "return" : Place().text();
    if (const Value::List *list = reply.asList(); list != nullptr && list->empty())
        return Error{"FILE-FORMAT", place, kEmptyList};
    return Error{"FILE-FORMAT", place, "this is neither a capture nor the reply of a command that Blockscope knows"};
}

bool hasGraph(const Object &capture)
{
    return find(capture, "x-debug-query-block-graph") != nullptr || find(capture, "query-named-block-nodes") != nullptr;
}

} // namespace blockscope::app
