// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/graph/walk.h"
#include "engine/run/apply.h"
#include "engine/run/remedies.h"
#include "engine/world/blockio.h"
#include "tests/support/worlds.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace blockscope;
using namespace blockscope::test;

namespace {

constexpr auto kAllowed = Outcome::Kind::Allowed;
constexpr auto kRefused = Outcome::Kind::Refused;
constexpr auto kInvalid = Outcome::Kind::Invalid;

NodeId named(const World &world, const char *name)
{
    return *world.graph.findNode(name);
}

/// A node that passes everything on to \a child.
NodeId addOver(World &world, const char *name, const char *driver, const char *child)
{
    Node node;
    node.name = name;
    node.driver = driver;
    node.isMonitorOwned = true;
    node.isReadOnly = world.node(named(world, child)).isReadOnly;
    const NodeId below = named(world, child);
    const NodeId id = addNode(world, node);
    attach(world, Parent::of(id), below, "file");
    return id;
}

/// base <- mid <- top <- throttle "limit" <- guest vda; target and target2 stand alone.
World throttledWorld()
{
    World world;
    addChain(world, {"base", "mid", "top"}, {}, 8);
    User guest;
    guest.name = "vda";
    addUser(world, guest, addOver(world, "limit", "throttle", "top"));
    addImage(world, "target", std::nullopt, false, 8);
    addImage(world, "target2", std::nullopt, false, 8);
    return world;
}

QmpCommand copy(const char *command, const char *device, const char *target)
{
    return {command, {{"device", device}, {"target", target}, {"sync", "full"}, {"job-id", "j0"}}};
}

bool readAlike(const World &one, NodeId a, const World &other, NodeId b)
{
    for (std::uint32_t index = 0; index < clusterCount(one, a); ++index) {
        if (!readCluster(one, a, index).readsLike(readCluster(other, b, index)))
            return false;
    }
    return clusterCount(one, a) == clusterCount(other, b);
}

/// base <- mid1 <- throttle "between" <- mid2 <- throttle "above" <- top, nothing of it the monitor's but its ends.
World filteredChain()
{
    World world;
    addChain(world, {"base", "mid1"}, {}, 8);
    setReadOnly(world, named(world, "mid1"), true);
    addImage(world, "mid2", addOver(world, "between", "throttle", "mid1"), true, 8);
    addImage(world, "top", addOver(world, "above", "throttle", "mid2"), false, 8);
    world.graph.editNode(named(world, "mid2")).headerBacking = "/images/mid1.qcow2";
    world.graph.editNode(named(world, "top")).headerBacking = "/images/mid2.qcow2";
    for (const char *name : {"mid1", "mid2", "mid1-file", "mid2-file", "between", "above"})
        world.graph.editNode(named(world, name)).isMonitorOwned = false;
    return world;
}

} // namespace

/// Filters and raw nodes: nobody hides behind them, and jobs reach through them.
class TestFilters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFilterPassesTheClaimsOfItsUsersOn();
    void claimsPassThroughAStackOfFilters();
    void aGuestAboveAFilterIsProtected();
    void aGuestAboveAFilterCountsOnWhatIsAddedBesideIt();
    void contAsksForWhatFiltersPassOn();
    void aNodeBelowACopiedFilterIsProtected();
    void copiesGoThroughFilters_data();
    void copiesGoThroughFilters();
    void aCopyIntoItselfIsInvalid_data();
    void aCopyIntoItselfIsInvalid();
    void rawAboveAChainIsCopiedWhole();
    void filtersInAChainLeaveWithIt_data();
    void filtersInAChainLeaveWithIt();
    void aReadOnlyFilterIsNoBase();
    void aFilterOverAWritableImageIsABase();
    void whatACopyBeforeWriteSavesIsNotShown();
    void guestsWriteThroughFilters();
};

void TestFilters::aFilterPassesTheClaimsOfItsUsersOn()
{
    World world = throttledWorld();
    const NodeId top = named(world, "top");
    QVERIFY(world.ledger.masks(top).required.contains(Action::ModifyVisible));
    QVERIFY(world.ledger.masks(top).denied.contains(Action::ModifyVisible));
    QCOMPARE(apply(world, QmpCommand{"stop", {}}).kind, kAllowed);
    QVERIFY(!world.ledger.masks(top).required.contains(Action::ModifyVisible));
    QVERIFY(!world.ledger.masks(top).denied.contains(Action::ModifyVisible));
    QVERIFY(verify(world));
    QCOMPARE(apply(world, QmpCommand{"cont", {}}).kind, kAllowed);
    QVERIFY(world.ledger.masks(top).denied.contains(Action::ModifyVisible));
    removeUser(world, UserId{0});
    QVERIFY(!world.ledger.masks(top).denied.contains(Action::ModifyVisible));
    QVERIFY(verify(world));
}

