// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// Plays a World and events that the bytes choose; after each the World is whole, a refused or invalid one changed
// nothing, and at the end it survives saving and loading and holds no claim of a job that was cancelled.
#include "tests/fuzz/check.h"
#include "tests/support/randomevents.h"

using namespace blockscope;
using namespace blockscope::test;

namespace {

constexpr int kMaximumEvents = 60;

class Bytes
{
public:
    Bytes(const std::uint8_t *data, std::size_t size) : m_data(data), m_left(size) {}

    [[nodiscard]] bool areLeft() const { return m_left > 0; }
    unsigned pick(unsigned count)
    {
        if (m_left == 0 || count < 2)
            return 0;
        --m_left;
        return *m_data++ % count;
    }

private:
    const std::uint8_t *m_data;
    std::size_t m_left;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Bytes bytes(data, size);
    RandomEvents events([&bytes](unsigned count) { return bytes.pick(count); });
    World world = events.world();
    for (int i = 0; i < kMaximumEvents && bytes.areLeft(); ++i) {
        const World before = world;
        const Outcome outcome = apply(world, events.event(world));
        fuzz::require(verify(world), "an event leaves the World whole");
        fuzz::require(isLeftAsItWas(before, world, outcome), "a refused or invalid event changes nothing");
    }
    Scenario scenario;
    scenario.world = world;
    fuzz::checkRoundTrip(scenario);
    apply(world, SetSwitchControl{Switch::GraphLock, false}); // a listed request may hold the jobs back
    for (JobId job : world.liveJobs())
        apply(world, QmpCommand{"job-cancel", {{"id", world.job(job).name}}});
    for (Holder holder : world.ledger.holders())
        fuzz::require(holder.kind != Holder::Kind::Job, "a cancelled job holds nothing");
    return 0;
}
