// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/policies/cause.h"

#include <algorithm>
#include <iterator>

namespace blockscope {

namespace {

struct Pattern
{
    std::string_view part; ///< what such a text contains
    std::string_view cause;
};

/// The first that is found decides.
constexpr Pattern kPatterns[] = {
    {"Permission conflict on node", "permission-conflict"},
    {"Conflicts with use by", "permission-conflict"}, // 2.9 to 6.0
    {"Need a root block node", "need-root-node"},
    {"is busy: ", "op-blocker"},
    {"Failed to get ", "image-lock"},
    {"Cannot change frozen ", "frozen-link"},
    {"Cannot freeze ", "frozen-link"},
    {"' link to '", "frozen-link"},
    {"' link from '", "frozen-link"},
    {"Cannot replace implicit", "implicit-filter"},
    {"would create a cycle", "cycle"},
    {"iothread", "aio-context"},
    {"is associated with a BlockBackend", "aio-context"},
    {"currently in use by another operation", "bitmap-busy"},
    {"is currently frozen and cannot be", "bitmap-busy"}, // until 4.0
    {"Cannot modify a frozen bitmap", "bitmap-busy"},
    {"Device or resource busy", "op-blocker"}, // HMP's commit
    {"read-only", "read-only"},
    {"Read-only", "read-only"},
    {"read only", "read-only"},
    {"cannot accept command verb", "job-state"},
    {"a job that was not paused", "job-state"},
    {"Job is already paused", "job-state"},
    {"Job not found", "job-state"},
    {"Block job '", "job-state"},
    {"not in this backing file chain", "chain-shape"},
    {"are not in the same chain", "chain-shape"},
    {"The overlay already has a backing image", "chain-shape"},
    {"Property '", "other"},
    {"Bitmap '", "other"},
    {"Cannot find device=", "no-such-thing"},
    {"Failed to find node", "no-such-thing"},
    {"not found", "no-such-thing"},
};

bool isDeviceInUse(std::string_view error)
{
    return error.starts_with("Device '") && error.ends_with("is in use");
}

} // namespace

std::string_view causeOf(std::string_view error)
{
    const auto *const found = std::find_if(std::begin(kPatterns), std::end(kPatterns), [&](const Pattern &each) {
        return error.find(each.part) != std::string_view::npos;
    });
    if (found != std::end(kPatterns))
        return found->cause;
    if (isDeviceInUse(error)) // block_resize has no other text for an op blocker
        return "op-blocker";
    return error.find(" in use") != std::string_view::npos ? "node-in-use" : "other";
}

} // namespace blockscope
