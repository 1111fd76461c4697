// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/drophint.h"

#include "views/common/operationmime.h"
#include "views/graph/glyphs.h"

#include <algorithm>
#include <cmath>

namespace blockscope::views {
namespace {

constexpr double kWidest = 320; // of the text
constexpr double kPadding = 10;
constexpr double kBadgeRoom = 24;
constexpr int kFromPointer = 8;
constexpr int kBelowPointer = kDragPlateOffset + kDragPlateHeight + 6; // under the dragged plate

} // namespace

DropHint::DropHint(const SceneLook &look, QWidget *viewport) : QWidget(viewport), m_look(look)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void DropHint::showAt(QPoint place, const QString &title, const QString &text, DragVerdict verdict,
                      const QStringList &notes)
{
    m_title = elided(title, kWidest, TextSize::Body, true);
    m_text = text;
    m_notes = notes;
    m_lines = wrapped(text, kWidest, TextSize::Small).mid(0, 3);
    for (const QString &note : notes)
        m_lines += elided(note, kWidest, TextSize::Small);
    m_verdict = verdict;
    double width = textWidth(m_title, TextSize::Body, true);
    for (const QString &line : m_lines)
        width = std::max(width, textWidth(line, TextSize::Small));
    const double badge = verdict == DragVerdict::None ? 0 : kBadgeRoom;
    const double height =
        lineHeight(TextSize::Body) + lineHeight(TextSize::Small) * static_cast<double>(m_lines.size());
    resize(static_cast<int>(std::ceil(width + badge + 2 * kPadding)), static_cast<int>(std::ceil(height + kPadding)));
    const QRect room = parentWidget()->rect();
    QPoint corner = place + QPoint(kDragPlateOffset, kBelowPointer);
    if (corner.x() + this->width() > room.right())
        corner.setX(place.x() - kFromPointer - this->width());
    if (corner.y() + this->height() > room.bottom())
        corner.setY(place.y() - kFromPointer - this->height());
    move(std::max(corner.x(), 0), std::max(corner.y(), 0));
    setAccessibleName((QStringList{title + QStringLiteral(": ") + text} + notes).join(u'\n'));
    show();
    raise();
    update();
}

void DropHint::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    PainterCanvas canvas(painter, m_look.fonts);
    const Theme &theme = m_look.theme;
    const Rgb line = m_verdict == DragVerdict::Refused   ? theme.refused
                     : m_verdict == DragVerdict::Granted ? theme.granted
                                                         : theme.outline;
    canvas.rect(insidePen(QRectF(rect()), theme.solid), {theme.surface, {line, theme.solid, Dash::Solid}}, 5);
    double left = kPadding;
    double middle = kPadding / 2 + lineHeight(TextSize::Body) / 2;
    if (m_verdict != DragVerdict::None) {
        const QPointF badge(kPadding + 7, rect().center().y() + 0.5);
        if (m_verdict == DragVerdict::Refused)
            drawCrossBadge(canvas, badge, 8, theme);
        else
            drawTickBadge(canvas, badge, 8, theme);
        left += kBadgeRoom;
    }
    canvas.text({left, middle + baselineDrop(TextSize::Body)}, m_title,
                {theme.text, TextSize::Body, true, Anchor::Start});
    middle += (lineHeight(TextSize::Body) + lineHeight(TextSize::Small)) / 2;
    for (const QString &each : m_lines) {
        canvas.text({left, middle + baselineDrop(TextSize::Small)}, each,
                    {theme.text, TextSize::Small, false, Anchor::Start});
        middle += lineHeight(TextSize::Small);
    }
}

} // namespace blockscope::views
