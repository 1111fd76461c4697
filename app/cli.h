// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The command line: `blockscope VERB ...`. No verb needs a display.
///
/// Exit codes are each verb's own; 2 always means bad input or a wrong call.
/// Errors go to the error stream as "blockscope: FILE: PLACE: CAUSE".

#include <QStringList>
#include <QTextStream>

namespace blockscope::app {

/// What has to be there before runCli() is called.
enum class Surface : std::uint8_t {
    None,   ///< a QCoreApplication
    Raster, ///< a QGuiApplication, on any platform: PNG and PDF need fonts
    Window  ///< this is no verb: the program opens its window
};
/// \a arguments begin with the name of the program.
[[nodiscard]] Surface surfaceFor(const QStringList &arguments);

/// Does what \a arguments say. REQUIRES: surfaceFor() is not Window, and what it asks for is there.
[[nodiscard]] int runCli(const QStringList &arguments, QTextStream &out, QTextStream &err);

} // namespace blockscope::app
