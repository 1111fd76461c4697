// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What happened, in order. The World the log begins with and the log, played
/// through apply(), give the World of now again.

#include "engine/run/apply.h"

#include <span>
#include <vector>

namespace blockscope::views {

/// An event and what came of it.
struct RecordedEvent
{
    Event event;
    Outcome outcome;

    friend bool operator==(const RecordedEvent &, const RecordedEvent &) = default;
};

/// Appends \a added. A step of the job that stepped last becomes one more of that event's count; the
/// first \a sealed events stay as they are.
void append(std::vector<RecordedEvent> &log, RecordedEvent added, std::size_t sealed = 0);

/// Plays \a log from \a world.
[[nodiscard]] World replay(World world, std::span<const RecordedEvent> log);

} // namespace blockscope::views
