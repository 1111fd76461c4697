// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// An outcome as one JSON object, as `run` and `request` print it with
/// --format json: resources/schema/outcome.schema.json says what is in it.

#include "engine/run/answers.h"

namespace blockscope::app {

inline constexpr int kOutcomeVersion = 1;

/// \a index counts the events of one call from 0; \a after is the World after the event (after a refused or
/// invalid one that is the World before it); \a answers are those of all policies, none for what they do not decide.
[[nodiscard]] Value outcomeJson(std::size_t index, const Outcome &outcome, const World &after,
                                const std::vector<Answer> &answers);
/// The answers of all policies to \a event on \a before.
[[nodiscard]] std::vector<Answer> answersTo(const World &before, const Event &event);

} // namespace blockscope::app
