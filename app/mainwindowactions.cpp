// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// Menus, tool bar and what the actions do; how the window is made is in mainwindow.cpp.
#include "app/exportdialog.h"
#include "app/filecommands.h"
#include "app/mainwindow.h"
#include "app/messagebar.h"
#include "app/policyactions.h"
#include "app/ruleactions.h"
#include "app/settings.h"
#include "app/shortcutsdialog.h"
#include "engine/files/dot.h"
#include "engine/operations/catalogue.h"
#include "engine/text/explain.h"
#include "views/graph/graphview.h"
#include "views/graph/picturebuilder.h"
#include "views/jobs/jobspanel.h"
#include "views/jobs/speedcontrol.h"
#include "views/palette/argumentform.h"
#include "views/palette/operationlauncher.h"
#include "views/palette/operationtext.h"
#include "views/palette/palettepanel.h"
#include "views/why/whypanel.h"

#include <QActionGroup>
#include <QApplication>
#include <QDesktopServices>
#include <QDockWidget>
#include <QFileInfo>
#include <QMenuBar>
#include <QMessageBox>
#include <QToolBar>
#include <QToolButton>
#include <QUrl>
#include <QWhatsThis>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace blockscope::app {

void MainWindow::makeMenus()
{
    for (MenuId id : {MenuId::File, MenuId::Edit, MenuId::View, MenuId::Go, MenuId::Operations, MenuId::Scenario,
                      MenuId::Rules, MenuId::Help}) {
        QMenu *menu = menuBar()->addMenu(menuName(id));
        if (id == MenuId::Operations)
            makeOperationsMenu(*menu);
        if (id == MenuId::Rules) {
            m_policies->fill(*menu->addMenu(tr("&Policy")));
            m_rules->fill(*menu);
        }
        m_actions.fill(id, *menu);
        if (id == MenuId::File) {
            auto *recent = new QMenu(tr("Open &Recent"), menu);
            m_files->fillRecent(*recent);
            menu->insertMenu(&m_actions[ActionId::Save], recent);
            auto *examples = new QMenu(tr("Open E&xample"), menu);
            m_files->fillExamples(*examples);
            menu->insertMenu(&m_actions[ActionId::Save], examples);
        }
        if (id == MenuId::View)
            makeViewMenu(*menu);
    }
}

void MainWindow::makeViewMenu(QMenu &menu)
{
    auto *themes = new QMenu(tr("&Colours"), &menu);
    auto *group = new QActionGroup(themes);
    for (ThemeChoice choice : kThemeChoices) {
        QAction *action = themes->addAction(themeName(choice));
        action->setCheckable(true);
        action->setChecked(choice == m_settings.theme());
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, choice] {
            m_settings.setTheme(choice);
            applyTheme(choice);
        });
    }
    auto *panels = new QMenu(tr("&Panels"), &menu);
    for (QDockWidget *dock : findChildren<QDockWidget *>()) {
        if (dock->features().testFlag(QDockWidget::DockWidgetClosable))
            panels->addAction(dock->toggleViewAction());
    }
    panels->addAction(m_toolBar->toggleViewAction());
    menu.insertMenu(&m_actions[ActionId::FullScreen], panels);
    menu.insertMenu(&m_actions[ActionId::FullScreen], themes);
}

void MainWindow::makeOperationsMenu(QMenu &menu)
{
    const bool isLong = operations().size() > views::kMostInOneList;
    for (const views::FamilyOfOperations &family : views::families()) {
        QMenu *list = isLong ? menu.addMenu(views::familyName(family.family)) : &menu;
        for (const Operation *operation : family.operations) {
            const QString name = views::nameOf(*operation);
            QAction *action = list->addAction(name, this, [this, name] { m_graph->pickUp(name); });
            action->setStatusTip(tr("Carry %1 to the graph: every node shows what would come of it there.").arg(name));
        }
    }
    menu.addSeparator();
    auto *job = new QMenu(tr("Selected &Job"), &menu);
    job->addActions(m_jobs->jobActions());
    menu.addMenu(job);
}

void MainWindow::makeToolBar()
{
    m_toolBar = addToolBar(tr("Tool Bar"));
    m_toolBar->setObjectName(u"toolBar"_s);
    m_toolBar->setMovable(false);
    m_toolBar->setIconSize({20, 20});
    for (ActionId id : {ActionId::Open, ActionId::Save, ActionId::Export})
        m_toolBar->addAction(&m_actions[id]);
    m_toolBar->addSeparator();
    for (ActionId id : {ActionId::Undo, ActionId::Redo})
        m_toolBar->addAction(&m_actions[id]);
    m_toolBar->addSeparator();
    for (ActionId id : {ActionId::ZoomOut, ActionId::ZoomIn, ActionId::Fit, ActionId::Find})
        m_toolBar->addAction(&m_actions[id]);

    addPolicy();
    m_toolBar->addSeparator();
    for (ActionId id : {ActionId::RunVm, ActionId::RunJobs, ActionId::StepJobs}) {
        m_toolBar->addAction(&m_actions[id]);
        static_cast<QToolButton *>(m_toolBar->widgetForAction(&m_actions[id]))
            ->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    }
    m_toolBar->addWidget(new views::SpeedControl(m_session, m_toolBar));
}

