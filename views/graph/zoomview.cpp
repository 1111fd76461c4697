// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/zoomview.h"

#include <QGestureEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPinchGesture>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTimerEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace blockscope::views {
namespace {

constexpr double kStep = 1.2; // of a wheel's notch or a key
constexpr double kFitMargin = 24;
constexpr int kBorder = 28; // pixels at the edge where a drag scrolls
constexpr int kBorderSpeed = 12;
constexpr int kBorderInterval = 25; // milliseconds

} // namespace

ZoomView::ZoomView(QWidget *parent) : QGraphicsView(parent)
{
    setRenderHint(QPainter::Antialiasing);
    setViewportUpdateMode(MinimalViewportUpdate);
    setOptimizationFlag(DontAdjustForAntialiasing);
    setOptimizationFlag(DontSavePainterState);
    setTransformationAnchor(NoAnchor);
    setResizeAnchor(NoAnchor);
    setFrameShape(NoFrame);
    setDragMode(NoDrag);
    viewport()->grabGesture(Qt::PinchGesture);
    updateRange();
}

void ZoomView::zoomTo(double zoom, QPoint fixed)
{
    zoom = std::clamp(zoom, kLeastZoom, kMostZoom);
    m_isFitted = false;
    if (zoom == this->zoom())
        return;
    const QPointF place = mapToScene(fixed);
    setTransform(QTransform::fromScale(zoom, zoom));
    updateRange();
    const QPoint moved = mapFromScene(place) - fixed;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + moved.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() + moved.y());
    Q_EMIT zoomChanged(zoom);
}

void ZoomView::setContent(const QRectF &content)
{
    m_content = content;
    m_isFitted = false;
    updateRange();
}

void ZoomView::reveal(const QRectF &place)
{
    const QRect room = viewport()->rect().adjusted(16, 16, -16, -16);
    const QRect seen = mapFromScene(place).boundingRect();
    if (room.contains(seen))
        return;
    const auto shift = [](int low, int high, int roomLow, int roomHigh) {
        if (high - low > roomHigh - roomLow || low < roomLow)
            return low - roomLow;
        return std::max(0, high - roomHigh);
    };
    const int dx = shift(seen.left(), seen.right(), room.left(), room.right());
    const int dy = shift(seen.top(), seen.bottom(), room.top(), room.bottom());
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + dx);
    verticalScrollBar()->setValue(verticalScrollBar()->value() + dy);
}

void ZoomView::zoomIn()
{
    zoomTo(zoom() * kStep, viewport()->rect().center());
}

void ZoomView::zoomOut()
{
    zoomTo(zoom() / kStep, viewport()->rect().center());
}

void ZoomView::zoomToActualSize()
{
    zoomTo(1, viewport()->rect().center());
}

void ZoomView::fit()
{
    m_isFitted = false;
    // Scroll bars would take room from the measure of the window.
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    const QRectF room = QRectF(viewport()->rect()).adjusted(kFitMargin, kFitMargin, -kFitMargin, -kFitMargin);
    if (!m_content.isEmpty() && !room.isEmpty()) {
        const double share = std::min(room.width() / m_content.width(), room.height() / m_content.height());
        zoomTo(std::min(1.0, share), viewport()->rect().center());
        centerOn(m_content.center());
    }
    updateBars(); // may resize the viewport, which must not lead back here
    m_isFitted = true;
}

// Wide margins: QGraphicsView would centre or clamp what it thinks is all there is.
void ZoomView::updateRange()
{
    const double width = viewport()->width() / zoom();
    const double height = viewport()->height() / zoom();
    setSceneRect(m_content.adjusted(-width, -height, width, height));
    updateBars();
}

// By the room that there is without bars: otherwise bars that come could be the reason why they are needed. They resize
// and scroll the viewport, which must not lead back here.
void ZoomView::updateBars()
{
    if (m_isUpdatingBars)
        return;
    const QScopedValueRollback guard(m_isUpdatingBars, true);
    const QRectF room{{0, 0}, QSizeF(maximumViewportSize())};
    const bool isAllSeen = room.contains(mapFromScene(m_content).boundingRect());
    const Qt::ScrollBarPolicy policy = isAllSeen ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAlwaysOn;
    setHorizontalScrollBarPolicy(policy);
    setVerticalScrollBarPolicy(policy);
}

bool ZoomView::isBackground(QPoint place) const
{
    return itemAt(place) == nullptr;
}

bool ZoomView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Gesture && pinch(*static_cast<QGestureEvent *>(event)))
        return true;
    if (event->type() == QEvent::NativeGesture && pinch(*static_cast<QNativeGestureEvent *>(event)))
        return true;
    return QGraphicsView::viewportEvent(event);
}

