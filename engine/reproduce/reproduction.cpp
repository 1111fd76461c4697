// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/reproduce/reproduction.h"

#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/policies/policy.h"
#include "engine/reproduce/scratchrules.h"
#include "engine/run/jobcontrol.h"
#include "engine/run/jobgraph.h"
#include "engine/world/blockio.h"

#include <algorithm>

namespace blockscope {

namespace {

using Why = Unplayed::Why;

/// The users whom a command names as a device, which QEMU knows by their BlockBackends.
class NamedUsers
{
public:
    explicit NamedUsers(const World &world) : m_world(world) {}

    void addFrom(const Event &event)
    {
        const auto *command = std::get_if<QmpCommand>(&event);
        if (command != nullptr && !isJobCommand(command->execute))
            addFrom(command->arguments);
    }
    std::set<UserId> take() { return std::move(m_found); }

private:
    void addFrom(const Value &value)
    {
        if (const auto *list = value.asList()) {
            for (const Value &each : *list)
                addFrom(each);
        } else if (const auto *object = value.asObject()) {
            if (const auto *name = findString(*object, "device"))
                addUser(*name);
            for (const auto &[key, each] : *object)
                addFrom(each);
        }
    }

    void addUser(const std::string &name)
    {
        const auto user = m_world.findUser(name);
        const bool isNode = m_world.graph.findNode(name).has_value();
        if (user && !isNode && m_world.user(*user).name == name && m_world.user(*user).kind == User::Kind::Guest &&
            isWellFormedId(name))
            m_found.insert(*user);
    }

    const World &m_world;
    std::set<UserId> m_found;
};

std::vector<std::string> jobsStartedBy(const Event &event)
{
    const auto *command = std::get_if<QmpCommand>(&event);
    const auto name = command != nullptr ? textArgument(command->arguments, "job-id") : std::nullopt;
    return name && !isJobCommand(command->execute) ? std::vector{*name} : std::vector<std::string>();
}

/// The job that an event steps, waits for or controls.
std::optional<std::string> jobOf(const Event &event)
{
    if (const auto *step = std::get_if<StepControl>(&event))
        return step->job;
    if (const auto *until = std::get_if<RunUntilControl>(&event))
        return until->job;
    const auto *command = std::get_if<QmpCommand>(&event);
    if (command == nullptr || !isJobCommand(command->execute))
        return std::nullopt;
    const auto id = textArgument(command->arguments, "id");
    return id ? id : textArgument(command->arguments, "device");
}

/// Jobs that an event wants to see concluded: QEMU must not dismiss them by itself.
std::set<std::string> keptJobs(const std::vector<Event> &events)
{
    std::set<std::string> kept;
    for (const Event &event : events) {
        const auto *until = std::get_if<RunUntilControl>(&event);
        if (until != nullptr && (until->status == JobStatus::Concluded || until->status == JobStatus::Aborting))
            kept.insert(until->job);
    }
    return kept;
}

class Player
{
public:
    Player(const World &world, ScratchNames &names, ScratchNeeds &needs, const std::set<std::string> &files)
        : m_world(world), m_names(names), m_needs(needs), m_files(files)
    {
        usePolicy(m_world, kQemuPolicy);
        for (const auto &user : m_world.users) {
            if (busFor(deviceModel(*user)) == ScratchBus::Port)
                m_onPorts.insert(user->name);
        }
    }

    ReproducedEvent play(std::size_t index, const Event &event)
    {
        ReproducedEvent played;
        played.index = index;
        played.event = event;
        played.unplayed = whyNot(event);
        if (!played.unplayed)
            playIt(event, played);
        if (played.unplayed) {
            for (std::string &job : jobsStartedBy(event))
                m_notStarted.insert(std::move(job));
        }
        return played;
    }

private:
    std::optional<Unplayed> whyNot(const Event &event) const
    {
        if (const auto *command = std::get_if<QmpCommand>(&event)) {
            if (!command->host.empty())
                return Unplayed{Why::OtherHost, command->host};
            if (!command->forget.empty())
                return Unplayed{Why::Forgotten, command->execute};
        }
        if (std::holds_alternative<SetPolicyControl>(event))
            return Unplayed{Why::OwnControl, "set-policy"};
        if (std::holds_alternative<SetSwitchControl>(event))
            return Unplayed{Why::OwnControl, "set-switch"};
        if (std::holds_alternative<ListControl>(event) || std::holds_alternative<AcquireControl>(event) ||
            std::holds_alternative<UnlistControl>(event))
            return Unplayed{Why::OwnControl, "list, acquire, unlist"};
        const auto job = jobOf(event);
        if (job && m_notStarted.contains(*job) && !m_world.hadJob(*job))
            return Unplayed{Why::JobNotStarted, *job};
        if (const auto *write = std::get_if<GuestWriteControl>(&event))
            return whyNoWrite(*write);
        return std::nullopt;
    }

