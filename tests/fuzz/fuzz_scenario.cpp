// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

// The reader of scenarios: whatever the bytes, an error or a whole scenario
// that is saved without loss, and whose events and jobs can be played.

#include "engine/run/apply.h"
#include "tests/fuzz/check.h"

using namespace blockscope;

namespace {

/// Large worlds with long jobs are right but slow, and find nothing that small ones do not.
constexpr std::size_t kMaximumPlayed = 40;
constexpr std::size_t kMaximumData = 1000;

bool isSmall(const World &world)
{
    std::size_t clusters = 0;
    for (const auto &data : world.data)
        clusters += data->size();
    return clusters <= kMaximumData && world.graph.nodeCount() <= kMaximumPlayed &&
           world.jobs.size() <= kMaximumPlayed && world.users.size() <= kMaximumPlayed;
}

void play(Scenario &scenario)
{
    World &world = scenario.world;
    if (!isSmall(world))
        return;
    std::size_t count = 0;
    for (const ScenarioEvent &event : scenario.events) {
        if (++count > kMaximumPlayed)
            break;
        const World before = world;
        if (apply(world, event.event).kind != Outcome::Kind::Allowed && before.is(Switch::AcquireFirst))
            fuzz::require(world == before, "a refused or invalid event changes nothing");
        fuzz::require(verify(world), "an event leaves the World whole");
    }
    for (JobId job : world.liveJobs()) {
        apply(world, RunUntilControl{world.job(job).name, JobStatus::Null});
        fuzz::require(verify(world), "a job leaves the World whole");
    }
    fuzz::checkRoundTrip(scenario);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = QByteArray::fromRawData(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    auto scenario = readScenario(text);
    if (!scenario) {
        fuzz::checkError(scenario.error());
        return 0;
    }
    fuzz::checkRoundTrip(*scenario);
    play(*scenario);
    return 0;
}
