// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once
/// \file
/// Measuring, eliding and wrapping text by the width table, and making hostile text harmless. Three sizes, no more.
///
/// Units: scene units. Thread: any. Needs no QGuiApplication and no font.

#include <QString>
#include <QStringList>
#include <QStringView>

#include <cstdint>

namespace blockscope::views {

enum class TextSize : std::uint8_t { Small, Body, Title };

/// Height of the em square.
[[nodiscard]] double emSize(TextSize size);

/// How far below the middle of a line its baseline lies, so that capitals look centred.
[[nodiscard]] double baselineDrop(TextSize size);

/// Distance of two baselines in running text.
[[nodiscard]] double lineHeight(TextSize size);

[[nodiscard]] double textWidth(QStringView text, TextSize size, bool bold = false);

/// \a text with everything that cannot be shown, or would reorder what stands beside it, made visible: controls as
/// \x1b, bidirectional overrides, lone surrogates and non-characters as U+FFFD. Harmless text comes back as it was.
[[nodiscard]] QString printable(const QString &text);

/// \a text cut with an ellipsis so that it is not wider than \a width. Empty if not even the ellipsis fits.
[[nodiscard]] QString elided(const QString &text, double width, TextSize size, bool bold = false);

/// \a text in lines not wider than \a width, broken at spaces and inside a word only where it must be.
[[nodiscard]] QStringList wrapped(const QString &text, double width, TextSize size, bool bold = false);

} // namespace blockscope::views
