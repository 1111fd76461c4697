// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/mainwindow.h"

#include "app/filecommands.h"
#include "app/findingsnotice.h"
#include "app/messagebar.h"
#include "app/policyactions.h"
#include "app/ruleactions.h"
#include "app/rulesbadge.h"
#include "app/runcommands.h"
#include "app/settings.h"
#include "app/statusline.h"
#include "engine/operations/catalogue.h"
#include "views/findings/findingspanel.h"
#include "views/graph/graphview.h"
#include "views/graph/legendpanel.h"
#include "views/jobs/jobspanel.h"
#include "views/palette/palettepanel.h"
#include "views/timeline/eventspanel.h"
#include "views/why/whypanel.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QScreen>
#include <QStatusBar>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

constexpr QSize kFirstSize{1440, 900};
constexpr int kOperationsWidth = 244;
constexpr int kWhyWidth = 360;
constexpr int kLeastOperationsWidth = 208;
constexpr int kLeastWhyWidth = 240;
constexpr int kJobsHeight = 168;
// Of the arrangement that is saved: one more whenever a panel comes or goes.
constexpr int kPanelsVersion = 1;

} // namespace

MainWindow::MainWindow(Settings &settings, QWidget *parent) : QMainWindow(parent), m_settings(settings), m_actions(this)
{
    setAcceptDrops(true);
    setDockOptions(AnimatedDocks | AllowTabbedDocks | AllowNestedDocks);
    m_session.setSpeed(settings.speed());
    makeCenter();
    m_files = new FileCommands(m_document, settings, *m_messages, *this);
    m_rules = new RuleActions(m_session, this);
    m_policies = new PolicyActions(m_session, this);
    makeDocks();
    makeToolBar();
    makeMenus();
    m_status = new StatusLine(m_session, this);
    statusBar()->addPermanentWidget(new RulesBadge(m_session, *m_rules, this));
    statusBar()->addPermanentWidget(m_status);
    connectActions();
    new RunCommands(m_session, m_actions, this);

    connect(&m_document, &Document::changed, this, &MainWindow::showDocument);
    connect(m_files, &FileCommands::opened, this, &MainWindow::haltIfJobsRun);
    connect(m_files, &FileCommands::opened, m_notice, &FindingsNotice::greet);
    connect(&m_session, &views::Session::runStateChanged, this, [this] {
        m_settings.setSpeed(m_session.speed());
        if (!m_session.isHalted())
            endHalt();
    });
    connect(&m_session, &views::Session::submitted, this, [this](const views::RecordedEvent &recorded) {
        const auto *command = std::get_if<QmpCommand>(&recorded.event);
        const Operation *operation = command != nullptr ? findOperation(command->execute) : nullptr;
        if (recorded.outcome.kind == Outcome::Kind::Allowed && operation != nullptr && operation->isJob())
            endHalt();
    });
    connect(m_graph, &views::ZoomView::zoomChanged, m_status, &StatusLine::setZoom);
    showDocument();
    restoreWindow();
}

MainWindow::~MainWindow()
{
    // The session goes before the panels would.
    delete centralWidget();
    for (QDockWidget *dock : findChildren<QDockWidget *>())
        delete dock;
}

void MainWindow::openWelcome()
{
    m_files->openExample(u":/scenarios/welcome.blockscope"_s);
}

void MainWindow::makeCenter()
{
    auto *center = new QWidget(this);
    m_messages = new MessageBar(center);
    m_graph = new views::GraphView(m_session, center);
    m_graph->setFrameShape(QFrame::NoFrame);
    m_graph->setEmptyText(tr("Nothing to show. Open a scenario or a capture, drop a file here, or add a node "
                             "with blockdev-add."));
    auto *column = new QVBoxLayout(center);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_messages);
    column->addWidget(m_graph, 1);
    setCentralWidget(center);
}

void MainWindow::makeDocks()
{
    // The sides reach from top to bottom: explanation and palette need height, lists need width.
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);

    m_why = new views::WhyPanel(m_session, this);
    m_why->setFeatures(QDockWidget::DockWidgetMovable | QDockWidget::DockWidgetFloatable);
    addDockWidget(Qt::RightDockWidgetArea, m_why);

    m_palette = new views::PalettePanel(m_session, this);
    QDockWidget *palette = addDock(u"operations"_s, tr("Operations"), m_palette, Qt::LeftDockWidgetArea);
    m_jobs = new views::JobsPanel(m_session, this);
    QDockWidget *jobs = addDock(u"jobs"_s, tr("Jobs"), m_jobs, Qt::BottomDockWidgetArea);
    auto *eventsPanel = new views::EventsPanel(m_session, this);
    QDockWidget *events = addDock(u"events"_s, tr("Events"), eventsPanel, Qt::BottomDockWidgetArea);
    connect(eventsPanel, &views::EventsPanel::explanationWanted, m_why, &views::WhyPanel::presentAgain);
    tabifyDockWidget(jobs, events);
    auto *findingsPanel = new views::FindingsPanel(m_session, this);
    QDockWidget *findings = addDock(u"findings"_s, tr("Findings"), findingsPanel, Qt::BottomDockWidgetArea);
    tabifyDockWidget(events, findings);
    auto *legendPanel = new views::LegendPanel(m_graph->graphScene(), this);
    QDockWidget *legend = addDock(u"legend"_s, tr("Legend"), legendPanel, Qt::LeftDockWidgetArea);
    tabifyDockWidget(palette, legend); // it is as narrow and high
    palette->raise();
    m_notice = new FindingsNotice(m_session, *m_messages, *findings, *findingsPanel, this);
    jobs->raise();
    m_panes = {m_graph, palette, m_why, jobs, events, findings, legend};
}

