// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/world/contract.h"
#include "tests/engine/run/interleavings.h"
#include "tests/support/worlds.h"

#include <QTest>

#include <algorithm>

using namespace blockscope;
using namespace blockscope::test;
using namespace Qt::StringLiterals;

namespace {

using Events = std::vector<Event>;

QmpCommand commit(const char *top, const char *base, const char *device = "top")
{
    return {"block-commit", {{"device", device}, {"top-node", top}, {"base-node", base}}};
}

QmpCommand copy(const char *command, const char *source, const char *target)
{
    return {command, {{"device", source}, {"target", target}, {"sync", "full"}}};
}

/// A chain with a guest, and two more images; bit i * clusters + c of \a pattern says whether image i holds cluster c.
World chain(int length, std::uint32_t clusters, unsigned pattern)
{
    static const std::vector<std::string> kNames{"base", "mid", "upper", "top"};
    std::vector<std::string> names(kNames.begin(), kNames.begin() + length - 1);
    names.emplace_back("top");
    World world = chainWorld(names, {}, clusters);
    for (std::size_t i = 0; i < names.size(); ++i) {
        const NodeId node = *world.graph.findNode(names[i]);
        BlockData &data = world.data[node.value].edit();
        for (std::uint32_t c = 0; c < clusters; ++c) {
            const Stamp stamp{Stamp::Kind::Image, node.value, 0};
            data[c] =
                (pattern >> (i * clusters + c) & 1U) != 0 ? Cluster{Cluster::State::Data, stamp, stamp} : Cluster();
        }
    }
    addImage(world, "target", std::nullopt, false, clusters);
    const NodeId overlay = addImage(world, "overlay", std::nullopt, false, clusters);
    world.data[overlay.value].edit().assign(clusters, Cluster());
    User guest;
    guest.name = "vda";
    addUser(world, guest, *world.graph.findNode("top"));
    return world;
}

QString describe(const Interleavings &search)
{
    QString text;
    for (const Finding &finding : search.findings)
        text += QString::fromLatin1(findingName(finding.kind).data()) + u" at tick "_s +
                QString::number(finding.since) + u" on node "_s + QString::number(finding.node.value) + u"; "_s;
    for (const Event &event : search.trace)
        text += u'\n' + QString::fromStdString(writeJson(writeEvent(event)));
    return text;
}

bool hasFinding(const Interleavings &search, const QString &kind)
{
    return std::any_of(search.findings.begin(), search.findings.end(), [&](const Finding &finding) {
        return kind == QString::fromLatin1(findingName(finding.kind).data());
    });
}

} // namespace

/// The invariants of explore.md: what is right breaks none of them, and the mistakes listed there break one.
class TestInvariants : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneOperationAndAGuestAreClean_data();
    void oneOperationAndAGuestAreClean();
    void twoDisksAreClean_data();
    void twoDisksAreClean();
    void seededMistakesAreFound_data();
    void seededMistakesAreFound();
    void aDroppedFileInAHeaderIsFound();
    void aReaderThatComesLateIsToldThatItsDataIsTorn();
    void aFindingIsEnteredOnce();
    void aHeaderThatWasChosenIsNobodysFault();
};

void TestInvariants::oneOperationAndAGuestAreClean_data()
{
    QTest::addColumn<Events>("requests");
    QTest::newRow("commit mid to base") << Events{commit("mid", "base")};
    QTest::newRow("active commit to base") << Events{commit("top", "base")};
    QTest::newRow("active commit to mid") << Events{commit("top", "mid")};
    QTest::newRow("stream the whole chain") << Events{QmpCommand{"block-stream", {{"device", "top"}}}};
    QTest::newRow("stream to base") << Events{QmpCommand{"block-stream", {{"device", "top"}, {"base-node", "base"}}}};
    QTest::newRow("stream into mid") << Events{QmpCommand{"block-stream", {{"device", "mid"}}}};
    QTest::newRow("mirror") << Events{copy("blockdev-mirror", "top", "target")};
    QTest::newRow("backup top") << Events{copy("blockdev-backup", "top", "target")};
    QTest::newRow("backup mid") << Events{copy("blockdev-backup", "mid", "target")};
    QTest::newRow("backup base") << Events{copy("blockdev-backup", "base", "target")};
    QTest::newRow("snapshot") << Events{QmpCommand{"blockdev-snapshot", {{"node", "top"}, {"overlay", "overlay"}}}};
    QTest::newRow("same backing file") << Events{QmpCommand{
        "change-backing-file", {{"device", "top"}, {"image-node-name", "top"}, {"backing-file", "/images/mid.qcow2"}}}};
}

