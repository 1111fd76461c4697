// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The session's log, one event a row.

#include "views/session/session.h"

#include <QAbstractTableModel>

namespace blockscope::views {

class EventsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Number, EventColumn, OutcomeColumn, ColumnCount };

    explicit EventsModel(const Session &session, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void update(std::size_t kept);
    [[nodiscard]] QString text(const RecordedEvent &recorded, int row, int column) const;

    const Session &m_session;
    int m_rows = 0; // events that views were told of
};

} // namespace blockscope::views
