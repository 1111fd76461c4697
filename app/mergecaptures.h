// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Several files that hold replies of one QEMU put together into one capture.

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <optional>
#include <string_view>

namespace blockscope::app {

/// Adds what \a text holds to \a capture: the replies of an object with one key a command, or a bare reply, which is
/// known by its shape. Errors: a reply that \a capture has already, a shape that no known command has.
[[nodiscard]] std::optional<Error> addCapture(Object &capture, std::string_view text);
/// True when one of the replies in \a capture says what nodes there are.
[[nodiscard]] bool hasGraph(const Object &capture);

} // namespace blockscope::app
