// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// A graphics view that is zoomed and panned: Ctrl+wheel and pinch at the
/// pointer, the wheel scrolls, middle button, Space or the bare background
/// drag. The scene may be pushed half out of the window, so that any place in
/// it can stand still while the rest changes.
///
/// Thread: GUI.

#include <QBasicTimer>
#include <QGraphicsView>

class QGestureEvent;
class QNativeGestureEvent;

namespace blockscope::views {

class ZoomView : public QGraphicsView
{
    Q_OBJECT

public:
    static constexpr double kLeastZoom = 0.02;
    static constexpr double kMostZoom = 4;

    explicit ZoomView(QWidget *parent = nullptr);

    /// Device-independent pixels to a scene unit.
    [[nodiscard]] double zoom() const { return transform().m11(); }
    /// What stands at \a fixed, a place in the viewport, stays there.
    void zoomTo(double zoom, QPoint fixed);
    /// What is there to see, in scene units.
    void setContent(const QRectF &content);
    [[nodiscard]] bool isFitted() const { return m_isFitted; }
    /// Moves the scene as little as need be to show \a place.
    void reveal(const QRectF &place);

public Q_SLOTS:
    void zoomIn();
    void zoomOut();
    void zoomToActualSize();
    /// Shows everything, but nothing larger than it is.
    void fit();

Q_SIGNALS:
    void zoomChanged(double zoom);

protected:
    bool viewportEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void timerEvent(QTimerEvent *event) override;

    /// True where a press of the left button begins to pan.
    [[nodiscard]] virtual bool isBackground(QPoint place) const;
    /// Scrolls on while a drag stays at the border; \a place is where it is.
    void scrollAtBorder(QPoint place);
    void stopScrolling() { m_borderTimer.stop(); }
    /// Space is down: the left button pans wherever it is pressed.
    [[nodiscard]] bool isPanKeyDown() const { return m_isSpaceDown; }

private:
    void startPan(QPoint place);
    void endPan();
    bool pinch(const QGestureEvent &event);
    bool pinch(const QNativeGestureEvent &event);
    void updateRange();
    void updateBars();
    [[nodiscard]] QPoint borderStep() const;
    void showCursor();

    QRectF m_content;
    bool m_isFitted = true;
    bool m_isUpdatingBars = false;
    bool m_isPanning = false;
    bool m_isSpaceDown = false;
    QPoint m_panPlace;
    QBasicTimer m_borderTimer;
    QPoint m_borderPlace;
};

} // namespace blockscope::views
