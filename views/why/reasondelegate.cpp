// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/why/reasondelegate.h"

#include "engine/access/action.h"
#include "views/common/theme.h"
#include "views/why/reasonmodel.h"

#include <QApplication>
#include <QPainter>

namespace blockscope::views {

namespace {

constexpr int kMargin = 8;
constexpr int kGap = 4;

QFont bold(QFont font)
{
    font.setBold(true);
    return font;
}

QFont small(QFont font)
{
    font.setPointSizeF(font.pointSizeF() * 0.85);
    return font;
}

int lineHeight(const QFont &font)
{
    return QFontMetrics(font).height();
}

// The cells of the clashing actions, as in the graph; returns where they end.
int drawActions(QPainter &painter, const QStyleOptionViewItem &option, ActionSet actions, QPoint at)
{
    const Theme theme = themeFromPalette(option.palette);
    const QFont font = small(bold(option.font));
    const QSize cell(QFontMetrics(font).horizontalAdvance(QStringLiteral("MM")) + 2 * kGap, lineHeight(option.font));
    painter.setFont(font);
    for (Action action : kActions) {
        if (!actions.contains(action))
            continue;
        const Rgb color = theme.action[static_cast<std::size_t>(action)];
        const QRect rect(at, cell);
        painter.fillRect(rect, QColor::fromRgba(color));
        if (option.state.testFlag(QStyle::State_Selected)) { // RV is as blue as many a highlight
            painter.setPen(option.palette.color(QPalette::HighlightedText));
            painter.drawRect(rect.adjusted(0, 0, -1, -1));
        }
        painter.setPen(QColor::fromRgba(inkOn(color)));
        painter.drawText(rect, Qt::AlignCenter, QString::fromLatin1(letters(action)));
        at.rx() += cell.width() + kGap / 2;
    }
    return at.x();
}

void drawElided(QPainter &painter, const QRect &rect, Qt::Alignment alignment, const QString &text)
{
    painter.drawText(rect, int(alignment | Qt::AlignVCenter | Qt::TextSingleLine),
                     painter.fontMetrics().elidedText(text, Qt::ElideMiddle, rect.width()));
}

} // namespace

QSize ReasonDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {160, 2 * kMargin + lineHeight(bold(option.font)) + kGap + lineHeight(option.font)};
}

void ReasonDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem background = option;
    initStyleOption(&background, index);
    background.text.clear();
    const QStyle *style = option.widget != nullptr ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &background, painter, option.widget);

    painter->save();
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const QColor ink = option.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
    const QRect all = option.rect.adjusted(kMargin, kMargin, -kMargin, -kMargin);
    const QRect first(all.topLeft(), QSize(all.width(), lineHeight(bold(option.font))));
    const QRect second = first.translated(0, first.height() + kGap);

    painter->setFont(bold(option.font));
    painter->setPen(ink);
    const QString node = index.data(ReasonModel::NodeRole).toString();
    const int nodeWidth = qMin(painter->fontMetrics().horizontalAdvance(node) + 2, first.width() * 2 / 5);
    drawElided(*painter, QRect(first.topLeft(), QSize(nodeWidth, first.height())), Qt::AlignLeft, node);

    const auto actions = ActionSet::fromBits(index.data(ReasonModel::ActionsRole).toUInt());
    const int end = drawActions(*painter, option, actions, first.topLeft() + QPoint(nodeWidth + kMargin, 0));

    painter->setFont(option.font);
    painter->setPen(ink);
    drawElided(*painter, QRect(QPoint(end + kGap, first.top()), first.bottomRight()), Qt::AlignRight,
               index.data(ReasonModel::CodeRole).toString());
    drawElided(*painter, second, Qt::AlignLeft, index.data(ReasonModel::HolderRole).toString());
    painter->restore();
}

} // namespace blockscope::views
