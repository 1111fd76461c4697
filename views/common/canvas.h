// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once
/// \file
/// What a picture is drawn on: a handful of shapes and one family of text, so that the screen, PNG, PDF and SVG come
/// from one drawing. Nothing is clipped; a drawing that must not leave its box measures with textmetrics.h.
///
/// Units: scene units, x to the right, y down. A pen runs along the middle of its outline.

#include "views/common/color.h"
#include "views/common/textmetrics.h"

#include <QLineF>
#include <QPainterPath>
#include <QPointF>
#include <QRectF>
#include <QStringView>

#include <cstdint>
#include <span>

namespace blockscope::views {

enum class Dash : std::uint8_t { Solid, Dashed, Dotted };

struct Pen
{
    Rgb color = 0; ///< transparent: nothing is drawn
    double width = 1;
    Dash dash = Dash::Solid;

    [[nodiscard]] bool isVisible() const { return qAlpha(color) != 0; }
    bool operator==(const Pen &) const = default;
};

/// How a shape looks; a transparent fill or pen is left out.
struct Look
{
    Rgb fill = 0;
    Pen pen;
};

enum class Anchor : std::uint8_t { Start, Middle, End };

struct TextLook
{
    Rgb color = 0;
    TextSize size = TextSize::Small;
    bool bold = false;
    Anchor anchor = Anchor::Start;
};

class Canvas
{
public:
    Canvas() = default;
    virtual ~Canvas();
    Canvas(const Canvas &) = delete;
    Canvas &operator=(const Canvas &) = delete;

    virtual void rect(const QRectF &rect, const Look &look, double radius = 0) = 0;
    /// Many plain rectangles of one colour.
    virtual void rects(std::span<const QRectF> rects, Rgb fill) = 0;
    virtual void circle(QPointF center, double radius, const Look &look) = 0;
    virtual void lines(std::span<const QLineF> lines, const Pen &pen) = 0;
    virtual void path(const QPainterPath &path, const Look &look) = 0;
    /// One line of text; its anchor stands on \a baseline.
    virtual void text(QPointF baseline, const QString &text, const TextLook &look) = 0;

    /// What is drawn until endGroup() is one thing, called \a title in full. \a id must be a valid XML name.
    virtual void beginGroup(const QString &id, const QString &title);
    virtual void endGroup();

    void line(QPointF from, QPointF to, const Pen &pen);
    /// Strokes rising at 45 degrees, cut at \a rect, \a step apart along x.
    void hatch(const QRectF &rect, double step, const Pen &pen);
    /// Like text(), elided to \a width, and with \a middle as the middle of the line instead of its baseline.
    void label(QPointF middle, const QString &text, double width, const TextLook &look);
};

/// \a rect for a pen of \a width that shall not leave it.
[[nodiscard]] QRectF insidePen(const QRectF &rect, double width);

} // namespace blockscope::views