void TestFilters::claimsPassThroughAStackOfFilters()
{
    World world = throttledWorld();
    const NodeId second = addOver(world, "second", "copy-on-read", "limit");
    QVERIFY(verify(world));
    redirect(world, *world.user(UserId{0}).root, second);
    QVERIFY(verify(world));
    QVERIFY(world.ledger.masks(named(world, "top")).denied.contains(Action::ModifyVisible));
    redirect(world, *world.user(UserId{0}).root, named(world, "target"));
    QVERIFY(verify(world));
    QVERIFY(!world.ledger.masks(named(world, "top")).denied.contains(Action::ModifyVisible));
}

void TestFilters::aGuestAboveAFilterIsProtected()
{
    World world = throttledWorld();
    // The guest writes top through its filter; a second writer is as bad as on top itself.
    QCOMPARE(apply(world, copy("blockdev-backup", "target", "top")).kind, kRefused);
    // Its commit is as welcome as without the filter.
    QCOMPARE(apply(world, QmpCommand{"block-commit", {{"device", "limit"}, {"top-node", "mid"}, {"base-node", "base"}}})
                 .kind,
             kAllowed);
    const auto offers = remedies(throttledWorld(), copy("blockdev-backup", "target", "top"));
    QVERIFY(std::any_of(offers.begin(), offers.end(),
                        [](const Remedy &remedy) { return remedy.kind == Remedy::Kind::PauseGuest; }));
}

/// A second overlay changes when the guest writes through the filter: its claim reaches it from the first moment on.
void TestFilters::aGuestAboveAFilterCountsOnWhatIsAddedBesideIt()
{
    World world = throttledWorld();
    const QmpCommand add{"blockdev-add", {{"driver", "qcow2"}, {"node-name", "beside"}, {"backing", "top"}}};
    QCOMPARE(apply(world, add).kind, kAllowed);
    QVERIFY(verify(world));
    const auto &claims = world.ledger.holding(Holder::of(UserId{0}))->claims;
    QVERIFY(std::any_of(claims.begin(), claims.end(),
                        [&](const NodeClaim &claim) { return claim.node == named(world, "beside"); }));
}

void TestFilters::contAsksForWhatFiltersPassOn()
{
    World world = throttledWorld();
    apply(world, QmpCommand{"stop", {}});
    QCOMPARE(apply(world, copy("blockdev-backup", "target", "top")).kind, kAllowed);
    const World before = world;
    QCOMPARE(apply(world, QmpCommand{"cont", {}}).kind, kRefused);
    QVERIFY(world == before);
}

void TestFilters::aNodeBelowACopiedFilterIsProtected()
{
    World world = throttledWorld();
    removeUser(world, UserId{0});
    QCOMPARE(apply(world, copy("blockdev-mirror", "limit", "target")).kind, kAllowed);
    QmpCommand resize = copy("blockdev-backup", "target2", "top");
    resize.arguments["job-id"] = Value("j1");
    QCOMPARE(apply(world, resize).kind, kRefused);
}

void TestFilters::copiesGoThroughFilters_data()
{
    QTest::addColumn<QString>("command");
    QTest::newRow("mirror") << "blockdev-mirror";
    QTest::newRow("backup") << "blockdev-backup";
}

void TestFilters::copiesGoThroughFilters()
{
    QFETCH(QString, command);
    const bool isMirror = command == u"blockdev-mirror";
    World world = throttledWorld();
    addOver(world, "door", "throttle", "target");
    const World then = world;
    QCOMPARE(apply(world, copy(qPrintable(command), "limit", "door")).kind, kAllowed);
    QVERIFY(!world.ledger.isAllowed(named(world, "target"), {{Action::ReadVisible}, kAllActions}));
    for (std::uint32_t cluster : {7U, 0U, 3U}) {
        QCOMPARE(apply(world, GuestWriteControl{"vda", cluster}).kind, kAllowed);
        QCOMPARE(apply(world, StepControl{"j0", 3}).kind, kAllowed);
    }
    QCOMPARE(apply(world, RunUntilControl{"j0", isMirror ? JobStatus::Ready : JobStatus::Null}).kind, kAllowed);
    if (isMirror)
        QVERIFY(readAlike(world, named(world, "top"), world, named(world, "target")));
    for (std::uint32_t index = 0; !isMirror && index < 8; ++index)
        QVERIFY(
            readCluster(world, named(world, "target"), index).readsLike(readCluster(then, named(then, "top"), index)));
    QVERIFY(verify(world));
}

