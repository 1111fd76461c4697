// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "tests/support/playing.h"

#include <QTest>

using namespace blockscope;
using namespace blockscope::test;

namespace {

QmpCommand add(const char *name, const Object &more = {})
{
    Object arguments{{"node", "top"}, {"name", name}};
    arguments.insert(more.begin(), more.end());
    return {"block-dirty-bitmap-add", arguments};
}

QmpCommand change(const char *verb, const char *name, const char *node = "top")
{
    return {std::string("block-dirty-bitmap-") + verb, {{"node", node}, {"name", name}}};
}

QmpCommand merge(const char *target, const Value::List &bitmaps)
{
    return {"block-dirty-bitmap-merge", {{"node", "top"}, {"target", target}, {"bitmaps", bitmaps}}};
}

const DirtyBitmap *bitmapNamed(const World &world, const char *node, std::string_view name)
{
    const auto known = world.bitmaps->find(nodeOf(world, node));
    if (known == world.bitmaps->end())
        return nullptr;
    for (const DirtyBitmap &each : known->second) {
        if (each.name == name)
            return &each;
    }
    return nullptr;
}

QString bitsOf(const World &world, const char *name)
{
    QString bits;
    for (bool bit : bitmapNamed(world, "top", name)->bits)
        bits += bit ? u'1' : u'0';
    return bits.left(4);
}

/// b0 on top is an ordinary bitmap, ro is read-only, bad is inconsistent; far is on tgt, short on tgt has half the
/// bits.
World bitmapWorld()
{
    World world = playground();
    DirtyBitmap bitmap;
    bitmap.bits.resize(16);
    const auto put = [&](const char *node, const char *name) -> DirtyBitmap & {
        bitmap.name = name;
        return world.bitmaps.edit()[nodeOf(world, node)].emplace_back(bitmap);
    };
    put("top", "b0");
    put("top", "ro").isReadOnly = true;
    put("top", "bad").isInconsistent = true;
    put("tgt", "far").bits[2] = true;
    put("tgt", "short").bits.resize(8);
    return world;
}

} // namespace

class TestBitmaps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wrongArgumentsAreSaidAsQemuSaysThem_data();
    void wrongArgumentsAreSaidAsQemuSaysThem();
    void claimsAreThoseOfTheTable_data();
    void claimsAreThoseOfTheTable();
    void besideAnother_data();
    void besideAnother();
    void aBusyBitmapIsNotExported();
    void aBitmapIsAsItWasAskedFor();
    void aBitmapNotesWritesWhileItRecords();
    void mergedBitsAreThoseOfAll();
    void theLastBitmapLeavesNothing();
};

void TestBitmaps::wrongArgumentsAreSaidAsQemuSaysThem_data()
{
    QTest::addColumn<QmpCommand>("command");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("what");
    const auto row = [](const QmpCommand &command, const char *where, const QString &what) {
        QTest::newRow(qPrintable(QString::fromStdString(command.execute) + what.left(80)))
            << command << QString::fromUtf8(where) << what;
    };
    row(add(""), "name", QStringLiteral("Bitmap name cannot be empty"));
    row({"block-dirty-bitmap-add", {{"node", "nix"}, {"name", "b"}}}, "node",
        QStringLiteral("Cannot find device='nix' nor node-name='nix'"));
    for (std::int64_t wrong : {511, 256, 1000})
        row(add("b", {{"granularity", wrong}}), "granularity",
            QStringLiteral("Granularity must be power of 2 and at least 512"));
    row(add("b", {{"granularity", std::int64_t{1} << 32}}), "granularity",
        QStringLiteral("Parameter 'granularity' expects uint32_t"));
    row(add("b0"), "name", QStringLiteral("Bitmap already exists: b0"));
    row(add("b0", {{"persistent", true}}), "name", QStringLiteral("Bitmap already exists: b0"));
    const QString longName(1024, u'n');
    row(add(longName.toUtf8().constData()), "name", QStringLiteral("Bitmap name too long: ") + longName);
    row({"block-dirty-bitmap-add", {{"node", "top-file"}, {"name", "b"}, {"persistent", true}}}, "persistent",
        QStringLiteral("Can't store persistent bitmaps to top-file: Operation not supported"));
    for (const char *verb : {"remove", "clear", "enable", "disable"}) {
        row(change(verb, "b0", "nix"), "node", QStringLiteral("Node 'nix' not found"));
        row(change(verb, "b9"), "name", QStringLiteral("Dirty bitmap 'b9' not found"));
    }
    const QString readOnly = QStringLiteral("Bitmap 'ro' is readonly and cannot be modified");
    const QString inconsistent = QStringLiteral("Bitmap 'bad' is inconsistent and cannot be used");
    row(change("remove", "ro"), "name", readOnly);
    row(change("clear", "ro"), "name", readOnly);
    row(change("clear", "bad"), "name", inconsistent);
    row(change("enable", "bad"), "name", inconsistent);
    row(change("disable", "bad"), "name", inconsistent);
    row(merge("b9", {"b0"}), "target", QStringLiteral("Dirty bitmap 'b9' not found"));
    row(merge("b0", {"b9"}), "bitmaps", QStringLiteral("Dirty bitmap 'b9' not found"));
    row(merge("b0", {"bad"}), "bitmaps", inconsistent);
    row(merge("ro", {"b0"}), "target", readOnly);
    row(merge("b0", {Object{{"node", "nix"}, {"name", "b"}}}), "node", QStringLiteral("Node 'nix' not found"));
    row(merge("b0", {Object{{"node", "tgt"}, {"name", "b0"}}}), "bitmaps",
        QStringLiteral("Dirty bitmap 'b0' not found"));
    row(merge("b0", {Object{{"node", "tgt"}, {"name", "short"}}}), "bitmaps",
        QStringLiteral("Bitmaps are of different sizes (destination size is 1048576, source size is 1048576) and "
                       "can't be merged"));
    row(merge("b0", {Value(true)}), "bitmaps",
        QStringLiteral("Invalid parameter type for 'bitmaps', expected: BlockDirtyBitmapOrStr"));
    row({"block-dirty-bitmap-merge", {{"node", "top"}, {"target", "b0"}, {"bitmaps", "b0"}}}, "bitmaps",
        QStringLiteral("Invalid parameter type for 'bitmaps', expected: array"));
}

