// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once
/// \file
/// Arithmetic on colours: contrast as WCAG 2 defines it, and colours changed until they can be read.
///
/// Thread: any. Needs no QGuiApplication.

#include <QRgb>

namespace blockscope::views {

using Rgb = QRgb; ///< 0xAARRGGBB

/// 1 (the same) to 21 (black on white).
[[nodiscard]] double contrast(Rgb one, Rgb other);

/// Black or white, whichever reads better on \a background; at least 4.5 on any colour.
[[nodiscard]] Rgb inkOn(Rgb background);

/// \a share (0 to 1) of \a other in \a one.
[[nodiscard]] Rgb mixed(Rgb one, Rgb other, double share);

/// \a color, moved towards black or white as far as \a background demands for \a ratio, and no further.
[[nodiscard]] Rgb readable(Rgb color, Rgb background, double ratio);

} // namespace blockscope::views
