// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The stable codes of reasons and errors, each with a short and a long text.
///
/// Thread: any.

#include <QString>

#include <string_view>
#include <vector>

namespace blockscope {

struct CodeText
{
    QString code;
    QString brief;  ///< one sentence
    QString detail; ///< paragraphs, separated by an empty line
};

/// Every code there is, in the order of the alphabet.
[[nodiscard]] std::vector<CodeText> codes();
/// The text of \a code (upper or lower case); its \c code is empty when there is no such code.
[[nodiscard]] CodeText codeText(const QString &code);

} // namespace blockscope