bool ZoomView::pinch(const QGestureEvent &event)
{
    const auto *gesture = static_cast<const QPinchGesture *>(event.gesture(Qt::PinchGesture));
    if (gesture == nullptr)
        return false;
    if (gesture->changeFlags().testFlag(QPinchGesture::ScaleFactorChanged))
        zoomTo(zoom() * gesture->scaleFactor(), viewport()->mapFromGlobal(gesture->hotSpot().toPoint()));
    return true;
}

bool ZoomView::pinch(const QNativeGestureEvent &event)
{
    if (event.gestureType() != Qt::ZoomNativeGesture)
        return false;
    zoomTo(zoom() * (1 + event.value()), event.position().toPoint());
    return true;
}

void ZoomView::wheelEvent(QWheelEvent *event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return QGraphicsView::wheelEvent(event);
    const double notches = event->angleDelta().y() / 120.0;
    zoomTo(zoom() * std::pow(kStep, notches), event->position().toPoint());
    event->accept();
}

void ZoomView::mousePressEvent(QMouseEvent *event)
{
    const bool isLeftPan = event->button() == Qt::LeftButton && (m_isSpaceDown || isBackground(event->pos()));
    if (event->button() == Qt::MiddleButton || isLeftPan)
        startPan(event->pos());
    event->accept();
}

void ZoomView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_isPanning)
        return QGraphicsView::mouseMoveEvent(event);
    const QPoint by = event->pos() - std::exchange(m_panPlace, event->pos());
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - by.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() - by.y());
}

void ZoomView::mouseReleaseEvent(QMouseEvent *event)
{
    endPan();
    event->accept();
}

void ZoomView::startPan(QPoint place)
{
    m_isPanning = true;
    m_panPlace = place;
    showCursor();
}

void ZoomView::endPan()
{
    m_isPanning = false;
    showCursor();
}

void ZoomView::showCursor()
{
    if (m_isPanning)
        viewport()->setCursor(Qt::ClosedHandCursor);
    else if (m_isSpaceDown)
        viewport()->setCursor(Qt::OpenHandCursor);
    else
        viewport()->unsetCursor();
}

void ZoomView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_isSpaceDown = true;
        return showCursor();
    }
    const bool isControl = event->modifiers().testFlag(Qt::ControlModifier);
    const bool isPlain = (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == Qt::NoModifier;
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomIn();
    case Qt::Key_Minus:
        return zoomOut();
    case Qt::Key_0:
        if (isControl)
            return fit();
        break;
    case Qt::Key_1:
        if (isControl || isPlain)
            return zoomToActualSize();
        break;
    case Qt::Key_F:
        if (isPlain)
            return fit();
        break;
    default:
        break;
    }
    event->ignore();
}

void ZoomView::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_isSpaceDown = false;
        return showCursor();
    }
    QGraphicsView::keyReleaseEvent(event);
}

void ZoomView::focusOutEvent(QFocusEvent *event)
{
    m_isSpaceDown = false;
    endPan();
    QGraphicsView::focusOutEvent(event);
}

void ZoomView::resizeEvent(QResizeEvent *event)
{
    QGraphicsView::resizeEvent(event);
    updateRange();
}

void ZoomView::scrollContentsBy(int dx, int dy)
{
    QGraphicsView::scrollContentsBy(dx, dy);
    m_isFitted = false;
    updateBars();
}

void ZoomView::scrollAtBorder(QPoint place)
{
    m_borderPlace = place;
    if (borderStep().isNull())
        m_borderTimer.stop();
    else if (!m_borderTimer.isActive())
        m_borderTimer.start(kBorderInterval, this);
}

// Only towards what is out of sight: nothing moves where all is seen.
QPoint ZoomView::borderStep() const
{
    const auto step = [](int at, int length, int low, int high) {
        if (at < kBorder && low < 0)
            return -kBorderSpeed;
        return at > length - kBorder && high > length ? kBorderSpeed : 0;
    };
    const QRect seen = mapFromScene(m_content).boundingRect();
    const QRect room = viewport()->rect();
    return {step(m_borderPlace.x(), room.width(), seen.left(), seen.right()),
            step(m_borderPlace.y(), room.height(), seen.top(), seen.bottom())};
}

void ZoomView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_borderTimer.timerId())
        return QGraphicsView::timerEvent(event);
    const QPoint step = borderStep();
    if (step.isNull())
        return m_borderTimer.stop();
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + step.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() + step.y());
}

} // namespace blockscope::views
