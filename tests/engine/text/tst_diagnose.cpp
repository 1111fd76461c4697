// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/run/apply.h"
#include "engine/text/diagnosis.h"
#include "tests/engine/files/support.h"
#include "tests/support/worlds.h"

#include <QTest>

using namespace blockscope;
using namespace blockscope::test;
using namespace Qt::StringLiterals;

namespace {

World commitRunning()
{
    World world = chainWorld({"base", "mid", "top"});
    const QmpCommand commit{"block-commit",
                            {{"device", "top"}, {"top-node", "mid"}, {"base-node", "base"}, {"job-id", "c0"}}};
    return apply(world, commit).kind == Outcome::Kind::Allowed ? world : World();
}

} // namespace

/// Error texts of a real QEMU: taken apart, their parties found, what else is in the way.
class TestDiagnose : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRecordedTextIsKnown();
    void partsAreFound_data();
    void partsAreFound();
    void unknownTextsAreSaidToBe_data();
    void unknownTextsAreSaidToBe();
    void noTextIsSaidToBeNone();
    void partiesAreFoundInTheGraph();
    void whatQemuDidNotMention();
    void whoHasLockedTheImage_data();
    void whoHasLockedTheImage();
    void textsOfAnotherGraph();
};

void TestDiagnose::everyRecordedTextIsKnown()
{
    const auto text = readFile(QStringLiteral(BLOCKSCOPE_TEST_DATA "/qemu/errors.txt"));
    QVERIFY(text);
    const QList<QByteArray> lines = text->split('\n');
    QVERIFY(lines.size() > 500);
    QStringList unknown;
    for (const QByteArray &line : lines) {
        if (!line.isEmpty() && !readErrorText(line.toStdString()))
            unknown << QString::fromUtf8(line);
    }
    QVERIFY2(unknown.isEmpty(), qPrintable(unknown.join(u'\n')));
}

void TestDiagnose::partsAreFound_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QStringList>("parts");
    const auto row = [](const char *text, char kind, const QStringList &parts) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString(QLatin1Char(kind)) << parts;
    };
    row("Node 'd0' is busy: block device is in use by block job: commit", 'd', {u"d0"_s});
    row("Node 'm2' is busy: node is used as backing hd of 'm3'", 'd', {u"m2"_s, u"m3"_s});
    row("Cannot change frozen 'backing' link from 'top' to 'mid3'", 'n', {u"top"_s, u"mid3"_s});
    row("Cannot freeze 'backing' link to '#block052'", 'n', {u"#block052"_s});
    row("Node top is in use", 'n', {u"top"_s});
    row("Failed to get shared \"write\" lock", 'p', {u"write"_s});
    row("qemu-img: Could not open 'x.raw': Failed to get shared \"write\" lock\nIs another process using the image "
        "[x.raw]?",
        'i', {u"x.raw"_s});
    row("Could not create node: Failed to get \"consistent read\" lock", 'p', {u"consistent read"_s});
    row("Job 'j0' in state 'pending' cannot accept command verb 'pause'", 'j', {u"j0"_s});
    row("Could not create node: Permission conflict on node 'tgt': permissions 'write' are both required by node "
        "'#block1' (uses node 'tgt' as 'target' child) and unshared by block device 'vdb' (uses node 'tgt' as 'root' "
        "child).",
        'u', {u"node '#block1'"_s, u"block device 'vdb'"_s});
    row("Conflicts with use by mid2 as 'backing', which does not allow 'write' on base", 'n', {u"base"_s});
    row("Conflicts with use by commit job 'c' as 'intermediate node', which uses 'consistent read' on m2", 'r',
        {u"intermediate node"_s});
    row("  Need a root block node\n", 'n', {});
    row("{\"error\": {\"class\": \"GenericError\", \"desc\": \"Node 'm2' is busy: node is used as backing hd of "
        "'m3'\"}}",
        'd', {u"m2"_s, u"m3"_s});
    row("{\"class\": \"GenericError\", \"desc\": \"Node top is in use\"}", 'n', {u"top"_s});
    row("internal error: unable to execute QEMU command 'block-commit': Node 'm2' is busy: node is used as backing hd "
        "of 'm3'",
        'd', {u"m2"_s, u"m3"_s});
    row("Node 'm2' is busy: node is used as backing hd of 'm3'.", 'd', {u"m2"_s, u"m3"_s});
}

void TestDiagnose::partsAreFound()
{
    QFETCH(const QString, text);
    QFETCH(const QString, kind);
    const auto error = readErrorText(text.toStdString());
    QVERIFY(error);
    QStringList found;
    for (const std::string &part : error->of(static_cast<ErrorPart::Kind>(kind.front().toLatin1())))
        found << QString::fromStdString(part);
    QTEST(found, "parts");
}

void TestDiagnose::unknownTextsAreSaidToBe_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("prose") << u"the disk is broken"_s;
    QTest::newRow("cut off") << u"Permission conflict on node 'top': permissions"_s;
    QTest::newRow("a reply that is no error") << u"{\"return\": {}}"_s;
    QTest::newRow("damaged JSON") << u"{\"error\": {"_s;
    QTest::newRow("formats") << u"%s%n%d%1"_s;
    QTest::newRow("a zero") << QString(u"Node "_s + QChar(u'\0') + u"is"_s);
    QTest::newRow("long") << QString(10'000'000, u'x');
    QTest::newRow("long and like one") << u"Node '"_s + QString(1'000'000, u'\'') + u" is busy: "_s;
}

