// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The only way to change a World. Deterministic: the same World and the same
/// events give the same World, byte for byte in the saved file.

#include "engine/base/result.h"
#include "engine/operations/plan.h"
#include "engine/policies/verdict.h"
#include "engine/run/event.h"
#include "engine/world/world.h"

#include <optional>

namespace blockscope {

struct Outcome
{
    enum class Kind : std::uint8_t {
        Allowed, ///< it was done
        Refused, ///< by the policy in force; the World is as it was
        Invalid  ///< the event makes no sense here; the World is as it was
    };

    Kind kind = Kind::Allowed;
    Verdict verdict;            ///< with reasons when refused
    std::optional<Error> error; ///< set exactly when invalid
    std::optional<JobId> job;   ///< the job that was started, stepped or controlled

    friend bool operator==(const Outcome &, const Outcome &) = default;
};
[[nodiscard]] const char *toString(Outcome::Kind kind); ///< "allowed", "refused", "invalid"

/// Applies \a event. After a refused or invalid one \a world is unchanged; only where reading N6 is switched off has a
/// refused copy prepared its target, which is what that switch shows.
/// (By value, so that std::apply, found through the variant, is never the better match.)
Outcome apply(World &world, Event event);

/// The plan of a request and what \a policy says of it, without doing it.
/// Error: the arguments are invalid, or there is no such operation or policy.
struct Decision
{
    Plan plan;
    Verdict verdict;
};
[[nodiscard]] Result<Decision> decide(const World &world, const QmpCommand &request, std::string_view policy);

/// True when \a job has a step of its own to take; false when it is paused, ready
/// with nothing to copy, waits for job-finalize, has no step machine, or is gone.
bool canStep(const Job &job);

} // namespace blockscope
