// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// human-monitor-command: a line of QEMU's human monitor as the operation that it names.

#include "engine/base/result.h"
#include "engine/run/event.h"

namespace blockscope {

/// True for {"execute": "human-monitor-command", ...}.
[[nodiscard]] bool isHumanCommand(const QmpCommand &request);
/// The operation that "command-line" names, with its arguments, "forget" and "host" kept. Error: there is no such
/// command here, or its arguments are not what the monitor expects (monitor_parse_arguments() in monitor/hmp.c).
/// REQUIRES: isHumanCommand().
[[nodiscard]] Result<QmpCommand> commandFromHuman(const QmpCommand &request);

} // namespace blockscope
