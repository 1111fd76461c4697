// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The operations by family, to be dragged onto the graph.
///
/// Thread: GUI.

#include "engine/operations/operation.h"

#include <QTreeWidget>

#include <functional>

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
    /// Hides what has \a text neither in its name nor in its description.
    void filter(const QString &text);

protected:
    void startDrag(Qt::DropActions actions) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    DragStarter m_starter;
};

} // namespace blockscope::views
