// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Blockscope's own file (*.blockscope): a World and a list of events with what
/// is expected of them. JSON, described by resources/schema/scenario.schema.json;
/// "blockscope" is the version of the format. Reading what was written gives an
/// equal scenario, and writing that gives the same bytes. Unknown keys are kept.
///
/// Errors: FILE-VERSION for a newer format; else those of jsonreader.h,
/// worldreader.h and eventjson.h. Nothing half-read escapes. Thread: any.

#include "engine/base/result.h"
#include "engine/files/eventjson.h"
#include "engine/world/world.h"

#include <QByteArray>

namespace blockscope {

inline constexpr int kScenarioVersion = 1;

struct Scenario
{
    World world;
    std::vector<ScenarioEvent> events;
    std::string title;
    std::string description;
    Object extra; ///< keys that we do not know; a capture's own description is under "capture"

    friend bool operator==(const Scenario &, const Scenario &) = default;
};

[[nodiscard]] Result<Scenario> readScenario(const QByteArray &text);
[[nodiscard]] Result<Scenario> scenarioFromJson(Value document);
[[nodiscard]] QByteArray writeScenario(const Scenario &scenario);

/// True when \a document says that it is a scenario, whether or not it is a good one.
[[nodiscard]] bool looksLikeScenario(const Value &document);

} // namespace blockscope
