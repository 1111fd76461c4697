// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/actions.h"

#include "views/common/icon.h"

#include <QCoreApplication>
#include <QMenu>

#include <array>

namespace blockscope::app {

namespace {

enum class Look : std::uint8_t { Plain, Checkable };

struct Row
{
    ActionId id;
    MenuId menu;
    bool startsGroup;
    const char *text;
    const char *keys; ///< of QKeySequence; several are separated by "; "
    const char *icon;
    const char *tip;
    Look look = Look::Plain;
};

#define TEXT(text) QT_TRANSLATE_NOOP("Actions", text)

// clang-format off
constexpr std::array kRows{
    Row{ActionId::New, MenuId::File, false, TEXT("&New"), "Ctrl+N", "document-new", TEXT("Begin with an empty graph.")},
    Row{ActionId::Open, MenuId::File, false, TEXT("&Open…"), "Ctrl+O", "document-open", TEXT("Open a scenario, or a graph captured from QEMU.")},
    Row{ActionId::Save, MenuId::File, true, TEXT("&Save"), "Ctrl+S", "document-save", TEXT("Save the graph and everything that happened to it.")},
    Row{ActionId::SaveAs, MenuId::File, false, TEXT("Save &As…"), "Ctrl+Shift+S", "document-save-as", TEXT("Save under another name.")},
    Row{ActionId::Export, MenuId::File, true, TEXT("&Export Picture…"), "Ctrl+E", "export-picture", TEXT("Write the graph as PNG, SVG, PDF or DOT.")},
    Row{ActionId::Close, MenuId::File, true, TEXT("&Close"), "Ctrl+W", "", TEXT("Close this window.")},
    Row{ActionId::Quit, MenuId::File, false, TEXT("&Quit"), "Ctrl+Q", "", TEXT("Close all windows.")},

    Row{ActionId::Undo, MenuId::Edit, false, TEXT("&Undo"), "Ctrl+Z", "edit-undo", TEXT("Go back to before the last event; what jobs did since is undone as well.")},
    Row{ActionId::Redo, MenuId::Edit, false, TEXT("&Redo"), "Ctrl+Shift+Z; Ctrl+Y", "edit-redo", TEXT("Do again what was undone.")},
    Row{ActionId::PasteErrorText, MenuId::Edit, true, TEXT("Paste &Error Text"), "Ctrl+V", "", TEXT("Explain, on this graph, an error text of a real QEMU that is in the clipboard.")},
    Row{ActionId::Find, MenuId::Edit, true, TEXT("&Find…"), "Ctrl+F", "edit-find", TEXT("Find nodes, users and jobs by name.")},
    Row{ActionId::FindNext, MenuId::Edit, false, TEXT("Find &Next"), "F3", "", TEXT("Go to the next one found.")},
    Row{ActionId::FindPrevious, MenuId::Edit, false, TEXT("Find &Previous"), "Shift+F3", "", TEXT("Go to the one found before.")},

    Row{ActionId::ZoomIn, MenuId::View, false, TEXT("Zoom &In"), "Ctrl++; Ctrl+=", "zoom-in", TEXT("Show less of the graph, and larger.")},
    Row{ActionId::ZoomOut, MenuId::View, false, TEXT("Zoom &Out"), "Ctrl+-", "zoom-out", TEXT("Show more of the graph, and smaller.")},
    Row{ActionId::ActualSize, MenuId::View, false, TEXT("&Actual Size"), "Ctrl+0", "zoom-original", TEXT("Show the graph at 100 %.")},
    Row{ActionId::Fit, MenuId::View, false, TEXT("&Fit in Window"), "Ctrl+Shift+0; Ctrl+9", "zoom-fit", TEXT("Show the whole graph.")},
    Row{ActionId::FullScreen, MenuId::View, true, TEXT("F&ull Screen"), "F11", "", TEXT("Use the whole screen; Esc ends it."), Look::Checkable},
    Row{ActionId::ResetWindow, MenuId::View, false, TEXT("&Reset Window"), "", "", TEXT("Put all panels back where they were at first.")},

    Row{ActionId::GoToGraph, MenuId::Go, false, TEXT("&Graph"), "Alt+1", "", TEXT("Go to the graph.")},
    Row{ActionId::GoToOperations, MenuId::Go, false, TEXT("&Operations"), "Alt+2", "", TEXT("Go to the palette of operations.")},
    Row{ActionId::GoToWhy, MenuId::Go, false, TEXT("&Why"), "Alt+3", "", TEXT("Go to the explanation.")},
    Row{ActionId::GoToJobs, MenuId::Go, false, TEXT("&Jobs"), "Alt+4", "", TEXT("Go to the list of jobs.")},
    Row{ActionId::GoToEvents, MenuId::Go, false, TEXT("&Events"), "Alt+5", "", TEXT("Go to the list of events.")},
    Row{ActionId::GoToFindings, MenuId::Go, false, TEXT("&Findings"), "Alt+6", "", TEXT("Go to the list of what broke.")},
    Row{ActionId::GoToLegend, MenuId::Go, false, TEXT("&Legend"), "Alt+7", "", TEXT("Go to what the colours and signs of the graph mean.")},
    Row{ActionId::NextPane, MenuId::Go, true, TEXT("&Next Panel"), "F6", "", TEXT("Go to the next panel.")},
    Row{ActionId::PreviousPane, MenuId::Go, false, TEXT("&Previous Panel"), "Shift+F6", "", TEXT("Go to the panel before.")},

    Row{ActionId::RunJobs, MenuId::Operations, true, TEXT("&Run Jobs"), "Ctrl+R", "media-play", TEXT("Let all jobs run, or halt them between two steps.")},
    Row{ActionId::StepJobs, MenuId::Operations, false, TEXT("&Step"), "Ctrl+.", "media-step", TEXT("Let the selected job make one step; without one, every job.")},
    Row{ActionId::Faster, MenuId::Operations, false, TEXT("&Faster"), "Ctrl+Shift+.; Ctrl+>", "", TEXT("Let jobs run faster.")},
    Row{ActionId::Slower, MenuId::Operations, false, TEXT("S&lower"), "Ctrl+Shift+,; Ctrl+<", "", TEXT("Let jobs run slower.")},

    Row{ActionId::RunVm, MenuId::Scenario, false, TEXT("Run the &VM"), "Ctrl+Shift+R", "vm-run", TEXT("Let the guest run, or stop it (cont, stop).")},
    Row{ActionId::GuestWrite, MenuId::Scenario, false, TEXT("&Guest Writes"), "Ctrl+G", "", TEXT("Let the guest write through the selected device, or the first one, to the next cluster.")},

    Row{ActionId::Shortcuts, MenuId::Help, false, TEXT("&Keyboard Shortcuts"), "F1", "help", TEXT("List all keys.")},
    Row{ActionId::WhatsThis, MenuId::Help, false, TEXT("&What’s This?"), "Shift+F1", "", TEXT("Click something to have it explained.")},
    Row{ActionId::About, MenuId::Help, true, TEXT("&About Blockscope"), "", "", TEXT("What this program is.")},
    Row{ActionId::AboutQt, MenuId::Help, false, TEXT("About &Qt"), "", "", TEXT("What this program is made with.")},
};
// clang-format on
static_assert(kRows.size() == static_cast<std::size_t>(ActionId::Count));

constexpr bool isInOrder()
{
    for (std::size_t i = 0; i < kRows.size(); ++i) {
        if (static_cast<std::size_t>(kRows[i].id) != i)
            return false;
    }
    return true;
}
static_assert(isInOrder(), "Actions are looked up by their place in the table.");

QString tr(const char *text)
{
    return QCoreApplication::translate("Actions", text);
}

QAction::MenuRole roleOf(ActionId id)
{
    switch (id) {
    case ActionId::Quit:
        return QAction::QuitRole;
    case ActionId::About:
        return QAction::AboutRole;
    case ActionId::AboutQt:
        return QAction::AboutQtRole;
    default:
        return QAction::NoRole;
    }
}

QAction *makeAction(const Row &row, QObject *parent)
{
    auto *action = new QAction(tr(row.text), parent);
    if (*row.keys != '\0')
        action->setShortcuts(QKeySequence::listFromString(QString::fromUtf8(row.keys), QKeySequence::PortableText));
    if (*row.icon != '\0')
        action->setIcon(views::icon(QString::fromUtf8(row.icon)));
    action->setCheckable(row.look == Look::Checkable);
    action->setMenuRole(roleOf(row.id));
    const QString tip = tr(row.tip);
    action->setStatusTip(tip);
    action->setWhatsThis(tip);
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    //: A tool tip: %1 is what a button does, %2 the key for it
    action->setToolTip(keys.isEmpty() ? tip : tr(QT_TRANSLATE_NOOP("Actions", "%1 (%2)")).arg(tip, keys));
    return action;
}

} // namespace

Actions::Actions(QObject *parent)
{
    for (const Row &row : kRows)
        m_actions.push_back(makeAction(row, parent));
}

void Actions::fill(MenuId id, QMenu &menu) const
{
    for (const Row &row : kRows) {
        if (row.menu != id)
            continue;
        if (row.startsGroup && !menu.isEmpty())
            menu.addSeparator();
        menu.addAction(&(*this)[row.id]);
    }
}

QString menuName(MenuId id)
{
    switch (id) {
    case MenuId::File:
        return tr(TEXT("&File"));
    case MenuId::Edit:
        return tr(TEXT("&Edit"));
    case MenuId::View:
        return tr(TEXT("&View"));
    case MenuId::Go:
        return tr(TEXT("&Go"));
    case MenuId::Operations:
        return tr(TEXT("&Operations"));
    case MenuId::Scenario:
        return tr(TEXT("&Scenario"));
    case MenuId::Rules:
        return tr(TEXT("&Rules"));
    case MenuId::Help:
        return tr(TEXT("&Help"));
    }
    return {};
}

} // namespace blockscope::app
