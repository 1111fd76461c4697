// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/reproduce/scratchrules.h"

#include <algorithm>
#include <array>

namespace blockscope {

namespace {

// Every command that is sent as it is but for the arguments named. All other arguments that QEMU 7.2 knows of these
// commands are names, numbers and choices, and what it does not know it refuses.
constexpr ScratchRule kRules[] = {
    {"block-commit", true, {{"backing-file", Meaning::Header}, {"base", Meaning::Header}, {"top", Meaning::Header}}},
    {"block-stream", true, {{"backing-file", Meaning::Header}, {"base", Meaning::Header}}},
    {"blockdev-mirror", true},
    {"blockdev-backup", true},
    {"drive-mirror", true, {{"target", Meaning::Image}}},
    {"drive-backup", true, {{"target", Meaning::Image}}},
    {"blockdev-snapshot"},
    {"blockdev-snapshot-sync", false, {{"snapshot-file", Meaning::Image}}},
    {"blockdev-snapshot-internal-sync"},
    {"blockdev-snapshot-delete-internal-sync"},
    {"blockdev-del"},
    {"blockdev-reopen", false, {{"options", Meaning::Options}}},
    {"x-blockdev-change"},
    {"x-blockdev-amend", false, {{"options", Meaning::Options}}},
    {"x-blockdev-set-iothread"},
    {"xen-set-replication"},
    {"blockdev-create", false, {{"options", Meaning::Options}}},
    {"transaction", false, {{"actions", Meaning::Actions}}},
    {"change-backing-file", false, {{"backing-file", Meaning::Header}}},
    {"block_resize"},
    {"snapshot-save"},
    {"snapshot-load"},
    {"snapshot-delete"},
    {"block-dirty-bitmap-add"},
    {"block-dirty-bitmap-remove"},
    {"block-dirty-bitmap-clear"},
    {"block-dirty-bitmap-enable"},
    {"block-dirty-bitmap-disable"},
    {"block-dirty-bitmap-merge"},
    {"block_set_io_throttle"},
    {"block-set-write-threshold"},
    {"block-latency-histogram-set"},
    {"query-block"},
    {"query-blockstats"},
    {"query-named-block-nodes"},
    {"query-jobs"},
    {"query-block-jobs"},
    {"x-debug-query-block-graph"},
    {"stop"},
    {"cont"},
    {"system_reset"},
    {"device_del"},
    {"blockdev-open-tray"},
    {"blockdev-close-tray"},
    {"blockdev-insert-medium"},
    {"blockdev-remove-medium"},
    {"eject"},
    {"blockdev-change-medium", false, {{"filename", Meaning::Image}}},
    {"nbd-server-start", false, {{"addr", Meaning::Address}}},
    {"nbd-server-stop"},
    {"nbd-server-add"},
    {"nbd-server-remove"},
    {"block-export-add", false, {{"addr", Meaning::Address}, {"mountpoint", Meaning::Forbidden}}},
    {"block-export-del"},
};

// Formats and filters; "file" is the one protocol.
constexpr std::array<std::string_view, 19> kDrivers{"blkdebug",     "blklogwrites", "blkverify", "copy-before-write",
                                                    "copy-on-read", "file",         "null-aio",  "null-co",
                                                    "parallels",    "preallocate",  "qcow",      "qcow2",
                                                    "qed",          "quorum",       "raw",       "snapshot-access",
                                                    "throttle",     "vdi",          "vmdk"};

// Those of the drivers whose images qemu-img makes, beside raw.
constexpr std::array<std::string_view, 6> kFormats{"parallels", "qcow", "qcow2", "qed", "vdi", "vmdk"};

constexpr std::array<std::string_view, 4> kNewerCommands{"blockdev-set-active", "job-change", "block-job-change",
                                                         "x-blockdev-set-active"};
constexpr std::array<std::string_view, 3> kImageTools{"check", "info", "map"};

/// Properties of devices that say how the disk is used; others may name files (romfile) or parts of the host.
constexpr std::array<std::string_view, 11> kDeviceProperties{
    "bus", "channel", "drive", "driver", "id", "iothread", "lun", "read-only", "scsi-id", "share-rw", "write-cache"};

// Of the drivers above: blkdebug reads a file of rules, the others name objects that reach further.
constexpr std::array<std::string_view, 4> kForeignOptions{"config", "pr-manager", "key-secret", "log-path"};

template <std::size_t size>
bool contains(const std::array<std::string_view, size> &names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

Meaning ScratchRule::meaningOf(std::string_view argument) const
{
    for (const auto &each : special) {
        if (each.name == argument)
            return each.meaning;
    }
    return Meaning::Nothing;
}

const ScratchRule *findScratchRule(std::string_view command)
{
    const auto found = std::find_if(std::begin(kRules), std::end(kRules),
                                    [&](const ScratchRule &rule) { return rule.command == command; });
    return found == std::end(kRules) ? nullptr : &*found;
}

Unplayed::Why whyNotSent(std::string_view command)
{
    using Why = Unplayed::Why;
    if (contains(kNewerCommands, command))
        return Why::NewerCommand;
    if (contains(kImageTools, command))
        return Why::ImageTool;
    return command.starts_with("migrate") ? Why::NeedsOtherQemu : Why::UnknownCommand;
}

bool isScratchDriver(std::string_view driver)
{
    return contains(kDrivers, driver);
}

bool isImageFormat(std::string_view driver)
{
    return contains(kFormats, driver);
}

bool isForeignOption(std::string_view option)
{
    return contains(kForeignOptions, option);
}

ScratchBus busFor(std::string_view deviceModel)
{
    if (deviceModel == "scsi-hd" || deviceModel == "scsi-cd")
        return ScratchBus::Scsi;
    if (deviceModel == "virtio-blk-pci" || deviceModel == "virtio-blk" || deviceModel == "nvme")
        return ScratchBus::Port;
    if (deviceModel == "usb-storage")
        return ScratchBus::Usb;
    if (deviceModel == "ide-hd" || deviceModel == "ide-cd" || deviceModel == "floppy")
        return ScratchBus::Fixed;
    return ScratchBus::None;
}

bool isDiskProperty(std::string_view property)
{
    return contains(kDeviceProperties, property);
}

bool isSettable(std::string_view property)
{
    return property == "drive" || property == "limits";
}

} // namespace blockscope
