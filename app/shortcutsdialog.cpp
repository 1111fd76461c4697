// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/shortcutsdialog.h"

#include "app/actions.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

/// Keys that belong to a panel and to no action.
QList<std::pair<QString, QString>> panelKeys()
{
    return {
        {ShortcutsDialog::tr("Arrow keys"), ShortcutsDialog::tr("Graph: go to the neighbour in that direction")},
        {ShortcutsDialog::tr("Home, End"), ShortcutsDialog::tr("Graph: go to the first, to the last")},
        {ShortcutsDialog::tr("Tab"),
         ShortcutsDialog::tr("Graph: go to the next node; after the last, to the next panel")},
        {ShortcutsDialog::tr("Menu, Enter"),
         ShortcutsDialog::tr("Graph: open the menu of the selected node; drop a carried operation")},
        {ShortcutsDialog::tr("Esc"),
         ShortcutsDialog::tr("Graph: put down a carried operation, close the search, select nothing")},
        {ShortcutsDialog::tr("Space and drag, middle button"), ShortcutsDialog::tr("Graph: move the picture")},
        {ShortcutsDialog::tr("Ctrl and wheel"), ShortcutsDialog::tr("Graph: zoom at the pointer")},
        {ShortcutsDialog::tr("Enter"), ShortcutsDialog::tr("Operations: carry the operation to the graph")},
        {ShortcutsDialog::tr("Ctrl+Shift+E"), ShortcutsDialog::tr("Rules: enforce the claims, or trust everybody")},
        {ShortcutsDialog::tr("P, R, S, C, F, D, Del"),
         ShortcutsDialog::tr("Jobs: pause, resume, step, complete, finalize, dismiss, cancel")},
    };
}

void addRow(QTreeWidget &list, const QString &keys, const QString &text)
{
    list.addTopLevelItem(new QTreeWidgetItem({keys, text}));
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const Actions &actions, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(tr("Keyboard Shortcuts"));
    auto *list = new QTreeWidget(this);
    list->setHeaderLabels({tr("Keys"), tr("What they do")});
    list->setRootIsDecorated(false);
    list->setAlternatingRowColors(true);
    list->setAccessibleName(windowTitle());
    for (const QAction *action : actions.all()) {
        const QString keys = QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText);
        if (!keys.isEmpty())
            addRow(*list, QString(keys).replace("; "_L1, ", "_L1), action->statusTip());
    }
    for (const auto &[keys, text] : panelKeys())
        addRow(*list, keys, text);
    list->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(list);
    column->addWidget(buttons);
    resize(124 * fontMetrics().averageCharWidth(), 34 * fontMetrics().height());
}

} // namespace blockscope::app
