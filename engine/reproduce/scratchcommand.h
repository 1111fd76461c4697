// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A QMP command of a file as it is sent to a QEMU in a scratch folder. Which commands, drivers, devices and options
/// may be sent is decided here and nowhere else: what is not in these tables is not sent, and whatever names a file or
/// an address names one of our own in the folder instead.
///
/// Beside that two things are changed, for QEMU's jobs run by themselves and ours do not: a job is started so slowly
/// that it stays where it is, and waits for job-finalize.

#include "engine/reproduce/scratchnames.h"
#include "engine/reproduce/unplayed.h"
#include "engine/run/event.h"

#include <set>
#include <variant>

namespace blockscope {

/// What has to be there before the commands are sent.
struct ScratchNeeds
{
    struct Image
    {
        std::string name; ///< ScratchNames::image()
        std::string format;
    };

    std::vector<Image> images;            ///< files that a command opens, and that are none of the graph's
    std::set<std::string> throttleGroups; ///< objects
    std::set<std::string> iothreads;      ///< objects
    std::set<std::string> kept;           ///< jobs that somebody wants to see concluded
    std::size_t ports = 0;                ///< PCI Express ports, for devices that are plugged in
    bool hasUsb = false;
};

/// A step of the script, without its place among the events (resources/reproduce/reproduce.py): "execute" with
/// "arguments", or "human" with how the "answer" begins when all went well (nothing: there is none).
using ScratchCommand = std::variant<Object, Unplayed>;

/// \a command as it is sent; adds to \a needs. \a files are the images that are there, by their names in the file.
/// The host of \a command is not looked at.
[[nodiscard]] ScratchCommand scratchCommand(const QmpCommand &command, ScratchNames &names,
                                            const std::set<std::string> &files, ScratchNeeds &needs);

/// True for a driver that touches nothing but what it is given: one of a node that can be made in the scratch folder.
[[nodiscard]] bool isScratchDriver(std::string_view driver);
/// The part of a machine that a device model is plugged into: a "bus", empty for none. Nothing when it has no place.
[[nodiscard]] std::optional<std::string> busOf(std::string_view deviceModel, ScratchNeeds &needs);

/// Bytes a second at which a job stays where it is; every copy makes one step at least.
inline constexpr std::int64_t kSlowSpeed = 1;

} // namespace blockscope