void MainWindow::addPolicy()
{
    auto *space = new QWidget(m_toolBar);
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_toolBar->addWidget(space);
    m_toolBar->addWidget(m_policies->makeButton(m_toolBar));
    QAction *enforce = &(*m_rules)[Switch::Enforce];
    m_toolBar->addAction(enforce);
    static_cast<QToolButton *>(m_toolBar->widgetForAction(enforce))->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
}

void MainWindow::connectActions()
{
    const auto on = [this](ActionId id, auto &&slot) {
        connect(&m_actions[id], &QAction::triggered, this, std::forward<decltype(slot)>(slot));
    };
    on(ActionId::New, [this] { m_files->create(); });
    on(ActionId::Open, [this] { m_files->open(); });
    on(ActionId::Save, [this] { m_files->save(); });
    on(ActionId::SaveAs, [this] { m_files->saveAs(); });
    on(ActionId::Export, [this] { exportPicture(); });
    on(ActionId::Close, [this] { close(); });
    on(ActionId::Quit, [] { QApplication::closeAllWindows(); });
    // So that keys work while the menu bar is hidden, too.
    addActions({m_actions.all().begin(), m_actions.all().end()});
    addAction(&(*m_rules)[Switch::Enforce]);
    connectOperations();
    connectEdit();
    connectView();
    connectGo();
    connectHelp();
}

void MainWindow::connectOperations()
{
    auto *launcher = new views::OperationLauncher(m_session, this);
    connect(m_graph, &views::GraphView::operationRequested, launcher, &views::OperationLauncher::launch);
    connect(m_palette, &views::PalettePanel::operationRequested, launcher, &views::OperationLauncher::launch);
    connect(m_palette, &views::PalettePanel::carryRequested, m_graph, &views::GraphView::pickUp);
    connect(m_graph, &views::GraphView::menuRequested, this,
            [this, launcher](QMenu *menu, const views::Selection &what) {
                const QPoint place = m_graph->placeFor(what);
                if (const NodeId *node = std::get_if<NodeId>(&what))
                    launcher->addOperations(*menu, *node, place);
                else if (std::holds_alternative<UserId>(what))
                    menu->addActions({&m_actions[ActionId::GuestWrite], &m_actions[ActionId::RunVm]});
                else
                    launcher->addOperations(*menu, std::nullopt, place);
            });
}

void MainWindow::connectEdit()
{
    QUndoStack &stack = m_session.undoStack();
    connect(&m_actions[ActionId::Undo], &QAction::triggered, &stack, &QUndoStack::undo);
    connect(&m_actions[ActionId::Redo], &QAction::triggered, &stack, &QUndoStack::redo);
    connect(&stack, &QUndoStack::indexChanged, this, &MainWindow::showUndoTexts);
    showUndoTexts();
    connect(&m_actions[ActionId::PasteErrorText], &QAction::triggered, m_why, &views::WhyPanel::pasteErrorText);
    connect(&m_actions[ActionId::Find], &QAction::triggered, m_graph, &views::GraphView::openFind);
    connect(&m_actions[ActionId::FindNext], &QAction::triggered, m_graph, &views::GraphView::findNext);
    connect(&m_actions[ActionId::FindPrevious], &QAction::triggered, m_graph, &views::GraphView::findPrevious);
}

void MainWindow::showUndoTexts()
{
    const QUndoStack &stack = m_session.undoStack();
    const auto escaped = [](QString text) { return text.replace(u'&', u"&&"_s); };
    m_actions[ActionId::Undo].setEnabled(stack.canUndo());
    m_actions[ActionId::Redo].setEnabled(stack.canRedo());
    //: %1 is an event: "Undo block-commit of top"
    m_actions[ActionId::Undo].setText(stack.canUndo() ? tr("&Undo %1").arg(escaped(stack.undoText())) : tr("&Undo"));
    m_actions[ActionId::Redo].setText(stack.canRedo() ? tr("&Redo %1").arg(escaped(stack.redoText())) : tr("&Redo"));
}

void MainWindow::connectView()
{
    connect(&m_actions[ActionId::ZoomIn], &QAction::triggered, m_graph, &views::ZoomView::zoomIn);
    connect(&m_actions[ActionId::ZoomOut], &QAction::triggered, m_graph, &views::ZoomView::zoomOut);
    connect(&m_actions[ActionId::ActualSize], &QAction::triggered, m_graph, &views::ZoomView::zoomToActualSize);
    connect(&m_actions[ActionId::Fit], &QAction::triggered, m_graph, &views::ZoomView::fit);
    connect(&m_actions[ActionId::FullScreen], &QAction::triggered, this, &MainWindow::setFullScreen);
    connect(&m_actions[ActionId::ResetWindow], &QAction::triggered, this, &MainWindow::resetWindow);
}

