// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Claims and roles as they stand in a file: {"node": "top", "role": "base", "require": "RV", "allow": "RV RM"} and
/// {"role": "top", "node": "top"}. Error codes: those of objectreader.h. Thread: any.

#include "engine/files/names.h"
#include "engine/world/world.h"

namespace blockscope {

/// Takes the list \a key, at most kMaximumRoles long, out of \a reader. \a count is the number of nodes there are.
inline constexpr std::size_t kMaximumRoles = 400'000;
[[nodiscard]] std::vector<NodeClaim> readClaims(ObjectReader &reader, std::string_view key, const NameTable &nodes,
                                                std::size_t count, Failure &failure);
[[nodiscard]] std::vector<RoleNode> readRoles(ObjectReader &reader, std::string_view key, const NameTable &nodes,
                                              std::size_t count, Failure &failure);
[[nodiscard]] Value::List writeClaims(const World &world, const std::vector<NodeClaim> &claims, const NameTable &nodes);
[[nodiscard]] Value::List writeRoles(const World &world, const std::vector<RoleNode> &roles, const NameTable &nodes);

} // namespace blockscope
