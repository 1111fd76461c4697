// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Every action of the window in one table: text, keys, icon and what it does
/// in a sentence. The menus follow the table's order.
///
/// Ownership: the actions belong to the parent given. Thread: GUI.

#include <QAction>
#include <QObject>

#include <vector>

class QMenu;

namespace blockscope::app {

enum class ActionId : std::uint8_t {
    New,
    Open,
    Save,
    SaveAs,
    Export,
    Close,
    Quit,
    Undo,
    Redo,
    PasteErrorText,
    Find,
    FindNext,
    FindPrevious,
    ZoomIn,
    ZoomOut,
    ActualSize,
    Fit,
    FullScreen,
    ResetWindow,
    GoToGraph,
    GoToOperations,
    GoToWhy,
    GoToJobs,
    GoToEvents,
    GoToFindings,
    GoToLegend,
    NextPane,
    PreviousPane,
    RunJobs,
    StepJobs,
    Faster,
    Slower,
    RunVm,
    GuestWrite,
    Shortcuts,
    WhatsThis,
    About,
    AboutQt,
    Count
};

enum class MenuId : std::uint8_t { File, Edit, View, Go, Operations, Scenario, Rules, Help };

class Actions
{
public:
    explicit Actions(QObject *parent);

    [[nodiscard]] QAction &operator[](ActionId id) const { return *m_actions.at(static_cast<std::size_t>(id)); }
    /// All, in the order of the menus.
    [[nodiscard]] const std::vector<QAction *> &all() const { return m_actions; }
    /// Adds those of \a id to \a menu.
    void fill(MenuId id, QMenu &menu) const;

private:
    std::vector<QAction *> m_actions;
};

/// The name of a menu, with its mnemonic.
[[nodiscard]] QString menuName(MenuId id);

} // namespace blockscope::app
