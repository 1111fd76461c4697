// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Typed ids. An id names a thing for the life of a World and is never used
/// again; it is also the index of that thing in its table. Ids, never
/// pointers, cross a border.

#include <cstdint>
#include <functional>

namespace blockscope {

template <class Tag>
struct Id
{
    static constexpr std::uint32_t kNone = 0xffffffffU;

    std::uint32_t value = kNone;

    [[nodiscard]] constexpr bool isValid() const { return value != kNone; }
    friend constexpr bool operator==(Id, Id) = default;
    friend constexpr auto operator<=>(Id, Id) = default;
};

using NodeId = Id<struct NodeTag>;
using EdgeId = Id<struct EdgeTag>;
using UserId = Id<struct UserTag>;
using JobId = Id<struct JobTag>;

/// The clock of a World: one tick for every elementary transition (a request,
/// one step of a job, one guest write). No relation to wall time.
using Tick = std::uint64_t;

} // namespace blockscope

template <class Tag>
struct std::hash<blockscope::Id<Tag>>
{
    std::size_t operator()(blockscope::Id<Tag> id) const noexcept { return std::hash<std::uint32_t>()(id.value); }
};
