// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "tests/app/clicall.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>

using namespace Qt::StringLiterals;
using namespace blockscope::test;

/// The policy qemu held to the QEMU that is installed; without one these tests fail. A QEMU that hangs is a script in
/// its place.
class TestReproduce : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void agreesWithQemu_data();
    void agreesWithQemu();
    void everyEventLeftOutIsKnown();
    void linesFitTheirSchema();
    void buildsEveryKindOfGraph_data();
    void buildsEveryKindOfGraph();
    void theScriptRunsAlone();
    void aMissingProgramIsNamed();
    void aQemuThatHangsIsEnded();
    void anInterruptLeavesNothing_data();
    void anInterruptLeavesNothing();
    void nothingToPlayIsAnError();
    void wrongCalls_data();
    void wrongCalls();

private:
    QString m_data = QStringLiteral(BLOCKSCOPE_TEST_DATA "/reproduce/");
};

namespace {

QString scenarioFolder()
{
    return QStringLiteral(BLOCKSCOPE_SOURCE_DIR "/resources/scenarios/");
}

QStringList linesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    lines.removeIf([](const QString &line) { return line.startsWith(u'#'); });
    return lines;
}

/// How `reproduce` is called for a scenario or a capture with events.
QStringList callFor(const QString &name)
{
    const QString file = scenarioFolder() + name + u".blockscope"_s;
    if (QFile::exists(file))
        return {u"reproduce"_s, file};
    const QString data = QStringLiteral(BLOCKSCOPE_TEST_DATA);
    return {u"reproduce"_s, data + u"/graphs/"_s + name + u".json"_s, u"--events"_s,
            data + u"/reproduce/"_s + name + u".jsonl"_s};
}

QStringList names(const QString &folder, const QString &ending)
{
    QStringList found = QDir(folder).entryList({u'*' + ending}, QDir::Files, QDir::Name);
    for (QString &name : found)
        name.chop(ending.size());
    return found;
}

/// A folder of programs, the first of PATH as long as it lives, and a TMPDIR that must be empty at the end.
class Sandbox
{
public:
    Sandbox() : m_path(qgetenv("PATH")), m_temporary(qgetenv("TMPDIR"))
    {
        QDir(m_folder.path()).mkdir(u"bin"_s);
        QDir(m_folder.path()).mkdir(u"tmp"_s);
        qputenv("PATH", (m_folder.filePath(u"bin"_s) + u':').toLocal8Bit() + m_path);
        qputenv("TMPDIR", m_folder.filePath(u"tmp"_s).toLocal8Bit());
        qputenv("BLOCKSCOPE_TEST_PID", pidFile().toLocal8Bit());
    }
    ~Sandbox()
    {
        qputenv("PATH", m_path);
        if (m_temporary.isEmpty())
            qunsetenv("TMPDIR");
        else
            qputenv("TMPDIR", m_temporary);
    }
    Q_DISABLE_COPY_MOVE(Sandbox)

    /// A QEMU that says nothing, and leaves word of which process it is.
    void addHangingQemu() const
    {
        const QString path = written(m_folder.filePath(u"bin/qemu-system-x86_64"_s),
                                     "#!/bin/sh\necho $$ >\"$BLOCKSCOPE_TEST_PID\"\nexec sleep 1000\n");
        QFile(path).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }

    /// The process of that QEMU; 0 when it has not been started.
    [[nodiscard]] pid_t pid() const
    {
        QFile file(pidFile());
        return file.open(QIODevice::ReadOnly) ? static_cast<pid_t>(file.readAll().trimmed().toLongLong()) : 0;
    }
    [[nodiscard]] bool isQemuAlive() const { return ::kill(pid(), 0) == 0; }
    [[nodiscard]] QStringList leftOver() const
    {
        return QDir(m_folder.filePath(u"tmp"_s)).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    /// True while a script has not cleaned up.
    [[nodiscard]] bool hasScratch() const
    {
        const QStringList folders = leftOver();
        return std::any_of(folders.begin(), folders.end(), [&](const QString &folder) {
            return QFile::exists(m_folder.filePath(u"tmp/"_s + folder + u"/scratch"_s));
        });
    }
    [[nodiscard]] QString bin() const { return m_folder.filePath(u"bin"_s); }

private:
    [[nodiscard]] QString pidFile() const { return m_folder.filePath(u"pid"_s); }

    QTemporaryDir m_folder;
    QByteArray m_path;
    QByteArray m_temporary;
};

} // namespace

void TestReproduce::initTestCase()
{
    QVERIFY2(!QStandardPaths::findExecutable(u"qemu-system-x86_64"_s).isEmpty() &&
                 !QStandardPaths::findExecutable(u"qemu-img"_s).isEmpty(),
             "QEMU is missing; tests/run installs it");
}

