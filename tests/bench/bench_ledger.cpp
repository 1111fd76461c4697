// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// Goals 11 and 12 of the budgets: a decision, and acquiring and releasing, cost about as much as touching the nodes'
// memory, whatever the number of running jobs. Ratios within one run, CPU time of this process.
#include "engine/access/ledger.h"
#include "tests/bench/measure.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <random>
#include <vector>

using namespace blockscope;
using bench::medianOf;

namespace {

constexpr std::size_t kQueries = 1U << 16;
constexpr std::size_t kRounds = 15;

Claim claimOf(unsigned bits)
{
    return {ActionSet::fromBits(bits & 31U), ActionSet::fromBits(bits >> 5U & 31U)};
}

Ledger ledgerWith(std::uint32_t nodes, std::uint32_t jobs, std::mt19937 &random)
{
    Ledger ledger;
    ledger.acquire(Holder::of(EdgeId{0}), 0, {{NodeId{nodes - 1}, "last", kNoClaim}});
    for (std::uint32_t job = 0; job < jobs; ++job) {
        std::vector<NodeClaim> claims;
        for (int i = 0; i < 6; ++i)
            claims.push_back({NodeId{static_cast<std::uint32_t>(random() % nodes)}, "role", claimOf(random() % 1024)});
        ledger.acquire(Holder::of(JobId{job}), job, std::move(claims));
    }
    return ledger;
}

volatile std::uint64_t sink = 0;

double decisionTime(const Ledger &ledger, const std::vector<std::uint32_t> &queries)
{
    const Claim claim{{Action::ReadVisible, Action::ModifyMetadata}, {Action::ReadVisible, Action::ReadMetadata}};
    return medianOf(kRounds, [&] {
        std::uint64_t allowed = 0;
        for (std::uint32_t node : queries)
            allowed += ledger.isAllowed(NodeId{node}, claim) ? 1U : 0U;
        sink = sink + allowed;
    });
}

double bareReadTime(const std::vector<std::uint64_t> &memory, const std::vector<std::uint32_t> &queries)
{
    return medianOf(kRounds, [&] {
        std::uint64_t sum = 0;
        for (std::uint32_t node : queries)
            sum += memory[node];
        sink = sink + sum;
    });
}

using Records = std::vector<std::shared_ptr<const Holding>>;

/// Time in which a job acquires each record, and then all release theirs. Records are moved: no counting of owners.
double holdingTime(Ledger &ledger, Records &records)
{
    return medianOf(kRounds, [&] {
        for (std::uint32_t id = 0; id < records.size(); ++id)
            ledger.acquire(Holder::of(UserId{id}), std::move(records[id]));
        for (std::uint32_t id = 0; id < records.size(); ++id)
            records[id] = ledger.release(Holder::of(UserId{id}));
    });
}

/// In the same order two reads, changes and writes of 16 bytes at each node of each record, with nothing kept.
double bareChangeTime(std::vector<std::array<std::uint64_t, 2>> &memory, const Records &records)
{
    return medianOf(kRounds, [&] {
        for (std::uint64_t change : {std::uint64_t{1}, ~std::uint64_t{0}}) {
            for (const auto &record : records) {
                for (const NodeClaim &claim : record->claims) {
                    for (std::uint64_t &word : memory[claim.node.value])
                        word += change;
                }
            }
        }
        sink = sink + memory.front().front();
    });
}

void report(const char *what, double ratio, double goal)
{
    std::printf("%-58s %6.2f (goal <= %.2f) %s\n", what, ratio, goal, ratio <= goal ? "PASS" : "MISS");
}

} // namespace

int main()
{
    for (std::uint32_t nodes : {10'000U, 100'000U, 1'000'000U}) {
        std::mt19937 random(nodes);
        std::vector<std::uint32_t> queries(kQueries);
        std::generate(queries.begin(), queries.end(), [&] { return static_cast<std::uint32_t>(random() % nodes); });
        const std::vector<std::uint64_t> memory(nodes, 1);
        const Ledger few = ledgerWith(nodes, 10, random);
        const Ledger many = ledgerWith(nodes, 100'000, random);
        Records records;
        for (std::size_t request = 0; request < kQueries / 6; ++request) {
            Holding holding;
            for (int i = 0; i < 6; ++i)
                holding.claims.push_back(
                    {NodeId{static_cast<std::uint32_t>(random() % nodes)}, "role", claimOf(random() % 1024)});
            records.push_back(std::make_shared<const Holding>(std::move(holding)));
        }
        std::vector<std::array<std::uint64_t, 2>> words(nodes);
        Ledger changingFew = few;
        Ledger changingMany = many;
        const double bareChange = bareChangeTime(words, records);
        const double holdingFew = holdingTime(changingFew, records);
        const double holdingMany = holdingTime(changingMany, records);
        const double bare = bareReadTime(memory, queries);
        const double withFew = decisionTime(few, queries);
        const double withMany = decisionTime(many, queries);
        char line[128];
        std::snprintf(line, sizeof line, "decision / bare 8-byte read, %u nodes, 10 jobs", nodes);
        report(line, withFew / bare, 2.5);
        std::snprintf(line, sizeof line, "decision / bare 8-byte read, %u nodes, 100,000 jobs", nodes);
        report(line, withMany / bare, 2.5);
        std::snprintf(line, sizeof line, "decision, 100,000 jobs / 10 jobs, %u nodes", nodes);
        report(line, withMany / withFew, 1.2);
        std::snprintf(line, sizeof line, "acquire + release / bare changes, %u nodes, 10 jobs", nodes);
        report(line, holdingFew / bareChange, 1.7);
        std::snprintf(line, sizeof line, "acquire + release / bare changes, %u nodes, 100,000 jobs", nodes);
        report(line, holdingMany / bareChange, 1.7);
    }
    return 0;
}
