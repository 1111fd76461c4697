// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/eventjson.h"
#include "engine/files/jsonwriter.h"
#include "engine/files/scenario.h"
#include "engine/graph/walk.h"
#include "engine/run/apply.h"
#include "tests/support/randomevents.h"

#include <QTest>

#include <algorithm>
#include <random>
#include <rapidcheck.h>

using namespace blockscope;
using namespace blockscope::test;

namespace {

constexpr int kEvents = 40;

/// RapidCheck's numbers: a failing history is made as short as it can be.
auto randomEvents()
{
    return RandomEvents([](unsigned count) { return *rc::gen::inRange(0U, std::max(count, 1U)); });
}

/// The two sentences of the RFC, one holder and one claim at a time.
bool isNaivelyAllowed(const Ledger &ledger, const Plan &plan)
{
    std::vector<NodeClaim> asked = plan.claims;
    asked.insert(asked.end(), plan.standing.begin(), plan.standing.end());
    for (Holder holder : ledger.holders()) {
        if (std::find(plan.replaces.begin(), plan.replaces.end(), holder) != plan.replaces.end())
            continue;
        for (const NodeClaim &held : ledger.holding(holder)->claims) {
            for (const NodeClaim &claim : asked) {
                if (claim.node == held.node && (!(claim.claim.require - held.claim.allow).isEmpty() ||
                                                !(held.claim.require - claim.claim.allow).isEmpty()))
                    return false;
            }
        }
    }
    return true;
}

bool isAcyclic(const World &world)
{
    for (EdgeId id : world.graph.edges()) {
        const Edge &edge = world.graph.edge(id);
        if (edge.parent.isNode() && isReachable(world.graph, edge.child, edge.parent.node()))
            return false;
    }
    return true;
}

} // namespace

/// Random graphs and event sequences.
class TestProperties : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyWorldVerifiesAndRefusalsChangeNothing();
    void theSameEventsGiveTheSameWorld();
    void savingAndLoadingIsTheIdentity();
    void aDecisionIsTheRulesOfTheRfc();
    void aMillionEventsLeaveTheWorldWhole();
    void endedJobsHoldNothing();
};

void TestProperties::everyWorldVerifiesAndRefusalsChangeNothing()
{
    QVERIFY(rc::check("after every event", [] {
        auto random = randomEvents();
        World world = random.world();
        for (int i = 0; i < kEvents; ++i) {
            const Event event = random.event(world);
            const World before = world;
            const Outcome outcome = apply(world, event);
            RC_ASSERT(verify(world));
            RC_ASSERT(isAcyclic(world));
            RC_ASSERT((outcome.kind == Outcome::Kind::Refused) == !outcome.verdict.isAllowed());
            RC_ASSERT((outcome.kind == Outcome::Kind::Invalid) == outcome.error.has_value());
            RC_ASSERT(isLeftAsItWas(before, world, outcome));
        }
    }));
}

void TestProperties::savingAndLoadingIsTheIdentity()
{
    QVERIFY(rc::check("what is saved is loaded", [] {
        auto random = randomEvents();
        Scenario scenario;
        scenario.world = random.world();
        for (int i = 0; i < kEvents; ++i)
            (void)apply(scenario.world, random.event(scenario.world));
        const auto loaded = readScenario(writeScenario(scenario));
        if (!loaded)
            RC_FAIL(loaded.error().where + ": " + loaded.error().what);
        RC_ASSERT(*loaded == scenario);
    }));
}

void TestProperties::aDecisionIsTheRulesOfTheRfc()
{
    QVERIFY(rc::check("the verdict is the naive one", [] {
        auto random = randomEvents();
        World world = random.world();
        for (int i = 0; i < kEvents; ++i) {
            const QmpCommand request = random.request(world);
            const auto decision = decide(world, request, "nac");
            // A transaction's members are judged one after the other, and a locked graph refuses by itself.
            const bool isPlain = decision && decision->plan.members.empty() && !world.isGraphLocked();
            // Image locks are looked at last, and only when the rules allow it.
            const bool isAllowed =
                decision && (decision->verdict.isAllowed() || decision->verdict.reasons.front().code == "IMAGE-LOCK");
            if (isPlain && world.is(Switch::EmptyAllowsAll) && world.is(Switch::BothRules))
                RC_ASSERT(isAllowed == isNaivelyAllowed(world.ledger, decision->plan));
            (void)apply(world, random.event(world));
        }
    }));
}

void TestProperties::theSameEventsGiveTheSameWorld()
{
    QVERIFY(rc::check("replay", [] {
        auto random = randomEvents();
        const World start = random.world();
        World world = start;
        std::vector<Event> events;
        for (int i = 0; i < kEvents; ++i) {
            events.push_back(random.event(world));
            (void)apply(world, events.back());
        }
        World replayed = start;
        for (const Event &event : events)
            (void)apply(replayed, event);
        RC_ASSERT(replayed == world);
    }));
}

void TestProperties::endedJobsHoldNothing()
{
    QVERIFY(rc::check("when all jobs are cancelled", [] {
        auto random = randomEvents();
        World world = random.world();
        for (int i = 0; i < kEvents; ++i)
            (void)apply(world, random.event(world));
        (void)apply(world, SetSwitchControl{Switch::GraphLock, false}); // a listed request may hold the jobs back
        for (JobId job : world.liveJobs())
            (void)apply(world, QmpCommand{"job-cancel", {{"id", world.job(job).name}}});
        for (Holder holder : world.ledger.holders())
            RC_ASSERT(holder.kind != Holder::Kind::Job);
    }));
}

/// Many histories with a generator of our own; BLOCKSCOPE_EVENTS says how many events in all (a million in
/// `tests/run --full`, under the sanitizers).
void TestProperties::aMillionEventsLeaveTheWorldWhole()
{
    const int wanted = qEnvironmentVariableIntValue("BLOCKSCOPE_EVENTS");
    const int total = wanted > 0 ? wanted : 20'000;
    std::mt19937 generator(20151216);
    RandomEvents random([&generator](unsigned count) { return generator() % std::max(count, 1U); });
    int allowed = 0;
    for (int done = 0; done < total;) {
        World world = random.world();
        for (int i = 0; i < 10 * kEvents && done < total; ++i, ++done) {
            const World before = world;
            const Event event = random.event(world);
            const Outcome outcome = apply(world, event);
            allowed += outcome.kind == Outcome::Kind::Allowed ? 1 : 0;
            if (!verify(world) || !isLeftAsItWas(before, world, outcome)) {
                const std::string text = writeJsonLine(writeEvent(event));
                QFAIL(
                    qPrintable(QStringLiteral("Event %1 of its history: %2").arg(i).arg(QString::fromStdString(text))));
            }
        }
    }
    QVERIFY2(allowed > total / 10, qPrintable(QString::number(allowed)));
}

QTEST_GUILESS_MAIN(TestProperties)
#include "tst_properties.moc"
