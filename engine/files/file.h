// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Files as a whole: read at once with a limit, written so that a crash leaves
/// either the old content or the new.
///
/// Error codes: FILE-OPEN, FILE-SIZE, FILE-WRITE; where is the path, what is
/// the system's reason. Thread: any.

#include "engine/base/result.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace blockscope {

/// Larger files are not read.
inline constexpr qint64 kMaximumFileSize = qint64{256} * 1024 * 1024;

[[nodiscard]] Result<QByteArray> readFile(const QString &path);
/// Nothing when it went well. A pipe or a device is written to as it is.
[[nodiscard]] std::optional<Error> writeFile(const QString &path, const QByteArray &content);

} // namespace blockscope
