// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The table of jobs and what one can tell them to do.

#include "views/jobs/jobverb.h"
#include "views/session/session.h"

#include <QWidget>

class QAction;
class QMenu;
class QStackedWidget;
class QTableView;
class QToolBar;

namespace blockscope::views {

class JobsModel;

class JobsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit JobsPanel(Session &session, QWidget *parent = nullptr);

    /// What can be told to the selected job, or, while none is selected, to the only one that has not ended; for menus
    /// too. Enabled by its status.
    [[nodiscard]] QList<QAction *> jobActions() const;

private:
    void makeTable();
    void makeActions();
    QAction *addAction(const QString &text, const QString &icon, const QString &tip, const QKeySequence &key);
    [[nodiscard]] std::optional<JobId> selectedJob() const;
    [[nodiscard]] std::optional<JobId> currentJob() const;
    void tell(JobVerb verb);
    void showSelection();
    void selectInSession();
    void update();

    Session &m_session;
    JobsModel *m_model;
    QToolBar *m_toolBar;
    QStackedWidget *m_stack;
    QTableView *m_table;
    std::array<QAction *, kJobVerbs.size()> m_verbs{};
    QAction *m_step = nullptr;
};

} // namespace blockscope::views
