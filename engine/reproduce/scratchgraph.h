// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A World as what makes its graph in a real QEMU: commands that make the images, the command line, and the commands
/// that follow when QEMU runs. Images have the size, the allocated clusters and the internal snapshots that the World
/// says, and are made sparsely. Jobs are started again and brought to their status.

#include "engine/base/result.h"
#include "engine/reproduce/scratchcommand.h"

namespace blockscope {

struct ScratchGraph
{
    Value::List images;          ///< commands, each a list of words; a word that is an object stands for "json:{...}"
    Value::List nodes;           ///< words of QEMU's command line, objects among them
    Value::List devices;         ///< the same, for what follows the nodes
    Value::List setup;           ///< steps of the script
    std::set<std::string> files; ///< the images, by their names in the file
    std::vector<Unplayed> notes;
};

/// What a cluster stands for where the size of an image is not known.
inline constexpr std::uint64_t kDefaultClusterBytes = 65536;

/// What the events ask of the graph.
struct ScratchWishes
{
    std::set<UserId> named; ///< users whose BlockBackend needs its name, for a command names it as a device
};

/// Error: the links between nodes make a cycle.
[[nodiscard]] Result<ScratchGraph> scratchGraph(const World &world, const ScratchWishes &wishes, ScratchNames &names,
                                                ScratchNeeds &needs);
/// The model that a guest device is made as: which one it is is not known, only how it uses its disk. Those on SCSI go
/// at once when they are unplugged.
[[nodiscard]] const char *deviceModel(const User &user);
/// The command that makes an image for ScratchNeeds, of the size that files have by default.
[[nodiscard]] Value spareImage(const ScratchNeeds::Image &image);
/// What a cluster of \a node stands for, in bytes.
[[nodiscard]] std::uint64_t clusterBytes(const World &world, NodeId node);

} // namespace blockscope
