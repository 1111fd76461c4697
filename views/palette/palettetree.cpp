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
    setIndentation(12);
    setIconSize(QSize(20, 20));
    setUniformRowHeights(true);
    setTextElideMode(Qt::ElideMiddle); // the ends tell them apart: blockdev-snapshot-sync
    setAccessibleName(tr("Operations"));
    for (const FamilyOfOperations &family : families())
        addFamily(family);
    connect(this, &QTreeWidget::itemExpanded, this, [this](QTreeWidgetItem *item) { noteExpansion(item, true); });
    connect(this, &QTreeWidget::itemCollapsed, this, [this](QTreeWidgetItem *item) { noteExpansion(item, false); });
}

void PaletteTree::addFamily(const FamilyOfOperations &family)
{
    auto *row = new QTreeWidgetItem(this, {familyName(family.family)});
    row->setFlags(Qt::ItemIsEnabled);
    row->setData(0, Qt::UserRole, static_cast<int>(family.family));
    QFont font = row->font(0);
    font.setBold(true);
    row->setFont(0, font);
    row->setForeground(1, palette().brush(QPalette::PlaceholderText));
    row->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    row->setSizeHint(0, QSize(0, kRowHeight));
    for (const Operation *operation : family.operations) {
        auto *item = new QTreeWidgetItem(row, {nameOf(*operation)});
        item->setSizeHint(0, QSize(0, kRowHeight));
        item->setIcon(0, iconOf(*operation));
        item->setToolTip(0, tipOf(*operation));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren);
    }
    if (isOpenAtFirst(family.family)) {
        m_open.insert(family.family);
        row->setExpanded(true);
    }
}

bool PaletteTree::isOpenAtFirst(Family family)
{
    return operations().size() <= kMostInOneList || family == Family::Jobs || family == Family::Graph;
}

void PaletteTree::noteExpansion(const QTreeWidgetItem *item, bool isOpen)
{
    if (m_isFiltered)
        return;
    const auto family = static_cast<Family>(item->data(0, Qt::UserRole).toInt());
    if (isOpen)
        m_open.insert(family);
    else
        m_open.erase(family);
}

QTreeWidgetItem *PaletteTree::itemOf(Family family) const
{
    for (int i = 0; i < topLevelItemCount(); ++i) {
        if (topLevelItem(i)->data(0, Qt::UserRole).toInt() == static_cast<int>(family))
            return topLevelItem(i);
    }
    return nullptr;
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
    m_isFiltered = true; // what opens and closes below is not the user's doing
    for (int i = 0; i < topLevelItemCount(); ++i) {
        QTreeWidgetItem *family = topLevelItem(i);
        bool isAnyShown = false;
        for (int j = 0; j < family->childCount(); ++j) {
            QTreeWidgetItem *item = family->child(j);
            const bool isShown = item->text(0).contains(text, Qt::CaseInsensitive) ||
                                 descriptionOf(*operationOf(item)).contains(text, Qt::CaseInsensitive);
            item->setHidden(!isShown);
            isAnyShown = isAnyShown || isShown;
        }
        family->setHidden(!isAnyShown);
        const bool wasOpen = m_open.contains(static_cast<Family>(family->data(0, Qt::UserRole).toInt()));
        family->setExpanded(text.isEmpty() ? wasOpen : isAnyShown);
    }
    m_isFiltered = !text.isEmpty();
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
    // A family opens and closes by Enter as well.
    if (QTreeWidgetItem *family = currentItem();
        family != nullptr && operationOf(family) == nullptr &&
        (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space))
        return family->setExpanded(!family->isExpanded());
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isEnter || operationOf(currentItem()) == nullptr)
        return QTreeWidget::keyPressEvent(event);
    Q_EMIT itemActivated(currentItem(), 0);
}

} // namespace blockscope::views
