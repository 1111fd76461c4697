// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The list of events. A double click, or Enter, selects what an event is about, and has a refusal explained again.

#include "views/session/session.h"

#include <QWidget>

class QStackedWidget;
class QTableView;

namespace blockscope::views {

class EventsModel;

class EventsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit EventsPanel(Session &session, QWidget *parent = nullptr);

Q_SIGNALS:
    /// The refused event in \a row of the session's log is to be explained.
    void explanationWanted(std::size_t row);

private:
    void makeTable();
    void activate(std::size_t row);
    void update();

    Session &m_session;
    EventsModel *m_model;
    QStackedWidget *m_stack;
    QTableView *m_table;
};

} // namespace blockscope::views
