// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// BlockdevOptions of qapi/block-core.json as QEMU 7.2 has it: which options a node of each driver takes, and of what
/// type.

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace blockscope {

/// BlockdevDriver, in its order.
inline constexpr std::string_view kBlockdevDrivers[] = {"blkdebug",
                                                        "blklogwrites",
                                                        "blkreplay",
                                                        "blkverify",
                                                        "bochs",
                                                        "cloop",
                                                        "compress",
                                                        "copy-before-write",
                                                        "copy-on-read",
                                                        "dmg",
                                                        "file",
                                                        "snapshot-access",
                                                        "ftp",
                                                        "ftps",
                                                        "gluster",
                                                        "host_cdrom",
                                                        "host_device",
                                                        "http",
                                                        "https",
                                                        "iscsi",
                                                        "luks",
                                                        "nbd",
                                                        "nfs",
                                                        "null-aio",
                                                        "null-co",
                                                        "nvme",
                                                        "parallels",
                                                        "preallocate",
                                                        "qcow",
                                                        "qcow2",
                                                        "qed",
                                                        "quorum",
                                                        "raw",
                                                        "rbd",
                                                        "replication",
                                                        "ssh",
                                                        "throttle",
                                                        "vdi",
                                                        "vhdx",
                                                        "virtio-blk-vfio-pci",
                                                        "virtio-blk-vhost-user",
                                                        "virtio-blk-vhost-vdpa",
                                                        "vmdk",
                                                        "vpc",
                                                        "vvfat"};

/// What QMP's visitor finds wrong with \a options and those nested in them, in its order and wording; \a path leads to
/// them and ends with a point ("file."), or is empty. One thing is left to the user of a sandbox: what QEMU requires
/// may be left out, a file above all, for a new node need not be backed by one here. Only a nested driver is required.
/// Codes: ARG-MISSING, ARG-TYPE, ARG-CHOICE, ARG-UNKNOWN; where: the path to the option.
[[nodiscard]] std::optional<Error> checkBlockdevOptions(const Object &options, const std::string &path = {});

/// The children that \a options name or describe in place, with their roles ("file", "children.0"), in the order of the
/// schema; none where a child is null. REQUIRES: checkBlockdevOptions() found nothing, or would not.
[[nodiscard]] std::vector<std::pair<std::string, Value>> blockdevChildren(const Object &options);

} // namespace blockscope
