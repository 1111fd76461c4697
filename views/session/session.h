// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Where the panels meet: the World shown, its history, the selection and the
/// background runs. Panels know the session and no other panel.
///
/// Thread: all functions belong to the GUI thread. A worker steps jobs on the
/// runner's own World under its lock; world() is a snapshot taken at most 60
/// times a second, so that the GUI thread never waits longer than a frame.

#include "engine/run/apply.h"
#include "views/session/delta.h"
#include "views/session/eventlog.h"
#include "views/session/speed.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <QUndoStack>

#include <memory>
#include <span>
#include <variant>
#include <vector>

namespace blockscope::views {

class Runner;

/// What is selected: nothing, a node, a user or a job.
using Selection = std::variant<std::monostate, NodeId, UserId, JobId>;

/// What a panel wants lit up in the graph, besides the selection.
struct Highlight
{
    std::vector<NodeId> nodes;
    std::vector<Holder> holders;

    friend bool operator==(const Highlight &, const Highlight &) = default;
};

class Session : public QObject
{
    Q_OBJECT

public:
    explicit Session(QObject *parent = nullptr);
    ~Session() override; ///< stops the worker and waits for it

    /// The World shown now. The reference stays; the value changes with worldChanged and worldReset.
    [[nodiscard]] const World &world() const { return m_world; }
    /// The World the log begins with; initialWorld and log are what a scenario file saves.
    [[nodiscard]] const World &initialWorld() const { return m_initialWorld; }
    /// What led from initialWorld() to world(), refused requests among it.
    [[nodiscard]] const std::vector<RecordedEvent> &log() const { return m_log; }
    /// Allowed user events; undo goes back to before one, and drops what was stepped since.
    [[nodiscard]] QUndoStack &undoStack() { return m_undoStack; }

    /// Begins anew with \a world; stops what runs, empties log and undo stack. \a events
    /// are applied and begin the log, as they are; nobody can undo them.
    void reset(World world, const std::vector<Event> &events = {});
    /// Applies a user's event at once. Allowed ones go into log and undo stack, a
    /// refused one into the log; jobs that it started begin to run.
    Outcome submit(const Event &event);
    /// What the policy in force says of \a request now; changes nothing.
    [[nodiscard]] Result<Decision> decide(const QmpCommand &request) const;

    [[nodiscard]] Speed speed() const { return m_speed; }
    void setSpeed(Speed speed);
    /// Halts every job between two steps, or lets them go on. A reset does not change it.
    void setHalted(bool isHalted);
    [[nodiscard]] bool isHalted() const;
    /// One step of \a job, also while halted or at manual speed.
    void step(JobId job);
    /// One step of every job that can.
    void stepAll();

    [[nodiscard]] const Selection &selection() const { return m_selection; }
    void select(const Selection &selection);
    [[nodiscard]] const Highlight &highlight() const { return m_highlight; }
    void setHighlight(const Highlight &highlight);

Q_SIGNALS:
    /// Another World altogether (document opened, undo, redo): forget everything.
    void worldReset();
    /// The snapshot moved on.
    void worldChanged(const blockscope::views::Delta &delta);
    /// The log got longer or shorter; its first \a kept events are as they were.
    void logChanged(std::size_t kept);
    /// A user's event was applied, refused or invalid.
    void submitted(const blockscope::views::RecordedEvent &recorded);
    void selectionChanged();
    void highlightChanged();
    void runStateChanged(); ///< speed or halted changed

private:
    friend class WorldCommand;

    void scheduleFrame();
    void takeFrame();
    /// Appends to the log; how many of its events stayed as they were.
    [[nodiscard]] std::size_t record(std::vector<RecordedEvent> steps);
    /// Shows \a world, to which the log after its first \a kept events led.
    void show(World world, std::size_t kept);
    /// Goes to another World, whose log is the first \a base events and \a since; the first \a sealed may not change.
    void restore(const World &world, std::size_t base, std::span<const RecordedEvent> since, std::size_t sealed);
    void forgetVanished();

    World m_world;
    World m_initialWorld;
    std::vector<RecordedEvent> m_log;
    std::size_t m_sealed = 0; // length of the log after the last event that the undo stack knows
    QUndoStack m_undoStack;
    Selection m_selection;
    Highlight m_highlight;
    Speed m_speed;
    QTimer m_frame;
    QElapsedTimer m_sinceFrame;
    std::unique_ptr<Runner> m_runner;
};

} // namespace blockscope::views
