// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Brings an operation on its way, from wherever it was asked for: opens the
/// form when something is left to choose, else asks the session at once. A
/// refused request is made too: the session records it, and it is explained.
///
/// Ownership: session and window must outlive it. Thread: GUI.

#include "engine/text/offer.h"
#include "views/session/session.h"

#include <QObject>
#include <QPointer>

class QMenu;

namespace blockscope::views {

class ArgumentForm;

class OperationLauncher : public QObject
{
    Q_OBJECT

public:
    /// Forms belong to \a window.
    OperationLauncher(Session &session, QWidget *window);

    /// Adds every operation with the verdict that it would get on \a node and the reason in one line, by families, in
    /// menus of their own when there are many; without a node those that need none can be started and the rest open
    /// their form empty. \a place is where forms open, on the screen.
    void addOperations(QMenu &menu, std::optional<NodeId> node, QPoint place);
    /// The form that is open; null when none is.
    [[nodiscard]] ArgumentForm *form() const { return m_form; }

public Q_SLOTS:
    /// An invalid \a node: on none. Forms open near \a place, on the screen.
    void launch(const QString &operation, blockscope::NodeId node, QPoint place);

private:
    Offer::Kind addOperation(QMenu &menu, const Operation &operation, std::optional<NodeId> node,
                             std::span<const NodeId> spare, QPoint place);
    void openForm(const Operation &operation, const Object &arguments, QPoint place);
    [[nodiscard]] Offer offerFor(const Operation &operation, std::optional<NodeId> node,
                                 std::span<const NodeId> spare) const;

    Session &m_session;
    QWidget *m_window;
    QPointer<ArgumentForm> m_form;
};

} // namespace blockscope::views