void TestDiagnose::unknownTextsAreSaidToBe()
{
    QFETCH(const QString, text);
    const Diagnosis found = diagnose(commitRunning(), text);
    QVERIFY(!found.isUnderstood);
    QVERIFY(found.headline.contains(u"not known"_s));
    QVERIFY(found.headline.size() < 400);
}

void TestDiagnose::noTextIsSaidToBeNone()
{
    for (const QString &text : {QString(), u" \n"_s}) {
        const Diagnosis found = diagnose(commitRunning(), text);
        QVERIFY(!found.isUnderstood);
        QVERIFY(found.headline.startsWith(u"There is no text"_s));
    }
}

void TestDiagnose::partiesAreFoundInTheGraph()
{
    const World world = commitRunning();
    const Diagnosis found =
        diagnose(world, u"Permission conflict on node 'mid': permissions 'consistent read' are both required by an "
                        "unnamed block device (uses node 'mid' as 'root' child) and unshared by commit job 'c0' (uses "
                        "node 'mid' as 'intermediate node' child)."_s);
    QVERIFY(found.isUnderstood);
    QCOMPARE(found.cause, std::string("permission-conflict"));
    QCOMPARE(found.code, u"QEMU-PERM"_s);
    QCOMPARE(found.parties.size(), 3U);
    QCOMPARE(found.parties[0].node, world.graph.findNode("mid"));
    QCOMPARE(found.parties[2].holder, Holder::of(JobId{0}));
    QVERIFY2(found.advice.join(u' ').contains(u"c0"_s), qPrintable(found.advice.join(u' ')));
}

void TestDiagnose::whatQemuDidNotMention()
{
    World world = chainWorld({"base", "mid", "top"});
    for (const char *id : {"e0", "e1"}) {
        const QmpCommand add{"block-export-add", {{"type", "nbd"}, {"id", id}, {"name", id}, {"node-name", "top"}}};
        apply(world, QmpCommand{"nbd-server-start", {{"addr", Object{{"type", "unix"}}}}});
        QVERIFY(apply(world, add).kind == Outcome::Kind::Allowed);
    }
    // QEMU names one; neither the other export nor the first lets the size change.
    const Diagnosis found =
        diagnose(world, u"Permission conflict on node 'top': permissions 'resize' are both required by an unnamed "
                        "block device (uses node 'top' as 'root' child) and unshared by an unnamed block device (uses "
                        "node 'top' as 'root' child)."_s);
    QCOMPARE(found.others.size(), 2);
    QVERIFY(found.others[0].contains(u"e0"_s) && found.others[1].contains(u"e1"_s));
    const Diagnosis busy =
        diagnose(commitRunning(), u"Node 'mid' is busy: block device is in use by block job: commit"_s);
    QCOMPARE(busy.others.size(), 2); // the job, and the overlay
}

void TestDiagnose::whoHasLockedTheImage_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("others");

    // qemu-img and qemu-system-x86_64 of QEMU 7.2, beside a guest that writes the image.
    QTest::newRow("a reader")
        << u"qemu-img: Could not open 'top.qcow2': Failed to get shared \"write\" lock\nIs another "
           "process using the image [top.qcow2]?\n"_s
        << QStringList{u"node top (its file link to top-file) has locked byte 101 of "
                       "“/images/top.qcow2”."_s};
    QTest::newRow("a writer") << u"qemu-system-x86_64: -blockdev {}: Failed to get \"write\" lock\nIs another process "
                                 "using the image [/images/top.qcow2]?"_s
                              << QStringList{u"node top (its file link to top-file) has locked byte 201 of "
                                             "“/images/top.qcow2”."_s};
    QTest::newRow("QMP names no file")
        << u"Failed to get \"resize\" lock"_s
        << QStringList{u"node base (its file link to base-file) has locked byte 203 of “/images/base.qcow2”."_s,
                       u"node top (its file link to top-file) has locked byte 203 of “/images/top.qcow2”."_s};
    QTest::newRow("another image")
        << u"Failed to get \"write\" lock\nIs another process using the image [x.raw]?"_s
        << QStringList{u"Nobody in this graph has locked byte 201 of it: a process that is not shown here has."_s};
    QTest::newRow("no permission") << u"Failed to get \"%1\" lock"_s << QStringList();
}

void TestDiagnose::whoHasLockedTheImage()
{
    QFETCH(const QString, text);
    const Diagnosis found = diagnose(chainWorld({"base", "top"}), text);
    QVERIFY(found.isUnderstood);
    QCOMPARE(found.code, u"IMAGE-LOCK"_s);
    QTEST(found.others, "others");
    QCOMPARE(found.advice.size(), 1);
}

void TestDiagnose::textsOfAnotherGraph()
{
    const Diagnosis found = diagnose(commitRunning(), u"Node elsewhere is in use"_s);
    QVERIFY(found.isUnderstood);
    QVERIFY(!found.parties.at(0).node);
    QVERIFY(found.parties.at(0).text.contains(u"not in this graph"_s));
}

QTEST_GUILESS_MAIN(TestDiagnose)
#include "tst_diagnose.moc"
