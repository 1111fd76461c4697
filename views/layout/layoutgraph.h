// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A request made safe: boxes sorted by id, links by id, ends as indices of boxes, every size a sensible number.

#include "views/layout/layoutrequest.h"

namespace blockscope::layout {

struct GraphLink
{
    std::uint32_t id = 0;
    std::uint32_t parent = 0; ///< index of a box
    std::uint32_t child = 0;  ///< index of a box
    bool chain = false;
    auto operator<=>(const GraphLink &) const = default;
};

struct LayoutGraph
{
    std::vector<Box> boxes;
    std::vector<GraphLink> links;
    Spacing spacing;
};

[[nodiscard]] LayoutGraph normalised(const Request &request);

} // namespace blockscope::layout
