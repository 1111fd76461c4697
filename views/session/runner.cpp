// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/session/runner.h"

#include <QtConcurrentRun>

#include <algorithm>

namespace blockscope::views {

namespace {

using namespace std::chrono_literals;

constexpr auto kLongestBurst = 2ms;
// Several steps a turn become one event of the log.
constexpr int kStepsPerTurnUnlimited = 16;
// A late worker (the machine slept, or is slow) does not catch up on more than this.
constexpr auto kLongestDelay = 100ms;

bool isHaltedBy(const QFuture<void> &future)
{
    return future.isSuspending() || future.isSuspended();
}

} // namespace

class Runner::OwnerLock
{
public:
    explicit OwnerLock(Runner &runner)
    {
        ++runner.m_ownersWaiting;
        m_lock = std::unique_lock(runner.m_mutex);
        --runner.m_ownersWaiting;
        runner.m_ownersWaiting.notify_all();
    }

private:
    std::unique_lock<std::mutex> m_lock;
};

Runner::Runner(std::function<void()> onStepped) : m_onStepped(std::move(onStepped)), m_roundStart(Clock::now())
{
    // A pool of its own: the task lives as long as the session and must not take a place from others.
    m_pool.setMaxThreadCount(1);
    m_future = QtConcurrent::run(&m_pool, [this](QPromise<void> &promise) { drive(promise); });
}

Runner::~Runner()
{
    {
        const OwnerLock lock(*this);
        m_future.cancel();
        wake();
    }
    m_future.waitForFinished();
}

Runner::Progress Runner::take()
{
    const OwnerLock lock(*this);
    m_isReported = false;
    return {std::exchange(m_steps, {}), m_world};
}

Runner::Submission Runner::submit(const Event &event)
{
    const OwnerLock lock(*this);
    m_isReported = false;
    Submission submission{{std::exchange(m_steps, {}), m_world}, {}, {}};
    submission.outcome = blockscope::apply(m_world, event);
    submission.after = m_world;
    wake();
    return submission;
}

void Runner::step(JobId job)
{
    const OwnerLock lock(*this);
    if (job.value < m_world.jobs.size())
        (void)stepOnce(job.value);
}

void Runner::setWorld(World world)
{
    const OwnerLock lock(*this);
    m_world = std::move(world);
    m_steps.clear();
    m_next = 0;
    wake();
}

void Runner::setSpeed(Speed speed)
{
    const OwnerLock lock(*this);
    m_speed = speed;
    m_roundStart = Clock::now();
    wake();
}

void Runner::setHalted(bool isHalted)
{
    const OwnerLock lock(*this);
    m_future.setSuspended(isHalted);
    m_roundStart = Clock::now();
    wake();
}

bool Runner::isHalted() const
{
    return isHaltedBy(m_future);
}

void Runner::wake()
{
    m_isWoken = true;
    m_wake.notify_one();
}

void Runner::drive(QPromise<void> &promise)
{
    const QFuture<void> future = promise.future();
    while (!promise.isCanceled()) {
        promise.suspendIfRequested();
        for (int waiting = m_ownersWaiting; waiting != 0; waiting = m_ownersWaiting)
            m_ownersWaiting.wait(waiting);

        std::unique_lock lock(m_mutex);
        // Under the lock nobody halts or cancels: what is asked here holds until the burst ends.
        if (promise.isCanceled() || isHaltedBy(future))
            continue;
        const std::optional<Clock::time_point> next = burst();
        const bool isReportDue = !m_steps.empty() && !std::exchange(m_isReported, true);
        const auto isWoken = [this] { return m_isWoken; };
        if (isReportDue) {
            lock.unlock();
            m_onStepped();
            lock.lock();
        }
        if (!next)
            m_wake.wait(lock, isWoken);
        else if (*next > Clock::now())
            m_wake.wait_until(lock, *next, isWoken);
        m_isWoken = false;
    }
}

std::optional<Runner::Clock::time_point> Runner::burst()
{
    if (m_speed.mode == Speed::Mode::Manual)
        return std::nullopt;
    const bool isLimited = m_speed.mode == Speed::Mode::Limited;
    const auto period = isLimited ? Clock::duration(1s) / std::max(1, m_speed.stepsPerSecond) : Clock::duration::zero();
    const auto start = Clock::now();
    if (m_next == 0) {
        if (start < m_roundStart)
            return m_roundStart;
        if (start - m_roundStart > kLongestDelay)
            m_roundStart = start;
    }

    const auto mustEnd = [this, start] {
        return m_ownersWaiting.load(std::memory_order_relaxed) != 0 || Clock::now() - start >= kLongestBurst;
    };
    for (; m_next < m_world.jobs.size(); ++m_next) {
        for (int i = 0; i < (isLimited ? 1 : kStepsPerTurnUnlimited) && stepOnce(m_next); ++i)
            m_hasRoundStepped = true;
        if (mustEnd())
            break;
    }
    if (m_next < m_world.jobs.size()) {
        ++m_next;
        return start;
    }
    // The round is over; another one makes sense only if this one moved something.
    m_next = 0;
    m_roundStart += period;
    if (!std::exchange(m_hasRoundStepped, false))
        return std::nullopt;
    return m_roundStart;
}

bool Runner::stepOnce(std::size_t job)
{
    if (!canStep(*m_world.jobs[job]))
        return false;
    Event event = StepControl{m_world.jobs[job]->name, 1};
    Outcome outcome = blockscope::apply(m_world, event);
    if (outcome.kind != Outcome::Kind::Allowed)
        return false;
    append(m_steps, {std::move(event), std::move(outcome)});
    return true;
}

} // namespace blockscope::views
