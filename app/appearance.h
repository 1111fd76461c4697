// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Light, dark or as the desktop has it: style and palette of the whole program.
///
/// Thread: GUI.

#include <QString>

#include <array>
#include <cstdint>

class QPalette;

namespace blockscope::views {
struct Theme;
}

namespace blockscope::app {

enum class ThemeChoice : std::uint8_t { System, Light, Dark, HighContrast };

inline constexpr std::array kThemeChoices{ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark,
                                          ThemeChoice::HighContrast};

/// Its name in the settings; never translated.
[[nodiscard]] QString themeKey(ThemeChoice choice);
/// Its name for people, with a mnemonic.
[[nodiscard]] QString themeName(ThemeChoice choice);

/// A palette in which widgets look as the drawing does in \a theme.
[[nodiscard]] QPalette paletteOf(const views::Theme &theme);

/// Changes style and palette of the application.
void applyTheme(ThemeChoice choice);

} // namespace blockscope::app
