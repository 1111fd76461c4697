// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The image files below the nodes of a World, as commands of qemu-img and qemu-io.

#include "engine/reproduce/scratchnames.h"

#include <set>

namespace blockscope {

/// How a node is made in the folder: which driver, and for whom else it stands in.
struct ScratchDriver
{
    std::string name;
    bool isReplaced = false;
};
/// A driver that is not known is guessed from its children; one that is not in the tables of scratchcommand.h is
/// replaced by raw above a file, else by a file.
[[nodiscard]] ScratchDriver scratchDriver(const World &world, NodeId node);

/// Commands, each a list of words (Value::List), that make the files of \a nodes, which have their children before
/// them; a word that is an object stands for "json:{...}". Adds to \a files the names that they have in the World.
[[nodiscard]] Value::List imageCommands(const World &world, const std::vector<NodeId> &nodes, ScratchNames &names,
                                        std::set<std::string> &files);
/// By which a file is known: its name, or where it has none one of its node's own.
[[nodiscard]] std::string fileKey(const World &world, NodeId node);

} // namespace blockscope
