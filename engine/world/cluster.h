// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The simulated content of an image: a few clusters a node, each with its
/// provenance. Nothing compares contents but by identity: two clusters hold
/// the same data exactly when it came from the same write.

#include "engine/base/id.h"

#include <cstdint>
#include <vector>

namespace blockscope {

/// Number of clusters that stand for a whole image, unless a file says otherwise.
inline constexpr std::uint32_t kDefaultClusters = 64;
/// More than this no file may ask for.
inline constexpr std::uint32_t kMaximumClusters = 4096;

/// Who wrote something, and when.
struct Stamp
{
    enum class Kind : std::uint8_t { Image, User, Job, Operation };

    Kind kind = Kind::Image;
    std::uint32_t id = NodeId::kNone; ///< NodeId, UserId or JobId, as kind says; 0 for a synchronous operation
    Tick tick = 0;

    friend bool operator==(const Stamp &, const Stamp &) = default;
};

struct Cluster
{
    enum class State : std::uint8_t { Unallocated, Zero, Data };

    State state = State::Unallocated;
    Stamp value;   ///< which data this is: the write that first made it
    Stamp written; ///< who put it into this node, and when

    [[nodiscard]] bool isAllocated() const { return state != State::Unallocated; }
    /// True when a reader could not tell the two apart.
    [[nodiscard]] bool readsLike(const Cluster &other) const
    {
        const bool data = state == State::Data;
        return data == (other.state == State::Data) && (!data || value == other.value);
    }
    friend bool operator==(const Cluster &, const Cluster &) = default;
};

/// The clusters of one node, in order; its size is the node's size. Empty for a
/// node that keeps no data of its own (filters, raw, the file below a format).
using BlockData = std::vector<Cluster>;

} // namespace blockscope
