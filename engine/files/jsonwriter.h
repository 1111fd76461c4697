// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A Value as JSON text that people read, compare and edit: keys sorted, two
/// spaces a level, and an object or list on one line wherever it fits. The same
/// value gives the same bytes; reading them gives an equal value.
///
/// Thread: any. Errors: none; a number that is not finite becomes null.

#include "engine/base/value.h"

#include <string>

namespace blockscope {

/// Ends with a line feed.
[[nodiscard]] std::string writeJson(const Value &value);
/// On one line, without a line feed: for JSON Lines.
[[nodiscard]] std::string writeJsonLine(const Value &value);

} // namespace blockscope
