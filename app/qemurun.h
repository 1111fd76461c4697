// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Runs the script of a reproduction (engine/files/reproducer.h) with the QEMU of this machine, in a temporary folder
/// that is removed, and QEMU with it, whatever happens: an end, an error, a QEMU that hangs, Ctrl+C.
///
/// Thread: the main thread, for it watches over signals.

#include "engine/base/result.h"

#include <QTextStream>

#include <map>

namespace blockscope::app {

/// QEMU's answer to one event.
struct QemuAnswer
{
    bool isAllowed = false;
    std::string error; ///< its text when it is not
};
using QemuAnswers = std::map<std::size_t, QemuAnswer>; ///< by the index of the event

/// What is not installed and in which Debian package it is, as an error; nothing when all is there.
[[nodiscard]] std::optional<Error> missingProgram();

/// Runs \a script and waits for its end. \a timeout is how long QEMU may take for one answer, in seconds; \a progress
/// gets what the script tells meanwhile. Error: QEMU does not build the graph, hangs, or was interrupted.
[[nodiscard]] Result<QemuAnswers> askQemu(const QByteArray &script, double timeout, QTextStream &progress);

} // namespace blockscope::app
