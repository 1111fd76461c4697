// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The answers of the policies to one request in words, and what a difference between them rests on.

#include "engine/run/answers.h"

#include <QStringList>

namespace blockscope {

/// One line: "QEMU 7.2: refused, “Need a root block node”".
[[nodiscard]] QString answerLine(const World &world, const Answer &answer);
[[nodiscard]] QStringList answerLines(const World &world, const std::vector<Answer> &answers);
/// What the policies that are not in force say of \a request, one line each; empty when all agree.
[[nodiscard]] QStringList otherAnswerLines(const World &world, const QmpCommand &request);
/// One sentence on what a difference between them rests on; empty when they do not.
[[nodiscard]] QString differenceText(const World &world, const std::vector<Answer> &answers);

} // namespace blockscope
