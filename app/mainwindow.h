// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The window: the graph in the middle, panels around it, menus and a tool
/// bar. It builds these and connects them; what they do is theirs.
///
/// Thread: GUI.

#include "app/actions.h"
#include "app/document.h"
#include "views/session/session.h"

#include <QMainWindow>

namespace blockscope::views {
class FindingsPanel;
class GraphView;
class JobsPanel;
class PalettePanel;
class WhyPanel;
} // namespace blockscope::views

namespace blockscope::app {

class FileCommands;
class FindingsNotice;
class MessageBar;
class PolicyActions;
class RuleActions;
class Settings;
class StatusLine;

class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// \a settings must outlive the window.
    explicit MainWindow(Settings &settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] views::Session &session() { return m_session; }
    [[nodiscard]] Document &document() { return m_document; }
    [[nodiscard]] FileCommands &files() { return *m_files; }
    [[nodiscard]] const Actions &actions() const { return m_actions; }
    [[nodiscard]] const RuleActions &rules() const { return *m_rules; }
    [[nodiscard]] views::GraphView &graph() { return *m_graph; }

    /// Shows what one sees first: the scenario that comes with the program.
    void openWelcome();

Q_SIGNALS:
    /// Another window should open with that file.
    void windowRequested(const QString &path);

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void makeCenter();
    void makeDocks();
    QDockWidget *addDock(const QString &name, const QString &title, QWidget *content, Qt::DockWidgetArea area);
    void makeMenus();
    void makeViewMenu(QMenu &menu);
    void makeOperationsMenu(QMenu &menu);
    void makeToolBar();
    void addPolicy();
    void connectActions();
    void connectOperations();
    void connectEdit();
    void connectView();
    void connectGo();
    void connectHelp();
    void sizeDocks();
    void restoreWindow();
    void resetWindow();

    void showDocument();
    /// A document that was opened stands still, so that one sees it as it was saved or captured,
    /// until the user lets it run or starts a job.
    void haltIfJobsRun();
    void endHalt();
    void exportPicture();
    void showUndoTexts();
    void setFullScreen(bool isFullScreen);
    void goTo(QWidget *panel);
    void goToPane(int by);

    Settings &m_settings;
    views::Session m_session;
    Document m_document{m_session};
    Actions m_actions;
    MessageBar *m_messages = nullptr;
    FileCommands *m_files = nullptr;
    RuleActions *m_rules = nullptr;
    PolicyActions *m_policies = nullptr;
    FindingsNotice *m_notice = nullptr;
    views::GraphView *m_graph = nullptr;
    views::PalettePanel *m_palette = nullptr;
    views::JobsPanel *m_jobs = nullptr;
    views::WhyPanel *m_why = nullptr;
    StatusLine *m_status = nullptr;
    QToolBar *m_toolBar = nullptr;
    QList<QWidget *> m_panes; // in the order of the Go menu
    QByteArray m_firstState;
    bool m_isHaltedByOpening = false;
};

} // namespace blockscope::app
