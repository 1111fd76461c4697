// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/common/verdicticon.h"

#include "views/common/theme.h"

#include <QPainter>
#include <QPixmap>

namespace blockscope::views {
namespace {

constexpr int kSize = 16;

void drawDisc(QPainter &painter, QColor color)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(QRectF(1, 1, kSize - 2, kSize - 2));
    painter.setPen(QPen(QColor::fromRgb(inkOn(color.rgb())), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

void draw(QPainter &painter, Offer::Kind kind, const Theme &theme)
{
    switch (kind) {
    case Offer::Kind::Allowed:
        drawDisc(painter, QColor::fromRgb(theme.granted));
        painter.drawPolyline(QPolygonF({{4.5, 8.3}, {7, 10.8}, {11.5, 5.6}}));
        return;
    case Offer::Kind::Refused:
        drawDisc(painter, QColor::fromRgb(theme.refused));
        painter.drawLine(QPointF(5.3, 5.3), QPointF(10.7, 10.7));
        painter.drawLine(QPointF(10.7, 5.3), QPointF(5.3, 10.7));
        return;
    case Offer::Kind::Incomplete:
        drawDisc(painter, QColor::fromRgb(theme.textMuted));
        for (double x : {4.8, 8.0, 11.2})
            painter.drawPoint(QPointF(x, 8));
        return;
    case Offer::Kind::Invalid:
        break;
    }
    painter.setPen(QPen(QColor::fromRgb(theme.textMuted), 1.5));
    painter.drawEllipse(QRectF(2, 2, kSize - 4, kSize - 4));
    painter.drawLine(QPointF(4, 12), QPointF(12, 4));
}

} // namespace

QIcon verdictIcon(Offer::Kind kind, const QPalette &palette)
{
    const Theme theme = themeFromPalette(palette);
    QIcon icon;
    for (int ratio : {1, 2, 3}) {
        QPixmap pixmap(QSize(kSize, kSize) * ratio);
        pixmap.setDevicePixelRatio(ratio);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        draw(painter, kind, theme);
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace blockscope::views
