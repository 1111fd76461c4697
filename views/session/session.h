// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Where the panels meet: the World shown, its history, the selection and the
/// background runs. Panels know the session and no other panel.
///
/// Thread: all functions belong to the GUI thread. Workers step jobs on the
/// session's own World under its lock; world() is a snapshot taken at most 60
/// times a second, so that the GUI thread never waits longer than a frame.

#include "engine/run/apply.h"
#include "views/session/delta.h"

#include <QObject>
#include <QUndoStack>

#include <memory>
#include <variant>
#include <vector>

namespace blockscope::views {

/// What is selected: nothing, a node, a user or a job.
using Selection = std::variant<std::monostate, NodeId, UserId, JobId>;

/// What a panel wants lit up in the graph, besides the selection.
struct Highlight
{
    std::vector<NodeId> nodes;
    std::vector<Holder> holders;

    friend bool operator==(const Highlight &, const Highlight &) = default;
};

/// An event and what came of it.
struct RecordedEvent
{
    Event event;
    Outcome outcome;
};

/// How fast jobs step by themselves.
struct Speed
{
    enum class Mode : std::uint8_t { Manual, Limited, Unlimited };

    Mode mode = Mode::Limited;
    int stepsPerSecond = 8; ///< of each job; for Limited

    friend bool operator==(const Speed &, const Speed &) = default;
};

class Session : public QObject
{
    Q_OBJECT

public:
    explicit Session(QObject *parent = nullptr);
    ~Session() override; ///< stops the workers and waits for them

    /// The World shown now.
    [[nodiscard]] const World &world() const;
    /// The World the log begins with; initialWorld and log are what a scenario file saves.
    [[nodiscard]] const World &initialWorld() const;
    [[nodiscard]] const std::vector<RecordedEvent> &log() const;
    [[nodiscard]] QUndoStack &undoStack();

    /// Begins anew with \a world; stops what runs, empties log and undo stack.
    void reset(World world);
    /// Applies a user's event at once. Allowed ones go into log and undo stack, a
    /// refused one into the log; jobs that it started begin to run.
    Outcome submit(const Event &event);
    /// What the policy in force says of \a request now; changes nothing.
    [[nodiscard]] Result<Decision> decide(const QmpCommand &request) const;

    [[nodiscard]] Speed speed() const;
    void setSpeed(Speed speed);
    /// Halts every job between two steps, or lets them go on.
    void setHalted(bool halted);
    [[nodiscard]] bool isHalted() const;
    /// One step of \a job, for manual speed.
    void step(JobId job);

    [[nodiscard]] const Selection &selection() const;
    void select(const Selection &selection);
    [[nodiscard]] const Highlight &highlight() const;
    void setHighlight(const Highlight &highlight);

Q_SIGNALS:
    /// Another World altogether (document opened, undo, redo): forget everything.
    void worldReset();
    /// The snapshot moved on.
    void worldChanged(const blockscope::views::Delta &delta);
    /// A user's event was applied, refused or invalid.
    void submitted(const blockscope::views::RecordedEvent &recorded);
    void selectionChanged();
    void highlightChanged();
    void runStateChanged(); ///< speed or halted changed

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace blockscope::views
