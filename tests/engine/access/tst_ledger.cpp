// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/access/ledger.h"

#include <QTest>

#include <map>
#include <random>

using namespace blockscope;

namespace {

/// The RFC's two sentences for one action, written out ("An operation is prohibited if: ...").
bool isProhibited(bool require, bool allow, const std::vector<std::pair<bool, bool>> &held)
{
    bool andOfAllow = true; // reading N1: the AND of nothing is true
    bool orOfRequire = false;
    for (const auto &[heldRequire, heldAllow] : held) {
        andOfAllow = andOfAllow && heldAllow;
        orOfRequire = orOfRequire || heldRequire;
    }
    return (require && !andOfAllow) || (!allow && orOfRequire);
}

bool isProhibited(Claim asked, const std::vector<Claim> &held)
{
    for (Action action : kActions) {
        std::vector<std::pair<bool, bool>> flags;
        for (const Claim &claim : held)
            flags.emplace_back(claim.require.contains(action), claim.allow.contains(action));
        if (isProhibited(asked.require.contains(action), asked.allow.contains(action), flags))
            return true;
    }
    return false;
}

Claim claimOf(unsigned bits)
{
    return {ActionSet::fromBits(bits & 31U), ActionSet::fromBits(bits >> 5U & 31U)};
}

std::vector<NodeClaim> on(NodeId node, Claim claim)
{
    return {{node, "role", claim}};
}

} // namespace

class TestLedger : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingHeldAllowsEverything();
    void everyPairAgreesWithTheRfc();
    void manyHoldersAgreeWithTheRfc();
    void conflictsNameEveryClash();
    void conflictsAreEmptyExactlyWhenAllowed();
    void releaseGivesBackWhatWasHeld();
    void exceptedHoldersDoNotStandInTheWay();
    void countsFollowTheHolders();
    void releaseGivesTheRecordBack();
    void aCrowdCountsAsOneDoes_data();
    void aCrowdCountsAsOneDoes();
    void aHundredThousandHoldersOfOneNode();
};

void TestLedger::nothingHeldAllowsEverything()
{
    const Ledger ledger;
    for (unsigned bits = 0; bits < 1024; ++bits)
        QVERIFY(ledger.isAllowed(NodeId{7}, claimOf(bits)));
}

void TestLedger::everyPairAgreesWithTheRfc()
{
    const NodeId node{3};
    for (unsigned heldBits = 0; heldBits < 1024; ++heldBits) {
        Ledger ledger;
        ledger.acquire(Holder::of(JobId{0}), 1, on(node, claimOf(heldBits)));
        for (unsigned askedBits = 0; askedBits < 1024; ++askedBits) {
            const bool prohibited = isProhibited(claimOf(askedBits), {claimOf(heldBits)});
            if (ledger.isAllowed(node, claimOf(askedBits)) == prohibited)
                QFAIL(qPrintable(QStringLiteral("held %1, asked %2").arg(heldBits).arg(askedBits)));
        }
    }
}

void TestLedger::manyHoldersAgreeWithTheRfc()
{
    std::mt19937 random(20151216);
    constexpr std::uint32_t kNodes = 5;
    Ledger ledger;
    std::map<std::uint32_t, std::vector<NodeClaim>> held;
    for (std::uint32_t turn = 0; turn < 20000; ++turn) {
        if (random() % 3 == 0 && !held.empty()) {
            const auto gone = std::next(held.begin(), static_cast<std::ptrdiff_t>(random() % held.size()));
            ledger.release(Holder::of(JobId{gone->first}));
            held.erase(gone);
        } else if (held.size() < 40) {
            std::vector<NodeClaim> claims;
            for (unsigned i = random() % 4; i > 0; --i)
                claims.push_back(
                    {NodeId{static_cast<std::uint32_t>(random() % kNodes)}, "role", claimOf(random() % 1024)});
            ledger.acquire(Holder::of(JobId{turn}), turn, claims);
            held[turn] = claims;
        }
        const NodeId node{static_cast<std::uint32_t>(random() % kNodes)};
        const Claim asked = claimOf(random() % 1024);
        std::vector<Claim> onNode;
        for (const auto &[id, claims] : held) {
            for (const NodeClaim &claim : claims) {
                if (claim.node == node)
                    onNode.push_back(claim.claim);
            }
        }
        QCOMPARE(ledger.isAllowed(node, asked), !isProhibited(asked, onNode));
    }
    QVERIFY(ledger.verify());
}

