// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What every policy says of one request, side by side.

#include "engine/run/apply.h"

#include <optional>
#include <string>
#include <vector>

namespace blockscope {

struct Answer
{
    std::string policy;
    Outcome::Kind kind = Outcome::Kind::Allowed;
    Verdict verdict;            ///< with reasons when refused
    std::optional<Error> error; ///< set exactly when invalid

    friend bool operator==(const Answer &, const Answer &) = default;
};

/// The answers of all policies to \a request on \a world, in the order of policies(). None when it is no operation that
/// a policy decides (job control).
[[nodiscard]] std::vector<Answer> answersTo(const World &world, const QmpCommand &request);

/// True when all say the same.
[[nodiscard]] bool doAgree(const std::vector<Answer> &answers);

} // namespace blockscope
