// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/session/session.h"

#include "engine/text/names.h"
#include "views/session/runner.h"
#include "views/session/worldcommand.h"

#include <algorithm>

namespace blockscope::views {

namespace {

constexpr int kFrameMilliseconds = 16;
constexpr int kLongestWait = 250;

bool exists(const World &world, NodeId node)
{
    return node.value < world.graph.nodeCount() && world.node(node).isOpen;
}

bool exists(const World &world, UserId user)
{
    return user.value < world.users.size() && world.user(user).isAttached;
}

/// Ended jobs can still be looked at.
bool exists(const World &world, JobId job)
{
    return job.value < world.jobs.size();
}

bool exists(const World &, std::monostate)
{
    return true;
}

bool exists(const World &world, Holder holder)
{
    switch (holder.kind) {
    case Holder::Kind::Job:
        return exists(world, JobId{holder.id});
    case Holder::Kind::User:
        return exists(world, UserId{holder.id});
    case Holder::Kind::Edge:
        return holder.id < world.graph.edgeCount() && world.graph.edge(EdgeId{holder.id}).isAttached;
    case Holder::Kind::Operation:
        break;
    }
    return false;
}

} // namespace

Session::Session(QObject *parent) : QObject(parent)
{
    m_frame.setSingleShot(true);
    m_frame.setInterval(kFrameMilliseconds);
    m_frame.setTimerType(Qt::PreciseTimer);
    connect(&m_frame, &QTimer::timeout, this, &Session::takeFrame);
    m_sinceFrame.start();
    m_runner = std::make_unique<Runner>(
        [this] { QMetaObject::invokeMethod(this, &Session::scheduleFrame, Qt::QueuedConnection); });
    m_runner->setSpeed(m_speed);
}

Session::~Session()
{
    m_runner.reset();
    // Its signals would find a session half gone.
    m_undoStack.disconnect();
}

void Session::reset(World world, const std::vector<Event> &events)
{
    m_initialWorld = world;
    m_log.clear();
    for (const Event &event : events)
        m_log.push_back({event, blockscope::apply(world, event)});
    m_sealed = m_log.size();
    // Jobs that were running are first shown as they were.
    setHalted(std::any_of(world.jobs.begin(), world.jobs.end(), [](const auto &job) { return canStep(*job); }));
    m_runner->setWorld(world);
    m_world = std::move(world);
    m_undoStack.clear();
    m_selection = {};
    m_highlight = {};
    Q_EMIT worldReset();
    Q_EMIT logChanged(0);
    Q_EMIT selectionChanged();
    Q_EMIT highlightChanged();
}

Outcome Session::submit(const Event &event)
{
    Runner::Submission submission = m_runner->submit(event);
    const RecordedEvent recorded{event, std::move(submission.outcome)};
    // First up to the event, then past it, so that who listens knows the World that the event met.
    const std::size_t kept = record(std::move(submission.before.steps));
    show(submission.before.world, kept);
    if (recorded.outcome.kind != Outcome::Kind::Invalid) {
        m_log.push_back(recorded);
        show(submission.after, m_log.size() - 1);
    }
    if (recorded.outcome.kind == Outcome::Kind::Allowed) {
        const std::size_t base = std::exchange(m_sealed, m_log.size());
        std::vector<RecordedEvent> since(m_log.begin() + static_cast<std::ptrdiff_t>(base), m_log.end());
        const QString text = eventSubject(event);
        m_undoStack.push(new WorldCommand(
            *this, text, {std::move(submission.before.world), std::move(submission.after), base, std::move(since)}));
    }
    Q_EMIT submitted(recorded);
    return recorded.outcome;
}

Result<Decision> Session::decide(const QmpCommand &request) const
{
    return blockscope::decide(m_world, request, m_world.policy);
}

void Session::setSpeed(Speed speed)
{
    if (speed == m_speed)
        return;
    m_speed = speed;
    m_runner->setSpeed(speed);
    Q_EMIT runStateChanged();
}

void Session::setHalted(bool isHalted)
{
    if (isHalted == m_runner->isHalted())
        return;
    m_runner->setHalted(isHalted);
    Q_EMIT runStateChanged();
}

bool Session::isHalted() const
{
    return m_runner->isHalted();
}

void Session::step(JobId job)
{
    m_runner->step(job);
    takeFrame();
}

void Session::stepAll()
{
    for (JobId job : m_world.liveJobs())
        m_runner->step(job);
    takeFrame();
}

void Session::select(const Selection &selection)
{
    const bool isThere = std::visit([this](auto id) { return exists(m_world, id); }, selection);
    const Selection selected = isThere ? selection : Selection();
    if (selected == m_selection)
        return;
    m_selection = selected;
    Q_EMIT selectionChanged();
}

void Session::setHighlight(const Highlight &highlight)
{
    if (highlight == m_highlight)
        return;
    m_highlight = highlight;
    Q_EMIT highlightChanged();
}

void Session::scheduleFrame()
{
    if (m_frame.isActive())
        return;
    const qint64 due = m_frame.interval() - m_sinceFrame.elapsed();
    m_frame.start(static_cast<int>(std::clamp<qint64>(due, 0, kLongestWait)));
}

void Session::takeFrame()
{
    m_frame.stop();
    QElapsedTimer cost;
    cost.start();
    Runner::Progress progress = m_runner->take();
    const std::size_t kept = record(std::move(progress.steps));
    show(std::move(progress.world), kept);
    // Where showing a frame takes long, as much time is left for mouse, keys and painting.
    m_sinceFrame.restart();
    m_frame.setInterval(static_cast<int>(std::clamp<qint64>(cost.elapsed(), kFrameMilliseconds, kLongestWait)));
}

std::size_t Session::record(std::vector<RecordedEvent> steps)
{
    // The last event may become one with the first of these.
    const std::size_t kept = m_log.size() - (steps.empty() || m_log.empty() ? 0 : 1);
    for (RecordedEvent &each : steps)
        append(m_log, std::move(each), m_sealed);
    return kept;
}

void Session::show(World world, std::size_t kept)
{
    m_sinceFrame.restart();
    const Delta delta = difference(m_world, world);
    const bool isChanged = !delta.isEmpty() || m_world.clock != world.clock;
    m_world = std::move(world);
    if (isChanged) {
        forgetVanished();
        Q_EMIT worldChanged(delta);
    }
    if (kept < m_log.size())
        Q_EMIT logChanged(kept);
}

void Session::restore(const World &world, std::size_t base, std::span<const RecordedEvent> since, std::size_t sealed)
{
    m_runner->setWorld(world);
    m_world = world;
    m_log.resize(base);
    m_log.insert(m_log.end(), since.begin(), since.end());
    m_sealed = sealed;
    forgetVanished();
    Q_EMIT worldReset();
    Q_EMIT logChanged(base);
}

void Session::forgetVanished()
{
    select(m_selection);
    Highlight left = m_highlight;
    std::erase_if(left.nodes, [this](NodeId node) { return !exists(m_world, node); });
    std::erase_if(left.holders, [this](Holder holder) { return !exists(m_world, holder); });
    setHighlight(left);
}

} // namespace blockscope::views