    std::optional<Unplayed> whyNoWrite(const GuestWriteControl &write) const
    {
        const auto user = m_world.findUser(write.device);
        if (!user)
            return std::nullopt;
        if (!m_world.user(*user).host.empty())
            return Unplayed{Why::OtherHost, m_world.user(*user).host};
        return m_world.user(*user).kind == User::Kind::Guest
                   ? std::nullopt
                   : std::optional(Unplayed{Why::WriteByExport, write.device});
    }

    void playIt(const Event &event, ReproducedEvent &played)
    {
        const World before = m_world;
        World after = m_world;
        const Outcome outcome = blockscope::apply(after, event);
        if (const auto *command = std::get_if<QmpCommand>(&event)) {
            auto step = scratchCommand(withJobName(*command, outcome, after, played.index), m_names, m_files, m_needs);
            if (auto *unplayed = std::get_if<Unplayed>(&step)) {
                played.unplayed = std::move(*unplayed);
                return;
            }
            played.step = std::move(std::get<Object>(step));
            if (outcome.kind == Outcome::Kind::Allowed)
                addPlugging(*command, played.step);
        } else {
            addControl(event, before, after, played);
        }
        if (std::holds_alternative<RunUntilControl>(event) && outcome.kind != Outcome::Kind::Allowed) {
            played.isCompared = false; // a job that cannot get there here is not made to get there in QEMU
            played.step.clear();
        }
        m_world = std::move(after);
        played.ours = outcome.kind;
        played.error = outcome.error ? outcome.error->what : outcome.verdict.error;
        addSettling(event, before, played.step);
    }

    /// Ours invents a name for a job that has none; QEMU wants one.
    QmpCommand withJobName(QmpCommand command, const Outcome &outcome, const World &after, std::size_t index) const
    {
        const Operation *operation = findOperation(command.execute);
        if (operation == nullptr || !operation->isJob() || command.arguments.contains("job-id"))
            return command;
        command.arguments["job-id"] = outcome.job ? after.job(*outcome.job).name : "job" + std::to_string(index);
        return command;
    }

    /// The end of a device is waited for; on some buses only a reset brings it.
    void addPlugging(const QmpCommand &command, Object &step)
    {
        const auto id = textArgument(command.arguments, "id");
        if (command.execute == "device_add" && id &&
            busFor(textArgument(command.arguments, "driver").value_or("")) == ScratchBus::Port)
            m_onPorts.insert(*id);
        if (command.execute != "device_del" || !id)
            return;
        step["unplugged"] = m_names.argument(*id);
        if (m_onPorts.erase(*id) != 0)
            step["reset"] = true;
    }

    void addControl(const Event &event, const World &before, const World &after, ReproducedEvent &played) const
    {
        if (const auto *until = std::get_if<RunUntilControl>(&event)) {
            // A job that never gets ready has run to its end.
            const auto job = after.findJob(until->job);
            const JobStatus status = job ? after.job(*job).status : JobStatus::Null;
            played.step["until"] = Value::List{until->job, toString(status)};
        } else if (const auto *write = std::get_if<GuestWriteControl>(&event)) {
            played.step["write"] = writeOf(*write, before);
        } else {
            played.isCompared = false;
        }
    }

