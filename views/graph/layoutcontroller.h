// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Runs the layout away from the GUI thread, newest request first: one runs,
/// one waits, the rest are forgotten. A result that is no longer wanted is
/// dropped, for a layout cannot be stopped.
///
/// Thread: GUI. The destructor waits for the one that runs.

#include "views/graph/placement.h"

#include <QFutureWatcher>
#include <QObject>
#include <QThreadPool>

#include <functional>
#include <optional>

namespace blockscope::views {

class LayoutController : public QObject
{
    Q_OBJECT

public:
    using Placer = std::function<Placement(const Topology &)>;

    /// Lays out as place() does.
    explicit LayoutController(QObject *parent = nullptr);
    /// \a placer is called on the worker, never twice at a time.
    explicit LayoutController(Placer placer, QObject *parent = nullptr);
    ~LayoutController() override;

    /// Asks for \a topology, instead of whatever was asked for before. Nothing is asked
    /// when it is what was asked for, or placed, last.
    void request(const Topology &topology);
    /// Forgets what was asked for and placed: the next request is a new one.
    void reset();
    [[nodiscard]] bool isBusy() const;

Q_SIGNALS:
    /// The newest request is placed.
    void placed(const blockscope::views::Topology &topology, const blockscope::views::Placement &placement);

private:
    void run();
    void finish();

    Placer m_placer;
    QThreadPool m_pool;
    QFutureWatcher<Placement> m_watcher;
    std::optional<Topology> m_running;
    std::optional<Topology> m_wanted; ///< the newest; equals m_running while that is still wanted
};

} // namespace blockscope::views
