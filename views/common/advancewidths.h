// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once
/// \file
/// The one table of glyph widths. Every drawing measures, elides and wraps by it, on the screen and in every file,
/// so that the same input gives the same picture on every machine, whatever fonts it has.
///
/// Thread: any. Needs no QGuiApplication and no font.

namespace blockscope::views {

/// Advance of \a c in 1/2048 em; an upper bound where the table does not know the character.
[[nodiscard]] int advanceWidth(char32_t c, bool bold);

} // namespace blockscope::views
