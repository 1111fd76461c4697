// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Arguments of an operation as words of the command line: KEY=VALUE.

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <QStringList>

namespace blockscope::app {

/// \a words as the arguments of \a operation: numbers and truth values where it takes such ones (true, false, on and
/// off), JSON where the value begins with { or [, and text everywhere else. "file.driver=raw" is a
/// member of the object "file". Errors: no "=", a key given twice, not a number, damaged JSON.
[[nodiscard]] Result<Object> readArguments(const std::string &operation, const QStringList &words);

/// A sentence on the first of \a arguments that \a operation does not know, with the name that was perhaps meant, or on
/// the operation itself; empty when it knows all, takes any, or nothing is like it.
[[nodiscard]] QString unknownNameHint(const std::string &operation, const Object &arguments);

} // namespace blockscope::app
