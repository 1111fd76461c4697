// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The program with its windows.

#include <QStringList>

namespace blockscope::app {

/// Opens a window for each of \a files, or one with the welcome scenario, and runs until the last is closed. \a argc
/// and \a argv are those of main; what Qt takes for itself is taken out of \a files as well.
int runGui(int &argc, char **argv, const QStringList &files);

} // namespace blockscope::app
