// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Nodes as QEMU 2.5 knows them. Each tree has one BlockBackend at its root, and most commands take its name, the
/// device (operations.md 1.5, rule 5). Here a device is a guest device or what drive_add made, and by its node-name a
/// root node that the monitor owns, since blockdev-add of 2.5 would have given it an id.
///
/// 2.5 puts no filter of a job into the graph, and users none above a format; here they are looked through.

#include "engine/world/world.h"

#include <optional>
#include <string>
#include <vector>

namespace blockscope::legacy {

/// Guests, exports and BlockBackends on \a node or on filters above it, in the order in which they came.
[[nodiscard]] std::vector<UserId> usersOf(const World &world, NodeId node);
/// True when nothing but users, jobs and filters is above \a node.
[[nodiscard]] bool isRoot(const World &world, NodeId node);
/// The name of the BlockBackend at \a node. None for the target of a mirror, which drive-mirror opens by itself.
[[nodiscard]] std::optional<std::string> deviceName(const World &world, NodeId node);
/// bdrv_get_device_or_node_name(): as messages call \a node.
[[nodiscard]] std::string deviceOrNodeName(const World &world, NodeId node);
/// bdrv_is_first_non_filter(): the root of a tree, or below nothing but filters and quorums.
[[nodiscard]] bool isFirstNonFilter(const World &world, NodeId node);

} // namespace blockscope::legacy
