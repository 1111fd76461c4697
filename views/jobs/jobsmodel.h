// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Every job there ever was in this session, one a row, by id: row N is job N.

#include "views/session/session.h"

#include <QAbstractTableModel>

namespace blockscope::views {

class JobsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Operation, Nodes, Status, ProgressColumn, Started, Result, ColumnCount };
    enum Role {
        ProgressRole = Qt::UserRole, ///< a blockscope::Progress
        IsEndedRole                  ///< a bool
    };

    explicit JobsModel(const Session &session, QObject *parent = nullptr);

    [[nodiscard]] JobId jobAt(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(JobId job) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void reset();
    void update(const Delta &delta);
    [[nodiscard]] QString text(const Job &job, int column) const;
    [[nodiscard]] QString toolTip(const Job &job, int column) const;

    const Session &m_session;
    int m_rows = 0; // jobs that views were told of
};

} // namespace blockscope::views
