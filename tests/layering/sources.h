// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#pragma once

/// \file
/// The project's own files, as the tests of this folder read them. Paths are relative to the project's root, sorted.
/// Thread: any. Errors: a folder or file that cannot be read gives nothing; the tests check that there is something.

#include <QString>
#include <QStringList>

namespace blockscope::layering {

/// All files below \a folder ("." for all) whose name matches one of \a patterns ("*.cpp"); build folders left out.
QStringList filesBelow(const QString &folder, const QStringList &patterns);

/// The lines of the file at \a path.
QStringList linesOf(const QString &path);

} // namespace blockscope::layering
