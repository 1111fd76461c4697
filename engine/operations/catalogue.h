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
extern const Operation kBlockdevSnapshot;
extern const Operation kChangeBackingFile;
extern const Operation kBlockdevAdd;
extern const Operation kBlockdevDel;
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

/// All rows, in the order in which the palette shows them.
[[nodiscard]] std::span<const Operation *const> operations();
/// The row of a QMP command; null when it is not in the catalogue.
[[nodiscard]] const Operation *findOperation(std::string_view name);

} // namespace blockscope
