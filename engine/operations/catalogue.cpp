// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/catalogue.h"

#include <algorithm>
#include <array>

namespace blockscope {

std::span<const Operation *const> operations()
{
    static constexpr std::array kOperations{&kBlockCommit,
                                            &kBlockStream,
                                            &kBlockdevMirror,
                                            &kDriveMirror,
                                            &kBlockdevBackup,
                                            &kDriveBackup,
                                            &kBlockdevSnapshot,
                                            &kBlockdevSnapshotSync,
                                            &kBlockdevAdd,
                                            &kBlockdevDel,
                                            &kBlockdevReopen,
                                            &kXBlockdevChange,
                                            &kTransaction,
                                            &kChangeBackingFile,
                                            &kBlockResize,
                                            &kBlockdevSnapshotInternal,
                                            &kBlockdevSnapshotDeleteInternal,
                                            &kSavevm,
                                            &kLoadvm,
                                            &kDelvm,
                                            &kSnapshotSave,
                                            &kSnapshotLoad,
                                            &kSnapshotDelete,
                                            &kBlockDirtyBitmapAdd,
                                            &kBlockDirtyBitmapRemove,
                                            &kBlockDirtyBitmapClear,
                                            &kBlockDirtyBitmapEnable,
                                            &kBlockDirtyBitmapDisable,
                                            &kBlockDirtyBitmapMerge,
                                            &kHmpCommit,
                                            &kBlockdevAmend,
                                            &kBlockdevCreate,
                                            &kStop,
                                            &kCont,
                                            &kQemuIo,
                                            &kBlockSetIoThrottle,
                                            &kQomSet,
                                            &kBlockSetWriteThreshold,
                                            &kBlockLatencyHistogramSet,
                                            &kQueryBlock,
                                            &kQueryBlockstats,
                                            &kQueryNamedBlockNodes,
                                            &kQueryJobs,
                                            &kQueryBlockJobs,
                                            &kQueryBlockGraph,
                                            &kCheck,
                                            &kInfo,
                                            &kMap,
                                            &kDeviceAdd,
                                            &kDeviceDel,
                                            &kDriveAdd,
                                            &kDriveDel,
                                            &kBlockdevOpenTray,
                                            &kBlockdevCloseTray,
                                            &kBlockdevInsertMedium,
                                            &kBlockdevRemoveMedium,
                                            &kEject,
                                            &kBlockdevChangeMedium,
                                            &kChange,
                                            &kNbdServerStart,
                                            &kNbdServerStop,
                                            &kNbdServerAdd,
                                            &kNbdServerRemove,
                                            &kBlockExportAdd,
                                            &kBlockExportDel,
                                            &kSystemReset,
                                            &kMigrate,
                                            &kMigrateIncoming,
                                            &kBlockdevSetActive,
                                            &kXBlockdevSetIothread,
                                            &kXenSetReplication};
    return kOperations;
}

const Operation *findOperation(std::string_view name)
{
    const auto all = operations();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Operation *each) { return each->name == name; });
    return found == all.end() ? nullptr : *found;
}

} // namespace blockscope