void TestInvariants::oneOperationAndAGuestAreClean()
{
    QFETCH(Events, requests);
    for (unsigned pattern = 0; pattern < 8; ++pattern) {
        Interleavings search{.requests = requests, .guestWrites = 1, .clusters = 1};
        QVERIFY2(search.areClean(chain(3, 1, pattern)), qPrintable(describe(search)));
        QVERIFY(search.states > 2);
    }
    for (unsigned pattern : {0x3fU, 0x26U}) {
        Interleavings search{.requests = requests, .guestWrites = 1, .clusters = 2};
        QVERIFY2(search.areClean(chain(3, 2, pattern)), qPrintable(describe(search)));
    }
}

void TestInvariants::twoDisksAreClean_data()
{
    QTest::addColumn<Events>("requests");
    const std::vector<std::pair<const char *, QmpCommand>> first{
        {"commit", {"block-commit", {{"device", "d0-2"}, {"top-node", "d0-1"}, {"base-node", "d0-0"}}}},
        {"active commit", {"block-commit", {{"device", "d0-2"}, {"top-node", "d0-2"}, {"base-node", "d0-0"}}}},
        {"stream", {"block-stream", {{"device", "d0-2"}}}},
        {"snapshot", {"blockdev-snapshot", {{"node", "d0-2"}, {"overlay", "overlay"}}}}};
    const std::vector<std::pair<const char *, QmpCommand>> second{
        {"commit", {"block-commit", {{"device", "d1-2"}, {"top-node", "d1-1"}, {"base-node", "d1-0"}}}},
        {"stream", {"block-stream", {{"device", "d1-2"}}}},
        {"mirror", copy("blockdev-mirror", "d1-2", "target")},
        {"backup", copy("blockdev-backup", "d1-2", "target")}};
    for (const auto &[a, one] : first) {
        for (const auto &[b, other] : second)
            QTest::addRow("%s beside %s", a, b) << Events{one, other};
    }
}

void TestInvariants::twoDisksAreClean()
{
    QFETCH(Events, requests);
    World world = diskWorld(2, 3, 1);
    addImage(world, "target", std::nullopt, false, 1);
    const NodeId overlay = addImage(world, "overlay", std::nullopt, false, 1);
    world.data[overlay.value].edit().assign(1, Cluster());
    Interleavings search{.requests = requests, .guestWrites = 1, .guest = "vd0", .clusters = 1};
    QVERIFY2(search.areClean(world), qPrintable(describe(search)));
    QVERIFY(search.states > 10);
}

void TestInvariants::seededMistakesAreFound_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<Events>("requests");
    QTest::addColumn<int>("length");
    QTest::addColumn<QString>("finding");
    const Events mirror{copy("blockdev-mirror", "top", "target")};
    const Events backup{copy("blockdev-backup", "top", "target")};
    const Events stream{QmpCommand{"block-stream", {{"device", "top"}}}};
    const Events lower{commit("mid", "base")};
    const Events snapshot{QmpCommand{"blockdev-snapshot", {{"node", "top"}, {"overlay", "overlay"}}}};
    const auto row = [](const char *fault, const Events &requests, int length, const char *finding) {
        QTest::addRow("%s", fault) << QString::fromLatin1(fault) << requests << length << QString::fromLatin1(finding);
    };
    row("fault-no-dirty-bit", mirror, 3, "mirror-differs");
    row("fault-dirty-bit-cleared-late", mirror, 3, "mirror-differs");
    row("fault-no-copy-before-write", backup, 3, "backup-differs");
    row("fault-copy-after-write", backup, 3, "backup-differs");
    row("fault-unlocked-copy-on-read", stream, 3, "lost-write");
    row("fault-base-not-reopened", lower, 3, "write-read-only");
    row("fault-header-forgotten", lower, 3, "stale-header");
    row("fault-one-cluster-short", lower, 3, "guest-data-changed");
    row("fault-parents-not-moved", snapshot, 3, "write-read-only");
    row("fault-lower-mids-ignored", Events{commit("upper", "base")}, 4, "guest-data-changed");
    row("fault-guest-not-moved", mirror, 3, "guest-left-behind");
    // Changes nothing that anybody reads: no invariant can tell it from what is right (explore.md calls it equivalent).
    row("fault-read-only-not-restored", lower, 3, "");
}

