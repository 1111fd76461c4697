// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "tests/app/clicall.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace blockscope::app;
using namespace blockscope::test;

class TestCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatACallNeeds_data();
    void whatACallNeeds();
    void everyVerbHasHelp_data();
    void everyVerbHasHelp();
    void exitCodes_data();
    void exitCodes();
    void errorsNameFilePlaceAndCause();
    void emptyListsAreNoGraph_data();
    void emptyListsAreNoGraph();
    void requestHintsAtUnknownArguments();
    void checkTellsDifferences();
    void checkGoesOnAfterABadFile();
    void importPutsCapturesTogether();
    void importRejectsWhatDoesNotFit_data();
    void importRejectsWhatDoesNotFit();
    void runTakesEventsFromAFile();
    void requestOffersWhatWouldHelp();
    void requestIsMadeWhereAtSays();
    void explainListsAllCodes();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
};

void TestCli::whatACallNeeds_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<Surface>("surface");

    const auto row = [](const char *name, const QStringList &words, Surface surface) {
        QTest::newRow(name) << words << surface;
    };
    row("nothing opens the window", {}, Surface::Window);
    row("a file opens the window", {u"chain.json"_s}, Surface::Window);
    row("help", {u"--help"_s}, Surface::None);
    row("version", {u"--version"_s}, Surface::None);
    row("svg", {u"export"_s, u"a.json"_s, u"-o"_s, u"a.svg"_s}, Surface::None);
    row("dot", {u"export"_s, u"a.json"_s, u"-o"_s, u"a.dot"_s}, Surface::None);
    row("png", {u"export"_s, u"a.json"_s, u"-o"_s, u"a.PNG"_s}, Surface::Raster);
    row("pdf", {u"export"_s, u"a.json"_s, u"--output=a.pdf"_s}, Surface::Raster);
    row("help of export", {u"export"_s, u"-o"_s, u"a.png"_s, u"--help"_s}, Surface::None);
    row("run", {u"run"_s, u"a.png"_s}, Surface::None);
}

void TestCli::whatACallNeeds()
{
    QFETCH(QStringList, words);
    QTEST(surfaceFor(QStringList{u"blockscope"_s} + words), "surface");
}

void TestCli::everyVerbHasHelp_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<QStringList>("mentions");

    QTest::newRow("all") << QString()
                         << QStringList{u"export"_s, u"run"_s, u"request"_s, u"check"_s, u"import"_s, u"explain"_s};
    QTest::newRow("export") << u"export"_s << QStringList{u"--output"_s, u"--at"_s,        u"--theme"_s,   u"--scale"_s,
                                                          u"--legend"_s, u"--no-legend"_s, u"--explain"_s, u".svg"_s};
    QTest::newRow("run") << u"run"_s << QStringList{u"--events"_s, u"--policy"_s, u"--format"_s, u"run-until"_s};
    QTest::newRow("request") << u"request"_s
                             << QStringList{u"--policy"_s, u"--at"_s, u"block-commit"_s, u"base-node"_s,
                                            u"Exit codes"_s};
    QTest::newRow("check") << u"check"_s << QStringList{u"expect"_s, u"TAP"_s, u"Exit codes"_s};
    QTest::newRow("import") << u"import"_s << QStringList{u"--output"_s, u"x-debug-query-block-graph"_s};
    QTest::newRow("explain") << u"explain"_s << QStringList{u"NAC-R1"_s};
}

void TestCli::everyVerbHasHelp()
{
    QFETCH(QString, verb);
    QFETCH(QStringList, mentions);
    QStringList words{u"--help"_s};
    if (!verb.isEmpty())
        words.prepend(verb);
    const CliResult result = cli(words);
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.err, QString());
    QVERIFY2(result.out.startsWith(u"Usage: blockscope "_s + verb), qPrintable(result.out));
    for (const QString &each : mentions)
        QVERIFY2(result.out.contains(each), qPrintable(each));
}

