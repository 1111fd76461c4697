// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What mirror and backup have in common: a source, the backing files that it
/// reads through, and a target that is overwritten.

#include "engine/operations/arguments.h"

namespace blockscope {

struct SourceAndTarget
{
    NodeId source;
    NodeId target;
};

/// Looks up "device" and "target".
[[nodiscard]] Result<SourceAndTarget> findSourceAndTarget(const World &world, const Object &arguments);
/// True when both nodes have their data in the same image.
[[nodiscard]] bool isSameImage(const World &world, NodeId source, NodeId target);
/// The "sync" of the arguments; "top" of a source without a backing file is "full", as in QEMU.
[[nodiscard]] std::string syncMode(const World &world, const Object &arguments, NodeId source);
/// Roles "source" and "chain", with filters on the way; the source with \a claim. The backing files are left out
/// where only the source itself is read (sync=top).
void addSource(PlanBuilder &plan, const World &world, NodeId source, Claim claim, std::string_view sync);
/// Roles "target" and "above"; the target with \a claim.
void addTarget(PlanBuilder &plan, const World &world, NodeId target, Claim claim);
/// Arguments for a drop on the source; the target is left to be chosen.
[[nodiscard]] Object suggestSource(const World &world, NodeId node);

/// A copy takes care itself of what its target shows when somebody writes to its source (Job::keepsTarget()): such a
/// writer, once it is told, does not change the target (fleecing: the target lies above the source).
void keepWritersOffTarget(const World &world, Plan &plan);

} // namespace blockscope
