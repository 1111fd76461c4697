// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Which commands, drivers, devices and options a QEMU in a scratch folder may be sent. It is decided here and nowhere
/// else; what is not in these tables is not sent.

#include "engine/reproduce/unplayed.h"

#include <string_view>

namespace blockscope {

/// What an argument names beside nodes, numbers and the like.
enum class Meaning : std::uint8_t {
    Nothing,
    Image,    ///< a file, which is opened when it exists
    Header,   ///< a file whose name is only written down
    Options,  ///< of a block driver, files among them
    Address,  ///< of a socket
    Actions,  ///< of a transaction
    Forbidden ///< what has no equal in the folder
};

/// The rule of one command.
struct ScratchRule
{
    std::string_view command;
    bool isSlowed = false; ///< a job with "speed" and "auto-finalize"
    struct
    {
        std::string_view name;
        Meaning meaning = Meaning::Nothing;
    } special[3] = {};

    [[nodiscard]] Meaning meaningOf(std::string_view argument) const;
};

/// Null for a command that is not sent, and for those that have more than a rule: job control, blockdev-add,
/// device_add, qom-set, and what only the human monitor has.
[[nodiscard]] const ScratchRule *findScratchRule(std::string_view command);
/// Why a command without a rule is not sent.
[[nodiscard]] Unplayed::Why whyNotSent(std::string_view command);

/// True for a driver that touches nothing but what it is given: one of a node that can be made in the scratch folder.
[[nodiscard]] bool isScratchDriver(std::string_view driver);
/// True for a driver whose images qemu-img makes, but for raw.
[[nodiscard]] bool isImageFormat(std::string_view driver);
/// True for an option of those drivers that names a file or an object of the host all the same.
[[nodiscard]] bool isForeignOption(std::string_view option);

/// Where a device model has its place in the machine.
enum class ScratchBus : std::uint8_t {
    None, ///< there is none for it
    Scsi, ///< a bus that is there; a device goes at once when it is unplugged
    Port, ///< a PCI Express port of its own
    Usb,  ///< a controller that is there when it is needed
    Fixed ///< it cannot be plugged in, as QEMU says itself
};
[[nodiscard]] ScratchBus busFor(std::string_view deviceModel);
/// True for a property of a device that says how its disk is used; others may name files of the host.
[[nodiscard]] bool isDiskProperty(std::string_view property);
/// True for a QOM property that may be set: the medium of a device, the limits of a throttle group.
[[nodiscard]] bool isSettable(std::string_view property);

} // namespace blockscope
