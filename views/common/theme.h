// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once
/// \file
/// Every colour and every pen width of the pictures. No other folder names a colour.
///
/// The five actions have their hues from Okabe and Ito, the same in every theme; all other colours are made readable
/// on what they stand on: text 4.5:1, outlines 3:1. Thread: any; values.

#include "views/common/color.h"

#include <array>
#include <cstdint>

class QPalette;

namespace blockscope::views {

enum class ThemeKind : std::uint8_t { Light, Dark, HighContrast, Print };

inline constexpr std::size_t kActionCount = 5; ///< MV MM GR RV RM, in this order everywhere
inline constexpr std::size_t kValueColorCount = 8;

struct Theme
{
    Rgb canvas;      ///< behind everything
    Rgb surface;     ///< a node
    Rgb header;      ///< the head of a node, and users
    Rgb track;       ///< behind a progress bar
    Rgb text;        ///< readable on canvas, surface and header
    Rgb textMuted;   ///< the same, quieter
    Rgb outline;     ///< an idle node, a leaf, a rule
    Rgb outlineHeld; ///< a node somebody holds
    Rgb hairline;    ///< separates, and means nothing
    Rgb edge;
    Rgb accent;   ///< selection, highlighted edges
    Rgb halo;     ///< behind what a reason names
    Rgb haloLine; ///< around it
    Rgb progress; ///< of a job
    Rgb refused;  ///< also damage and clash
    Rgb granted;
    Rgb warning;
    std::array<Rgb, kActionCount> action;     ///< filled cells
    std::array<Rgb, kActionCount> actionLine; ///< outline and hatch of the others
    std::array<Rgb, kValueColorCount> value;  ///< data, by who wrote it
    Rgb zero;                                 ///< data known to be zero

    double thin = 1;    ///< idle
    double solid = 2;   ///< held
    double thick = 2.5; ///< clash

    bool operator==(const Theme &) const = default;
};

[[nodiscard]] Theme theme(ThemeKind kind);

/// Light or dark as \a palette is, with its base, text and highlight.
[[nodiscard]] Theme themeFromPalette(const QPalette &palette);

} // namespace blockscope::views