void TestCli::exitCodes_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("exitCode");

    const QString welcome = scenario(u"welcome"_s);
    const auto row = [](const char *name, const QStringList &words, int exitCode) {
        QTest::newRow(name) << words << exitCode;
    };
    row("version", {u"--version"_s}, 0);
    row("run: a refusal is no error", {u"run"_s, welcome}, 0);
    row("run: no file", {u"run"_s}, 2);
    row("run: two files", {u"run"_s, welcome, welcome}, 2);
    row("run: missing file", {u"run"_s, u"no-such-file"_s}, 2);
    row("run: unknown option", {u"run"_s, welcome, u"--nonsense"_s}, 2);
    row("run: unknown policy", {u"run"_s, welcome, u"--policy"_s, u"nonsense"_s}, 2);
    row("run: unknown format", {u"run"_s, welcome, u"--format"_s, u"xml"_s}, 2);
    row("run: policy", {u"run"_s, welcome, u"--policy"_s, u"nac"_s}, 0);
    row("request: allowed", {u"request"_s, welcome, u"--at"_s, u"0"_s, u"block-stream"_s, u"device=top"_s}, 0);
    row("request: refused", {u"request"_s, welcome, u"block-stream"_s, u"device=top"_s}, 1);
    row("request: invalid", {u"request"_s, welcome, u"block-stream"_s, u"device=nope"_s}, 2);
    row("request: no such operation", {u"request"_s, welcome, u"block-nonsense"_s}, 2);
    row("request: no operation", {u"request"_s, welcome}, 2);
    row("request: not an argument", {u"request"_s, welcome, u"block-stream"_s, u"top"_s}, 2);
    row("request: command to a job", {u"request"_s, welcome, u"job-pause"_s, u"id=c0"_s}, 0);
    const QString stream = uR"({"execute": "block-stream", "arguments": {"device": "top"}})"_s;
    row("request: in JSON", {u"request"_s, welcome, stream}, 1);
    row("request: in JSON, at the start", {u"request"_s, welcome, u"--at"_s, u"0"_s, stream}, 0);
    row("request: damaged JSON", {u"request"_s, welcome, u"{nonsense"_s}, 2);
    row("request: a control", {u"request"_s, welcome, uR"({"control": "step", "job": "c0"})"_s}, 2);
    row("request: too late", {u"request"_s, welcome, u"stop"_s, u"--at"_s, u"99"_s}, 2);
    row("check: as expected", {u"check"_s, welcome}, 0);
    row("check: no file", {u"check"_s}, 2);
    row("check: missing file", {u"check"_s, u"no-such-file"_s}, 2);
    row("import: no output", {u"import"_s, welcome}, 2);
    row("explain", {u"explain"_s, u"NAC-R1"_s}, 0);
    row("explain: a policy", {u"explain"_s, u"qemu"_s}, 0);
    row("explain: no such code", {u"explain"_s, u"NAC-R9"_s}, 2);
}

void TestCli::exitCodes()
{
    QFETCH(QStringList, words);
    QFETCH(int, exitCode);
    const CliResult result = cli(words);
    QVERIFY2(result.exitCode == exitCode, qPrintable(u"%1\n%2%3"_s.arg(result.exitCode).arg(result.out, result.err)));
    if (exitCode == 2 && words.first() != "request"_L1)
        QVERIFY2(result.err.startsWith(u"blockscope: "_s), qPrintable(result.err));
}

void TestCli::errorsNameFilePlaceAndCause()
{
    const QString file = written(path(u"damaged.json"_s), "{\n  \"blockscope\": 1,\n  nonsense\n}");
    const CliResult result = cli({u"run"_s, file});
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.err.startsWith(u"blockscope: %1: line 3, column "_s.arg(file)), qPrintable(result.err));
    QCOMPARE(result.err.count(u'\n'), 1);
    QCOMPARE(result.out, QString());

    const CliResult policy = cli({u"run"_s, scenario(u"welcome"_s), u"--policy"_s, u"nonsense"_s});
    QVERIFY2(policy.err.contains(u"nac"_s), qPrintable(policy.err));
}

