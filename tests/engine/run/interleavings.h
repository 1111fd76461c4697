// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Tries every order in which jobs step and a guest writes, on a small World, and reports what broke first. A naive
/// search (depth first, Worlds seen are not tried again) for tests; the explorer of the program is another one.

#include "engine/files/eventjson.h"
#include "engine/files/jsonwriter.h"
#include "engine/files/worldwriter.h"
#include "engine/run/apply.h"

#include <set>
#include <string>
#include <vector>

namespace blockscope::test {

struct Interleavings
{
    std::vector<Event> requests = {}; ///< started in this order, each at any moment
    std::uint32_t guestWrites = 1;    ///< how many the guest may make, to any cluster
    std::string guest = "vda";
    std::uint32_t clusters = 2;

    std::size_t states = 0;
    std::vector<Finding> findings = {}; ///< of the first World that has any
    std::vector<Event> trace = {};      ///< that led there
    std::set<std::string> seen = {};

    /// True when no World that can be reached has a finding.
    bool areClean(const World &start)
    {
        seen.clear();
        states = 0;
        findings.clear();
        trace.clear();
        return explore(start, 0, guestWrites);
    }

    bool explore(const World &world, std::size_t next, std::uint32_t writes)
    {
        if (!world.findings->empty()) {
            findings = *world.findings;
            return false;
        }
        if (!seen.insert(withoutTimes(writeJson(writeWorld(world))) + std::to_string(next * 100 + writes)).second)
            return true;
        ++states;
        if (next < requests.size() && !tryEvent(world, requests[next], next + 1, writes))
            return false;
        for (JobId id : world.liveJobs()) {
            const Job &job = world.job(id);
            if (canStep(job) && !tryEvent(world, StepControl{job.name, 1}, next, writes))
                return false;
            if (job.status == JobStatus::Ready && !job.wantsPivot &&
                !tryEvent(world, QmpCommand{"job-complete", {{"id", job.name}}}, next, writes))
                return false;
        }
        for (std::uint32_t index = 0; writes > 0 && index < clusters; ++index) {
            if (!tryEvent(world, GuestWriteControl{guest, index}, next, writes - 1))
                return false;
        }
        return true;
    }

    /// Orders that lead to the same but for the time are the same (as long as the guest writes once at most).
    static std::string withoutTimes(const std::string &text)
    {
        std::string plain;
        const auto skipDigits = [&](std::size_t at) {
            while (at < text.size() && (text[at] == ' ' || (text[at] >= '0' && text[at] <= '9')))
                ++at;
            return at;
        };
        for (std::size_t at = 0; at < text.size();) {
            const bool isTime = text[at] == '@' || text.compare(at, 8, "\"since\":") == 0 ||
                                text.compare(at, 8, "\"clock\":") == 0 || text.compare(at, 4, "-at\"") == 0;
            if (isTime)
                at = skipDigits(text.find_first_of("@:", at) + 1);
            else
                plain += text[at++];
        }
        return plain;
    }

    bool tryEvent(const World &world, const Event &event, std::size_t next, std::uint32_t writes)
    {
        World after = world;
        if (apply(after, event).kind != Outcome::Kind::Allowed)
            return true;
        trace.push_back(event);
        if (!explore(after, next, writes))
            return false;
        trace.pop_back();
        return true;
    }
};

} // namespace blockscope::test
