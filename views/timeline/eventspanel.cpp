// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/timeline/eventspanel.h"

#include "views/common/listtable.h"
#include "views/timeline/eventsmodel.h"

#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace blockscope::views {

namespace {

/// What an event is about: its job, else the first node or user that it names.
Selection subjectOf(const World &world, const RecordedEvent &recorded)
{
    if (recorded.outcome.job)
        return *recorded.outcome.job;
    if (const auto *write = std::get_if<GuestWriteControl>(&recorded.event)) {
        if (const auto user = world.findUser(write->device))
            return *user;
    }
    const auto *command = std::get_if<QmpCommand>(&recorded.event);
    if (command == nullptr)
        return {};
    for (const char *argument : {"device", "node", "node-name", "overlay"}) {
        const std::string *name = findString(command->arguments, argument);
        if (name == nullptr)
            continue;
        if (const auto node = world.graph.findNode(*name))
            return *node;
        if (const auto user = world.findUser(*name))
            return *user;
    }
    return {};
}

} // namespace

EventsPanel::EventsPanel(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_model(new EventsModel(session, this)), m_stack(new QStackedWidget(this)),
      m_table(new QTableView(this))
{
    makeTable();
    auto *empty = new QLabel(tr("Nothing has happened yet."), this);
    empty->setAlignment(Qt::AlignCenter);
    empty->setForegroundRole(QPalette::PlaceholderText);
    m_stack->addWidget(empty);
    m_stack->addWidget(m_table);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);

    connect(m_model, &QAbstractItemModel::rowsInserted, this, &EventsPanel::update);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &EventsPanel::update);
    update();
}

void EventsPanel::makeTable()
{
    m_table->setObjectName(u"eventsTable"_s);
    m_table->setAccessibleName(tr("Events"));
    m_table->setModel(m_model);
    styleAsList(m_table);
    QHeaderView *header = m_table->horizontalHeader();
    const int em = m_table->fontMetrics().averageCharWidth();
    header->resizeSection(EventsModel::Number, 9 * em);
    header->resizeSection(EventsModel::EventColumn, 64 * em);
    header->setStretchLastSection(true);

    connect(m_table, &QTableView::activated, this,
            [this](const QModelIndex &index) { activate(static_cast<std::size_t>(index.row())); });
    // Who watches the last event wants to see the next one as well.
    connect(m_model, &QAbstractItemModel::rowsAboutToBeInserted, this, [this] {
        const QScrollBar *bar = m_table->verticalScrollBar();
        if (bar->value() == bar->maximum())
            QMetaObject::invokeMethod(m_table, &QTableView::scrollToBottom, Qt::QueuedConnection);
    });
}

void EventsPanel::activate(std::size_t row)
{
    if (row >= m_session.log().size())
        return;
    const RecordedEvent &recorded = m_session.log()[row];
    m_session.select(subjectOf(m_session.world(), recorded));
    if (recorded.outcome.kind == Outcome::Kind::Refused)
        Q_EMIT explanationWanted(row);
}

void EventsPanel::update()
{
    m_stack->setCurrentIndex(m_model->rowCount() == 0 ? 0 : 1);
}

} // namespace blockscope::views
