// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/session/eventlog.h"

namespace blockscope::views {

void append(std::vector<RecordedEvent> &log, RecordedEvent added, std::size_t sealed)
{
    if (const auto *steps = std::get_if<StepControl>(&added.event); steps != nullptr && log.size() > sealed) {
        auto *last = std::get_if<StepControl>(&log.back().event);
        if (last != nullptr && last->job == steps->job && log.back().outcome.job == added.outcome.job &&
            log.back().outcome.kind == added.outcome.kind) {
            last->count += steps->count;
            log.back().outcome = std::move(added.outcome);
            return;
        }
    }
    log.push_back(std::move(added));
}

World replay(World world, std::span<const RecordedEvent> log)
{
    for (const RecordedEvent &each : log)
        blockscope::apply(world, each.event);
    return world;
}

} // namespace blockscope::views