void TestFilters::aCopyIntoItselfIsInvalid_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("device");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("what");
    const char *mirror = "Can't mirror node into itself";
    const char *backup = "Source and target cannot be the same";
    QTest::newRow("mirror up") << "blockdev-mirror"
                               << "top"
                               << "limit" << mirror;
    QTest::newRow("mirror down") << "blockdev-mirror"
                                 << "limit"
                                 << "top" << mirror;
    QTest::newRow("mirror across") << "blockdev-mirror"
                                   << "limit"
                                   << "other" << mirror;
    QTest::newRow("mirror into raw") << "blockdev-mirror"
                                     << "top"
                                     << "plain" << mirror;
    QTest::newRow("backup up") << "blockdev-backup"
                               << "top"
                               << "limit" << backup;
    QTest::newRow("backup down") << "blockdev-backup"
                                 << "limit"
                                 << "top" << backup;
}

void TestFilters::aCopyIntoItselfIsInvalid()
{
    QFETCH(QString, command);
    QFETCH(QString, device);
    QFETCH(QString, target);
    World world = throttledWorld();
    addOver(world, "other", "throttle", "top");
    addOver(world, "plain", "raw", "top");
    apply(world, QmpCommand{"stop", {}});
    const World before = world;
    const Outcome outcome = apply(world, copy(qPrintable(command), qPrintable(device), qPrintable(target)));
    QCOMPARE(outcome.kind, kInvalid);
    QTEST(QString::fromStdString(outcome.error->what), "what");
    QVERIFY(world == before);
}

void TestFilters::rawAboveAChainIsCopiedWhole()
{
    World world = throttledWorld();
    removeUser(world, UserId{0});
    const NodeId plain = addOver(world, "plain", "raw", "top");
    QCOMPARE(apply(world, copy("blockdev-mirror", "plain", "target")).kind, kAllowed);
    QCOMPARE(apply(world, RunUntilControl{"j0", JobStatus::Ready}).kind, kAllowed);
    QVERIFY(readAlike(world, plain, world, named(world, "target")));
}

void TestFilters::filtersInAChainLeaveWithIt_data()
{
    QTest::addColumn<QmpCommand>("command");
    QTest::addColumn<QString>("gone");
    QTest::addColumn<QString>("below"); // what the top has as its backing child
    QTest::addColumn<QString>("header");
    const auto commit = [](const char *top, const char *base) {
        return QmpCommand{"block-commit", {{"device", "top"}, {"top-node", top}, {"base-node", base}}};
    };
    const auto stream = [](const char *name, const char *node) {
        return QmpCommand{"block-stream", {{"device", "top"}, {name, node}}};
    };
    // Each as QEMU 7.2 does it. The filter above what is committed stays, and hides it from the header of the top.
    QTest::newRow("commit below a filter")
        << commit("mid2", "base") << u"mid1 mid2 between"_s << u"above"_s << u"/images/mid2.qcow2"_s;
    QTest::newRow("commit with the filter")
        << commit("above", "base") << u"mid1 mid2 between above"_s << u"base"_s << u"/images/base.qcow2"_s;
    QTest::newRow("stream") << stream("base-node", "base") << u"mid1 mid2 between above"_s << u"base"_s
                            << u"/images/base.qcow2"_s;
    QTest::newRow("stream to a filter") << stream("base-node", "between") << u"mid2 above"_s << u"between"_s
                                        << u"/images/mid1.qcow2"_s;
    QTest::newRow("stream down to above a filter")
        << stream("bottom", "mid2") << u"mid2 above"_s << u"between"_s << u"/images/mid1.qcow2"_s;
}

