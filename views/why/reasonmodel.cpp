// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/why/reasonmodel.h"

#include "engine/text/names.h"

namespace blockscope::views {

namespace {

QString holderLine(const ReasonText &reason, const QString &holder)
{
    return reason.holder ? ReasonModel::tr("%1, %2", "a holder, and since when").arg(holder, reason.sinceText)
                         : ReasonModel::tr("held by nobody");
}

QString oneLine(const ReasonText &reason)
{
    if (reason.code.isEmpty())
        return ReasonModel::tr("%1: %2").arg(reason.nodeName, reason.rule);
    return ReasonModel::tr("%1: %2, %3. %4")
        .arg(reason.nodeName, actionLetters(reason.actions), reason.code, holderLine(reason, reason.holderName));
}

} // namespace

ReasonModel::ReasonModel(QObject *parent) : QAbstractListModel(parent)
{
}

void ReasonModel::setReasons(std::vector<ReasonText> reasons)
{
    beginResetModel();
    m_reasons = std::move(reasons);
    endResetModel();
}

void ReasonModel::setActivities(const std::vector<ReasonText> &reasons)
{
    // Shown beside the list alone, so no cell changes.
    for (std::size_t i = 0; i < m_reasons.size() && i < reasons.size(); ++i)
        m_reasons[i].activity = reasons[i].activity;
}

int ReasonModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_reasons.size());
}

QVariant ReasonModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const ReasonText &shown = reason(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return oneLine(shown);
    case Qt::AccessibleTextRole:
        return oneLine(shown) + u' ' + shown.rule;
    case Qt::ToolTipRole:
        return shown.rule;
    case NodeRole:
        return shown.nodeName;
    case ActionsRole:
        return shown.actions.bits();
    case CodeRole:
        return shown.code;
    case HolderRole:
        return holderLine(shown, shown.holderBrief);
    default:
        return {};
    }
}

} // namespace blockscope::views
