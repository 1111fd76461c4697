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
extern const Operation kBlockdevReopen;
extern const Operation kXBlockdevChange;
extern const Operation kTransaction;
extern const Operation kStop;
extern const Operation kCont;

/// All rows, in the order in which the palette shows them.
[[nodiscard]] std::span<const Operation *const> operations();
/// The row of a QMP command; null when it is not in the catalogue.
[[nodiscard]] const Operation *findOperation(std::string_view name);

} // namespace blockscope
