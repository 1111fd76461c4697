// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Links that a job has frozen (operations.md 2.7; bdrv_freeze_backing_chain() in block.c): as long as it needs its
/// chain, nobody may cut or redirect them, nor freeze them again.

#include "engine/world/world.h"

#include <optional>
#include <vector>

namespace blockscope::qemu {

struct FrozenLink
{
    EdgeId link;
    JobId job;
};

/// The frozen links, by job. Only jobs that are in the graph freeze any.
[[nodiscard]] std::vector<FrozenLink> frozenLinks(const World &world);

/// Why the chain from \a top down to \a end (itself left out; all of it without one) cannot be frozen, and by whom it
/// is.
struct FreezeError
{
    EdgeId link;
    std::optional<JobId> job;
    std::string error;
};
[[nodiscard]] std::optional<FreezeError> cannotFreeze(const World &world, NodeId top, std::optional<NodeId> end);
/// bdrv_filter_or_cow_child(): the link down the chain, filters included.
[[nodiscard]] std::optional<EdgeId> chainLink(const World &world, NodeId node);

} // namespace blockscope::qemu
