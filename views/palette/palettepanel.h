// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The palette: every operation there is, with the verdict that it would get
/// on the selected node. Operations are dragged onto the graph, or brought
/// there by Enter.
///
/// Ownership: the session must outlive it. Thread: GUI.

#include "engine/access/ledger.h"
#include "views/session/session.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;

namespace blockscope::views {

class PaletteTree;

class PalettePanel : public QWidget
{
    Q_OBJECT

public:
    explicit PalettePanel(Session &session, QWidget *parent = nullptr);

    [[nodiscard]] PaletteTree &tree() const { return *m_tree; }

Q_SIGNALS:
    /// Asked for on the selected node (invalid: it needs none). \a place is on the screen.
    void operationRequested(const QString &operation, blockscope::NodeId node, QPoint place);
    /// Asked for while no node is selected: to be carried to one.
    void carryRequested(const QString &operation);

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void activate(const Operation &operation);
    void describe();
    void judgeLater();
    void judgeAll();
    /// True when it may start, or when something must be chosen first.
    bool judgeOne(const Operation &operation, const std::vector<NodeId> &spare);
    [[nodiscard]] std::optional<NodeId> selectedNode() const;

    Session &m_session;
    QLineEdit *m_filter;
    PaletteTree *m_tree;
    QLabel *m_description;
    QTimer m_judge;
    Ledger m_ledger; // the one that was judged by
};

} // namespace blockscope::views
