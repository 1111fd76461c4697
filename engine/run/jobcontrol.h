// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The commands that control jobs: job-pause, job-resume, job-cancel,
/// job-complete, job-finalize, job-dismiss, and their
/// block-job-* forms (job-qmp.c and blockdev.c of QEMU 7.2).

#include "engine/base/result.h"
#include "engine/run/event.h"
#include "engine/world/world.h"

#include <optional>

namespace blockscope {

/// True for a command of this family.
[[nodiscard]] bool isJobCommand(std::string_view name);
/// Does it, or says why it makes no sense. REQUIRES: isJobCommand(command.execute).
[[nodiscard]] Result<JobId> controlJob(World &world, const QmpCommand &command);

} // namespace blockscope