QDockWidget *MainWindow::addDock(const QString &name, const QString &title, QWidget *content, Qt::DockWidgetArea area)
{
    auto *dock = new QDockWidget(title, this);
    dock->setObjectName(name);
    dock->setWidget(content);
    addDockWidget(area, dock);
    return dock;
}

// The graph has the room: half of the width at least. Where two panels beside it could no longer be read, the
// explanation goes below it, beside the jobs.
void MainWindow::sizeDocks()
{
    auto *operations = findChild<QDockWidget *>(u"operations"_s);
    auto *jobs = findChild<QDockWidget *>(u"jobs"_s);
    const int borders = 2 * style()->pixelMetric(QStyle::PM_DockWidgetSeparatorExtent);
    const int room = std::min(kOperationsWidth + kWhyWidth, width() / 2 - borders);
    if (room >= kLeastOperationsWidth + kLeastWhyWidth) {
        const int why = std::max(kLeastWhyWidth, room - kOperationsWidth);
        resizeDocks({operations, m_why}, {room - why, why}, Qt::Horizontal);
    } else {
        const int below = width() - kLeastOperationsWidth - borders;
        addDockWidget(Qt::BottomDockWidgetArea, m_why, Qt::Horizontal);
        resizeDocks({operations, jobs, m_why}, {kLeastOperationsWidth, below / 2, below / 2}, Qt::Horizontal);
    }
    resizeDocks({jobs}, {std::min(kJobsHeight, height() / 3)}, Qt::Vertical);
}

void MainWindow::restoreWindow()
{
    const QScreen *nearest = screen();
    resize(kFirstSize.boundedTo(nearest->availableSize()));
    sizeDocks();
    m_firstState = saveState(kPanelsVersion);
    // Qt moves a window whose screen is gone to one that is there.
    restoreGeometry(m_settings.windowGeometry());
    restoreState(m_settings.windowState(), kPanelsVersion);
}

void MainWindow::resetWindow()
{
    restoreState(m_firstState, kPanelsVersion);
}

void MainWindow::showDocument()
{
    QString name = m_document.name();
    setWindowFilePath(m_document.source());
    setWindowTitle(name.replace("[*]"_L1, "[*][*]"_L1) + u"[*]"_s);
    setWindowModified(m_document.isModified());
}

void MainWindow::haltIfJobsRun()
{
    m_isHaltedByOpening = m_session.isHalted();
    if (!m_isHaltedByOpening)
        return;
    const QString text = tr("The jobs are halted, so that you see them as they were saved.");
    if (m_messages->isVisible())
        return statusBar()->showMessage(text);
    m_messages->show(MessageBar::Kind::Information, text);
    m_messages->setAction(tr("Run Jobs"), [this] { m_session.setHalted(false); });
}

void MainWindow::endHalt()
{
    if (!std::exchange(m_isHaltedByOpening, false))
        return;
    m_session.setHalted(false);
    m_messages->dismiss();
    statusBar()->clearMessage();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_files->mayLeave())
        return event->ignore();
    m_settings.setWindow(saveGeometry(), saveState(kPanelsVersion));
    event->accept();
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        m_actions[ActionId::FullScreen].setChecked(isFullScreen());
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (FileCommands::filesIn(*event->mimeData()).isEmpty())
        return;
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QStringList files = FileCommands::filesIn(*event->mimeData());
    if (files.isEmpty())
        return;
    event->setDropAction(Qt::CopyAction);
    event->accept();
    // Later: it may ask something, and the drag is not over before this returned.
    QMetaObject::invokeMethod(
        this,
        [this, files] {
            m_files->openPath(files.constFirst());
            for (const QString &file : files.mid(1))
                Q_EMIT windowRequested(file);
        },
        Qt::QueuedConnection);
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && isFullScreen())
        setFullScreen(false);
    else
        QMainWindow::keyPressEvent(event);
}

} // namespace blockscope::app