void TestReproduce::agreesWithQemu_data()
{
    QTest::addColumn<QString>("name");
    const QStringList all = names(scenarioFolder(), u".blockscope"_s) + names(m_data, u".jsonl"_s);
    QVERIFY(all.contains(u"welcome"_s) && all.contains(u"08-chain-4"_s));
    for (const QString &name : all)
        QTest::newRow(qPrintable(name)) << name;
}

void TestReproduce::agreesWithQemu()
{
    QFETCH(QString, name);
    QMap<int, QString> known; // reason by event
    for (const QString &line : linesOf(m_data + u"differences.txt"_s)) {
        const QStringList parts = line.split(u'\t');
        QVERIFY2(parts.size() == 3, qPrintable(line));
        if (parts.first() == name)
            known[parts.at(1).toInt()] = parts.at(2);
    }
    const Sandbox sandbox;
    const CliResult result = cli(callFor(name) + QStringList{u"--run"_s, u"--format=json"_s});
    QVERIFY2(result.exitCode == (known.isEmpty() ? 0 : 1), qPrintable(result.out + result.err));
    QVERIFY(!result.out.isEmpty());
    int compared = 0;
    for (const QString &line : result.out.split(u'\n', Qt::SkipEmptyParts)) {
        const QJsonObject object = QJsonDocument::fromJson(line.toUtf8()).object();
        const QString verdict = object.value(u"result"_s).toString();
        compared += verdict == "same"_L1 || verdict == "different"_L1;
        QVERIFY2((verdict == "different"_L1) == known.contains(object.value(u"index"_s).toInt()), qPrintable(line));
    }
    QVERIFY2(compared > 0, qPrintable(result.out));
    QCOMPARE(sandbox.leftOver(), QStringList());
}

// What is not played is told by the program, and stands here: a new rule that leaves more out does not go unseen.
void TestReproduce::everyEventLeftOutIsKnown()
{
    QStringList told;
    for (const QString &name : names(scenarioFolder(), u".blockscope"_s)) {
        const CliResult result = cli(callFor(name));
        const bool isWritten = result.exitCode == 0 && result.out.startsWith("#!/usr/bin/env python3\n"_L1);
        QVERIFY2(isWritten, qPrintable(result.err));
        for (QString line : result.err.split(u'\n', Qt::SkipEmptyParts))
            told += name + line.remove(u"blockscope: "_s + scenarioFolder() + name + u".blockscope"_s);
    }
    QCOMPARE(told.join(u'\n'), linesOf(m_data + u"unplayed.txt"_s).join(u'\n'));
}

void TestReproduce::linesFitTheirSchema()
{
    const QByteArray script = R"(
import json, sys, jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
lines = open(sys.argv[2]).read().splitlines()
assert len(lines) > 10, len(lines)
for line in lines:
    validator.validate(json.loads(line))
broken = json.loads(lines[0]); del broken['result']
assert not validator.is_valid(broken)
)";
    QByteArray all;
    for (const char *name : {"welcome", "literal-rfc", "08-chain-4"})
        all += cli(callFor(QString::fromLatin1(name)) + QStringList{u"--run"_s, u"--format=json"_s}).out.toUtf8();
    QTemporaryDir folder;
    QProcess validator;
    validator.start(u"python3"_s, {written(folder.filePath(u"validate.py"_s), script),
                                   QStringLiteral(BLOCKSCOPE_SOURCE_DIR "/resources/schema/reproduction.schema.json"),
                                   written(folder.filePath(u"lines.jsonl"_s), all)});
    QVERIFY(validator.waitForFinished());
    QVERIFY2(validator.exitCode() == 0, validator.readAllStandardError().constData());
}

void TestReproduce::buildsEveryKindOfGraph_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name :
         {"17-same-base-opened-separately", "21-blkdebug", "23-blkverify", "24-blklogwrites",
          "29-copy-before-write-fleecing", "36-qcow2-data-file", "39-vmdk-backing", "83-vm-incoming",
          "88-cdrom-ejected", "92-device-zoo", "98-after-snapshots", "104-force-share", "106-disks-50x4"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

// Without events the graph alone is built; QEMU says whether it can be.
void TestReproduce::buildsEveryKindOfGraph()
{
    QFETCH(QString, name);
    const QString file = QStringLiteral(BLOCKSCOPE_TEST_DATA "/graphs/%1.json").arg(name);
    const CliResult result = cli({u"reproduce"_s, file, u"--run"_s});
    QVERIFY2(result.exitCode == 0, qPrintable(result.err));
}

void TestReproduce::theScriptRunsAlone()
{
    QTemporaryDir folder;
    const Sandbox sandbox;
    const QString script = folder.filePath(u"script.py"_s);
    const CliResult result = cli(callFor(u"welcome"_s) + QStringList{u"-o"_s, script});
    QVERIFY2(result.exitCode == 0 && result.out.isEmpty(), qPrintable(result.err));
    QProcess python;
    python.start(u"python3"_s, {script});
    QVERIFY(python.waitForFinished());
    const QByteArray out = python.readAllStandardOutput();
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
    QVERIFY2(out.contains("  2  same       block-stream") && out.contains("expected: refused; QEMU: refused"),
             out.constData());
    QCOMPARE(sandbox.leftOver(), QStringList());
}

void TestReproduce::aMissingProgramIsNamed()
{
    const Sandbox sandbox;
    qputenv("PATH", sandbox.bin().toLocal8Bit());
    const CliResult result = cli(callFor(u"welcome"_s) + QStringList{u"--run"_s});
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.err.contains(u"qemu-system-x86_64 is not installed. On Debian: apt-get install qemu-system-x86"_s),
             qPrintable(result.err));
}

