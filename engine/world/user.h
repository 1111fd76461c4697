// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A user of a node: what stands outside the graph and does I/O on it through
/// a BlockBackend of its own (Kevin Wolf: "we want to have a single BB per user").

#include "engine/base/id.h"
#include "engine/base/value.h"

#include <cstdint>
#include <optional>
#include <string>

namespace blockscope {

struct User
{
    enum class Kind : std::uint8_t {
        Guest,  ///< a device of the guest: claims only while the VM runs
        Export, ///< an export (NBD, FUSE, vhost-user): claims from attach to detach
        Backend ///< a BlockBackend without a known user, or a job's own
    };

    UserId id;
    Kind kind = Kind::Guest;
    std::string name;        ///< shown and used in events: "vda", "export0"
    std::string backendName; ///< QEMU's BlockBackend name ("drive0"); often empty
    std::string qdev;        ///< QOM path of the device, if captured
    bool isWritable = true;
    bool sharesWrites = false; ///< share-rw=on: lets others write too
    bool sharesResize = true;  ///< lets others change the size: what cannot cope with it does not (nvme, floppy, CD)
    bool isAttached = true;
    bool isRemovable = false;   ///< a CD or floppy drive: its medium can be taken out
    bool isTrayOpen = false;    ///< of a removable one
    std::string exportType;     ///< "nbd", "fuse", "vhost-user-blk"; empty for what is no export
    std::string throttleGroup;  ///< name of the group its I/O is limited by, if any
    std::string host;           ///< the QEMU process it belongs to; empty for the first
    std::optional<EdgeId> root; ///< the link to the node it uses; none for an empty drive
    std::optional<JobId> job;   ///< for a job's own BlockBackend
    Object extra;               ///< keys of the capture that we do not interpret

    /// True for who is entitled to what the node shows: a guest or an export, not a job's own BlockBackend.
    [[nodiscard]] bool isReader() const { return kind != Kind::Backend && !job; }

    friend bool operator==(const User &, const User &) = default;
};

} // namespace blockscope
