// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/jobs/jobspanel.h"

#include "views/common/icon.h"
#include "views/common/listtable.h"
#include "views/jobs/jobsmodel.h"
#include "views/jobs/progressdelegate.h"

#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <QToolBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace blockscope::views {

namespace {

struct VerbText
{
    QString text;
    QString icon;
    QString tip;
    QKeySequence key;
};

VerbText verbText(JobVerb verb)
{
    switch (verb) {
    case JobVerb::Pause:
        return {JobsPanel::tr("&Pause"), u"media-pause"_s, JobsPanel::tr("Pause the job (job-pause)."), Qt::Key_P};
    case JobVerb::Resume:
        return {JobsPanel::tr("&Resume"), u"media-play"_s, JobsPanel::tr("Let the job go on (job-resume)."), Qt::Key_R};
    case JobVerb::Complete:
        return {JobsPanel::tr("C&omplete"), u"job-complete"_s,
                JobsPanel::tr("Let a job that is ready switch over to its copy (job-complete)."), Qt::Key_C};
    case JobVerb::Cancel:
        return {JobsPanel::tr("Ca&ncel"), u"job-cancel"_s, JobsPanel::tr("Cancel the job (job-cancel)."),
                Qt::Key_Delete};
    case JobVerb::Finalize:
        return {JobsPanel::tr("F&inalize"), u"job-finalize"_s,
                JobsPanel::tr("Let a pending job change the graph (job-finalize)."), Qt::Key_F};
    case JobVerb::Dismiss:
        return {JobsPanel::tr("&Dismiss"), u"job-dismiss"_s,
                JobsPanel::tr("Forget a job that has concluded (job-dismiss)."), Qt::Key_D};
    }
    return {};
}

} // namespace

JobsPanel::JobsPanel(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_model(new JobsModel(session, this)), m_toolBar(new QToolBar(this)),
      m_stack(new QStackedWidget(this)), m_table(new QTableView(this))
{
    makeTable();
    makeActions();

    auto *empty = new QLabel(tr("No jobs yet. Drag an operation onto a node to start one."), this);
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    empty->setForegroundRole(QPalette::PlaceholderText);
    m_stack->addWidget(empty);
    m_stack->addWidget(m_table);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_toolBar);
    column->addWidget(m_stack, 1);

    connect(&session, &Session::worldReset, this, &JobsPanel::update);
    connect(&session, &Session::worldChanged, this, &JobsPanel::update);
    connect(&session, &Session::selectionChanged, this, &JobsPanel::showSelection);
    update();
}

QList<QAction *> JobsPanel::jobActions() const
{
    QList<QAction *> actions(m_verbs.begin(), m_verbs.end());
    actions.insert(2, m_step);
    return actions;
}

void JobsPanel::makeTable()
{
    m_table->setObjectName(u"jobsTable"_s);
    m_table->setAccessibleName(tr("Jobs"));
    m_table->setModel(m_model);
    m_table->setItemDelegateForColumn(JobsModel::ProgressColumn, new ProgressDelegate(m_table));
    styleAsList(m_table);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    QHeaderView *header = m_table->horizontalHeader();
    const int em = m_table->fontMetrics().averageCharWidth();
    header->resizeSection(JobsModel::Name, 16 * em);
    header->resizeSection(JobsModel::Operation, 18 * em);
    header->resizeSection(JobsModel::Nodes, 30 * em);
    header->resizeSection(JobsModel::Status, 13 * em);
    header->resizeSection(JobsModel::ProgressColumn, 26 * em);
    header->resizeSection(JobsModel::Started, 14 * em);
    header->setStretchLastSection(true);

    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &JobsPanel::selectInSession);
    // Who watches the last job wants to see the next one as well.
    connect(m_model, &QAbstractItemModel::rowsAboutToBeInserted, this, [this] {
        const QScrollBar *bar = m_table->verticalScrollBar();
        if (bar->value() == bar->maximum())
            QMetaObject::invokeMethod(m_table, &QTableView::scrollToBottom, Qt::QueuedConnection);
    });
}

void JobsPanel::makeActions()
{
    m_toolBar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_toolBar->setIconSize({16, 16});
    for (JobVerb verb : kJobVerbs) {
        const VerbText text = verbText(verb);
        QAction *action = addAction(text.text, text.icon, text.tip, text.key);
        m_verbs.at(static_cast<std::size_t>(verb)) = action;
        connect(action, &QAction::triggered, this, [this, verb] { tell(verb); });
    }
    m_step = addAction(tr("&Step"), u"media-step"_s, tr("Let the job make one step."), Qt::Key_S);
    connect(m_step, &QAction::triggered, this, [this] {
        if (const auto job = currentJob())
            m_session.step(*job);
    });
    m_toolBar->addActions(jobActions());
    m_table->addActions(jobActions());
}

QAction *JobsPanel::addAction(const QString &text, const QString &iconName, const QString &tip, const QKeySequence &key)
{
    auto *action = new QAction(icon(iconName), text, this);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut); // single letters, so only while the table has the focus
    //: %1 is what a button does, %2 the key for it
    action->setToolTip(tr("%1 Key in the list: %2").arg(tip, key.toString(QKeySequence::NativeText)));
    action->setStatusTip(tip);
    return action;
}

std::optional<JobId> JobsPanel::selectedJob() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    const JobId job = rows.isEmpty() ? JobId() : m_model->jobAt(rows.front());
    return job.value < m_session.world().jobs.size() ? std::optional(job) : std::nullopt;
}

std::optional<JobId> JobsPanel::currentJob() const
{
    if (const auto selected = selectedJob())
        return selected;
    const std::vector<JobId> live = m_session.world().liveJobs();
    return live.size() == 1 ? std::optional(live.front()) : std::nullopt;
}

void JobsPanel::tell(JobVerb verb)
{
    if (const auto job = currentJob())
        m_session.submit(toEvent(verb, m_session.world().job(*job)));
}

void JobsPanel::selectInSession()
{
    if (const auto job = selectedJob())
        m_session.select(*job);
    update();
}

void JobsPanel::showSelection()
{
    const JobId *job = std::get_if<JobId>(&m_session.selection());
    if (job == nullptr)
        m_table->clearSelection();
    else if (m_table->currentIndex() != m_model->indexOf(*job) || !m_table->selectionModel()->hasSelection())
        m_table->setCurrentIndex(m_model->indexOf(*job));
}

void JobsPanel::update()
{
    m_stack->setCurrentIndex(m_model->rowCount() == 0 ? 0 : 1);
    const auto current = currentJob();
    const Job *job = current ? &m_session.world().job(*current) : nullptr;
    for (JobVerb verb : kJobVerbs)
        m_verbs.at(static_cast<std::size_t>(verb))->setEnabled(job != nullptr && isPossible(verb, *job));
    m_step->setEnabled(job != nullptr && canStep(*job));
}

} // namespace blockscope::views