void TestCli::emptyListsAreNoGraph_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("place");
    QTest::newRow("bare") << QByteArray("[]") << u"the file"_s;
    QTest::newRow("reply") << QByteArray(R"({"return": []})") << u"return"_s;
}

// Whichever verb reads the file says the same.
void TestCli::emptyListsAreNoGraph()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, place);
    const QString file = written(path(u"empty.json"_s), text);
    const QString expected =
        u"blockscope: %1: %2: this list is empty: it does not say what nodes there are\n"_s.arg(file, place);
    for (const QString &verb : {u"export"_s, u"import"_s, u"run"_s}) {
        const QString out = path(verb == "export"_L1 ? u"empty.svg"_s : u"empty.blockscope"_s);
        const QStringList words{verb, file};
        const CliResult result = cli(verb == "run"_L1 ? words : words + QStringList{u"-o"_s, out});
        QCOMPARE(result.err, expected);
        QCOMPARE(result.exitCode, 2);
        QVERIFY(!QFile::exists(out));
    }
}

void TestCli::requestHintsAtUnknownArguments()
{
    const CliResult result = cli({u"request"_s, scenario(u"welcome"_s), u"block-commit"_s, u"devcie=top"_s});
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.out.contains(u"Parameter 'device' is missing"_s), qPrintable(result.out)); // QEMU's order
    QCOMPARE(result.err, u"blockscope: block-commit: There is no parameter “devcie”; did you mean “device”?\n"_s);
    const CliResult right = cli({u"request"_s, scenario(u"welcome"_s), u"block-commit"_s, u"device=nope"_s});
    QCOMPARE(right.err, QString());
}

void TestCli::checkTellsDifferences()
{
    QFile welcome(scenario(u"welcome"_s));
    QVERIFY(welcome.open(QIODevice::ReadOnly));
    QByteArray text = welcome.readAll();
    QVERIFY(text.contains("\"refused\""));
    text.replace("\"refused\"", "\"allowed\"");
    const CliResult result = cli({u"check"_s, written(path(u"wrong.blockscope"_s), text)});
    QCOMPARE(result.exitCode, 1);
    QVERIFY2(result.out.startsWith(u"ok 1 - "_s), qPrintable(result.out));
    QVERIFY(result.out.contains(u"\nnot ok 2 - "_s));
    QVERIFY(result.out.contains(u"\n# expected allowed, came out refused\n# block-stream of top was refused: "_s));
    QVERIFY(result.out.endsWith(u"\n1..2\n"_s));
}

void TestCli::checkGoesOnAfterABadFile()
{
    const CliResult result = cli({u"check"_s, u"no-such-file"_s, scenario(u"welcome"_s)});
    QCOMPARE(result.exitCode, 2);
    QVERIFY(result.out.startsWith(u"not ok 1 - no-such-file: "_s));
    QVERIFY(result.out.contains(u"\nok 2 - "_s));
    QVERIFY2(result.err.startsWith(u"blockscope: no-such-file: "_s), qPrintable(result.err));
}

namespace {

const QByteArray kGraph = R"({"return": [
  {"node-name": "base", "drv": "qcow2", "file": "base.qcow2", "ro": true, "image": {"virtual-size": 65536, "filename": "base.qcow2", "format": "qcow2"}},
  {"node-name": "top", "drv": "qcow2", "file": "top.qcow2", "ro": false, "backing_file": "base.qcow2", "image": {"virtual-size": 65536, "filename": "top.qcow2", "format": "qcow2", "backing-filename": "base.qcow2"}}]})";
const QByteArray kStatus = R"({"return": {"status": "paused", "running": false, "singlestep": false}})";

} // namespace

void TestCli::importPutsCapturesTogether()
{
    const QString graph = written(path(u"graph.json"_s), kGraph);
    const QString status = written(path(u"status.json"_s), kStatus);
    const QString out = path(u"both.blockscope"_s);
    const CliResult result = cli({u"import"_s, graph, status, u"-o"_s, out});
    QVERIFY2(result.exitCode == 0, qPrintable(result.err));
    QFile file(out);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY(text.contains("\"top\""));
    QVERIFY2(text.contains("\"run-state\": \"paused\""), text.constData());
    QCOMPARE(cli({u"request"_s, out, u"block-stream"_s, u"device=top"_s}).exitCode, 0);
}

