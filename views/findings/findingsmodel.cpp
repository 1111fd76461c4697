// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/findings/findingsmodel.h"

#include "engine/text/findingtext.h"
#include "views/common/icon.h"
#include "views/common/textmetrics.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace blockscope::views {

FindingsModel::FindingsModel(const Session &session, QObject *parent) : QAbstractTableModel(parent), m_session(session)
{
    connect(&session, &Session::worldReset, this, &FindingsModel::reset);
    connect(&session, &Session::worldChanged, this, [this](const Delta &delta) {
        if (delta.areFindingsChanged)
            update();
    });
    reset();
}

const Finding *FindingsModel::findingAt(int row) const
{
    // Between an undo and the reset that follows it there may be fewer findings than rows.
    const std::vector<Finding> &findings = *m_session.world().findings;
    return row >= 0 && row < static_cast<int>(findings.size()) ? &findings[static_cast<std::size_t>(row)] : nullptr;
}

int FindingsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int FindingsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FindingsModel::data(const QModelIndex &index, int role) const
{
    const Finding *finding = index.isValid() ? findingAt(index.row()) : nullptr;
    if (finding == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(*finding, index.column());
    case Qt::ToolTipRole:
        return printable(findingDetail(m_session.world(), *finding));
    case Qt::DecorationRole:
        if (index.column() != Kind)
            return {};
        return icon(finding->kind == Finding::Kind::AccessViolation ? u"access-stopped"_s : u"message-warning"_s);
    case Qt::TextAlignmentRole:
        return index.column() == Since ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    default:
        return {};
    }
}

QString FindingsModel::text(const Finding &finding, int column) const
{
    switch (column) {
    case Kind:
        return kindName(finding.kind);
    case Title:
        return printable(findingTitle(m_session.world(), finding));
    case Since:
        return QLocale().toString(static_cast<qulonglong>(finding.since));
    default:
        return {};
    }
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Kind:
        return tr("Kind");
    case Title:
        return tr("What broke");
    case Since:
        return tr("Since step");
    default:
        return {};
    }
}

void FindingsModel::reset()
{
    beginResetModel();
    m_rows = static_cast<int>(m_session.world().findings->size());
    endResetModel();
}

void FindingsModel::update()
{
    const int rows = static_cast<int>(m_session.world().findings->size());
    if (rows < m_rows) {
        reset();
        return;
    }
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, ColumnCount - 1));
    if (rows > m_rows) {
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    }
}

QString kindName(Finding::Kind kind)
{
    return kind == Finding::Kind::AccessViolation ? FindingsModel::tr("stopped") : FindingsModel::tr("damage");
}

} // namespace blockscope::views
