// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The actions that let jobs and the guest run, step and halt, kept in step
/// with the session.
///
/// Ownership: all that is handed over must outlive it. Thread: GUI.

#include "app/actions.h"
#include "views/session/session.h"

namespace blockscope::app {

class RunCommands : public QObject
{
    Q_OBJECT

public:
    RunCommands(views::Session &session, const Actions &actions, QObject *parent);

private:
    void toggleVm();
    void step();
    /// The next stop of the speed in that direction.
    void changeSpeed(int by);
    void guestWrites();
    [[nodiscard]] std::optional<UserId> writingGuest() const;
    void showRunState();
    void showPossible();

    views::Session &m_session;
    const Actions &m_actions;
};

} // namespace blockscope::app