void TestReproduce::aQemuThatHangsIsEnded()
{
    const Sandbox sandbox;
    sandbox.addHangingQemu();
    const CliResult result = cli(callFor(u"welcome"_s) + QStringList{u"--run"_s, u"--timeout=0.3"_s});
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.err.contains(u"QEMU has not given the greeting within 0.3 s"_s), qPrintable(result.err));
    QVERIFY(sandbox.pid() != 0 && !sandbox.isQemuAlive());
    QCOMPARE(sandbox.leftOver(), QStringList());
}

void TestReproduce::anInterruptLeavesNothing_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<bool>("cleansUp");
    QTest::newRow("Ctrl+C") << SIGINT << true;
    QTest::newRow("the terminal is closed") << SIGHUP << true;
    QTest::newRow("it is told to end") << SIGTERM << true;
    QTest::newRow("it is killed at once")
        << SIGKILL << false; // who is dead leaves the script, but no process and no image
}

void TestReproduce::anInterruptLeavesNothing()
{
    QFETCH(int, number);
    QFETCH(bool, cleansUp);
    const Sandbox sandbox;
    sandbox.addHangingQemu();
    QProcess program;
    program.start(QStringLiteral(BLOCKSCOPE_PROGRAM), callFor(u"welcome"_s) + QStringList{u"--run"_s});
    QTRY_VERIFY_WITH_TIMEOUT(sandbox.pid() != 0, 20000);
    ::kill(static_cast<pid_t>(program.processId()), number);
    QVERIFY(program.waitForFinished(20000));
    QTRY_VERIFY_WITH_TIMEOUT(!sandbox.isQemuAlive(), 20000);
    QTRY_VERIFY_WITH_TIMEOUT(!sandbox.hasScratch(), 20000);
    if (!cleansUp)
        return;
    QCOMPARE(program.exitCode(), 2);
    QVERIFY(program.readAllStandardError().contains("Interrupted."));
    QCOMPARE(sandbox.leftOver(), QStringList());
}

void TestReproduce::nothingToPlayIsAnError()
{
    QTemporaryDir folder;
    const QString events =
        written(folder.filePath(u"e.jsonl"_s), R"({"execute": "migrate", "arguments": {"uri": "tcp:x:1"}})");
    const CliResult result = cli({u"reproduce"_s, scenario(u"welcome"_s), u"--events"_s, events});
    QCOMPARE(result.exitCode, 2);
    QVERIFY(result.out.isEmpty());
    QVERIFY2(result.err.contains(u"None of its events can be sent to a real QEMU"_s) &&
                 result.err.contains(u"event 0: migrate needs a second QEMU"_s),
             qPrintable(result.err));
}

void TestReproduce::wrongCalls_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("no file") << QStringList{};
    QTest::newRow("two files") << QStringList{scenario(u"welcome"_s), scenario(u"welcome"_s)};
    QTest::newRow("a file that is not there") << QStringList{u"/nonexistent"_s};
    QTest::newRow("a format") << QStringList{scenario(u"welcome"_s), u"--format=xml"_s};
    QTest::newRow("a time") << QStringList{scenario(u"welcome"_s), u"--timeout=soon"_s};
    QTest::newRow("too many events") << QStringList{scenario(u"welcome"_s), u"--at=99"_s};
    QTest::newRow("no folder to write to") << QStringList{scenario(u"welcome"_s), u"-o"_s, u"/nonexistent/x"_s};
}

void TestReproduce::wrongCalls()
{
    QFETCH(QStringList, words);
    const CliResult result = cli(QStringList{u"reproduce"_s} + words);
    QCOMPARE(result.exitCode, 2);
    QVERIFY(result.out.isEmpty());
    QVERIFY2(result.err.startsWith(u"blockscope: "_s), qPrintable(result.err));
}

QTEST_GUILESS_MAIN(TestReproduce)
#include "tst_reproduce.moc"