void TestInvariants::seededMistakesAreFound()
{
    QFETCH(QString, fault);
    QFETCH(Events, requests);
    QFETCH(int, length);
    QFETCH(QString, finding);
    const auto which = switchFromName(fault.toStdString());
    QVERIFY(which && isFault(*which));
    bool isFound = false;
    QString seen;
    for (unsigned pattern = 0; pattern < (1U << static_cast<unsigned>(length)); ++pattern) {
        World world = chain(length, 1, pattern);
        QCOMPARE(int(apply(world, SetSwitchControl{*which, true}).kind), int(Outcome::Kind::Allowed));
        Interleavings search{.requests = requests, .guestWrites = 1, .clusters = 1};
        if (search.areClean(world))
            continue;
        isFound = isFound || hasFinding(search, finding);
        seen = describe(search);
    }
    QVERIFY2(isFound == !finding.isEmpty(), qPrintable(seen));
    QVERIFY2(!finding.isEmpty() || seen.isEmpty(), qPrintable(seen));
}

/// explore.md 7.4: right while it runs, broken after a restart. NAC refuses it, so the snapshot forgets its claims.
void TestInvariants::aDroppedFileInAHeaderIsFound()
{
    World world = chain(3, 1, 7);
    QmpCommand mirror = copy("blockdev-mirror", "top", "target");
    mirror.arguments["job-id"] = "m";
    QVERIFY(apply(world, mirror).kind == Outcome::Kind::Allowed);
    const QmpCommand snapshot{"blockdev-snapshot", {{"node", "top"}, {"overlay", "overlay"}}, {"old"}};
    QVERIFY(apply(world, snapshot).kind == Outcome::Kind::Allowed);
    QVERIFY(apply(world, RunUntilControl{"m", JobStatus::Ready}).kind == Outcome::Kind::Allowed);
    QVERIFY(world.findings->empty());
    QVERIFY(apply(world, QmpCommand{"job-complete", {{"id", "m"}}}).kind == Outcome::Kind::Allowed);
    QVERIFY(apply(world, RunUntilControl{"m", JobStatus::Null}).kind == Outcome::Kind::Allowed);
    QCOMPARE(world.findings->size(), 1U);
    QVERIFY(world.findings->front().kind == Finding::Kind::StaleHeader);
    QVERIFY(world.findings->front().node == world.graph.findNode("top"));
    QVERIFY(verify(world));
}

void TestInvariants::aReaderThatComesLateIsToldThatItsDataIsTorn()
{
    World world = chain(3, 2, 0x3f);
    QmpCommand request = commit("mid", "base");
    request.arguments["job-id"] = "c";
    QVERIFY(apply(world, request).kind == Outcome::Kind::Allowed);
    QVERIFY(apply(world, StepControl{"c", 2}).kind == Outcome::Kind::Allowed);
    QVERIFY(world.findings->empty());
    User reader;
    reader.name = "export0";
    reader.kind = User::Kind::Export;
    reader.isWritable = false;
    addUser(world, reader, *world.graph.findNode("base"));
    QVERIFY(apply(world, StepControl{"c", 1}).kind == Outcome::Kind::Allowed);
    QCOMPARE(world.findings->size(), 1U);
    const Finding &finding = world.findings->front();
    QVERIFY(finding.kind == Finding::Kind::ReaderInconsistent);
    QVERIFY(finding.expected.value != finding.found.value);
    QVERIFY(finding.found.written.kind == Stamp::Kind::Job); // who wrote it, and when
    QVERIFY(finding.found.written.tick > 0);
}

void TestInvariants::aFindingIsEnteredOnce()
{
    World world = chain(3, 2, 0x3f);
    setReadOnly(world, *world.graph.findNode("top"), true);
    for (std::uint32_t index : {0U, 1U, 0U})
        QVERIFY(apply(world, GuestWriteControl{"vda", index}).kind == Outcome::Kind::Allowed);
    QCOMPARE(world.findings->size(), 1U);
    QCOMPARE(world.findings->front().cluster, 0U);
}

void TestInvariants::aHeaderThatWasChosenIsNobodysFault()
{
    World world = chain(3, 1, 7);
    QVERIFY(apply(world, QmpCommand{"stop", {}}).kind == Outcome::Kind::Allowed);
    const QmpCommand change{"change-backing-file",
                            {{"device", "top"}, {"image-node-name", "top"}, {"backing-file", "/images/base.qcow2"}}};
    QVERIFY(apply(world, change).kind == Outcome::Kind::Allowed);
    QVERIFY(world.findings->empty()); // a restart would show other data, and that was asked for
}

QTEST_GUILESS_MAIN(TestInvariants)
#include "tst_invariants.moc"
