// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What happens to a World. An event is either a QMP command exactly as sent to
/// QEMU or one of our own controls; both are plain data and stand in scenario
/// files and EVENTS.jsonl as they are here.

#include "engine/base/value.h"
#include "engine/world/job.h"

#include <optional>
#include <string>
#include <variant>

namespace blockscope {

/// {"execute": "block-commit", "arguments": {...}}: a request, or job control.
struct QmpCommand
{
    std::string execute;
    Object arguments;

    friend bool operator==(const QmpCommand &, const QmpCommand &) = default;
};

/// {"control": "step", "job": "j0", "count": 5}: lets a job make that many steps.
struct StepControl
{
    std::string job;
    std::uint64_t count = 1;

    friend bool operator==(const StepControl &, const StepControl &) = default;
};

/// {"control": "run-until", "job": "j0", "status": "ready"}: steps a job until it
/// has reached or passed a status; null (here: JobStatus::Null) until it is gone.
struct RunUntilControl
{
    std::string job;
    JobStatus status = JobStatus::Null;

    friend bool operator==(const RunUntilControl &, const RunUntilControl &) = default;
};

/// {"control": "guest-write", "device": "vda", "cluster": 3}: the guest writes fresh data.
struct GuestWriteControl
{
    std::string device;
    std::uint32_t cluster = 0;

    friend bool operator==(const GuestWriteControl &, const GuestWriteControl &) = default;
};

/// {"control": "set-policy", "policy": "nac"}: another rule set decides from now on.
struct SetPolicyControl
{
    std::string policy;

    friend bool operator==(const SetPolicyControl &, const SetPolicyControl &) = default;
};

using Event = std::variant<QmpCommand, StepControl, RunUntilControl, GuestWriteControl, SetPolicyControl>;

} // namespace blockscope
