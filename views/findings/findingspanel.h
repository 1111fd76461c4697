// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What broke, or was stopped before it did: a list, and the selected finding in full. Selecting one selects its node
/// in the graph and lights up whose data it is, or who did it.
///
/// Ownership: the session must outlive it. Thread: GUI.

#include "views/session/session.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QTableView;

namespace blockscope::views {

class FindingsModel;

class FindingsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit FindingsPanel(Session &session, QWidget *parent = nullptr);

    /// Selects the finding that whoever opens the panel should see: the first that is damage, else the first.
    void selectGravest();
    /// All findings in sentences, as they are copied.
    [[nodiscard]] QString plainText() const;

private:
    void makeTable();
    QWidget *makeDetail();
    void showCurrent();
    void update();

    Session &m_session;
    FindingsModel *m_model;
    QStackedWidget *m_stack;
    QTableView *m_table;
    QLabel *m_detail;
};

} // namespace blockscope::views
