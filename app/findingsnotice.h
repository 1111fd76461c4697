// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Tells of findings: their number in the title of their dock, and the first of a session in the message bar, with a
/// button that shows it.
///
/// Ownership: all that is handed over must outlive it. Thread: GUI.

#include "views/session/session.h"

#include <QObject>

class QDockWidget;

namespace blockscope::views {
class FindingsPanel;
}

namespace blockscope::app {

class MessageBar;

class FindingsNotice : public QObject
{
    Q_OBJECT

public:
    FindingsNotice(const views::Session &session, MessageBar &messages, QDockWidget &dock, views::FindingsPanel &panel,
                   QObject *parent);

    /// Another document is shown: tells of its findings, unless there is another message.
    void greet();

private:
    void count();
    void tell();
    void showPanel();

    const views::Session &m_session;
    MessageBar &m_messages;
    QDockWidget &m_dock;
    views::FindingsPanel &m_panel;
    std::size_t m_known = 0;
    QString m_told; // the message, if it may still be there
};

} // namespace blockscope::app
