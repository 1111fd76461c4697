// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// An outcome as one JSON object, as `run` and `request` print it with
/// --format json: resources/schema/outcome.schema.json says what is in it.

#include "engine/run/apply.h"

namespace blockscope::app {

inline constexpr int kOutcomeVersion = 1;

/// \a index counts the events of one call from 0; \a after is the World after the event (after a refused or
/// invalid one that is the World before it).
[[nodiscard]] Value outcomeJson(std::size_t index, const Outcome &outcome, const World &after);

} // namespace blockscope::app
