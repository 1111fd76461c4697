// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Which rule set decides: one action each, of which one is checked, in the Rules menu and behind a button.

#include "views/session/session.h"

#include <QAction>
#include <QActionGroup>

class QMenu;
class QToolButton;

namespace blockscope::app {

class PolicyActions : public QObject
{
    Q_OBJECT

public:
    explicit PolicyActions(views::Session &session, QObject *parent = nullptr);

    void fill(QMenu &menu) const;
    /// A button that names the policy in force and opens a menu of them; owned by \a parent.
    QToolButton *makeButton(QWidget *parent);

private:
    void choose(const QAction *action);
    void showPolicy();

    views::Session &m_session;
    QActionGroup m_group;
    QToolButton *m_button = nullptr;
};

} // namespace blockscope::app
