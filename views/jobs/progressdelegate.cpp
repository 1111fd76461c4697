// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/jobs/progressdelegate.h"

#include "views/common/theme.h"
#include "views/jobs/jobsmodel.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace blockscope::views {

namespace {

constexpr double kBarHeight = 8;
constexpr int kMargin = 6;

/// Room for "4096 of 4096", so that bars below each other end at one place.
int numbersWidth(const QFontMetrics &metrics)
{
    return metrics.horizontalAdvance(QStringLiteral("0000 of 0000"));
}

} // namespace

void ProgressDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString numbers = std::exchange(item.text, {});
    const QStyle &style = item.widget != nullptr ? *item.widget->style() : *QApplication::style();
    style.drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);

    const bool isSelected = item.state.testFlag(QStyle::State_Selected);
    const bool isEnded = index.data(JobsModel::IsEndedRole).toBool();
    const QColor text = item.palette.color(QPalette::Active, isSelected ? QPalette::HighlightedText : QPalette::Text);
    const QColor quiet =
        item.palette.color(QPalette::Active, isSelected ? QPalette::HighlightedText : QPalette::PlaceholderText);
    const Theme colors = themeFromPalette(item.palette);

    QRect content = item.rect.adjusted(kMargin, 0, -kMargin, 0);
    QRect right = content;
    right.setLeft(content.right() - numbersWidth(item.fontMetrics));
    QRectF bar = content;
    bar.setRight(right.left() - kMargin);
    bar.setTop(content.center().y() - kBarHeight / 2);
    bar.setHeight(kBarHeight);

    const auto progress = index.data(JobsModel::ProgressRole).value<Progress>();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    if (bar.width() > kBarHeight) {
        painter->setBrush(QColor::fromRgb(colors.track));
        painter->drawRoundedRect(bar, kBarHeight / 2, kBarHeight / 2);
        const double share = progress.total > 0 ? std::min(1.0, double(progress.done) / progress.total) : 0;
        QRectF done = bar;
        done.setWidth(bar.width() * share);
        painter->setClipRect(done);
        painter->setBrush(isEnded ? quiet : QColor::fromRgb(colors.progress));
        painter->drawRoundedRect(bar, kBarHeight / 2, kBarHeight / 2);
        painter->setClipping(false);
    }
    painter->setPen(isEnded ? quiet : text);
    painter->setFont(item.font);
    painter->drawText(right, Qt::AlignRight | Qt::AlignVCenter, numbers);
    painter->restore();
}

QSize ProgressDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setWidth(numbersWidth(option.fontMetrics) + 96);
    return size;
}

} // namespace blockscope::views
