// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What happens to a World. An event is either a QMP command exactly as sent to
/// QEMU or one of our own controls; both are plain data and stand in scenario
/// files and EVENTS.jsonl as they are here.

#include "engine/base/value.h"
#include "engine/world/job.h"
#include "engine/world/switches.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace blockscope {

/// {"execute": "block-commit", "arguments": {...}}: a request, or job control. Beside QMP's members it may carry
/// "forget": ["base"], the roles on whose nodes the operation makes no claim, and "host": "destination", the QEMU
/// process that it is sent to.
struct QmpCommand
{
    std::string execute;
    Object arguments;
    std::vector<std::string> forget = {};
    std::string host = {};

    friend bool operator==(const QmpCommand &, const QmpCommand &) = default;
};

/// {"control": "step", "job": "j0", "count": 5}: lets a job make that many steps.
struct StepControl
{
    std::string job;
    std::uint64_t count = 1;

    friend bool operator==(const StepControl &, const StepControl &) = default;
};

/// {"control": "run-until", "job": "j0", "status": "ready"}: brings a job to a status, or past it; null (here:
/// JobStatus::Null) until it is gone. It is paused, resumed, completed where it would not get there by itself, and does
/// not pass pending or concluded when that is what is wanted.
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

/// {"control": "set-switch", "switch": "P1", "on": false}: see world/switches.h.
struct SetSwitchControl
{
    Switch which = Switch::Enforce;
    bool on = true;

    friend bool operator==(const SetSwitchControl &, const SetSwitchControl &) = default;
};

/// {"control": "list", "id": "r0", "execute": ..., "arguments": ...}: lists the nodes that a request affects, and
/// leaves it at that for now. While it is listed the graph lock, if there is one, lets nobody else change the graph.
struct ListControl
{
    std::string id;
    QmpCommand request;

    friend bool operator==(const ListControl &, const ListControl &) = default;
};

/// {"control": "acquire", "id": "r0"}: asks for the claims that were listed, and does it on the graph as it is now.
struct AcquireControl
{
    std::string id;

    friend bool operator==(const AcquireControl &, const AcquireControl &) = default;
};

/// {"control": "unlist", "id": "r0"}: gives a listed request up.
struct UnlistControl
{
    std::string id;

    friend bool operator==(const UnlistControl &, const UnlistControl &) = default;
};

using Event = std::variant<QmpCommand, StepControl, RunUntilControl, GuestWriteControl, SetPolicyControl,
                           SetSwitchControl, ListControl, AcquireControl, UnlistControl>;

} // namespace blockscope
