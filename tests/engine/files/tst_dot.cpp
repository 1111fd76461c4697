// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/dot.h"
#include "engine/run/apply.h"
#include "tests/engine/files/support.h"
#include "tests/support/worlds.h"

#include <QProcess>
#include <QStandardPaths>

using namespace blockscope;
using namespace blockscope::test;
using namespace Qt::StringLiterals;

class TestDot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsThere();
    void escapes();
    void isGoodDot_data();
    void isGoodDot();
};

void TestDot::saysWhatIsThere()
{
    World world = chainWorld({"base", "mid", "top"});
    apply(world, QmpCommand{"block-commit", {{"device", "top"}, {"top-node", "mid"}, {"job-id", "c0"}}});
    const std::string text = writeDot(world, "Title");
    QCOMPARE(text, writeDot(world, "Title"));
    for (const char *part : {"label=\"Title\"", "label=\"top\\nqcow2\\nRequire",
                             "label=\"mid\\nqcow2, read-only\\nRequire ", "label=\"vda\"", "label=\"backing\"",
                             "label=\"root\"", "label=\"c0\\ncommit, running, 0 %\"", "label=\"overlay\""})
        QVERIFY2(text.find(part) != std::string::npos, (part + ("\n" + text)).c_str());
}

void TestDot::escapes()
{
    World world;
    Node node;
    node.name = "a\"b\\c\nd\x01<e>{f}|";
    addNode(world, node);
    QVERIFY(writeDot(world).find(R"(label="a\"b\\c\nd<e>{f}|\n)") != std::string::npos);
}

void TestDot::isGoodDot_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name :
         {"00-scenario-standard.json", "47-job-commit-intermediate.json", "92-device-zoo.json", "31-quorum-3.json"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestDot::isGoodDot()
{
    QFETCH(QString, name);
    const QString dot = QStandardPaths::findExecutable(u"dot"_s);
    if (dot.isEmpty())
        QSKIP("The program dot is not installed.");
    const auto scenario = readAny(captureText(name));
    QVERIFY(scenario);
    QProcess process;
    process.start(dot, {u"-Tplain"_s});
    process.write(QByteArray::fromStdString(writeDot(scenario->world, scenario->title)));
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.readAllStandardError(), QByteArray());
    QCOMPARE(process.exitCode(), 0);
    const auto lines = process.readAllStandardOutput().split('\n');
    const auto count = [&](const char *word) {
        return static_cast<std::size_t>(
            std::count_if(lines.begin(), lines.end(), [&](const QByteArray &line) { return line.startsWith(word); }));
    };
    const World &world = scenario->world;
    QCOMPARE(count("node "), world.graph.nodes().size() + world.users.size() + world.liveJobs().size());
    QCOMPARE(count("edge "), world.graph.edges().size());
}

QTEST_GUILESS_MAIN(TestDot)
#include "tst_dot.moc"
