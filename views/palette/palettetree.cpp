// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/palette/palettetree.h"

#include "engine/operations/catalogue.h"
#include "views/common/operationmime.h"
#include "views/common/paintercanvas.h"
#include "views/common/theme.h"
#include "views/palette/operationtext.h"

#include <QDrag>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>

#include <cmath>

namespace blockscope::views {
namespace {

constexpr int kRowHeight = 28; // easy to hit

// What hangs at the pointer: the operation as a plate.
QPixmap plate(const QString &name, const QIcon &icon, const QWidget &widget)
{
    const Theme theme = themeFromPalette(widget.palette());
    const Fonts fonts;
    const TextLook look{theme.text, TextSize::Body, true, Anchor::Start};
    const QSizeF size(std::ceil(textWidth(name, look.size, look.bold)) + 40, kDragPlateHeight);
    QPixmap pixmap((size * widget.devicePixelRatioF()).toSize());
    pixmap.setDevicePixelRatio(widget.devicePixelRatioF());
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    PainterCanvas canvas(painter, fonts);
    canvas.rect(insidePen(QRectF(QPointF(), size), 2), {theme.surface, {theme.accent, 2, Dash::Solid}}, 6);
    canvas.label({32, size.height() / 2}, name, size.width(), look);
    icon.paint(&painter, QRect(8, 6, 16, 16));
    return pixmap;
}

} // namespace

PaletteTree::PaletteTree(QWidget *parent) : QTreeWidget(parent)
{
    setColumnCount(2);
    setHeaderHidden(true);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    setRootIsDecorated(false);
    setIndentation(8);
    setIconSize(QSize(20, 20));
    setUniformRowHeights(true);
    setTextElideMode(Qt::ElideRight);
    setAccessibleName(tr("Operations"));
    QTreeWidgetItem *family = nullptr;
    for (const Operation *operation : operations()) {
        const QString title = familyName(operation->family);
        if (family == nullptr || family->text(0) != title) {
            family = new QTreeWidgetItem(this, {title});
            family->setFlags(Qt::ItemIsEnabled);
            family->setFirstColumnSpanned(true);
            QFont font = family->font(0);
            font.setBold(true);
            family->setFont(0, font);
            family->setSizeHint(0, QSize(0, kRowHeight));
        }
        auto *item = new QTreeWidgetItem(family, {nameOf(*operation)});
        item->setSizeHint(0, QSize(0, kRowHeight));
        item->setIcon(0, iconOf(*operation));
        item->setToolTip(0, descriptionOf(*operation));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren);
    }
    expandAll();
}

const Operation *PaletteTree::operationOf(const QTreeWidgetItem *item)
{
    return item == nullptr || item->parent() == nullptr ? nullptr : findOperation(item->text(0).toStdString());
}

QTreeWidgetItem *PaletteTree::itemOf(std::string_view operation) const
{
    for (QTreeWidgetItemIterator item(const_cast<PaletteTree *>(this)); *item != nullptr; ++item) {
        const Operation *each = operationOf(*item);
        if (each != nullptr && each->name == operation)
            return *item;
    }
    return nullptr;
}

void PaletteTree::filter(const QString &text)
{
    for (int i = 0; i < topLevelItemCount(); ++i) {
        QTreeWidgetItem *family = topLevelItem(i);
        bool isAnyShown = false;
        for (int j = 0; j < family->childCount(); ++j) {
            QTreeWidgetItem *item = family->child(j);
            const bool isShown = item->text(0).contains(text, Qt::CaseInsensitive) ||
                                 item->toolTip(0).contains(text, Qt::CaseInsensitive);
            item->setHidden(!isShown);
            isAnyShown = isAnyShown || isShown;
        }
        family->setHidden(!isAnyShown);
    }
}

void PaletteTree::startDrag(Qt::DropActions)
{
    const Operation *operation = operationOf(currentItem());
    if (operation == nullptr)
        return;
    QDrag drag(this);
    drag.setMimeData(operationMimeData(*operation).release());
    drag.setPixmap(plate(nameOf(*operation), iconOf(*operation), *this));
    drag.setHotSpot(QPoint(-kDragPlateOffset, -kDragPlateOffset)); // beside the pointer: what is below it must be seen
    if (m_starter)
        m_starter(drag);
    else
        drag.exec(Qt::CopyAction);
}

// Enter means the same everywhere, whatever the platform's idea of activation.
void PaletteTree::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isEnter || operationOf(currentItem()) == nullptr)
        return QTreeWidget::keyPressEvent(event);
    Q_EMIT itemActivated(currentItem(), 0);
}

} // namespace blockscope::views
