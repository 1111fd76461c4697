// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

// The reader of captures: whatever the bytes, an error or a scenario that is
// saved without loss and whose jobs can be run to their end.

#include "engine/files/capture.h"
#include "engine/files/dot.h"
#include "engine/run/apply.h"
#include "tests/fuzz/check.h"

using namespace blockscope;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = QByteArray::fromRawData(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    auto scenario = readAny(text);
    if (!scenario) {
        fuzz::checkError(scenario.error());
        return 0;
    }
    fuzz::checkRoundTrip(*scenario);
    World &world = scenario->world;
    fuzz::require(!writeDot(world, scenario->title).empty(), "there is a DOT text");
    if (world.graph.nodeCount() > 40 || world.jobs.size() > 40)
        return 0;
    for (JobId job : world.liveJobs()) {
        apply(world, RunUntilControl{world.job(job).name, JobStatus::Null});
        fuzz::require(verify(world), "a job leaves the World whole");
    }
    return 0;
}
