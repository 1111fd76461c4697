// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/policies/policy.h"

#include <algorithm>
#include <array>

namespace blockscope {

std::span<const Policy *const> policies()
{
    static constexpr std::array<const Policy *, 3> kPolicies{&kNacPolicy, &kLegacyPolicy, &kQemuPolicy};
    return kPolicies;
}

const Policy *findPolicy(std::string_view name)
{
    const auto all = policies();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Policy *each) { return each->name == name; });
    return found == all.end() ? nullptr : *found;
}

} // namespace blockscope
