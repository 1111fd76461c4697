// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/catalogue.h"

#include <algorithm>
#include <array>

namespace blockscope {

std::span<const Operation *const> operations()
{
    static constexpr std::array<const Operation *, 16> kOperations{&kBlockCommit,
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
                                                                   &kStop,
                                                                   &kCont};
    return kOperations;
}

const Operation *findOperation(std::string_view name)
{
    const auto all = operations();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Operation *each) { return each->name == name; });
    return found == all.end() ? nullptr : *found;
}

} // namespace blockscope
