// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#pragma once

/// \file
/// What must hold for every layout, whoever made it, and graphs to try it on.

#include "views/layout/layoutengine.h"

#include <QString>

namespace blockscope::layout {

/// The first broken rule in words; empty if all hold: every box is there with its size and inside the picture, no two
/// overlap, parents are above their children unless they are in a cycle, every route is a cubic path from the
/// parent's border to the child's, and none runs through a box.
[[nodiscard]] QString brokenRule(const Request &request, const Result &result);

/// Users, chains, templates with clones and jobs in one component or several, ids in no order; with \a hostile also
/// cycles, self loops, links given twice, links to nowhere and senseless sizes.
[[nodiscard]] Request randomRequest(unsigned seed, bool hostile);

/// The same lists in another order.
[[nodiscard]] Request shuffled(Request request, unsigned seed);

[[nodiscard]] const Placement *find(const Result &result, std::uint32_t id);

} // namespace blockscope::layout
