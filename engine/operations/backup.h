// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The job behind blockdev-backup and drive-backup (do_backup_common() in blockdev.c, block/backup.c): copies the
/// source as it was when the job started; a write to the source saves the old data first.
///
/// sync=full copies everything, top what the source itself holds, bitmap and incremental what a dirty bitmap says; none
/// nothing but what is about to be overwritten (fleecing), until it is cancelled.

#include "engine/operations/arguments.h"

namespace blockscope {

inline constexpr std::string_view kBackupSyncModes[] = {"full", "top", "none", "incremental", "bitmap"};

/// The bitmap and "x-perf", as QAPI, do_backup_common() and backup_job_create() check them.
[[nodiscard]] std::optional<Error> checkBackup(const World &world, const Object &arguments, NodeId source);
/// What is checked of "x-perf" only when the filter is there: a chunk must hold a cluster of the copy. REQUIRES:
/// checkBackup() found nothing.
[[nodiscard]] std::optional<Error> checkChunk(const Object &arguments);
/// Adds the roles "source" and "chain".
void addBackupSource(PlanBuilder &plan, const World &world, const Object &arguments, NodeId source);
/// The row of Appendix A for the target.
[[nodiscard]] std::string_view backupTargetRole(const Object &arguments);
/// Prepares the target and the bitmap, and notes what is to be copied. REQUIRES: the job has its roles "source" and
/// "target".
void startBackup(World &world, Job &job);
StepResult stepBackup(World &world, Job &job);
bool completeBackup(World &world, Job &job);
void cleanUpBackup(World &world, Job &job);

} // namespace blockscope
