// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// Mouse, keys, drags and finding of GraphView; what it shows is in graphview.cpp.
#include "views/common/operationmime.h"
#include "views/graph/findbar.h"
#include "views/graph/graphview.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QKeyEvent>

#include <algorithm>

namespace blockscope::views {
namespace {

std::optional<Direction> directionOf(int key)
{
    switch (key) {
    case Qt::Key_Up:
        return Direction::Up;
    case Qt::Key_Down:
        return Direction::Down;
    case Qt::Key_Left:
        return Direction::Left;
    case Qt::Key_Right:
        return Direction::Right;
    default:
        return {};
    }
}

std::optional<NodeId> nodeOf(const Selection &what)
{
    const NodeId *node = std::get_if<NodeId>(&what);
    return node == nullptr ? std::nullopt : std::optional(*node);
}

} // namespace

bool GraphView::isBackground(QPoint place) const
{
    return m_scene.boxAt(mapToScene(place)) == Selection();
}

std::optional<NodeId> GraphView::nodeAt(QPoint place) const
{
    return nodeOf(m_scene.boxAt(mapToScene(place)));
}

void GraphView::mousePressEvent(QMouseEvent *event)
{
    m_pressPlace = event->pos();
    const Selection what = m_scene.boxAt(mapToScene(event->pos()));
    if (event->button() == Qt::LeftButton && m_isCarrying && dropCarried(nodeOf(what), event->pos()))
        return;
    if (event->button() != Qt::MiddleButton && !isPanKeyDown() && what != Selection()) {
        m_isSelectingByMouse = true;
        m_session.select(what);
        m_isSelectingByMouse = false;
    }
    ZoomView::mousePressEvent(event);
}

void GraphView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_isCarrying && event->buttons() == Qt::NoButton)
        m_guide->hover(nodeAt(event->pos()), event->pos());
    ZoomView::mouseMoveEvent(event);
}

void GraphView::mouseReleaseEvent(QMouseEvent *event)
{
    const bool isClick = (event->pos() - m_pressPlace).manhattanLength() < QApplication::startDragDistance();
    if (event->button() == Qt::LeftButton && isClick && isBackground(event->pos()))
        m_session.select({});
    ZoomView::mouseReleaseEvent(event);
}

void GraphView::keyPressEvent(QKeyEvent *event)
{
    if (moveSelection(event->key()))
        return;
    if (event->matches(QKeySequence::Find))
        return openFind();
    if (event->matches(QKeySequence::FindNext))
        return findNext();
    if (event->matches(QKeySequence::FindPrevious))
        return findPrevious();
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_isCarrying)
            dropCarried(nodeOf(m_session.selection()), viewport()->mapFromGlobal(placeFor(m_session.selection())));
        else
            openMenu();
        return;
    case Qt::Key_Escape:
        if (m_isCarrying)
            return putDown();
        if (m_findBar->isVisible())
            return m_findBar->close();
        if (m_session.selection() != Selection())
            return m_session.select({});
        break;
    default:
        break;
    }
    ZoomView::keyPressEvent(event);
}

bool GraphView::moveSelection(int key)
{
    const std::optional<Direction> direction = directionOf(key);
    const bool isEnd = key == Qt::Key_Home || key == Qt::Key_End;
    if ((!direction && !isEnd) || m_scene.isEmpty())
        return false;
    const std::vector<PlacedBox> boxes = m_scene.boxes();
    Selection next;
    if (direction && m_scene.boxOf(m_session.selection()))
        next = neighbour(m_session.world(), boxes, m_session.selection(), *direction);
    else
        next = key == Qt::Key_End ? readingOrder(boxes).back() : readingOrder(boxes).front();
    if (next != Selection())
        m_session.select(next);
    return true;
}

// Tab goes from node to node once one is selected, and on to the next panel after the last; Esc leaves at once.
bool GraphView::focusNextPrevChild(bool isNext)
{
    const std::vector<Selection> order = readingOrder(m_scene.boxes());
    const auto at = std::find(order.begin(), order.end(), m_session.selection());
    const bool isLast = at == order.end() || (isNext ? at + 1 == order.end() : at == order.begin());
    if (isLast)
        return ZoomView::focusNextPrevChild(isNext);
    m_session.select(isNext ? *(at + 1) : *(at - 1));
    return true;
}

