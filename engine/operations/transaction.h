// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The arguments of transaction. Its row plans it; run/transaction.cpp carries it out, because it starts jobs.

#include "engine/operations/operation.h"

namespace blockscope {

/// One member: an operation of the catalogue with its arguments.
struct TransactionAction
{
    const Operation *operation = nullptr;
    Object arguments;
};

/// The members, in order. Error: one is of no type that QEMU knows, is "abort", or cannot be grouped.
[[nodiscard]] Result<std::vector<TransactionAction>> transactionActions(const Object &arguments);
/// The plans of the members of \a whole; with their operation and arguments alone when it could not be planned.
[[nodiscard]] std::vector<Plan> transactionMembers(const Plan &whole);
/// completion-mode "grouped": its jobs end together, or are cancelled together.
[[nodiscard]] bool isGrouped(const Object &arguments);
/// The plan of one member on \a world, as it is after the members before it.
[[nodiscard]] Result<Plan> planMember(const World &world, const TransactionAction &action);

} // namespace blockscope
