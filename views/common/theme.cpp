// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/common/theme.h"

#include <QPalette>

namespace blockscope::views {
namespace {

constexpr double kTextContrast = 4.5;
constexpr double kLineContrast = 3.0;

constexpr std::array<Rgb, kActionCount> kOkabeIto = {
    0xFFD55E00, // MV vermillion
    0xFFE69F00, // MM orange
    0xFF009E73, // GR bluish green
    0xFF0072B2, // RV blue
    0xFF56B4E9, // RM sky blue
};

/// Apart from each other in lightness too, calmer than the actions, and none of them red: red is damage.
constexpr std::array<Rgb, kValueColorCount> kValues = {
    0xFF44679E, 0xFFB0A04C, 0xFF8A5A9E, 0xFF5FA89A, 0xFFA9744F, 0xFF2E6E4E, 0xFF8FB0CC, 0xFF5C5470,
};

Theme light()
{
    Theme t{};
    t.canvas = 0xFFF7F8FA;
    t.surface = 0xFFFFFFFF;
    t.header = 0xFFEFF2F6;
    t.track = 0xFFDDE3EA;
    t.text = 0xFF17212B;
    t.textMuted = 0xFF56626F;
    t.outline = 0xFF8592A0;
    t.outlineHeld = 0xFF2B3947;
    t.hairline = 0xFFD9DFE6;
    t.edge = 0xFF64717F;
    t.accent = 0xFF5B4BD6;
    t.halo = 0xFFFFE9A8;
    t.haloLine = 0xFFB38600;
    t.progress = 0xFF3D5A80;
    t.refused = 0xFFC2132F;
    t.granted = 0xFF1A7F45;
    t.warning = 0xFFF5B82E;
    t.zero = 0xFFB9C3CE;
    t.value = kValues;
    return t;
}

Theme dark()
{
    Theme t{};
    t.canvas = 0xFF16191D;
    t.surface = 0xFF20252B;
    t.header = 0xFF2A3038;
    t.track = 0xFF3A424C;
    t.text = 0xFFEAEEF2;
    t.textMuted = 0xFFA9B4C0;
    t.outline = 0xFF76828F;
    t.outlineHeld = 0xFFD5DDE6;
    t.hairline = 0xFF39414A;
    t.edge = 0xFF93A0AD;
    t.accent = 0xFF9D90FF;
    t.halo = 0xFF54440F;
    t.haloLine = 0xFFE0B23A;
    t.progress = 0xFF86AEDD;
    t.refused = 0xFFFF6B78;
    t.granted = 0xFF4CC381;
    t.warning = 0xFFF2BE45;
    t.zero = 0xFF59646F;
    t.value = kValues;
    return t;
}

Theme print()
{
    Theme t = light();
    t.canvas = 0xFFFFFFFF;
    t.header = 0xFFF2F2F2;
    t.text = 0xFF000000;
    t.textMuted = 0xFF404040;
    t.outline = 0xFF707070;
    t.outlineHeld = 0xFF000000;
    t.edge = 0xFF303030;
    t.halo = 0xFFFFF0C0;
    return t;
}

Theme highContrast()
{
    Theme t = light();
    t.canvas = t.surface = t.header = 0xFFFFFFFF;
    t.text = t.textMuted = t.outline = t.outlineHeld = t.hairline = t.edge = t.haloLine = t.progress = 0xFF000000;
    t.accent = 0xFF3A1FD0;
    t.halo = 0xFFFFE066;
    t.refused = 0xFFB00020;
    t.granted = 0xFF005A2B;
    t.thin = 1.5;
    t.solid = 3;
    t.thick = 3;
    return t;
}

/// The parts that follow from the others.
Theme finished(Theme t)
{
    t.action = kOkabeIto;
    for (std::size_t i = 0; i < kActionCount; ++i)
        t.actionLine[i] = readable(kOkabeIto[i], t.surface, kLineContrast);
    for (Rgb &value : t.value)
        value = readable(value, t.surface, kLineContrast);
    for (Rgb *line : {&t.outline, &t.outlineHeld, &t.edge, &t.accent, &t.haloLine, &t.progress, &t.granted})
        *line = readable(*line, t.surface, kLineContrast);
    for (Rgb *text : {&t.text, &t.textMuted, &t.refused})
        *text = readable(readable(readable(*text, t.header, kTextContrast), t.surface, kTextContrast), t.canvas,
                         kTextContrast);
    return t;
}

} // namespace

Theme theme(ThemeKind kind)
{
    switch (kind) {
    case ThemeKind::Dark:
        return finished(dark());
    case ThemeKind::HighContrast:
        return finished(highContrast());
    case ThemeKind::Print:
        return finished(print());
    case ThemeKind::Light:
        break;
    }
    return finished(light());
}

Theme themeFromPalette(const QPalette &palette)
{
    const auto rgb = [&palette](QPalette::ColorRole role) { return palette.color(QPalette::Active, role).rgb(); };
    const Rgb base = rgb(QPalette::Base);
    const bool isDark = inkOn(base) == inkOn(0xFF000000);
    Theme t = isDark ? dark() : light();
    t.surface = base;
    t.canvas = mixed(rgb(QPalette::Window), base, 0.5);
    t.text = rgb(QPalette::Text);
    t.textMuted = mixed(t.text, base, 0.3);
    t.header = mixed(base, t.text, 0.07);
    t.track = mixed(base, t.text, 0.16);
    t.hairline = mixed(base, t.text, 0.18);
    t.outline = mixed(base, t.text, 0.5);
    t.outlineHeld = mixed(base, t.text, 0.85);
    t.edge = mixed(base, t.text, 0.65);
    t.accent = rgb(QPalette::Highlight);
    return finished(t);
}

} // namespace blockscope::views
