// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// JSON text (RFC 8259, UTF-8) into a Value, in one pass and without an
/// intermediate document. A parser of our own because QJsonDocument drops
/// doubled keys without a word, repairs wrong escapes and numbers, and takes
/// half as long again before its values are converted to ours.
///
/// Strict: one value, no comments, no doubled key, no lone surrogate, no number
/// that does not fit. Whole numbers stay whole (64 bits signed); larger ones
/// and those with a point or an exponent become doubles.
///
/// Errors: code FILE-JSON, where "line 3, column 7" (both from 1, columns in
/// characters). Thread: any.

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <string_view>

namespace blockscope {

/// Deeper nesting is an error.
inline constexpr int kMaximumJsonDepth = 128;

/// \a depth, if given, is set to how deeply the value is nested: 0 for a number.
[[nodiscard]] Result<Value> readJson(std::string_view text, int *depth = nullptr);

} // namespace blockscope
