// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The reasons of an explanation as a list, the gravest first.

#include "engine/text/explain.h"

#include <QAbstractListModel>

namespace blockscope::views {

class ReasonModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        NodeRole = Qt::UserRole, ///< QString, the node's name
        ActionsRole,             ///< uint, ActionSet::bits() of what clashes
        CodeRole,                ///< QString; empty for a holder that did not object
        HolderRole,              ///< QString, "commit c0, since step 12" or "held by nobody"
    };

    explicit ReasonModel(QObject *parent = nullptr);

    void setReasons(std::vector<ReasonText> reasons);
    /// Takes the activities of \a reasons, which are otherwise the same; the selection stays.
    void setActivities(const std::vector<ReasonText> &reasons);
    /// REQUIRES: 0 <= row < rowCount().
    [[nodiscard]] const ReasonText &reason(int row) const { return m_reasons[static_cast<std::size_t>(row)]; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    std::vector<ReasonText> m_reasons;
};

} // namespace blockscope::views