void TestBitmaps::wrongArgumentsAreSaidAsQemuSaysThem()
{
    compareInvalid(bitmapWorld());
}

void TestBitmaps::claimsAreThoseOfTheTable_data()
{
    QTest::addColumn<QmpCommand>("command");
    QTest::addColumn<QString>("claims");
    const QString own = QStringLiteral("node:top MM+RM/*");
    QTest::newRow("add") << add("b1") << own;
    QTest::newRow("remove") << change("remove", "b0") << own;
    QTest::newRow("an inconsistent one can be removed") << change("remove", "bad") << own;
    QTest::newRow("clear") << change("clear", "b0") << own;
    QTest::newRow("enable") << change("enable", "b0") << own;
    QTest::newRow("a read-only one can be disabled") << change("disable", "ro") << own;
    QTest::newRow("merge") << merge("b0", {"ro"}) << own;
    QTest::newRow("merge from another node")
        << merge("b0", {Object{{"node", "tgt"}, {"name", "far"}}}) << own + QStringLiteral(", source node:tgt RM/*");
}

void TestBitmaps::claimsAreThoseOfTheTable()
{
    compareClaims(bitmapWorld());
}

void TestBitmaps::besideAnother_data()
{
    QTest::addColumn<QmpCommand>("first");
    QTest::addColumn<QmpCommand>("second");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char *name, const QmpCommand &first, const QmpCommand &second, const char *outcome) {
        QTest::newRow(name) << first << second << QString::fromUtf8(outcome);
    };
    const QmpCommand stream{"block-stream", {{"device", "top"}, {"job-id", "j"}}};
    const QmpCommand mirror{"blockdev-mirror", {{"device", "top"}, {"target", "tgt"}, {"sync", "full"}}};
    const QmpCommand backup{"blockdev-backup", {{"device", "top"}, {"target", "tgt"}, {"sync", "full"}}};
    const QmpCommand amend{"x-blockdev-amend",
                           {{"job-id", "a"}, {"node-name", "top"}, {"options", Object{{"driver", "qcow2"}}}}};
    // The numbers are those of operations.md, section 4.
    row("31: beside a stream", stream, add("b1"), "allowed");
    row("32: beside a full backup", backup, add("b1"), "allowed");
    row("40: beside a mirror", mirror, add("b1"), "allowed");
    for (const char *verb : {"remove", "clear", "enable", "disable"})
        row(verb, amend, change(verb, "b0"), "refused");
    row("add beside an amend", amend, add("b1"), "refused");
    row("merge beside an amend", amend, merge("b0", {"b0"}), "refused");
    row("merge from a mirror's target", mirror, merge("b0", {Object{{"node", "tgt"}, {"name", "far"}}}), "allowed");
    row("a bitmap of a mirror's target", mirror, change("remove", "far", "tgt"), "refused");
}

