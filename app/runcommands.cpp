// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/runcommands.h"

#include "engine/world/blockio.h"
#include "views/common/icon.h"
#include "views/jobs/speedcontrol.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

bool canWrite(const World &world, UserId id)
{
    const User &user = world.user(id);
    const auto root = world.rootOf(id);
    return user.kind == User::Kind::Guest && user.isWritable && world.runStateOf(user.host) == "running" && root &&
           !world.node(*root).isReadOnly && clusterCount(world, *root) > 0;
}

} // namespace

RunCommands::RunCommands(views::Session &session, const Actions &actions, QObject *parent)
    : QObject(parent), m_session(session), m_actions(actions)
{
    connect(&actions[ActionId::RunJobs], &QAction::triggered, this,
            [this] { m_session.setHalted(!m_session.isHalted()); });
    connect(&actions[ActionId::StepJobs], &QAction::triggered, this, &RunCommands::step);
    connect(&actions[ActionId::Faster], &QAction::triggered, this, [this] { changeSpeed(1); });
    connect(&actions[ActionId::Slower], &QAction::triggered, this, [this] { changeSpeed(-1); });
    connect(&actions[ActionId::RunVm], &QAction::triggered, this, &RunCommands::toggleVm);
    connect(&actions[ActionId::GuestWrite], &QAction::triggered, this, &RunCommands::guestWrites);

    connect(&session, &views::Session::runStateChanged, this, &RunCommands::showRunState);
    connect(&session, &views::Session::worldReset, this, &RunCommands::showRunState);
    connect(&session, &views::Session::selectionChanged, this, &RunCommands::showPossible);
    connect(&session, &views::Session::worldChanged, this, [this](const views::Delta &delta) {
        if (delta.isRunStateChanged)
            showRunState();
        else
            showPossible();
    });
    showRunState();
}

void RunCommands::toggleVm()
{
    m_session.submit(QmpCommand{m_session.world().isVmRunning() ? "stop" : "cont", {}});
}

void RunCommands::step()
{
    if (const JobId *job = std::get_if<JobId>(&m_session.selection()))
        m_session.step(*job);
    else
        m_session.stepAll();
}

void RunCommands::changeSpeed(int by)
{
    const std::vector<views::Speed> &stops = views::SpeedControl::stops();
    const auto found = std::find(stops.begin(), stops.end(), m_session.speed());
    const auto stop = std::clamp<std::ptrdiff_t>(found - stops.begin() + by, 0, std::ssize(stops) - 1);
    m_session.setSpeed(stops[static_cast<std::size_t>(stop)]);
}

std::optional<UserId> RunCommands::writingGuest() const
{
    const World &world = m_session.world();
    if (const UserId *user = std::get_if<UserId>(&m_session.selection()); user != nullptr && canWrite(world, *user))
        return *user;
    for (std::uint32_t i = 0; i < world.users.size(); ++i) {
        if (world.users[i]->isAttached && canWrite(world, UserId{i}))
            return UserId{i};
    }
    return std::nullopt;
}

void RunCommands::guestWrites()
{
    const World &world = m_session.world();
    const auto user = writingGuest();
    if (!user)
        return;
    // Another place each time, and the same again when everything is repeated.
    const auto cluster = static_cast<std::uint32_t>(world.clock % clusterCount(world, *world.rootOf(*user)));
    m_session.submit(GuestWriteControl{world.user(*user).name, cluster});
}

void RunCommands::showRunState()
{
    const bool isHalted = m_session.isHalted();
    QAction &run = m_actions[ActionId::RunJobs];
    run.setText(isHalted ? tr("&Run Jobs") : tr("&Halt Jobs"));
    run.setIconText(isHalted ? tr("Run") : tr("Halt"));
    run.setIcon(views::icon(isHalted ? u"media-play"_s : u"media-pause"_s));

    const bool isVmRunning = m_session.world().isVmRunning();
    QAction &vm = m_actions[ActionId::RunVm];
    vm.setText(isVmRunning ? tr("Stop the &VM") : tr("Run the &VM"));
    vm.setIconText(isVmRunning ? tr("Stop VM") : tr("Run VM"));
    vm.setIcon(views::icon(isVmRunning ? u"vm-pause"_s : u"vm-run"_s));
    showPossible();
}

void RunCommands::showPossible()
{
    const World &world = m_session.world();
    const JobId *selected = std::get_if<JobId>(&m_session.selection());
    const bool hasStep = selected != nullptr && canStep(world.job(*selected));
    const bool hasAnyStep =
        std::any_of(world.jobs.begin(), world.jobs.end(), [](const auto &job) { return canStep(*job); });
    m_actions[ActionId::StepJobs].setEnabled(selected != nullptr ? hasStep : hasAnyStep);
    m_actions[ActionId::Faster].setEnabled(m_session.speed() != views::SpeedControl::stops().back());
    m_actions[ActionId::Slower].setEnabled(m_session.speed() != views::SpeedControl::stops().front());

    const bool hasGuest = std::any_of(world.users.begin(), world.users.end(), [](const auto &user) {
        return user->isAttached && user->kind == User::Kind::Guest;
    });
    m_actions[ActionId::RunVm].setEnabled(hasGuest);
    m_actions[ActionId::GuestWrite].setEnabled(writingGuest().has_value());
}

} // namespace blockscope::app
