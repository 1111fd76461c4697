// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Worlds and events out of any source of numbers: RapidCheck, a fuzzer's bytes, a generator with a seed. \a Pick is
/// called with n and gives a number from 0 to n - 1. The catalogue says what there is to ask, so a new operation takes
/// part by itself.

#include "engine/operations/catalogue.h"
#include "engine/run/apply.h"
#include "tests/support/worlds.h"

namespace blockscope::test {

template <class Pick>
class RandomEvents
{
public:
    explicit RandomEvents(Pick pick) : m_pick(pick) {}

    /// One or two disks with guests, spare images, a few filters, a quorum now and then.
    World world()
    {
        World world;
        const unsigned disks = 1 + pick(2);
        for (unsigned disk = 0; disk < disks; ++disk) {
            std::vector<std::string> names;
            for (unsigned i = 1 + pick(5); i > 0; --i)
                names.push_back("d" + std::to_string(disk) + "n" + std::to_string(i));
            addChain(world, names, "vd" + std::to_string(disk), kClusters);
        }
        if (pick(2) == 0)
            addImage(world, "side", anyNodeId(world), true, kClusters);
        addImage(world, "t0", std::nullopt, false, kClusters);
        addImage(world, "t1", std::nullopt, false, kClusters);
        for (unsigned i = pick(4); i > 0; --i)
            insertAbove(world, "f" + std::to_string(i), i == 3 ? "raw" : "throttle", anyNodeId(world));
        for (NodeId node : world.graph.nodes()) {
            world.graph.editNode(node).isMonitorOwned = pick(2) == 0;
            world.graph.editNode(node).virtualSize = 262144;
        }
        return world;
    }

    Event event(const World &world)
    {
        switch (pick(14)) {
        case 0:
            return jobCommand(world);
        case 1:
            return QmpCommand{"block-job-cancel", {{"device", anyJob(world)}}};
        case 2:
            return QmpCommand{pick(2) == 0 ? "stop" : "cont", {}};
        case 3:
            return GuestWriteControl{"vd0", pick(kClusters + 1)};
        case 4:
        case 5:
        case 6:
        case 7:
            return StepControl{anyJob(world), 1 + std::uint64_t{pick(7)}};
        case 8:
            return rareControl(world);
        default:
            return request(world);
        }
    }

    QmpCommand request(const World &world)
    {
        const auto all = operations();
        const Operation &operation = *all[pick(static_cast<unsigned>(all.size()))];
        QmpCommand command{std::string(operation.name), {}};
        if (operation.suggest != nullptr && !world.graph.nodes().empty() && pick(8) != 0)
            command.arguments = operation.suggest(world, anyNodeId(world));
        for (const Parameter &parameter : operation.parameters) {
            const bool isGiven = find(command.arguments, parameter.name) != nullptr;
            if ((parameter.isRequired && !isGiven) || pick(12) == 0)
                command.arguments[std::string(parameter.name)] = argument(world, parameter);
        }
        if (pick(20) == 0)
            command.forget = {pick(2) == 0 ? "base" : "target"};
        return command;
    }

private:
    static constexpr std::uint32_t kClusters = 4;

    unsigned pick(unsigned count) { return static_cast<unsigned>(m_pick(count)); }

    NodeId anyNodeId(const World &world)
    {
        const auto nodes = world.graph.nodes();
        return nodes[pick(static_cast<unsigned>(nodes.size()))];
    }
    std::string anyNode(const World &world)
    {
        return world.graph.nodes().empty() ? std::string("none") : world.node(anyNodeId(world)).name;
    }
    std::string anyJob(const World &world)
    {
        const auto jobs = world.liveJobs();
        return jobs.empty() ? std::string("none") : world.job(jobs[pick(static_cast<unsigned>(jobs.size()))]).name;
    }

    Event jobCommand(const World &world)
    {
        static const std::vector<std::string> kVerbs{"job-pause",   "job-resume",   "job-cancel",
                                                     "job-dismiss", "job-complete", "job-finalize"};
        return QmpCommand{kVerbs[pick(static_cast<unsigned>(kVerbs.size()))], {{"id", anyJob(world)}}};
    }

    Event rareControl(const World &world)
    {
        switch (pick(6)) {
        case 0:
            return ListControl{"r" + std::to_string(pick(2)), request(world)};
        case 1:
            return AcquireControl{"r" + std::to_string(pick(2))};
        case 2:
            return UnlistControl{"r" + std::to_string(pick(2))};
        case 3:
            return SetSwitchControl{static_cast<Switch>(pick(kSwitchCount)), pick(2) == 0};
        default:
            return SetSwitchControl{static_cast<Switch>(pick(kSwitchCount)), !isFaultOrEnforce()};
        }
    }
    bool isFaultOrEnforce() { return pick(3) == 0; }

    Value argument(const World &world, const Parameter &parameter)
    {
        switch (parameter.kind) {
        case Parameter::Kind::Node:
        case Parameter::Kind::Device:
            return anyNode(world);
        case Parameter::Kind::JobName:
            return "j" + std::to_string(pick(3));
        case Parameter::Kind::Number:
            return std::int64_t{pick(4)} * 65536;
        case Parameter::Kind::Boolean:
            return pick(2) == 0;
        case Parameter::Kind::Choice:
            return std::string(parameter.choices[pick(static_cast<unsigned>(parameter.choices.size()))]);
        case Parameter::Kind::Options:
            return options(world);
        case Parameter::Kind::Text:
            break;
        }
        static const std::vector<std::string> kTexts{"b0",          "s1",          "vd0",  "t0",
                                                     "/images/new", "write 0 64k", "new0", "e0"};
        return kTexts[pick(static_cast<unsigned>(kTexts.size()))];
    }

    Value options(const World &world)
    {
        switch (pick(4)) {
        case 0:
            return anyNode(world);
        case 1:
            return Value::List{Object{{"node-name", anyNode(world)}, {"driver", "qcow2"}, {"backing", Value()}}};
        case 2:
            return Object{{"driver", "file"}, {"filename", "/images/d0n1.qcow2"}};
        default:
            return Object{{"type", "unix"}, {"data", Object{{"path", "/nbd"}}}};
        }
    }

    /// A node between \a child and all above it.
    static void insertAbove(World &world, const std::string &name, const char *driver, NodeId child)
    {
        Node node;
        node.name = name;
        node.driver = driver;
        node.isReadOnly = world.node(child).isReadOnly;
        const NodeId id = addNode(world, node);
        for (EdgeId edge : std::vector<EdgeId>(world.node(child).parents))
            redirect(world, edge, id);
        attach(world, Parent::of(id), child, "file");
    }

    Pick m_pick;
};

/// What a World that was changed by any event must be.
[[nodiscard]] inline bool isLeftAsItWas(const World &before, const World &after, const Outcome &outcome)
{
    // Reading N6 off is about operations that are refused and have changed something all the same.
    const bool mayChange = outcome.kind == Outcome::Kind::Allowed || !before.is(Switch::AcquireFirst);
    return mayChange || before == after;
}

} // namespace blockscope::test
