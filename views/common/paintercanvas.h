// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once
/// \file
/// A Canvas on a QPainter: the screen, PNG and PDF. It changes pen, brush and font of the painter and nothing else;
/// whoever owns the painter sets the antialiasing and the transformation.
///
/// Ownership: painter and fonts must outlive the canvas. Thread: that of the painter.

#include "views/common/canvas.h"

#include <QFont>

#include <array>

class QPainter;

namespace blockscope::views {

/// The fonts of all sizes. Finding them is slow: make one and keep it. Needs a QGuiApplication.
class Fonts
{
public:
    Fonts();

    [[nodiscard]] const QFont &font(TextSize size, bool bold) const;
    /// What comes before the anchor of \a text.
    [[nodiscard]] double lead(const QString &text, const TextLook &look) const;

private:
    std::array<QFont, 6> m_fonts;
    bool m_isMeasured = false; // the width table was measured from this very font
};

class PainterCanvas final : public Canvas
{
public:
    PainterCanvas(QPainter &painter, const Fonts &fonts);

    void rect(const QRectF &rect, const Look &look, double radius = 0) override;
    void rects(std::span<const QRectF> rects, Rgb fill) override;
    void circle(QPointF center, double radius, const Look &look) override;
    void lines(std::span<const QLineF> lines, const Pen &pen) override;
    void path(const QPainterPath &path, const Look &look) override;
    void text(QPointF baseline, const QString &text, const TextLook &look) override;

private:
    void setPen(const Pen &pen);
    void setFill(Rgb fill);

    QPainter &m_painter;
    const Fonts &m_fonts;
    Pen m_pen;
    Rgb m_fill = 0;
};

} // namespace blockscope::views
