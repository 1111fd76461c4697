// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Limits of I/O with the names of QMP's ThrottleLimits ("bps-total", "iops-read-max"), as World::throttles keeps them.

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <optional>

namespace blockscope {

/// Checks names, kinds and values as throttle_is_valid() of util/throttle.c does; \a argument is where errors point.
[[nodiscard]] std::optional<Error> checkLimits(const Object &limits, const std::string &argument);
/// True when they limit anything (throttle_enabled()).
[[nodiscard]] bool limitsAnything(const Object &limits);
/// The limits that the arguments of block_set_io_throttle ("bps", "iops_rd_max") stand for.
[[nodiscard]] Object limitsFromArguments(const Object &arguments);

} // namespace blockscope
