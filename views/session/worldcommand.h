// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The only kind of undo command: the Worlds before and after one event.

#include "views/session/eventlog.h"

#include <QUndoCommand>

namespace blockscope::views {

class Session;

class WorldCommand : public QUndoCommand
{
public:
    struct Change
    {
        World before;
        World after;
        std::size_t base = 0;             ///< length of the log after the command before this one
        std::vector<RecordedEvent> since; ///< the log from there to after; the event itself is last
    };

    /// \a change has just been applied, so the first redo does nothing.
    WorldCommand(Session &session, const QString &text, Change change);

    void undo() override;
    void redo() override;

private:
    Session &m_session;
    const Change m_change;
    bool m_isApplied = true;
};

} // namespace blockscope::views
