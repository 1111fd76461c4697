// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The QMP replies of a capture, taken out of the document, whatever its form:
/// an object with one key a command, or one bare reply.
///
/// Ownership: the places refer to each other; Replies stays where it was made.
/// Thread: any.

#include "engine/files/objectreader.h"

#include <vector>

namespace blockscope {

/// What is wrong with an empty list that stands alone: any command may have given it.
inline constexpr const char *kEmptyList = "this list is empty: it does not say what nodes there are";

struct Reply
{
    Value value; ///< what "return" held; null when the command was not asked or failed
    Place outer; ///< the command's key
    Place place; ///< where the value stands

    [[nodiscard]] bool isThere() const { return !value.isNull(); }
};

struct Replies
{
    Replies(Value document, Failure &failure);
    Replies(const Replies &) = delete;
    Replies &operator=(const Replies &) = delete;

    Place root;
    Reply graph;      ///< x-debug-query-block-graph
    Reply namedNodes; ///< query-named-block-nodes
    Reply block;      ///< query-block
    Reply jobs;       ///< query-jobs
    Reply blockJobs;  ///< query-block-jobs
    Reply exports;    ///< query-block-exports
    Reply status;     ///< query-status
    Object rest;      ///< the other keys of the document, failed commands among them

private:
    void readBare(Value &document, Failure &failure);
};

/// The items of a list; anything else, and a missing one, is empty (and a failure, unless null).
[[nodiscard]] Value::List takeList(Reply &reply, Failure &failure);

} // namespace blockscope
