// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A call of the command line within the test's process.

#include "app/cli.h"

#include <QFile>

namespace blockscope::test {

struct CliResult
{
    int exitCode = 0;
    QString out;
    QString err;
};

/// \a words as they stand behind "blockscope".
inline CliResult cli(const QStringList &words)
{
    CliResult result;
    {
        QTextStream out(&result.out);
        QTextStream err(&result.err);
        result.exitCode = app::runCli(QStringList{QStringLiteral("blockscope")} + words, out, err);
    }
    return result;
}

/// A file of resources/scenarios.
inline QString scenario(const QString &name)
{
    return QStringLiteral(BLOCKSCOPE_SOURCE_DIR "/resources/scenarios/%1.blockscope").arg(name);
}

/// Writes \a content to \a path; returns \a path.
inline QString written(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

} // namespace blockscope::test
