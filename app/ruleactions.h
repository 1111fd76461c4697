// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What can be switched in a World, as checkable actions: how the RFC is read, whether claims are enforced, and
/// deliberate mistakes. Each sends an event, so that it can be undone and stands in the saved file; the checks follow
/// the World that is shown.
///
/// Ownership: the session must outlive it; the actions belong to it. Thread: GUI.

#include "views/session/session.h"

#include <QAction>
#include <QObject>

#include <array>
#include <vector>

class QMenu;

namespace blockscope::app {

class RuleActions : public QObject
{
    Q_OBJECT

public:
    RuleActions(views::Session &session, QObject *parent);

    [[nodiscard]] QAction &operator[](Switch which) const { return *m_actions.at(static_cast<std::size_t>(which)); }
    /// P1 off and every other reading on: what the text of the RFC says and no more.
    [[nodiscard]] QAction &literal() const { return *m_literal; }
    /// Every reading as the program starts with it.
    [[nodiscard]] QAction &standard() const { return *m_standard; }
    /// Adds all of them to \a menu, readings and mistakes in submenus.
    void fill(QMenu &menu) const;

Q_SIGNALS:
    /// The switches differ from those before.
    void changed();

private:
    void set(Switch which, bool on);
    /// Sets all readings, as one step to undo.
    void setReadings(const QString &title, SwitchSet readings);
    void showSwitches();

    views::Session &m_session;
    std::array<QAction *, kSwitchCount> m_actions{};
    QAction *m_literal;
    QAction *m_standard;
    SwitchSet m_shown;
};

/// The switches N1 to N6, P1 to P6 and C1.
[[nodiscard]] const std::vector<Switch> &readingSwitches();
[[nodiscard]] const std::vector<Switch> &faultSwitches();

} // namespace blockscope::app
