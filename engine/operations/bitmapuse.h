// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The dirty bitmap that a backup works from. While it does, the bitmap is busy and a successor notes what is written;
/// at the end the successor takes the bitmap's place (its bits were copied) or is added to it
/// (backup_cleanup_sync_bitmap() in block/backup.c, block/dirty-bitmap.c).

#include "engine/base/result.h"
#include "engine/world/world.h"

namespace blockscope {

inline constexpr std::string_view kBitmapModes[] = {"on-success", "never", "always"};

/// The bitmap of that name on what \a node shows; null when there is none.
[[nodiscard]] const DirtyBitmap *bitmapOn(const World &world, NodeId node, std::string_view name);
/// Checks "bitmap" and "bitmap-mode" as do_backup_common() does. Whether the bitmap is busy is for the policies.
[[nodiscard]] std::optional<Error> checkBitmap(const World &world, const Object &arguments, NodeId source);
/// Makes the bitmap of \a job busy. False when the job may not (grant.h).
[[nodiscard]] bool beginBitmapUse(World &world, const Job &job);
/// Ends that, as "bitmap-mode" says; nothing happens when it was ended before. False when the job may not.
bool endBitmapUse(World &world, const Job &job, bool succeeded);

} // namespace blockscope
