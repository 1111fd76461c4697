// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A request whose affected nodes were listed and which has not acquired them yet. With the graph lock nobody can
/// change the graph in between; without it the list may be stale when it is used (Eric Blake in the RFC thread).

#include "engine/access/ledger.h"
#include "engine/base/value.h"
#include "engine/world/job.h"

#include <string>
#include <vector>

namespace blockscope {

struct ListedRequest
{
    std::string id; ///< given by who listed it
    std::string execute;
    Object arguments;
    std::vector<std::string> forget;
    std::vector<RoleNode> nodes;
    std::vector<NodeClaim> claims;
    Tick listedAt = 0;
    std::string host; ///< the QEMU process that it is sent to; empty for the first

    friend bool operator==(const ListedRequest &, const ListedRequest &) = default;
};

} // namespace blockscope
