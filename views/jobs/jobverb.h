// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What a person can tell a job to do: QMP's job commands.

#include "engine/run/event.h"

#include <array>

namespace blockscope::views {

enum class JobVerb : std::uint8_t { Pause, Resume, Complete, Cancel, Finalize, Dismiss };

inline constexpr std::array kJobVerbs{JobVerb::Pause,  JobVerb::Resume,   JobVerb::Complete,
                                      JobVerb::Cancel, JobVerb::Finalize, JobVerb::Dismiss};

/// True when QEMU takes the command in the job's status (JobVerbTable in QEMU's job.c).
[[nodiscard]] bool isPossible(JobVerb verb, const Job &job);
[[nodiscard]] Event toEvent(JobVerb verb, const Job &job);

} // namespace blockscope::views
