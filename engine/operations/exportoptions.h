// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The options of an export that QEMU looks at when it is made, in its order and wording.

#include "engine/base/result.h"
#include "engine/world/world.h"

#include <optional>

namespace blockscope {

/// "bitmaps" of block-export-add, "bitmap" of nbd-server-add (nbd_export_create() in nbd/server.c): they are found on
/// the exported \a node, below it or on a node that is named, and a read-only export wants them to be still.
[[nodiscard]] std::optional<Error> checkExportedBitmaps(const World &world, const User &user, NodeId node,
                                                        const Object &arguments);
/// "num-queues" and "logical-block-size" (vu_blk_exp_create() in block/export/vhost-user-blk-server.c).
[[nodiscard]] std::optional<Error> checkVhostUser(const Object &arguments, const User &user);

} // namespace blockscope