    Value writeOf(const GuestWriteControl &write, const World &before) const
    {
        const auto user = before.findUser(write.device);
        const auto root = user ? before.rootOf(*user) : std::nullopt;
        const std::uint64_t bytes = root ? clusterBytes(before, *root) : kDefaultClusterBytes;
        const std::string device = user ? before.user(*user).name : write.device;
        const std::string name = m_names.argument(device);
        return Object{{"device", isWellFormedId(name) ? name : std::string("none")},
                      {"offset", static_cast<std::int64_t>(write.cluster * bytes)},
                      {"length", static_cast<std::int64_t>(std::min(bytes, kDefaultClusterBytes))}};
    }

    /// What happened to jobs beside what was asked.
    void addSettling(const Event &event, const World &before, Object &step) const
    {
        Value::List jobs;
        for (std::uint32_t id = 0; id < before.jobs.size(); ++id) {
            const JobStatus now = m_world.job(JobId{id}).status;
            const auto *until = std::get_if<RunUntilControl>(&event);
            const bool isAsked = until != nullptr && until->job == m_world.job(JobId{id}).name;
            if (now != before.job(JobId{id}).status && !isAsked)
                jobs.emplace_back(Value::List{m_world.job(JobId{id}).name, toString(now)});
        }
        if (!jobs.empty())
            step["settle"] = std::move(jobs);
    }

    World m_world;
    ScratchNames &m_names;
    ScratchNeeds &m_needs;
    const std::set<std::string> &m_files;
    std::set<std::string> m_notStarted;
    std::set<std::string> m_onPorts; ///< devices
};

Value::List commandLine(const World &world, const ScratchGraph &graph, const ScratchNeeds &needs)
{
    // No file of the user's configuration is read, and no program started.
    Value::List words{"qemu-system-x86_64",
                      "-no-user-config",
                      "-nodefaults",
                      "-sandbox",
                      "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny",
                      "-M",
                      "q35,accel=tcg",
                      "-m",
                      "16",
                      "-display",
                      "none"};
    const auto add = [&](const char *option, Value value) {
        words.emplace_back(option);
        words.push_back(std::move(value));
    };
    if (world.runState == "inmigrate")
        add("-incoming", "defer");
    else if (!world.isVmRunning())
        words.emplace_back("-S");
    for (const std::string &group : needs.throttleGroups)
        add("-object", Object{{"qom-type", "throttle-group"}, {"id", group}});
    for (const std::string &iothread : needs.iothreads)
        add("-object", Object{{"qom-type", "iothread"}, {"id", iothread}});
    add("-device", Object{{"driver", "virtio-scsi-pci"}, {"id", "scsi0"}});
    for (std::size_t i = 0; i < needs.ports; ++i)
        add("-device", Object{{"driver", "pcie-root-port"},
                              {"id", "port" + std::to_string(i)},
                              {"chassis", static_cast<std::int64_t>(i + 1)}});
    if (needs.hasUsb)
        add("-device", Object{{"driver", "qemu-xhci"}, {"id", "usb0"}});
    words.insert(words.end(), graph.nodes.begin(), graph.nodes.end());
    words.insert(words.end(), graph.devices.begin(), graph.devices.end());
    return words;
}

} // namespace

bool Reproduction::isPlayable() const
{
    return events.empty() ||
           std::any_of(events.begin(), events.end(), [](const ReproducedEvent &each) { return !each.unplayed; });
}

Result<Reproduction> reproduce(const World &world, const std::vector<Event> &events)
{
    ScratchNames names(world);
    ScratchNeeds needs;
    needs.kept = keptJobs(events);
    NamedUsers named(world);
    for (const Event &event : events)
        named.addFrom(event);
    auto graph = scratchGraph(world, {named.take()}, names, needs);
    if (!graph)
        return graph.error();
    for (const auto &[group, limits] : *world.throttles) {
        if (isWellFormedId(group))
            needs.throttleGroups.insert(group);
    }
    Reproduction made;
    Player player(world, names, needs, graph->files);
    for (std::size_t i = 0; i < events.size(); ++i)
        made.events.push_back(player.play(i, events[i]));
    made.images = std::move(graph->images);
    for (const ScratchNeeds::Image &image : needs.images)
        made.images.push_back(spareImage(image));
    made.qemu = commandLine(world, *graph, needs);
    made.setup = std::move(graph->setup);
    made.notes = std::move(graph->notes);
    return made;
}

} // namespace blockscope