void TestCli::importRejectsWhatDoesNotFit_data()
{
    QTest::addColumn<QByteArray>("second");
    QTest::addColumn<QString>("cause");

    QTest::newRow("a second graph") << kGraph << u"query-named-block-nodes: "_s;
    QTest::newRow("another shape") << QByteArray("{\"return\": {\"version\": 5}}") << u"neither a capture"_s;
    QTest::newRow("damaged") << QByteArray("[") << u"line 1"_s;
}

void TestCli::importRejectsWhatDoesNotFit()
{
    QFETCH(QByteArray, second);
    QFETCH(QString, cause);
    const QString graph = written(path(u"graph.json"_s), kGraph);
    const QString other = written(path(u"other.json"_s), second);
    const QString out = path(u"rejected.blockscope"_s);
    const CliResult result = cli({u"import"_s, graph, other, u"-o"_s, out});
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.err.startsWith(u"blockscope: %1: "_s.arg(other)), qPrintable(result.err));
    QVERIFY2(result.err.contains(cause), qPrintable(result.err));
    QVERIFY(!QFile::exists(out));
}

void TestCli::runTakesEventsFromAFile()
{
    const QByteArray events = R"({"execute": "block-stream", "arguments": {"device": "top", "job-id": "s0"}}

{"control": "run-until", "job": "s0", "status": null}
)";
    const CliResult result =
        cli({u"run"_s, scenario(u"welcome"_s), u"--events"_s, written(path(u"events.jsonl"_s), events)});
    QVERIFY2(result.exitCode == 0, qPrintable(result.err));
    QCOMPARE(result.out, u"  0  allowed  block-stream device=top job-id=s0  [s0 running 0/64]\n"
                         "  1  allowed  run-until job=s0 status=null\n"_s);

    const QString bad = written(path(u"bad.jsonl"_s), events + "{\"control\": \"nonsense\"}\n");
    const CliResult wrong = cli({u"run"_s, scenario(u"welcome"_s), u"--events"_s, bad});
    QCOMPARE(wrong.exitCode, 2);
    QVERIFY2(wrong.err.startsWith(u"blockscope: %1: line 4"_s.arg(bad)), qPrintable(wrong.err));
    QCOMPARE(wrong.out, QString());
}

void TestCli::requestOffersWhatWouldHelp()
{
    const CliResult result = cli({u"request"_s, scenario(u"welcome"_s), u"block-stream"_s, u"device=top"_s});
    QVERIFY2(result.out.startsWith(u"block-stream of top was refused: commit c0 is overwriting base.\n"_s),
             qPrintable(result.out));
    QVERIFY(result.out.contains(u"NAC-R1"_s));
    QVERIFY(result.out.contains(u"since step 1."_s));
    QVERIFY(result.out.contains(u"Would help:\n\n- Wait for commit c0: "_s));
}

void TestCli::requestIsMadeWhereAtSays()
{
    const QStringList words{u"request"_s, scenario(u"welcome"_s), u"block-stream"_s, u"device=top"_s, u"--at"_s};
    QCOMPARE(cli(words + QStringList{u"0"_s}).exitCode, 0);
    QCOMPARE(cli(words + QStringList{u"1"_s}).exitCode, 1);
}

void TestCli::explainListsAllCodes()
{
    const CliResult all = cli({u"explain"_s});
    QVERIFY(all.out.contains(u"NAC-R1 "_s));
    QVERIFY(all.out.contains(u"ARG-NODE "_s));
    const CliResult one = cli({u"explain"_s, u"nac-r2"_s});
    QVERIFY2(one.out.startsWith(u"NAC-R2: “I would not let you”"_s), qPrintable(one.out));
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
