// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/file.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace blockscope {

Result<QByteArray> readFile(const QString &path)
{
    const std::string place = path.toStdString();
    if (QFileInfo(path).isDir())
        return Error{"FILE-OPEN", place, "It is a folder"};
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{"FILE-OPEN", place, "It cannot be opened: " + file.errorString().toStdString()};
    // A pipe tells no size, so the limit is on what comes.
    QByteArray content = file.read(kMaximumFileSize + 1);
    if (file.error() != QFileDevice::NoError)
        return Error{"FILE-OPEN", place, "It cannot be read: " + file.errorString().toStdString()};
    if (content.size() > kMaximumFileSize)
        return Error{"FILE-SIZE", place, "It is larger than " + std::to_string(kMaximumFileSize >> 20) + " MiB"};
    return content;
}

std::optional<Error> writeFile(const QString &path, const QByteArray &content)
{
    const auto failed = [&](const QFileDevice &file) {
        const std::string place = path.toStdString();
        return Error{"FILE-WRITE", place, "It cannot be written: " + file.errorString().toStdString()};
    };
    const QFileInfo info(path);
    if (info.exists() && !info.isFile() && !info.isDir()) { // a pipe or a device is written to, not replaced
        QFile device(path);
        const bool isWritten =
            device.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && device.write(content) == content.size();
        return isWritten ? std::nullopt : std::optional(failed(device));
    }
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit())
        return std::nullopt;
    return failed(file);
}

} // namespace blockscope
