// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What query-named-block-nodes tells: the properties of nodes and, for want of
/// a graph reply, the links that their file names suggest.
///
/// Thread: any.

#include "engine/files/replies.h"
#include "engine/graph/node.h"

#include <unordered_map>

namespace blockscope {

/// One item of query-named-block-nodes.
struct CapturedNode
{
    Node node;
    std::string backingFilename; ///< of the runtime link, absolute if known
    double allocated = 1;        ///< part of the virtual size that is on disk
    Value backingImage;          ///< nested ImageInfo, if the reply was not flat
};

struct CapturedLink
{
    std::size_t parent; ///< indexes into the nodes
    std::size_t child;
    std::string role;
};

[[nodiscard]] std::vector<CapturedNode> readNamedNodes(Reply &reply, Failure &failure);

/// The links that file names suggest; adds nodes for nested backing images that have none.
[[nodiscard]] std::vector<CapturedLink> inferLinks(std::vector<CapturedNode> &nodes);

/// Moves \a rest into \a extra, under "qemu-..." where a scenario file uses the key itself.
void keepUnknown(Object &extra, Object &&rest);

} // namespace blockscope