void TestLedger::conflictsNameEveryClash()
{
    using enum Action;
    Ledger ledger;
    const NodeId mid{1};
    ledger.acquire(Holder::of(JobId{0}), 12, on(mid, {{ReadMetadata, ModifyVisible}, {ReadMetadata}}));
    ledger.acquire(Holder::of(UserId{2}), 5, on(mid, {{ReadVisible}, {ReadVisible, ReadMetadata}}));
    // Asks to read, allows no modification.
    const auto conflicts = ledger.conflicts(on(mid, {{ReadVisible}, {ReadVisible, ReadMetadata}}));
    QCOMPARE(conflicts.size(), std::size_t{2});
    QCOMPARE(conflicts[0].action, ModifyVisible);
    QCOMPARE(conflicts[0].rule, NacRule::R2);
    QVERIFY(conflicts[0].holder == Holder::of(JobId{0}));
    QCOMPARE(conflicts[0].since, Tick{12});
    QCOMPARE(conflicts[1].action, ReadVisible);
    QCOMPARE(conflicts[1].rule, NacRule::R1);
    QVERIFY(conflicts[1].holder == Holder::of(JobId{0}));
}

void TestLedger::conflictsAreEmptyExactlyWhenAllowed()
{
    std::mt19937 random(1);
    Ledger ledger;
    for (std::uint32_t id = 0; id < 6; ++id)
        ledger.acquire(Holder::of(EdgeId{id}), id, on(NodeId{id % 3}, claimOf(random() % 1024)));
    for (int turn = 0; turn < 5000; ++turn) {
        const std::vector<NodeClaim> request{
            {NodeId{0}, "a", claimOf(random() % 1024)},
            {NodeId{static_cast<std::uint32_t>(random() % 4)}, "b", claimOf(random() % 1024)}};
        QCOMPARE(ledger.conflicts(request).empty(), ledger.isAllowed(request));
    }
}

void TestLedger::releaseGivesBackWhatWasHeld()
{
    Ledger ledger;
    ledger.acquire(Holder::of(JobId{0}), 1, on(NodeId{0}, {kAllActions, {}}));
    QVERIFY(!ledger.isAllowed(NodeId{0}, {{Action::ReadVisible}, kAllActions}));
    ledger.release(Holder::of(JobId{0}));
    QVERIFY(ledger.isAllowed(NodeId{0}, {kAllActions, {}}));
    QVERIFY(ledger.holders().empty());
    QVERIFY(ledger.verify());
    ledger.release(Holder::of(JobId{0})); // harmless: every way out of a job may call it
    QVERIFY(ledger.verify());
}

void TestLedger::exceptedHoldersDoNotStandInTheWay()
{
    Ledger ledger;
    ledger.acquire(Holder::of(EdgeId{4}), 1, on(NodeId{0}, {{Action::ReadVisible}, {Action::ReadVisible}}));
    ledger.acquire(Holder::of(EdgeId{5}), 1, on(NodeId{0}, {{}, kAllActions}));
    const auto write = on(NodeId{0}, {{Action::ModifyVisible}, {Action::ReadVisible}});
    const std::vector<Holder> except{Holder::of(EdgeId{4})};
    QVERIFY(!ledger.isAllowed(write));
    QVERIFY(ledger.isAllowed(write, except));
    QVERIFY(ledger.conflicts(write, except).empty());

    // Named twice is left out once: another holder with the same claim still objects.
    ledger.acquire(Holder::of(EdgeId{6}), 1, on(NodeId{0}, {{Action::ReadVisible}, {Action::ReadVisible}}));
    const std::vector<Holder> twice{Holder::of(EdgeId{4}), Holder::of(EdgeId{4})};
    QVERIFY(!ledger.isAllowed(write, twice));
    QVERIFY(!ledger.conflicts(write, twice).empty());
}

