// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/claimtable.h"
#include "engine/text/codes.h"
#include "engine/text/names.h"
#include "engine/text/roles.h"
#include "tests/support/worlds.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace blockscope;
using namespace blockscope::test;

class TestNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holders();
    void actions();
    void events_data();
    void events();
    void values_data();
    void values();
    void elision_data();
    void elision();
    void everyRoleOfTheClaimTableHasAName();
    void everyCodeOfTheEngineHasAText();
    void codesAreSorted();
};

void TestNames::holders()
{
    World world = chainWorld({"base", "top"});
    User exported;
    exported.kind = User::Kind::Export;
    exported.name = "e0";
    const UserId user = addUser(world, exported, world.graph.findNode("base"));
    QCOMPARE(holderName(world, Holder::of(UserId{0})), u"guest vda"_s);
    QCOMPARE(holderName(world, Holder::of(user)), u"export e0"_s);
    const auto backing = world.graph.childEdge(*world.graph.findNode("top"), "backing");
    QCOMPARE(holderName(world, Holder::of(*backing)), u"overlay top"_s);
    QCOMPARE(holderNameWithLink(world, Holder::of(*backing)), u"overlay top (its backing link to base)"_s);
    const auto file = world.graph.childEdge(*world.graph.findNode("top"), "file");
    QCOMPARE(holderNameWithLink(world, Holder::of(*file)), u"node top (its file link to top-file)"_s);
}

void TestNames::actions()
{
    QCOMPARE(actionName(Action::ModifyVisible), u"modify visible data (MV)"_s);
    QCOMPARE(actionNames({Action::ReadMetadata, Action::ModifyMetadata}),
             u"modify metadata (MM) and read metadata (RM)"_s);
    QCOMPARE(anyActionName(kAllActions), u"modify visible data (MV), modify metadata (MM), reconfigure the graph (GR), "
                                         "read visible data (RV) or read metadata (RM)"_s);
    QCOMPARE(actionLetters(kAllActions), u"MV MM GR RV RM"_s);
    QCOMPARE(actionLetters({}), u"–"_s);
}

void TestNames::events_data()
{
    QTest::addColumn<Event>("event");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("line");

    QTest::newRow("commit is about its top")
        << Event(QmpCommand{"block-commit", {{"device", "vda"}, {"top-node", "mid2"}}}) << u"block-commit of mid2"_s
        << u"block-commit device=vda top-node=mid2"_s;
    QTest::newRow("commit of the active layer") << Event(QmpCommand{"block-commit", {{"device", "vda"}}})
                                                << u"block-commit of vda"_s << u"block-commit device=vda"_s;
    QTest::newRow("nothing in particular") << Event(QmpCommand{"stop", {}}) << u"stop"_s << u"stop"_s;
    QTest::newRow("human monitor") << Event(QmpCommand{"human-monitor-command", {{"command-line", "commit vda"}}})
                                   << u"commit of vda"_s << u"human-monitor-command command-line=commit vda"_s;
    QTest::newRow("step") << Event(StepControl{"j0", 5}) << u"step of j0"_s << u"step job=j0 count=5"_s;
    QTest::newRow("run until it is gone")
        << Event(RunUntilControl{"j0"}) << u"run of j0"_s << u"run-until job=j0 status=null"_s;
    QTest::newRow("guest write") << Event(GuestWriteControl{"vda", 3}) << u"guest write to vda"_s
                                 << u"guest-write device=vda cluster=3"_s;
    QTest::newRow("policy") << Event(SetPolicyControl{"nac"}) << u"change of policy to NAC"_s
                            << u"set-policy policy=nac"_s;
}

void TestNames::events()
{
    QFETCH(Event, event);
    QTEST(eventSubject(event), "subject");
    QTEST(eventLine(event), "line");
}

void TestNames::values_data()
{
    QTest::addColumn<Value>("value");
    QTest::addColumn<QString>("text");

    QTest::newRow("null") << Value() << u"null"_s;
    QTest::newRow("text") << Value("a b") << u"a b"_s;
    QTest::newRow("number") << Value(std::int64_t{-5}) << u"-5"_s;
    QTest::newRow("double") << Value(0.5) << u"0.5"_s;
    QTest::newRow("bool") << Value(true) << u"true"_s;
    QTest::newRow("object") << Value(Object{{"b", Value("x\"y")}, {"a", Value(Value::List{Value("z"), Value(false)})}})
                            << u"{\"a\":[\"z\",false],\"b\":\"x\\\"y\"}"_s;
}

void TestNames::values()
{
    QFETCH(Value, value);
    QTEST(valueText(value), "text");
}

void TestNames::elision_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("length");
    QTest::addColumn<QString>("elided");

    QTest::newRow("fits") << u"abcdef"_s << 6 << u"abcdef"_s;
    QTest::newRow("one too long") << u"abcdefg"_s << 6 << u"abc…fg"_s;
    QTest::newRow("never less than three") << u"abcdefg"_s << 1 << u"a…g"_s;
}

void TestNames::elision()
{
    QFETCH(QString, name);
    QFETCH(int, length);
    QTEST(elided(name, length), "elided");
}

void TestNames::everyRoleOfTheClaimTableHasAName()
{
    for (const ClaimRow &row : claimTable()) {
        std::string operation(row.operation);
        if (operation == "mirror" || operation == "backup" || operation == "snapshot")
            operation.insert(0, "blockdev-");
        const QString name = roleName(operation, row.role);
        QVERIFY2(name.contains(u' '),
                 qPrintable(u"no words for %1 of %2"_s.arg(QString::fromStdString(std::string(row.role)),
                                                           QString::fromStdString(operation))));
    }
}

void TestNames::everyCodeOfTheEngineHasAText()
{
    static const QRegularExpression pattern(u"\"((?:ARG|JOB|FILE|NAC|LEGACY|QEMU)-[A-Z0-9-]+)\""_s);
    QSet<QString> found;
    QDirIterator files(QStringLiteral(BLOCKSCOPE_SOURCE_DIR "/engine"), {u"*.cpp"_s}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        auto matches = pattern.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext())
            found.insert(matches.next().captured(1));
    }
    QVERIFY(found.contains(u"NAC-R1"_s));
    for (const QString &code : std::as_const(found)) {
        QVERIFY2(!codeText(code).brief.isEmpty(), qPrintable(u"%1 has no text"_s.arg(code)));
        QVERIFY2(!codeText(code.toLower()).detail.isEmpty(), qPrintable(u"%1 has no long text"_s.arg(code)));
    }
    QVERIFY(codeText(u"NO-SUCH"_s).code.isEmpty());
}

void TestNames::codesAreSorted()
{
    const std::vector<CodeText> all = codes();
    QVERIFY(
        std::is_sorted(all.begin(), all.end(), [](const CodeText &a, const CodeText &b) { return a.code < b.code; }));
}

QTEST_GUILESS_MAIN(TestNames)
#include "tst_names.moc"
