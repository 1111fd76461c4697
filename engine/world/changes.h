// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What has been touched since the invariants were last checked, so that they look there alone. No part of the state:
/// two Worlds that differ in nothing else are equal.

#include "engine/base/id.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace blockscope {

struct Changes
{
    std::vector<std::pair<NodeId, std::uint32_t>> clusters; ///< written: the node that keeps the data, and which one
    std::vector<NodeId> nodes;                              ///< what a reader of these sees may differ anywhere
    bool headers = false;                                   ///< a header changed, or an image became obsolete

    [[nodiscard]] bool isEmpty() const { return clusters.empty() && nodes.empty() && !headers; }
    void clear()
    {
        clusters.clear();
        nodes.clear();
        headers = false;
    }
    friend bool operator==(const Changes &, const Changes &) { return true; }
};

} // namespace blockscope
