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
using bench::medianRatio;

namespace {

constexpr std::size_t kQueries = 1U << 16;
constexpr std::size_t kRounds = 31;

using Queries = std::vector<std::uint32_t>;
using Records = std::vector<std::shared_ptr<const Holding>>;

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

/// Decides at each node; goal 11's yardstick reads 8 bytes there.
void decide(const Ledger &ledger, const Queries &queries)
{
    const Claim claim{{Action::ReadVisible, Action::ModifyMetadata}, {Action::ReadVisible, Action::ReadMetadata}};
    std::uint64_t allowed = 0;
    for (std::uint32_t node : queries)
        allowed += ledger.isAllowed(NodeId{node}, claim) ? 1U : 0U;
    sink = sink + allowed;
}

void readBare(const std::vector<std::uint64_t> &memory, const Queries &queries)
{
    std::uint64_t sum = 0;
    for (std::uint32_t node : queries)
        sum += memory[node];
    sink = sink + sum;
}

/// A job acquires each record, and then all release theirs. Records are moved: no counting of owners.
void acquireAndRelease(Ledger &ledger, Records &records)
{
    for (std::uint32_t id = 0; id < records.size(); ++id)
        ledger.acquire(Holder::of(UserId{id}), std::move(records[id]));
    for (std::uint32_t id = 0; id < records.size(); ++id)
        records[id] = ledger.release(Holder::of(UserId{id}));
}

/// In the same order two reads, changes and writes of 16 bytes at each node of each record, with nothing kept.
void changeBare(std::vector<std::array<std::uint64_t, 2>> &memory, const Records &records)
{
    for (std::uint64_t change : {std::uint64_t{1}, ~std::uint64_t{0}}) {
        for (const auto &record : records) {
            for (const NodeClaim &claim : record->claims) {
                for (std::uint64_t &word : memory[claim.node.value])
                    word += change;
            }
        }
    }
    sink = sink + memory.front().front();
}

Records randomRecords(std::uint32_t nodes, std::mt19937 &random)
{
    Records records;
    for (std::size_t request = 0; request < kQueries / 6; ++request) {
        Holding holding;
        for (int i = 0; i < 6; ++i)
            holding.claims.push_back(
                {NodeId{static_cast<std::uint32_t>(random() % nodes)}, "role", claimOf(random() % 1024)});
        records.push_back(std::make_shared<const Holding>(std::move(holding)));
    }
    return records;
}

void report(const char *what, std::uint32_t nodes, double ratio, double goal)
{
    std::printf("%-54s %8u nodes %6.2f (goal <= %.2f) %s\n", what, nodes, ratio, goal, ratio <= goal ? "PASS" : "MISS");
}

} // namespace

int main()
{
    for (std::uint32_t nodes : {10'000U, 100'000U, 1'000'000U}) {
        std::mt19937 random(nodes);
        Queries queries(kQueries);
        std::generate(queries.begin(), queries.end(), [&] { return static_cast<std::uint32_t>(random() % nodes); });
        const std::vector<std::uint64_t> memory(nodes, 1);
        Ledger few = ledgerWith(nodes, 10, random);
        Ledger many = ledgerWith(nodes, 100'000, random);
        const auto bareReads = [&] { readBare(memory, queries); };
        const auto decideFew = [&] { decide(few, queries); };
        const auto decideMany = [&] { decide(many, queries); };
        report("decision / bare 8-byte read, 10 jobs", nodes, medianRatio(kRounds, decideFew, bareReads), 2.5);
        report("decision / bare 8-byte read, 100,000 jobs", nodes, medianRatio(kRounds, decideMany, bareReads), 2.5);
        report("decision, 100,000 jobs / 10 jobs", nodes, medianRatio(kRounds, decideMany, decideFew), 1.2);

        Records records = randomRecords(nodes, random);
        std::vector<std::array<std::uint64_t, 2>> words(nodes);
        const auto bareChanges = [&] { changeBare(words, records); };
        const auto holdFew = [&] { acquireAndRelease(few, records); };
        const auto holdMany = [&] { acquireAndRelease(many, records); };
        report("acquire + release / bare changes, 10 jobs", nodes, medianRatio(kRounds, holdFew, bareChanges), 1.7);
        report("acquire + release / bare changes, 100,000 jobs", nodes, medianRatio(kRounds, holdMany, bareChanges),
               1.7);
    }
    return 0;
}