void TestBitmaps::besideAnother()
{
    QFETCH(QmpCommand, first);
    QFETCH(QmpCommand, second);
    World world = bitmapWorld();
    QCOMPARE(play(world, first), u"allowed");
    const World before = world;
    const QString outcome = play(world, second);
    QTEST(outcome, "outcome");
    QVERIFY(outcome == u"allowed" || world == before);
    QVERIFY(verify(world));
}

/// Under NAC that is no clash of claims; QEMU looks at the bitmap itself.
void TestBitmaps::aBusyBitmapIsNotExported()
{
    World world = bitmapWorld();
    apply(world, SetPolicyControl{"qemu"});
    apply(world, QmpCommand{"nbd-server-start", {{"addr", Object{}}}});
    const QmpCommand backup{"blockdev-backup",
                            {{"device", "top"},
                             {"target", "tgt"},
                             {"sync", "incremental"},
                             {"bitmap", "b0"},
                             {"job-id", "j0"},
                             {"auto-finalize", false}}};
    QCOMPARE(apply(world, backup).kind, Outcome::Kind::Allowed);
    const QmpCommand add{"block-export-add",
                         {{"type", "nbd"}, {"id", "e0"}, {"node-name", "top"}, {"bitmaps", Value::List{Value("b0")}}}};
    const Outcome outcome = apply(world, add);
    QCOMPARE(outcome.kind, Outcome::Kind::Refused);
    QCOMPARE(outcome.verdict.reasons.front().code, std::string("QEMU-BITMAP"));
    QCOMPARE(outcome.verdict.reasons.front().holder, Holder::of(JobId{0}));
}

void TestBitmaps::aBitmapIsAsItWasAskedFor()
{
    World world = playground();
    QCOMPARE(play(world, add("b0")), u"allowed");
    QCOMPARE(play(world, add("b1", {{"granularity", std::int64_t{512}}, {"persistent", true}, {"disabled", true}})),
             u"allowed");
    const DirtyBitmap *b0 = bitmapNamed(world, "top", "b0");
    const DirtyBitmap *b1 = bitmapNamed(world, "top", "b1");
    QVERIFY(b0 != nullptr && b1 != nullptr);
    QCOMPARE(b0->granularity, std::uint64_t{65536});
    QVERIFY(b0->isRecording && !b0->isPersistent && b0->bits == std::vector<bool>(16));
    QCOMPARE(b1->granularity, std::uint64_t{512});
    QVERIFY(!b1->isRecording && b1->isPersistent);
    QVERIFY(verify(world));
}

void TestBitmaps::aBitmapNotesWritesWhileItRecords()
{
    World world = playground();
    setSwitch(world, Switch::Enforce, true);
    const auto write = [&](std::uint32_t cluster) { return play(world, GuestWriteControl{"vda", cluster}); };
    QCOMPARE(play(world, add("b0")), u"allowed");
    QCOMPARE(write(0), u"allowed");
    QCOMPARE(bitsOf(world, "b0"), u"1000");
    QCOMPARE(play(world, change("disable", "b0")), u"allowed");
    QCOMPARE(write(1), u"allowed");
    QCOMPARE(bitsOf(world, "b0"), u"1000");
    QCOMPARE(play(world, change("enable", "b0")), u"allowed");
    QCOMPARE(write(2), u"allowed");
    QCOMPARE(bitsOf(world, "b0"), u"1010");
    QCOMPARE(play(world, change("clear", "b0")), u"allowed");
    QCOMPARE(bitsOf(world, "b0"), u"0000");
    QCOMPARE(findingsText(world), QString());
}

void TestBitmaps::mergedBitsAreThoseOfAll()
{
    World world = bitmapWorld();
    QCOMPARE(play(world, change("disable", "ro")), u"allowed");
    QCOMPARE(play(world, GuestWriteControl{"vda", 0}), u"allowed");
    QCOMPARE(bitsOf(world, "ro"), u"0000");
    QCOMPARE(play(world, add("all")), u"allowed");
    QCOMPARE(play(world, merge("all", {"b0", Object{{"node", "tgt"}, {"name", "far"}}})), u"allowed");
    QCOMPARE(bitsOf(world, "all"), u"1010");
    QCOMPARE(bitsOf(world, "b0"), u"1000");
    QCOMPARE(findingsText(world), QString());
}

void TestBitmaps::theLastBitmapLeavesNothing()
{
    World world = playground();
    QCOMPARE(play(world, add("b0")), u"allowed");
    QCOMPARE(play(world, change("remove", "b0")), u"allowed");
    QVERIFY(world.bitmaps->empty());
}

QTEST_GUILESS_MAIN(TestBitmaps)
#include "tst_bitmaps.moc"
