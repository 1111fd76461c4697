// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The image that drive-mirror, drive-backup and blockdev-snapshot-sync make or open for themselves
/// (bdrv_img_create() and bdrv_open() in the commands of blockdev.c).
///
/// Files are known by the nodes that show them, open or closed. An existing file that nobody has ever opened here is
/// taken for a new one that somebody made as the command itself would have made it.

#include "engine/operations/operation.h"

namespace blockscope {

inline constexpr std::string_view kImageModes[] = {"existing", "absolute-paths"};

struct NewImage
{
    std::string filename;
    std::string format; ///< the driver
    std::string name;   ///< node-name; empty: one is made up
    bool exists = false;
    NodeId like;                    ///< the node whose size and process it gets
    std::optional<NodeId> recorded; ///< the node that its header names as backing file
};

/// The arguments "mode", "format" and \a fileArgument as QEMU takes them for a copy of \a like.
[[nodiscard]] NewImage describeImage(const World &world, const Object &arguments, std::string_view fileArgument,
                                     NodeId like);
/// QEMU's text when the file cannot be made or opened: another node has it open.
[[nodiscard]] std::optional<Error> checkImage(const World &world, const NewImage &image, std::string_view fileArgument);
/// Opens the image, writable and without its backing file, on a protocol node of its own. REQUIRES: checkImage().
NodeId openImage(World &world, const NewImage &image);
/// The open node that the header of \a node names as backing file, if any.
[[nodiscard]] std::optional<NodeId> recordedBacking(const World &world, NodeId node);

/// A name as QEMU gives it to a node that nobody named.
[[nodiscard]] std::string freeNodeName(const World &world);
/// QEMU's error when the argument "format" names no format of images.
[[nodiscard]] std::optional<Error> checkFormat(const Object &arguments);
/// Adds \a node, made by \a actor's own operation, to what it holds, with the claims that \a plan has for \a role.
void claimCreated(World &world, const Plan &plan, Holder actor, std::string_view role, NodeId node);

} // namespace blockscope
