// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Events as they stand in scenario files and EVENTS.jsonl: a QMP command
/// exactly as sent to QEMU, or a control of ours (run/event.h lists both).
/// Beside it an event may carry what is expected of it, and any other key:
///
///     {"execute": "block-commit", "arguments": {...}, "expect": "allowed"}
///     {"control": "step", "job": "j0", "count": 5}
///     {"execute": "block-stream", "arguments": {...}, "expect": {"verdict": "refused", "codes": ["NAC-R1"]}}
///
/// Error codes: those of objectreader.h, and FILE-EVENT. Thread: any.

#include "engine/base/result.h"
#include "engine/files/place.h"
#include "engine/run/apply.h"

namespace blockscope {

/// What an event is expected to come to.
struct Expectation
{
    std::optional<Outcome::Kind> verdict;
    /// Codes that must be among those of the reasons or the error.
    std::vector<std::string> codes;
    Object extra; ///< keys that we do not know

    friend bool operator==(const Expectation &, const Expectation &) = default;
};

struct ScenarioEvent
{
    Event event;
    std::optional<Expectation> expected;
    Object extra; ///< keys that we do not know, "id" and "comment" for instance

    friend bool operator==(const ScenarioEvent &, const ScenarioEvent &) = default;
};

[[nodiscard]] Result<ScenarioEvent> readScenarioEvent(Value value, const Place &place = {});
[[nodiscard]] Value writeScenarioEvent(const ScenarioEvent &event);

/// The event alone; what is expected of it and unknown keys are dropped.
[[nodiscard]] Result<Event> readEvent(Value value, const Place &place = {});
[[nodiscard]] Value writeEvent(const Event &event);

/// JSON Lines: one event a line; empty lines and those that begin with # are
/// skipped. Errors begin with the line: "line 3: arguments".
[[nodiscard]] Result<std::vector<ScenarioEvent>> readEventLines(std::string_view text);

} // namespace blockscope
