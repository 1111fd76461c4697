// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A World and its events as what a real QEMU 7.2 is to build and to be asked, with what the policy qemu says of each
/// event beside it. Nothing is run here, and no file is touched; engine/files/reproducer.h writes the script.
///
/// Both sides get the same events: what QEMU cannot be asked (unplayed.h) is not asked here either. Where ours lets a
/// job move on, by a step or a control, the event says to which status, and QEMU's is brought there.

#include "engine/reproduce/scratchgraph.h"
#include "engine/run/apply.h"

namespace blockscope {

struct ReproducedEvent
{
    std::size_t index = 0; ///< among the events given
    Event event;
    std::optional<Unplayed> unplayed; ///< why it is not played; then nothing below is set
    Outcome::Kind ours = Outcome::Kind::Allowed;
    std::string error; ///< our text when it is not allowed
    Object step;       ///< of the script; without index
    /// False for what only we have, the single steps of a job: there is no answer of QEMU's to compare.
    bool isCompared = true;
};

struct Reproduction
{
    Value::List images; ///< commands, lists of words
    Value::List qemu;   ///< QEMU's command line
    Value::List setup;  ///< steps
    std::vector<ReproducedEvent> events;
    std::vector<Unplayed> notes; ///< what the graph is built without, or otherwise

    /// True when there is an event to be played, or no event at all: then the graph alone is built.
    [[nodiscard]] bool isPlayable() const;
};

/// Error: \a world cannot be built because its links make a cycle.
[[nodiscard]] Result<Reproduction> reproduce(const World &world, const std::vector<Event> &events);

} // namespace blockscope
