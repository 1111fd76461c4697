// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/common/paintercanvas.h"

#include <QFontInfo>
#include <QFontMetricsF>
#include <QPainter>
#include <QPen>

namespace blockscope::views {
namespace {

using namespace Qt::StringLiterals;

QFont makeFont(TextSize size, bool bold)
{
    QFont font;
    font.setFamilies({u"DejaVu Sans"_s, u"sans-serif"_s});
    font.setPixelSize(static_cast<int>(emSize(size)));
    font.setBold(bold);
    font.setKerning(false);                            // the width table knows no pairs
    font.setHintingPreference(QFont::PreferNoHinting); // widths that grow with the scale and nothing else
    return font;
}

Qt::PenStyle styleOf(Dash dash)
{
    return dash == Dash::Dashed ? Qt::DashLine : dash == Dash::Dotted ? Qt::DotLine : Qt::SolidLine;
}

} // namespace

Fonts::Fonts()
{
    for (std::size_t i = 0; i < m_fonts.size(); ++i)
        m_fonts[i] = makeFont(static_cast<TextSize>(i / 2), i % 2 != 0);
    m_isMeasured = QFontInfo(m_fonts[0]).family() == u"DejaVu Sans"_s;
}

const QFont &Fonts::font(TextSize size, bool bold) const
{
    return m_fonts[static_cast<std::size_t>(size) * 2 + (bold ? 1 : 0)];
}

double Fonts::lead(const QString &text, const TextLook &look) const
{
    if (look.anchor == Anchor::Start)
        return 0;
    const double width = m_isMeasured ? textWidth(text, look.size, look.bold)
                                      : QFontMetricsF(font(look.size, look.bold)).horizontalAdvance(text);
    return look.anchor == Anchor::Middle ? width / 2 : width;
}

PainterCanvas::PainterCanvas(QPainter &painter, const Fonts &fonts) : m_painter(painter), m_fonts(fonts)
{
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(Qt::NoBrush);
}

void PainterCanvas::rect(const QRectF &rect, const Look &look, double radius)
{
    setPen(look.pen);
    setFill(look.fill);
    if (radius > 0)
        m_painter.drawRoundedRect(rect, radius, radius);
    else
        m_painter.drawRect(rect);
}

void PainterCanvas::rects(std::span<const QRectF> rects, Rgb fill)
{
    setPen({});
    setFill(fill);
    m_painter.drawRects(rects.data(), static_cast<int>(rects.size()));
}

void PainterCanvas::circle(QPointF center, double radius, const Look &look)
{
    setPen(look.pen);
    setFill(look.fill);
    m_painter.drawEllipse(center, radius, radius);
}

void PainterCanvas::lines(std::span<const QLineF> lines, const Pen &pen)
{
    setPen(pen);
    m_painter.drawLines(lines.data(), static_cast<int>(lines.size()));
}

void PainterCanvas::path(const QPainterPath &path, const Look &look)
{
    setPen(look.pen);
    setFill(look.fill);
    m_painter.drawPath(path);
}

void PainterCanvas::text(QPointF baseline, const QString &text, const TextLook &look)
{
    setPen({look.color, 1, Dash::Solid});
    m_painter.setFont(m_fonts.font(look.size, look.bold));
    m_painter.drawText(baseline - QPointF(m_fonts.lead(text, look), 0), text);
}

void PainterCanvas::setPen(const Pen &pen)
{
    if (pen == m_pen)
        return;
    m_pen = pen;
    if (pen.isVisible())
        m_painter.setPen(QPen(QColor::fromRgba(pen.color), pen.width, styleOf(pen.dash), Qt::FlatCap, Qt::MiterJoin));
    else
        m_painter.setPen(Qt::NoPen);
}

void PainterCanvas::setFill(Rgb fill)
{
    if (fill == m_fill)
        return;
    m_fill = fill;
    if (qAlpha(fill) != 0)
        m_painter.setBrush(QColor::fromRgba(fill));
    else
        m_painter.setBrush(Qt::NoBrush);
}

} // namespace blockscope::views
