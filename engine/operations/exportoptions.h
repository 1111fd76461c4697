// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The options of an export that QEMU looks at when it is made, in its wording.

#include "engine/operations/bitmaps.h"

#include <optional>

namespace blockscope {

/// What QAPI checks of the union BlockExportOptions before anything else. REQUIRES: checkParameters() found nothing.
[[nodiscard]] std::optional<Error> checkExportMembers(const Object &arguments);
/// The bitmaps of \a node, of the chain below it or of nodes that are named, which "bitmaps" of block-export-add or
/// "bitmap" of nbd-server-add mean; those that are not there are left out.
[[nodiscard]] std::vector<BitmapPlace> exportedBitmaps(const World &world, NodeId node, const Object &arguments);
/// They must be there, and still where the export is read-only (nbd_export_create() in nbd/server.c).
[[nodiscard]] std::optional<Error> checkExportedBitmaps(const World &world, const User &user, NodeId node,
                                                        const Object &arguments);
/// "num-queues" and "logical-block-size" (vu_blk_exp_create() in block/export/vhost-user-blk-server.c).
[[nodiscard]] std::optional<Error> checkVhostUser(const Object &arguments, const User &user);

} // namespace blockscope
