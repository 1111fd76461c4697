// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The findings of the session's World, one a row, in the order in which they were made. A finding never goes, except
/// by undo or with another document.
///
/// Ownership: the session must outlive it. Thread: GUI.

#include "views/session/session.h"

#include <QAbstractTableModel>

namespace blockscope::views {

class FindingsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Kind, Title, Since, ColumnCount };

    explicit FindingsModel(const Session &session, QObject *parent = nullptr);

    /// Null when there is no such row.
    [[nodiscard]] const Finding *findingAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void reset();
    void update();
    [[nodiscard]] QString text(const Finding &finding, int column) const;

    const Session &m_session;
    int m_rows = 0; // findings that views were told of
};

/// "damage", or "stopped" for an access that did none.
[[nodiscard]] QString kindName(Finding::Kind kind);

} // namespace blockscope::views
