// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What the operations on dirty bitmaps have in common (block/monitor/bitmap-qmp-cmds.c, block/dirty-bitmap.c of QEMU
/// 7.2). That a bitmap is busy is no concern of the claims: policies that know named objects look at it.

#include "engine/base/result.h"
#include "engine/operations/operation.h"

namespace blockscope {

/// A bitmap by its place in World::bitmaps.
struct BitmapPlace
{
    NodeId node; ///< as it was named; the bitmaps are kept by its data node
    std::string name;
};

/// What a bitmap must not be for an operation (BDRV_BITMAP_RO, BDRV_BITMAP_INCONSISTENT).
enum class BitmapDemand : std::uint8_t {
    Consistent, ///< BDRV_BITMAP_ALLOW_RO
    Changeable, ///< BDRV_BITMAP_DEFAULT
    Removable,  ///< may be inconsistent, not read-only
    Nothing     ///< it must be there
};

/// Null when there is no such bitmap.
[[nodiscard]] const DirtyBitmap *findBitmap(const World &world, const BitmapPlace &place);
/// REQUIRES: there is such a bitmap.
[[nodiscard]] DirtyBitmap &editBitmap(World &world, const BitmapPlace &place);
/// block_dirty_bitmap_lookup() and bdrv_dirty_bitmap_check(); the errors point at \a nodeName and \a bitmapName.
[[nodiscard]] Result<BitmapPlace> lookUpBitmap(const World &world, const std::string &node, const std::string &bitmap,
                                               BitmapDemand demand, const std::string &bitmapName);
/// The same with the arguments "node" and "name", as a plan of \a operation with its claims.
[[nodiscard]] Result<Plan> planBitmap(const Operation &operation, const World &world, const Object &arguments,
                                      BitmapDemand demand);
/// The bitmap that the arguments of \a plan name.
[[nodiscard]] BitmapPlace bitmapOf(const Plan &plan);
/// Arguments for an operation on a bitmap that was dropped on \a node.
[[nodiscard]] Object suggestBitmap(const World &world, NodeId node);

} // namespace blockscope
