// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Enforcement: the one place that checks an access against the claims of who makes it (Kevin Wolf in the RFC thread:
/// "the code that actually does the I/O should check that it has the permission"). Every read, write, header edit,
/// size change and link change of a job, a guest or a synchronous operation asks here.

#include "engine/world/world.h"

namespace blockscope {

/// True when \a actor may do \a action on \a node: it holds a claim there that requires it, or nobody enforces.
/// Otherwise false, and the attempt is entered as a finding; the caller must then leave it.
[[nodiscard]] bool permit(World &world, Holder actor, NodeId node, Action action);
/// The attempt of \a actor that was stopped, if one was.
[[nodiscard]] const Finding *accessViolation(const World &world, Holder actor);
/// Enters \a finding, unless that kind was found of that node and party before.
void report(World &world, const Finding &finding);

/// Who is behind a stamp; REQUIRES: it is not an image's.
[[nodiscard]] Holder holderOf(const Stamp &stamp);

} // namespace blockscope
