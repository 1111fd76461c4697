// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A block node: QEMU's BlockDriverState without its data.

#include "engine/base/id.h"
#include "engine/base/value.h"

#include <optional>
#include <string>
#include <vector>

namespace blockscope {

struct Node
{
    NodeId id;
    std::string name;     ///< QEMU's node-name
    std::string driver;   ///< QEMU's driver name, as captured; unknown ones are kept
    std::string filename; ///< the image behind the node, empty when there is none
    /// The backing file string in the image header; differs from the runtime
    /// link after change-backing-file and while a job runs.
    std::string headerBacking;
    bool isHeaderChosen = false;   ///< by change-backing-file: what a restart would read is somebody's choice
    std::uint64_t virtualSize = 0; ///< bytes; 0 when unknown
    bool isOpen = true;            ///< false once dropped; a dropped node keeps its id and its image
    bool isReadOnly = false;
    bool isMonitorOwned = false;     ///< made by blockdev-add or -blockdev: goes only with blockdev-del
    bool isImplicit = false;         ///< a filter that a job put in
    bool isObsolete = false;         ///< left behind by a job that completed: its file may be deleted
    std::uint32_t voteThreshold = 0; ///< of a quorum: how many children must agree; 0 when unknown
    bool isInactive = false;         ///< handed over to another process, or not yet taken over from one (migration)
    std::string host;                ///< the QEMU process that opened it; empty for the first
    /// The node that keeps the data when this one shows the same image: the file opened a second time.
    std::optional<NodeId> sameImageAs;
    std::vector<NodeId> alsoShownBy; ///< the nodes whose sameImageAs is this one
    std::vector<EdgeId> children;    ///< in order of attachment
    std::vector<EdgeId> parents;     ///< in order of attachment
    Object extra;                    ///< keys of the capture that we do not interpret

    friend bool operator==(const Node &, const Node &) = default;
};

} // namespace blockscope