void MainWindow::setFullScreen(bool isFullScreen)
{
    setWindowState(windowState().setFlag(Qt::WindowFullScreen, isFullScreen));
}

void MainWindow::connectGo()
{
    constexpr std::array ids{ActionId::GoToGraph,  ActionId::GoToOperations, ActionId::GoToWhy,   ActionId::GoToJobs,
                             ActionId::GoToEvents, ActionId::GoToFindings,   ActionId::GoToLegend};
    for (std::size_t i = 0; i < ids.size() && i < static_cast<std::size_t>(m_panes.size()); ++i)
        connect(&m_actions[ids.at(i)], &QAction::triggered, this,
                [this, i] { goTo(m_panes.at(static_cast<qsizetype>(i))); });
    connect(&m_actions[ActionId::NextPane], &QAction::triggered, this, [this] { goToPane(1); });
    connect(&m_actions[ActionId::PreviousPane], &QAction::triggered, this, [this] { goToPane(-1); });
}

void MainWindow::goTo(QWidget *panel)
{
    auto *dock = qobject_cast<QDockWidget *>(panel);
    if (dock == nullptr)
        return panel->setFocus(Qt::OtherFocusReason);
    dock->show();
    dock->raise();
    // The first thing in it that takes the keyboard.
    QWidget *content = dock->widget();
    for (QWidget *each = content; each != nullptr; each = each->nextInFocusChain()) {
        const bool isInside = each == content || content->isAncestorOf(each);
        if (isInside && each->isVisibleTo(content) && each->isEnabled() && (each->focusPolicy() & Qt::TabFocus) != 0)
            return each->setFocus(Qt::OtherFocusReason);
        if (each->nextInFocusChain() == content)
            break;
    }
}

void MainWindow::goToPane(int by)
{
    QList<QWidget *> visible;
    for (QWidget *pane : m_panes) {
        if (pane->isVisible() && !pane->visibleRegion().isEmpty())
            visible.append(pane);
    }
    const auto hasFocus = [](const QWidget *pane) {
        const QWidget *focus = QApplication::focusWidget();
        return focus != nullptr && (focus == pane || pane->isAncestorOf(focus));
    };
    const auto at = std::find_if(visible.begin(), visible.end(), hasFocus);
    const auto size = visible.size();
    if (size > 0)
        goTo(visible.at(at == visible.end() ? 0 : (at - visible.begin() + by + size) % size));
}

void MainWindow::connectHelp()
{
    connect(&m_actions[ActionId::Shortcuts], &QAction::triggered, this, [this] {
        auto *dialog = new ShortcutsDialog(m_actions, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->show();
    });
    connect(&m_actions[ActionId::WhatsThis], &QAction::triggered, this, [] { QWhatsThis::enterWhatsThisMode(); });
    connect(&m_actions[ActionId::About], &QAction::triggered, this, [this] {
        QMessageBox::about(
            this, tr("About Blockscope"),
            tr("<h3>Blockscope %1</h3>"
               "<p>Shows a QEMU block graph, lets operations run on it, and explains why one was refused.</p>"
               "<p>The rules are those of “RFC: Operation Blockers in QEMU Block Nodes” (qemu-devel, December 2015). "
               "Nothing here touches a real disk or a real QEMU, and nothing is sent anywhere.</p>"
               "<p>Free software under the MIT licence.</p>")
                .arg(QApplication::applicationVersion()));
    });
    connect(&m_actions[ActionId::AboutQt], &QAction::triggered, qApp, &QApplication::aboutQt);
}

void MainWindow::exportPicture()
{
    const blockscope::Explanation &why = m_why->explanation();
    views::PictureOptions options;
    options.title = m_document.title().isEmpty() ? QFileInfo(m_document.name()).completeBaseName() : m_document.title();
    options.hasLegend = true;
    options.marks = m_graph->graphScene().marks();
    if (why.kind == Outcome::Kind::Refused)
        options.refusal = views::Explanation{why.headline, reasonLines(why)};
    const QString name =
        m_settings.pictureFolder() + u'/' + QFileInfo(m_document.name()).completeBaseName() + u".png"_s;
    auto *dialog = new ExportDialog(
        {views::buildPicture(m_session.world(), options), writeDot(m_session.world(), options.title.toStdString())},
        name, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ExportDialog::exported, this, [this](const QString &path) {
        m_settings.setPictureFolder(QFileInfo(path).absolutePath());
        m_messages->show(MessageBar::Kind::Information, tr("Exported to “%1”.").arg(QFileInfo(path).fileName()));
        m_messages->setAction(tr("Open Folder"), [path] {
            QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absolutePath()));
        });
    });
    dialog->open();
}

} // namespace blockscope::app
