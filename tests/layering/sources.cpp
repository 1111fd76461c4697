// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "tests/layering/sources.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

using namespace Qt::StringLiterals;

namespace blockscope::layering {
namespace {

const QString kRoot = QStringLiteral(BLOCKSCOPE_SOURCE_DIR);

} // namespace

QStringList filesBelow(const QString &folder, const QStringList &patterns)
{
    const QDir root(kRoot);
    QStringList paths;
    QDirIterator files(root.filePath(folder), patterns, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = QDir::cleanPath(root.relativeFilePath(files.next()));
        if (!path.startsWith("build/"_L1))
            paths += path;
    }
    paths.sort();
    return paths;
}

QStringList linesOf(const QString &path)
{
    QFile file(QDir(kRoot).filePath(path));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(file.readAll()).split(u'\n');
}

} // namespace blockscope::layering