/// base <- mid1 <- throttle <- mid2 <- throttle <- top: what nobody else refers to goes with the chain.
void TestFilters::filtersInAChainLeaveWithIt()
{
    QFETCH(QmpCommand, command);
    QFETCH(QString, gone);
    const QStringList names = gone.split(u' ');
    command.arguments["job-id"] = Value("j0");
    World world = filteredChain();
    const World before = world;
    QCOMPARE(apply(world, command).kind, kAllowed);
    QCOMPARE(apply(world, RunUntilControl{"j0", JobStatus::Null}).kind, kAllowed);
    QVERIFY2(world.job(JobId{0}).error.empty(), world.job(JobId{0}).error.c_str());
    for (const char *name : {"base", "mid1", "mid2", "between", "above"})
        QCOMPARE(!world.graph.findNode(name), names.contains(QString::fromLatin1(name)));
    const NodeId top = named(world, "top");
    QTEST(QString::fromStdString(world.node(*backingChild(world.graph, top)).name), "below");
    QTEST(QString::fromStdString(world.node(top).headerBacking), "header");
    QCOMPARE(skipFilters(world.graph, *backingChild(world.graph, top)),
             named(world, names.contains(u"mid1"_s) ? "base" : "mid1"));
    QVERIFY(verify(world));
    QVERIFY(readAlike(world, top, before, named(before, "top")));
}

/// A filter cannot be made writable: that would not make what is below it so.
void TestFilters::aReadOnlyFilterIsNoBase()
{
    World world = filteredChain();
    const auto error = [&world](const char *top, const char *base) {
        const QmpCommand command{"block-commit", {{"device", "top"}, {"top-node", top}, {"base-node", base}}};
        const Outcome outcome = apply(world, command);
        return outcome.error ? outcome.error->what : std::string();
    };
    QCOMPARE(error("mid2", "between"), std::string("Block node is read-only"));
    QCOMPARE(error("top", "between"), std::string("Block node is read-only"));
    QCOMPARE(error("above", "mid2"), std::string("Invalid files for merge: top and base are the same"));
    setReadOnly(world, named(world, "mid1"), false);
    world.graph.editNode(named(world, "between")).driver = "compress";
    QCOMPARE(error("mid2", "between"),
             std::string("Block format 'compress' used by node 'between' does not support reopening files"));
    addOver(world, "side", "throttle", "mid1");
    QCOMPARE(error("mid2", "side"), std::string("'side' is not in this backing file chain"));
}

/// As in QEMU 7.2 the filter is reopened, written through, kept and read-only again.
void TestFilters::aFilterOverAWritableImageIsABase()
{
    World world = filteredChain();
    setReadOnly(world, named(world, "mid1"), false);
    const World before = world;
    const QmpCommand commit{"block-commit",
                            {{"device", "top"}, {"top-node", "above"}, {"base-node", "between"}, {"job-id", "c0"}}};
    QCOMPARE(apply(world, commit).kind, kAllowed);
    QVERIFY(!world.node(named(world, "between")).isReadOnly);
    QCOMPARE(apply(world, RunUntilControl{"c0", JobStatus::Null}).kind, kAllowed);
    QVERIFY2(world.job(JobId{0}).error.empty(), world.job(JobId{0}).error.c_str());
    QCOMPARE(backingChild(world.graph, named(world, "top")), named(world, "between"));
    QVERIFY(world.node(named(world, "between")).isReadOnly);
    QVERIFY(readAlike(world, named(world, "top"), before, named(before, "top")));
    QVERIFY(readAlike(world, named(world, "mid1"), before, named(before, "mid2")));
    QVERIFY(verify(world));
}

void TestFilters::whatACopyBeforeWriteSavesIsNotShown()
{
    World world = throttledWorld();
    const NodeId fleece = addOver(world, "fleece", "copy-before-write", "limit");
    attach(world, Parent::of(fleece), named(world, "target"), "target");
    redirect(world, *world.user(UserId{0}).root, fleece);
    // Nobody above the filter sees what is written to its target.
    QVERIFY(nodesAbove(world.graph, {named(world, "target")}).empty());
    QCOMPARE(apply(world, copy("blockdev-backup", "target2", "target")).kind, kAllowed);
}

void TestFilters::guestsWriteThroughFilters()
{
    World world = throttledWorld();
    QCOMPARE(apply(world, GuestWriteControl{"vda", 2}).kind, kAllowed);
    QVERIFY(isAllocated(world, named(world, "top"), 2));
    setReadOnly(world, named(world, "top"), true);
    const NodeId top = named(world, "top");
    const BlockData before = *world.data[top.value];
    QCOMPARE(apply(world, GuestWriteControl{"vda", 3}).kind, kAllowed);
    QVERIFY(*world.data[top.value] == before); // an I/O error for the guest, and a finding for us
    QCOMPARE(world.findings->size(), 1U);
    QCOMPARE(world.findings->front().kind, Finding::Kind::WriteReadOnly);
}

QTEST_GUILESS_MAIN(TestFilters)
#include "tst_filters.moc"
