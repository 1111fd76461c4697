// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Carries a transaction out: all of its members or none.

#include "engine/run/apply.h"

namespace blockscope {

/// Does every member of \a plan in turn on \a world. Where one turns out to be invalid, or tries what it did not claim,
/// \a world stays as it was. REQUIRES: \a plan is a transaction that was allowed.
Outcome carryOutTransaction(World &world, const Plan &plan);

} // namespace blockscope
