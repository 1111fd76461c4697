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
#include "engine/reproduce/scratchneeds.h"
#include "engine/reproduce/unplayed.h"
#include "engine/run/event.h"

#include <optional>
#include <set>
#include <variant>

namespace blockscope {

/// A step of the script, without its place among the events (resources/reproduce/reproduce.py): "execute" with
/// "arguments", or "human" with how the "answer" begins when all went well (nothing: there is none).
using ScratchCommand = std::variant<Object, Unplayed>;

/// \a command as it is sent; adds to \a needs. \a files are the images that are there, by their names in the file.
/// The host of \a command is not looked at.
[[nodiscard]] ScratchCommand scratchCommand(const QmpCommand &command, ScratchNames &names,
                                            const std::set<std::string> &files, ScratchNeeds &needs);

/// The bus that a device model is plugged into, empty for none; notes it when it has to be made. Nothing when it has no
/// place in the machine.
[[nodiscard]] std::optional<std::string> busOf(std::string_view deviceModel, ScratchNeeds &needs);

} // namespace blockscope
