// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Opening images: what blockdev-add does, and what other operations do that open an image as part of their work
/// (bdrv_open() of QEMU).

#include "engine/world/world.h"

namespace blockscope {

/// Opens the tree of nodes that \a options describe, as blockdev-add takes them, in the process \a host; nobody owns
/// its root yet. An image that another open node shows already is the same image: its data is shared. In a process that
/// waits for an incoming migration the nodes are inactive. REQUIRES: names are free, references lead to nodes.
NodeId openNodes(World &world, const Object &options, const std::string &host);
/// The format of the image \a filename: probed by QEMU, here that of a node that has it open, else raw.
[[nodiscard]] std::string probedFormat(const World &world, const std::string &filename);

} // namespace blockscope