void GraphView::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Keyboard)
        return openMenu();
    const Selection what = m_scene.boxAt(mapToScene(event->pos()));
    openMenu(what, event->globalPos());
}

std::vector<NodeId> GraphView::nodesInSightFirst() const
{
    const QRectF sight = mapToScene(viewport()->rect()).boundingRect();
    std::vector<NodeId> nodes;
    std::vector<NodeId> others;
    for (const PlacedBox &box : m_scene.boxes()) {
        if (const NodeId *node = std::get_if<NodeId>(&box.what))
            (sight.intersects(box.rect) ? nodes : others).push_back(*node);
    }
    nodes.insert(nodes.end(), others.begin(), others.end());
    return nodes;
}

void GraphView::begin(const Operation &operation)
{
    m_guide->begin(operation, nodesInSightFirst());
}

void GraphView::dragEnterEvent(QDragEnterEvent *event)
{
    const Operation *operation = operationIn(event->mimeData());
    if (operation == nullptr)
        return event->ignore();
    putDown();
    begin(*operation);
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void GraphView::dragMoveEvent(QDragMoveEvent *event)
{
    const QPoint place = event->position().toPoint();
    scrollAtBorder(place);
    event->setDropAction(Qt::CopyAction);
    event->setAccepted(m_guide->hover(nodeAt(place), place));
}

void GraphView::dragLeaveEvent(QDragLeaveEvent *event)
{
    stopScrolling();
    m_guide->end();
    event->accept();
}

void GraphView::dropEvent(QDropEvent *event)
{
    stopScrolling();
    const QPoint place = event->position().toPoint();
    event->setDropAction(Qt::CopyAction);
    event->setAccepted(dropCarried(nodeAt(place), place));
    m_guide->end();
}

bool GraphView::dropCarried(std::optional<NodeId> node, QPoint place)
{
    const Operation *operation = m_guide->operation();
    if (operation == nullptr || !m_guide->hover(node, place))
        return false;
    putDown();
    const QString name = QString::fromUtf8(operation->name.data(), static_cast<qsizetype>(operation->name.size()));
    // Later: whoever answers may open a window, and a drag is not over before its drop returned.
    QMetaObject::invokeMethod(
        this,
        [this, name, target = node.value_or(NodeId()), global = viewport()->mapToGlobal(place)] {
            Q_EMIT operationRequested(name, target, global);
        },
        Qt::QueuedConnection);
    return true;
}

void GraphView::pickUp(const QString &name)
{
    const Operation *operation = findOperation(name.toStdString());
    if (operation == nullptr || m_scene.isEmpty())
        return;
    begin(*operation);
    m_isCarrying = true;
    setFocus();
    if (!m_scene.boxOf(m_session.selection()))
        moveSelection(Qt::Key_Home);
    showCarried();
}

void GraphView::showCarried()
{
    const std::optional<NodeId> node = nodeOf(m_session.selection());
    const QPoint global = placeFor(m_session.selection());
    m_guide->hover(node, viewport()->mapFromGlobal(global));
}

void GraphView::putDown()
{
    m_isCarrying = false;
    m_guide->end();
}

void GraphView::openFind()
{
    placeChildren();
    m_findBar->open();
    m_findBar->raise();
}

void GraphView::findNext()
{
    findBy(1);
}

void GraphView::findPrevious()
{
    findBy(-1);
}

void GraphView::find(const QString &text)
{
    const std::vector<Selection> found = matches(m_session.world(), m_scene.boxes(), text);
    auto at = std::find(found.begin(), found.end(), m_session.selection());
    if (at == found.end() && !found.empty()) {
        at = found.begin();
        m_session.select(*at);
    }
    const bool isAny = at != found.end();
    m_findBar->showResult(isAny ? static_cast<int>(at - found.begin()) + 1 : 0, static_cast<int>(found.size()));
}

void GraphView::findBy(int step)
{
    const std::vector<Selection> found = matches(m_session.world(), m_scene.boxes(), m_findBar->text());
    const int total = static_cast<int>(found.size());
    if (total > 0) {
        const auto at = std::find(found.begin(), found.end(), m_session.selection());
        const int from = at == found.end() ? (step > 0 ? -1 : 0) : static_cast<int>(at - found.begin());
        m_session.select(found[static_cast<std::size_t>((from + step + total) % total)]);
    }
    find(m_findBar->text());
}

} // namespace blockscope::views
