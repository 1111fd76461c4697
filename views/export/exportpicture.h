// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once
/// \file
/// A picture as a PNG, SVG or PDF file: the drawing of the screen, never cropped. The same picture and options give
/// the same bytes (PNG and PDF: with the same Qt and fonts).
///
/// Units: one scene unit is one pixel at scale 1, 0.75 points in PDF. Thread: any. PNG and PDF need a QGuiApplication,
/// SVG does not. Errors: a whole sentence for the user, and nothing is written.

#include "views/common/theme.h"
#include "views/graph/picture.h"

#include <QByteArray>

class QIODevice;

namespace blockscope::views {

enum class PictureFormat : std::uint8_t { Png, Svg, Pdf };

struct ExportOptions
{
    PictureFormat format = PictureFormat::Svg;
    int scale = 1; ///< of a PNG, 1 to 4
    ThemeKind theme = ThemeKind::Light;
    bool title = true;
    bool legend = true;
    bool explanations = true; ///< of a refusal, and of what broke
};

struct ExportedPicture
{
    QByteArray bytes;
    QString error; ///< empty when it worked
};

/// The format that the suffix of \a path asks for.
[[nodiscard]] std::optional<PictureFormat> pictureFormat(const QString &path);

/// A sentence that advises SVG or PDF when the PNG of \a picture would be larger than many programs can show, or than
/// can be written at all; empty when it is not, and for the other formats.
[[nodiscard]] QString largePngAdvice(const Picture &picture, const ExportOptions &options);

[[nodiscard]] ExportedPicture exportPicture(const Picture &picture, const ExportOptions &options);

/// Writes to \a path: the whole file or, on an error, which is returned, none of it. Large pictures never stand in
/// memory as a whole.
[[nodiscard]] QString writeExport(const QString &path, const Picture &picture, const ExportOptions &options);

} // namespace blockscope::views