void TestLedger::countsFollowTheHolders()
{
    Ledger ledger;
    for (std::uint32_t id = 0; id < 3; ++id)
        ledger.acquire(Holder::of(JobId{id}), 0, on(NodeId{9}, {{Action::ReadMetadata}, {Action::ReadMetadata}}));
    auto counts = ledger.counts(NodeId{9});
    QCOMPARE(counts.require[4], 3U);
    QCOMPARE(counts.deny[0], 3U);
    QCOMPARE(counts.deny[4], 0U);
    QVERIFY(ledger.hasClaims(NodeId{9}));
    ledger.release(Holder::of(JobId{1}));
    counts = ledger.counts(NodeId{9});
    QCOMPARE(counts.require[4], 2U);
    ledger.release(Holder::of(JobId{0}));
    ledger.release(Holder::of(JobId{2}));
    QVERIFY(!ledger.hasClaims(NodeId{9}));
    QVERIFY(!ledger.hasClaims(NodeId{1000}));
}

void TestLedger::releaseGivesTheRecordBack()
{
    Ledger ledger;
    const auto claims = on(NodeId{9}, {{Action::ReadMetadata}, {Action::ReadMetadata}});
    ledger.acquire(Holder::of(JobId{4}), 7, claims);
    const auto record = ledger.release(Holder::of(JobId{4}));
    QVERIFY(record);
    QCOMPARE(record->since, Tick{7});
    QVERIFY(record->claims == claims);
    QVERIFY(!ledger.release(Holder::of(JobId{4})));
    QVERIFY(!ledger.release(Holder::of(JobId{4000})));
}

void TestLedger::aCrowdCountsAsOneDoes_data()
{
    QTest::addColumn<Claim>("claim");
    QTest::newRow("requires one") << Claim{{Action::ModifyVisible}, kAllActions};
    QTest::newRow("denies the last") << Claim{{}, kAllActions - ActionSet{Action::ReadMetadata}};
    QTest::newRow("requires and denies all") << Claim{kAllActions, {}};
    QTest::newRow("quiet") << kNoClaim;
}

/// More than fit into a node's lanes come and go, one by one; a neighbour of another kind does not notice.
void TestLedger::aCrowdCountsAsOneDoes()
{
    QFETCH(Claim, claim);
    constexpr std::uint32_t kCrowd = 200;
    const Claim neighbour{{Action::GraphReconfiguration}, {Action::ReadVisible}};
    Ledger alone;
    alone.acquire(Holder::of(EdgeId{0}), 0, on(NodeId{3}, claim));
    alone.acquire(Holder::of(UserId{0}), 0, on(NodeId{3}, neighbour));
    const auto expected = alone.masks(NodeId{3});
    Ledger ledger;
    ledger.acquire(Holder::of(UserId{0}), 0, on(NodeId{3}, neighbour));
    for (std::uint32_t id = 0; id < kCrowd; ++id) {
        ledger.acquire(Holder::of(EdgeId{id}), 0, on(NodeId{3}, claim));
        QCOMPARE(ledger.masks(NodeId{3}), expected);
        QVERIFY(ledger.verify());
    }
    const auto counts = ledger.counts(NodeId{3});
    QCOMPARE(counts.quiet, claim == kNoClaim ? kCrowd : 0U);
    QCOMPARE(counts.require[0], claim.require.contains(Action::ModifyVisible) ? kCrowd : 0U);
    QCOMPARE(counts.deny[4], claim.allow.contains(Action::ReadMetadata) ? 1U : kCrowd + 1);
    for (std::uint32_t id = 0; id < kCrowd; ++id) {
        QCOMPARE(ledger.masks(NodeId{3}), expected);
        ledger.release(Holder::of(EdgeId{id}));
        QVERIFY(ledger.verify());
    }
    QVERIFY(ledger.hasClaims(NodeId{3}));
    ledger.release(Holder::of(UserId{0}));
    QVERIFY(!ledger.hasClaims(NodeId{3}));
}

void TestLedger::aHundredThousandHoldersOfOneNode()
{
    Ledger ledger;
    for (std::uint32_t id = 0; id < 100000; ++id)
        ledger.acquire(Holder::of(JobId{id}), 0, on(NodeId{0}, {kAllActions, {}}));
    QCOMPARE(ledger.counts(NodeId{0}).require[0], 100000U);
    QCOMPARE(ledger.counts(NodeId{0}).deny[4], 100000U);
    for (std::uint32_t id = 0; id < 100000; ++id)
        ledger.release(Holder::of(JobId{id}));
    QVERIFY(ledger.isAllowed(NodeId{0}, {kAllActions, {}}));
    QVERIFY(ledger.verify());
}

QTEST_GUILESS_MAIN(TestLedger)
#include "tst_ledger.moc"
