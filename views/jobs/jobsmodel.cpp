// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/jobs/jobsmodel.h"

#include "engine/text/names.h"
#include "engine/text/roles.h"
#include "views/common/icon.h"
#include "views/common/textmetrics.h"

#include <QGuiApplication>
#include <QLocale>
#include <QPalette>

using namespace Qt::StringLiterals;

namespace blockscope::views {

namespace {

/// Claims are enforced, and the job did what it holds no claim for.
bool wasStopped(const Job &job)
{
    return job.error.starts_with("Access violation");
}

QVariant resultIcon(const Job &job)
{
    if (wasStopped(job))
        return icon(u"access-stopped"_s);
    return job.error.empty() ? QVariant() : QVariant(icon(u"message-warning"_s));
}

bool hasEnded(const Job &job)
{
    return !job.isActive();
}

/// Each node once, in the order of the operation's list.
QString nodeList(const World &world, const Job &job)
{
    QStringList names;
    for (const RoleNode &each : job.nodes) {
        const QString name = printable(nodeName(world, each.node));
        if (!names.contains(name))
            names.append(name);
    }
    return QLocale().createSeparatedList(names);
}

QString nodesWithRoles(const World &world, const Job &job)
{
    QStringList lines;
    for (const RoleNode &each : job.nodes)
        lines.append(
            JobsModel::tr("%1: %2").arg(printable(nodeName(world, each.node)), roleName(job.operation, each.role)));
    return lines.join(u'\n');
}

QString result(const Job &job)
{
    // A job that was stopped is seen to be while it still ends.
    if (!hasEnded(job) && job.error.empty())
        return {};
    if (!job.error.empty())
        return printable(QString::fromStdString(job.error));
    return job.isCancelled ? JobsModel::tr("Ended; the copy is kept") : JobsModel::tr("Completed");
}

QString progressText(const Progress &progress)
{
    const QLocale locale;
    return JobsModel::tr("%1 of %2").arg(locale.toString(progress.done), locale.toString(progress.total));
}

} // namespace

JobsModel::JobsModel(const Session &session, QObject *parent) : QAbstractTableModel(parent), m_session(session)
{
    connect(&session, &Session::worldReset, this, &JobsModel::reset);
    connect(&session, &Session::worldChanged, this, &JobsModel::update);
    reset();
}

JobId JobsModel::jobAt(const QModelIndex &index) const
{
    return index.isValid() ? JobId{static_cast<std::uint32_t>(index.row())} : JobId();
}

QModelIndex JobsModel::indexOf(JobId job) const
{
    return job.value < static_cast<std::uint32_t>(m_rows) ? index(static_cast<int>(job.value), 0) : QModelIndex();
}

int JobsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int JobsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant JobsModel::data(const QModelIndex &index, int role) const
{
    const JobId id = jobAt(index);
    // Between undo and the reset that follows it there may be fewer jobs than rows.
    if (id.value >= m_session.world().jobs.size())
        return {};
    const Job &job = m_session.world().job(id);
    switch (role) {
    case Qt::DisplayRole:
        return text(job, index.column());
    case Qt::ToolTipRole:
        return toolTip(job, index.column());
    case Qt::DecorationRole:
        return index.column() == Result ? resultIcon(job) : QVariant();
    case Qt::ForegroundRole:
        return hasEnded(job) ? QVariant(QGuiApplication::palette().brush(QPalette::PlaceholderText)) : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() == Started ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    case ProgressRole:
        return QVariant::fromValue(progressOf(job));
    case IsEndedRole:
        return hasEnded(job);
    default:
        return {};
    }
}

QString JobsModel::text(const Job &job, int column) const
{
    switch (column) {
    case Name:
        return printable(QString::fromStdString(job.name));
    case Operation:
        return printable(QString::fromStdString(job.operation.empty() ? job.type : job.operation));
    case Nodes:
        return nodeList(m_session.world(), job);
    case Status:
        // QMP calls what it no longer knows "null".
        return job.status == JobStatus::Null ? tr("ended") : QString::fromUtf8(toString(job.status));
    case ProgressColumn:
        return progressText(progressOf(job));
    case Started:
        return QLocale().toString(static_cast<qulonglong>(job.startedAt));
    case Result:
        return result(job);
    default:
        return {};
    }
}

QString JobsModel::toolTip(const Job &job, int column) const
{
    switch (column) {
    case Nodes:
        return nodesWithRoles(m_session.world(), job);
    case Status:
        return statusName(job.status);
    case Started:
        return tr("The step of the clock at which the job started");
    case Result:
        return wasStopped(job)
                   ? tr("%1\nClaims are enforced: the job was stopped before it did what it holds no claim for.")
                         .arg(text(job, column))
                   : text(job, column);
    default:
        return text(job, column);
    }
}

QVariant JobsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Job");
    case Operation:
        return tr("Operation");
    case Nodes:
        return tr("Nodes");
    case Status:
        return tr("Status");
    case ProgressColumn:
        return tr("Progress");
    case Started:
        return tr("Since step");
    case Result:
        return tr("Result");
    default:
        return {};
    }
}

void JobsModel::reset()
{
    beginResetModel();
    m_rows = static_cast<int>(m_session.world().jobs.size());
    endResetModel();
}

void JobsModel::update(const Delta &delta)
{
    const int rows = static_cast<int>(m_session.world().jobs.size());
    if (rows > m_rows) {
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    }
    if (!delta.jobs.empty())
        Q_EMIT dataChanged(index(static_cast<int>(delta.jobs.front().value), 0),
                           index(static_cast<int>(delta.jobs.back().value), ColumnCount - 1));
}

} // namespace blockscope::views
