// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/timeline/eventsmodel.h"

#include "engine/text/explain.h"
#include "engine/text/names.h"
#include "views/common/textmetrics.h"

#include <QGuiApplication>
#include <QLocale>
#include <QPalette>

#include <algorithm>

namespace blockscope::views {

namespace {

QString outcomeText(const World &world, const Outcome &outcome)
{
    switch (outcome.kind) {
    case Outcome::Kind::Allowed:
        return EventsModel::tr("Allowed");
    case Outcome::Kind::Refused:
        return EventsModel::tr("Refused: %1").arg(printable(oneLine(world, outcome.verdict)));
    case Outcome::Kind::Invalid:
        break;
    }
    return EventsModel::tr("Invalid: %1")
        .arg(outcome.error ? printable(QString::fromStdString(outcome.error->what)) : QString());
}

} // namespace

EventsModel::EventsModel(const Session &session, QObject *parent)
    : QAbstractTableModel(parent), m_session(session), m_rows(static_cast<int>(session.log().size()))
{
    connect(&session, &Session::logChanged, this, &EventsModel::update);
}

int EventsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int EventsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EventsModel::data(const QModelIndex &index, int role) const
{
    const auto row = static_cast<std::size_t>(index.row());
    // Between an undo and logChanged() there may be fewer events than rows.
    if (!index.isValid() || row >= m_session.log().size())
        return {};
    const RecordedEvent &recorded = m_session.log()[row];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return text(recorded, index.row(), index.column());
    case Qt::TextAlignmentRole:
        return index.column() == Number ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    case Qt::ForegroundRole:
        return std::holds_alternative<StepControl>(recorded.event)
                   ? QVariant(QGuiApplication::palette().brush(QPalette::PlaceholderText))
                   : QVariant();
    default:
        return {};
    }
}

QString EventsModel::text(const RecordedEvent &recorded, int row, int column) const
{
    switch (column) {
    case Number:
        return QLocale().toString(row + 1);
    case EventColumn:
        return printable(eventLine(recorded.event));
    case OutcomeColumn:
        return outcomeText(m_session.world(), recorded.outcome);
    default:
        return {};
    }
}

QVariant EventsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return tr("No.");
    case EventColumn:
        return tr("Event");
    case OutcomeColumn:
        return tr("Outcome");
    default:
        return {};
    }
}

void EventsModel::update(std::size_t kept)
{
    const int rows = static_cast<int>(m_session.log().size());
    if (rows < m_rows) {
        beginRemoveRows({}, rows, m_rows - 1);
        m_rows = rows;
        endRemoveRows();
    }
    const int first = static_cast<int>(kept);
    if (first < m_rows)
        Q_EMIT dataChanged(index(first, 0), index(m_rows - 1, ColumnCount - 1));
    if (rows > m_rows) {
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    }
}

} // namespace blockscope::views
