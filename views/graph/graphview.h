// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The graph: shows the session's World, selects in it, finds in it, and takes
/// operations that are dropped. It starts nothing itself: what was dropped is
/// handed on by operationRequested().
///
/// Ownership: the session must outlive it. Thread: GUI.

#include "views/graph/dropguide.h"
#include "views/graph/graphscene.h"
#include "views/graph/layoutcontroller.h"
#include "views/graph/zoomview.h"

#include <memory>

class QLabel;
class QMenu;

namespace blockscope::views {

class FindBar;

class GraphView : public ZoomView
{
    Q_OBJECT

public:
    explicit GraphView(Session &session, QWidget *parent = nullptr);
    ~GraphView() override;

    /// Instead of the theme of the palette.
    void setTheme(const Theme &theme);
    void setAnimated(bool isAnimated) { m_scene.setAnimated(isAnimated); }
    /// What stands there while no graph is open; a whole sentence or more.
    void setEmptyText(const QString &text);

    [[nodiscard]] const GraphScene &graphScene() const { return m_scene; }
    [[nodiscard]] const DropGuide &guide() const { return *m_guide; }
    [[nodiscard]] bool isLayingOut() const { return m_layout.isBusy(); }
    /// Where a window about \a what should stand, on the screen.
    [[nodiscard]] QPoint placeFor(const Selection &what) const;

public Q_SLOTS:
    void openFind();
    void findNext();
    void findPrevious();
    /// Carries an operation by the keyboard: the verdicts are shown, arrows move, Enter or a click drops it on the
    /// selected node, Esc puts it down.
    void pickUp(const QString &operation);
    void putDown();
    /// Opens the menu of what is selected.
    void openMenu();

Q_SIGNALS:
    /// An operation was dropped on \a node (invalid: on no node), not on one where it makes no sense.
    void operationRequested(const QString &operation, blockscope::NodeId node, QPoint globalPlace);
    /// The menu of \a what is about to open: add to it. It is deleted when it closes.
    void menuRequested(QMenu *menu, const blockscope::views::Selection &what);

protected:
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool focusNextPrevChild(bool isNext) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;
    [[nodiscard]] bool isBackground(QPoint place) const override;

private:
    void resetWorld();
    void followWorld(const Delta &delta);
    void arrange(const Topology &topology, const Placement &placement);
    [[nodiscard]] bool isOtherGraph() const;
    [[nodiscard]] std::vector<Selection> anchors() const;
    void showSelection();
    void updateMarks();
    void updateNotice();
    bool showTip(const QHelpEvent &event);
    bool moveSelection(int key);
    [[nodiscard]] std::optional<NodeId> nodeAt(QPoint place) const;
    [[nodiscard]] std::vector<NodeId> nodesInSightFirst() const;
    void begin(const Operation &operation);
    bool dropCarried(std::optional<NodeId> node, QPoint place);
    void showCarried();
    void find(const QString &text);
    void findBy(int step);
    void placeChildren();
    void openMenu(const Selection &what, QPoint globalPlace);

    Session &m_session;
    GraphScene m_scene;
    LayoutController m_layout;
    std::unique_ptr<DropGuide> m_guide;
    FindBar *m_findBar;
    QLabel *m_notice;
    QString m_emptyText;
    std::vector<std::string> m_shownNames; // by NodeId, of the World that is arranged
    bool m_hasOwnTheme = false;
    bool m_isCarrying = false;
    bool m_isSelectingByMouse = false;
    bool m_isLate = false; // the layout takes so long that it must be said
    QPoint m_pressPlace;
    QSize m_size;
};

} // namespace blockscope::views
