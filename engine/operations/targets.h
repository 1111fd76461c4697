// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What mirror and backup have in common: a source with its data chain, and a target.

#include "engine/operations/arguments.h"

namespace blockscope {

struct SourceAndTarget
{
    NodeId source;
    NodeId target;
};

/// Looks up device and target and checks sync, that they differ, and their sizes. \a same is QEMU's
/// text for a target that is the source, or passes on to it.
[[nodiscard]] Result<SourceAndTarget> findSourceAndTarget(const World &world, const Object &arguments,
                                                          const char *same);
/// Adds source, chain, target and what is above the target. Where source or target is a filter, the nodes that
/// it passes on to play the same role, after it.
void addSourceAndTarget(PlanBuilder &plan, const World &world, const SourceAndTarget &nodes);
/// Arguments for an operation that was dropped on its source.
[[nodiscard]] Object suggestSource(const World &world, NodeId node);

} // namespace blockscope
