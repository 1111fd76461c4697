// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Runs the jobs of a World in the background: one task of Qt Concurrent lets
/// every job that can step do so in turn, however many they are.
///
/// Thread: all public functions belong to one thread, the owner's. The World is
/// behind one mutex, taken for a burst of steps or for one public function;
/// while the owner waits for it, a burst ends after the step it is at.

#include "views/session/eventlog.h"
#include "views/session/speed.h"

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>

namespace blockscope::views {

class Runner
{
public:
    /// \a onStepped is called by the worker after steps, once until take() or submit().
    explicit Runner(std::function<void()> onStepped);
    ~Runner(); ///< stops the worker and waits for it
    Runner(const Runner &) = delete;
    Runner &operator=(const Runner &) = delete;

    /// What the worker did since the owner last looked, and what it led to.
    struct Progress
    {
        std::vector<RecordedEvent> steps;
        World world;
    };
    [[nodiscard]] Progress take();

    struct Submission
    {
        Progress before;
        World after;
        Outcome outcome;
    };
    /// Applies an event between two steps of the worker.
    [[nodiscard]] Submission submit(const Event &event);
    /// One step of \a job, whatever the speed; nothing happens when it cannot step.
    void step(JobId job);
    /// Goes on with another World; steps not taken are forgotten.
    void setWorld(World world);
    void setSpeed(Speed speed);
    /// When it returns, no further step is made until it is called with false.
    void setHalted(bool isHalted);
    [[nodiscard]] bool isHalted() const;

private:
    using Clock = std::chrono::steady_clock;
    /// Takes the lock for the owner, before the worker.
    class OwnerLock;

    // The worker's part; those below are called with the lock held.
    void drive(QPromise<void> &promise);
    /// Lets jobs step for a while. When to go on: at a time, or (nothing) when woken.
    [[nodiscard]] std::optional<Clock::time_point> burst();
    [[nodiscard]] bool stepOnce(std::size_t job);
    void wake();

    const std::function<void()> m_onStepped;
    std::atomic<int> m_ownersWaiting = 0;

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    // All below is guarded by m_mutex.
    World m_world;
    std::vector<RecordedEvent> m_steps;
    Speed m_speed;
    bool m_isWoken = false;
    bool m_isReported = false;      // onStepped was called and nothing taken since
    std::size_t m_next = 0;         // the job whose turn it is in this round
    bool m_hasRoundStepped = false; // some job made a step in this round
    Clock::time_point m_roundStart;

    QThreadPool m_pool;
    QFuture<void> m_future;
};

} // namespace blockscope::views
