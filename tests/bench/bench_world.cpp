// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// Budgets of a World: a copy of 10,000 nodes within a millisecond, a million events a second on ten nodes, and on 1,000
// nodes all that may be done to one within 5 ms. CPU time of this process; the copy is also held against a deep copy of
// the same nodes in the same run.
#include "engine/policies/policy.h"
#include "engine/run/answers.h"
#include "engine/run/apply.h"
#include "engine/text/offer.h"
#include "tests/bench/measure.h"
#include "tests/support/worlds.h"

#include <cstdio>
#include <vector>

using namespace blockscope;
using namespace blockscope::test;
using bench::medianOf;

namespace {

constexpr std::size_t kRounds = 15;
constexpr int kEvents = 100'000;

volatile std::size_t sink = 0;

void report(const char *what, double value, const char *relation, double goal)
{
    const bool isMet = relation[0] == '<' ? value <= goal : value >= goal;
    std::printf("%-66s %10.3f (goal %s %.3g) %s\n", what, value, relation, goal, isMet ? "PASS" : "MISS");
}

std::vector<Node> deepCopy(const World &world)
{
    std::vector<Node> nodes;
    nodes.reserve(world.graph.nodeCount());
    for (std::uint32_t id = 0; id < world.graph.nodeCount(); ++id)
        nodes.push_back(world.node(NodeId{id}));
    return nodes;
}

void benchCopy()
{
    const World world = diskWorld(1'000, 5); // five images and their files each: 10,000 nodes
    const double copy = medianOf(kRounds, [&] {
        const World other = world;
        sink = sink + other.data.size();
    });
    const double deep = medianOf(kRounds, [&] { sink = sink + deepCopy(world).size(); });
    const double copyAndStep = medianOf(kRounds, [&] {
        World other = world;
        static_cast<void>(apply(other, GuestWriteControl{"vd500", 3}));
        sink = sink + other.data.size();
    });
    report("copy of a World of 10,000 nodes, ms", copy * 1e3, "<=", 1);
    report("copy, then one guest write, ms", copyAndStep * 1e3, "<=", 1);
    report("copy / deep copy of the nodes alone", copy / deep, "<=", 1);
}

/// A hundred disks of five images and their files, half of each chain being committed.
World busyDisks()
{
    World world = diskWorld(100, 5);
    for (int disk = 0; disk < 100; ++disk) {
        const std::string name = "d" + std::to_string(disk);
        static_cast<void>(apply(world, QmpCommand{"block-commit",
                                                  {{"device", Value(name + "-4")},
                                                   {"top-node", Value(name + "-2")},
                                                   {"base-node", Value(name + "-0")},
                                                   {"job-id", Value("j" + name)}}}));
    }
    return world;
}

void benchOffers()
{
    World world = busyDisks();
    const NodeId node = *world.graph.findNode("d50-4");
    for (const Policy *policy : policies()) {
        static_cast<void>(apply(world, SetPolicyControl{std::string(policy->name)}));
        const double offers = medianOf(kRounds, [&] { sink = sink + offersOn(world, node).size(); });
        const std::string what = "what may I do here, 1,000 nodes, " + std::to_string(world.liveJobs().size()) +
                                 " jobs, " + std::string(policy->name) + ", ms";
        report(what.c_str(), offers * 1e3, "<=", 5);
    }
    const QmpCommand request{"block-commit", {{"device", Value(world.node(node).name)}}};
    const double answers = medianOf(kRounds, [&] { sink = sink + answersTo(world, request).size(); });
    report("answers of all policies to a block-commit there, ms", answers * 1e3, "<=", 5);
}

/// Ten nodes: a chain of four with their files, and a target with its file.
World tenNodes(std::uint32_t clusters)
{
    World world = chainWorld({"base", "mid1", "mid2", "top"}, "vda", clusters);
    addImage(world, "target", std::nullopt, false, clusters);
    return world;
}

/// Events a second, in millions, of single steps of one job that is started again whenever it has ended.
double stepsPerSecond(const char *command, const Object &arguments)
{
    const World start = tenNodes(kDefaultClusters);
    Object named = arguments;
    named["job-id"] = Value("j0");
    const double time = medianOf(kRounds, [&] {
        World world = start;
        for (int i = 0; i < kEvents; ++i) {
            if (apply(world, StepControl{"j0", 1}).kind != Outcome::Kind::Allowed) {
                world = start;
                static_cast<void>(apply(world, QmpCommand{command, named}));
            }
        }
        sink = sink + world.clock;
    });
    return kEvents / time / 1e6;
}

double guestWritesPerSecond()
{
    const World start = tenNodes(kDefaultClusters);
    const double time = medianOf(kRounds, [&] {
        World world = start;
        for (std::uint32_t i = 0; i < kEvents; ++i)
            static_cast<void>(apply(world, GuestWriteControl{"vda", i % kDefaultClusters}));
        sink = sink + world.clock;
    });
    return kEvents / time / 1e6;
}

} // namespace

int main()
{
    benchCopy();
    benchOffers();
    const Object copyArguments{{"device", "top"}, {"target", "target"}, {"sync", "full"}};
    report("commit: step events, million a second",
           stepsPerSecond("block-commit", {{"device", "top"}, {"top-node", "mid2"}, {"base-node", "base"}}), ">=", 1);
    report("stream: step events, million a second", stepsPerSecond("block-stream", {{"device", "top"}}), ">=", 1);
    report("mirror: step events, million a second", stepsPerSecond("blockdev-mirror", copyArguments), ">=", 1);
    report("backup: step events, million a second", stepsPerSecond("blockdev-backup", copyArguments), ">=", 1);
    report("guest writes, million a second", guestWritesPerSecond(), ">=", 1);
    return 0;
}
