// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The list of events. A double click, or Enter, selects what an event is about.

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

private:
    void makeTable();
    void selectSubject(int row);
    void update();

    Session &m_session;
    EventsModel *m_model;
    QStackedWidget *m_stack;
    QTableView *m_table;
};

} // namespace blockscope::views
