// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The job behind blockdev-mirror and drive-mirror (blockdev_mirror_common() in blockdev.c, block/mirror.c): copies to
/// the target, follows the source until told to complete, then moves its users over.
///
/// sync=full copies everything, top what the source itself holds, none only what is written from now on. copy-mode is
/// taken and makes no difference: "write-blocking" is modelled as "background", which copies what the guest writes a
/// little later.

#include "engine/operations/arguments.h"

namespace blockscope {

inline constexpr std::string_view kMirrorSyncModes[] = {"full", "top", "none"};
inline constexpr std::string_view kCopyModes[] = {"background", "write-blocking"};

/// What both commands check, in the order of blockdev_mirror_common() and mirror_start_job(): to that point only
/// blockdev-mirror has a \a target.
[[nodiscard]] std::optional<Error> checkMirror(const World &world, const Object &arguments, NodeId source,
                                               std::optional<NodeId> target);
/// Adds the roles "source", "chain" and "replaces". REQUIRES: checkMirror() found nothing.
void addMirrorSource(PlanBuilder &plan, const World &world, const Object &arguments, NodeId source);
/// Prepares the target and marks what is to be copied. REQUIRES: the job has its roles "source" and "target".
void startMirror(World &world, Job &job);
StepResult stepMirror(World &world, Job &job);
/// Moves the users of the source, or of the node in the role "replaces", to the target; nothing after a cancel.
bool completeMirror(World &world, Job &job);

} // namespace blockscope
