// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once
/// \file
/// A Canvas that writes SVG 1.1: real text, no fonts or files from elsewhere, numbers to two decimals, and well-formed
/// whatever the text holds. The same calls give the same bytes on every machine.
///
/// Thread: any. Needs no QGuiApplication.

#include "views/common/canvas.h"

#include <QByteArray>

#include <string>
#include <string_view>

namespace blockscope::views {

class SvgCanvas final : public Canvas
{
public:
    /// A picture of \a page, filled with \a background, called \a title.
    SvgCanvas(const QRectF &page, Rgb background, const QString &title);

    void rect(const QRectF &rect, const Look &look, double radius = 0) override;
    void rects(std::span<const QRectF> rects, Rgb fill) override;
    void circle(QPointF center, double radius, const Look &look) override;
    void lines(std::span<const QLineF> lines, const Pen &pen) override;
    void path(const QPainterPath &path, const Look &look) override;
    void text(QPointF baseline, const QString &text, const TextLook &look) override;
    void beginGroup(const QString &id, const QString &title) override;
    void endGroup() override;

    /// Ends the file. The canvas is empty afterwards.
    [[nodiscard]] QByteArray finish();

private:
    void number(double value);
    void point(QPointF point);
    void attribute(std::string_view name, double value);
    void color(std::string_view name, Rgb color);
    void stroke(const Pen &pen);
    void look(const Look &look);
    void titleElement(const QString &title);
    void escaped(QStringView text);

    std::string m_out;
};

} // namespace blockscope::views
