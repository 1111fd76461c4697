// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The operations by family, to be dragged onto the graph.
///
/// Thread: GUI.

#include "views/palette/operationtext.h"

#include <QTreeWidget>

#include <functional>
#include <set>

class QDrag;

namespace blockscope::views {

class PaletteTree : public QTreeWidget
{
    Q_OBJECT

public:
    /// Runs a drag to its end.
    using DragStarter = std::function<void(QDrag &drag)>;

    explicit PaletteTree(QWidget *parent = nullptr);

    /// Instead of QDrag::exec(), which needs a pointer: for tests.
    void setDragStarter(DragStarter starter) { m_starter = std::move(starter); }
    /// Null for a family.
    [[nodiscard]] static const Operation *operationOf(const QTreeWidgetItem *item);
    /// Null when there is none.
    [[nodiscard]] QTreeWidgetItem *itemOf(std::string_view operation) const;
    /// Hides what has \a text neither in its name nor in its description. While there is a text every family that has
    /// something to show is open; without one they are as the user left them.
    void filter(const QString &text);
    /// The row of a family; null when it has no operations.
    [[nodiscard]] QTreeWidgetItem *itemOf(Family family) const;

protected:
    void startDrag(Qt::DropActions actions) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addFamily(const FamilyOfOperations &family);
    /// At first: all of a short list, else what a block graph is mostly about.
    [[nodiscard]] static bool isOpenAtFirst(Family family);
    void noteExpansion(const QTreeWidgetItem *item, bool isOpen);

    DragStarter m_starter;
    std::set<Family> m_open; // without a filter
    bool m_isFiltered = false;
};

} // namespace blockscope::views
