// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What would help after a refusal. Every remedy was played through on a copy
/// of the World before it is offered; the smallest sets come first.

#include "engine/run/apply.h"

namespace blockscope {

struct Remedy
{
    enum class Kind : std::uint8_t {
        WaitForJobs,   ///< the request is allowed once these jobs have ended by themselves
        CancelJobs,    ///< ... once these were cancelled
        CompleteJobs,  ///< ... once these ready jobs were told to complete
        OtherArgument, ///< the same request with one argument changed
        PauseGuest, ///< ... while the VM is stopped (events of the others begin with "stop" where that is needed too)
        AcquireListed, ///< ... once the request that holds the graph lock has acquired its claims
        GiveUpListed   ///< ... once that was given up
    };

    Kind kind = Kind::WaitForJobs;
    std::vector<JobId> jobs;
    std::string argument; ///< OtherArgument: its name
    std::string value;    ///< OtherArgument: its new value
    std::string listed;   ///< AcquireListed, GiveUpListed: the id of the request
    /// The events that carry it out, the request itself last.
    std::vector<Event> events;

    friend bool operator==(const Remedy &, const Remedy &) = default;
};

/// Remedies for \a request, refused by the policy in force; none when it is not refused.
[[nodiscard]] std::vector<Remedy> remedies(const World &world, const QmpCommand &request);

} // namespace blockscope
