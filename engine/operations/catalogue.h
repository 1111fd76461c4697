// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Every operation there is. To add one: a file of its own in this folder that
/// defines its row, and a line here and in catalogue.cpp.

#include "engine/operations/operation.h"

namespace blockscope {

extern const Operation kBlockCommit;
extern const Operation kBlockStream;
extern const Operation kBlockdevMirror;
extern const Operation kBlockdevBackup;
extern const Operation kDriveMirror;
extern const Operation kDriveBackup;
extern const Operation kBlockdevSnapshot;
extern const Operation kBlockdevSnapshotSync;
extern const Operation kChangeBackingFile;
extern const Operation kBlockdevAdd;
extern const Operation kBlockdevDel;
extern const Operation kBlockResize;
extern const Operation kBlockdevSnapshotInternal;
extern const Operation kBlockdevSnapshotDeleteInternal;
extern const Operation kSavevm;
extern const Operation kLoadvm;
extern const Operation kDelvm;
extern const Operation kSnapshotSave;
extern const Operation kSnapshotLoad;
extern const Operation kSnapshotDelete;
extern const Operation kBlockDirtyBitmapAdd;
extern const Operation kBlockDirtyBitmapRemove;
extern const Operation kBlockDirtyBitmapClear;
extern const Operation kBlockDirtyBitmapEnable;
extern const Operation kBlockDirtyBitmapDisable;
extern const Operation kBlockDirtyBitmapMerge;
extern const Operation kHmpCommit;
extern const Operation kBlockdevAmend;
extern const Operation kBlockdevCreate;
extern const Operation kQemuIo;
extern const Operation kBlockSetIoThrottle;
extern const Operation kQomSet;
extern const Operation kBlockSetWriteThreshold;
extern const Operation kBlockLatencyHistogramSet;
extern const Operation kQueryBlock;
extern const Operation kQueryBlockstats;
extern const Operation kQueryNamedBlockNodes;
extern const Operation kQueryJobs;
extern const Operation kQueryBlockJobs;
extern const Operation kQueryBlockGraph;
extern const Operation kCheck;
extern const Operation kInfo;
extern const Operation kMap;
extern const Operation kBlockdevReopen;
extern const Operation kXBlockdevChange;
extern const Operation kTransaction;
extern const Operation kStop;
extern const Operation kCont;
extern const Operation kDeviceAdd;
extern const Operation kDeviceDel;
extern const Operation kDriveAdd;
extern const Operation kDriveDel;
extern const Operation kBlockdevOpenTray;
extern const Operation kBlockdevCloseTray;
extern const Operation kBlockdevInsertMedium;
extern const Operation kBlockdevRemoveMedium;
extern const Operation kEject;
extern const Operation kBlockdevChangeMedium;
extern const Operation kChange;
extern const Operation kNbdServerStart;
extern const Operation kNbdServerStop;
extern const Operation kNbdServerAdd;
extern const Operation kNbdServerRemove;
extern const Operation kBlockExportAdd;
extern const Operation kBlockExportDel;
extern const Operation kSystemReset;
extern const Operation kMigrate;
extern const Operation kMigrateIncoming;
extern const Operation kBlockdevSetActive;
extern const Operation kXBlockdevSetIothread;
extern const Operation kXenSetReplication;

/// All rows, in the order in which the palette shows them.
[[nodiscard]] std::span<const Operation *const> operations();
/// The row of a QMP command; null when it is not in the catalogue.
[[nodiscard]] const Operation *findOperation(std::string_view name);

} // namespace blockscope
