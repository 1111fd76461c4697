// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/session/worldcommand.h"

#include "views/session/session.h"

namespace blockscope::views {

WorldCommand::WorldCommand(Session &session, const QString &text, Change change)
    : QUndoCommand(text), m_session(session), m_change(std::move(change))
{
}

void WorldCommand::undo()
{
    const auto before = std::span(m_change.since).first(m_change.since.size() - 1);
    m_session.restore(m_change.before, m_change.base, before, m_change.base);
    m_isApplied = false;
}

void WorldCommand::redo()
{
    if (m_isApplied)
        return;
    m_session.restore(m_change.after, m_change.base, m_change.since, m_change.base + m_change.since.size());
    m_isApplied = true;
}

} // namespace blockscope::views
