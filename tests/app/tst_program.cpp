// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "tests/app/clicall.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace blockscope::test;

/// The built program, started where there is no display and nobody chose a platform.
class TestProgram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void worksWithoutDisplay_data();
    void worksWithoutDisplay();
    void saysWhatDoesNotOpen_data();
    void saysWhatDoesNotOpen();
    void speaksOfOneThingInTheSingular();

private:
    QTemporaryDir m_folder;
};

namespace {

void start(QProcess &program, const QStringList &arguments)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s, u"XDG_RUNTIME_DIR"_s})
        environment.remove(name);
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(BLOCKSCOPE_PROGRAM), arguments);
    QVERIFY2(program.waitForFinished(), qPrintable(program.errorString()));
}

} // namespace

void TestProgram::worksWithoutDisplay_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");

    const QString welcome = scenario(u"welcome"_s);
    const auto row = [](const char *name, const QStringList &arguments, int exitCode) {
        QTest::newRow(name) << arguments << exitCode;
    };
    row("help", {u"--help"_s}, 0);
    row("version", {u"--version"_s}, 0);
    row("run", {u"run"_s, welcome}, 0);
    row("request", {u"request"_s, welcome, u"block-stream"_s, u"device=top"_s}, 1);
    row("check", {u"check"_s, welcome}, 0);
    row("explain", {u"explain"_s, u"NAC-R1"_s}, 0);
    row("svg", {u"export"_s, welcome, u"-o"_s, m_folder.filePath(u"a.svg"_s)}, 0);
    row("dot", {u"export"_s, welcome, u"-o"_s, m_folder.filePath(u"a.dot"_s)}, 0);
    row("png", {u"export"_s, welcome, u"-o"_s, m_folder.filePath(u"a.png"_s)}, 0);
    row("pdf", {u"export"_s, welcome, u"-o"_s, m_folder.filePath(u"a.pdf"_s)}, 0);
}

void TestProgram::worksWithoutDisplay()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    QProcess program;
    start(program, arguments);
    const QByteArray complaints = program.readAllStandardError();
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QVERIFY2(program.exitCode() == exitCode, complaints.constData());
    QVERIFY2(complaints.isEmpty(), complaints.constData());
    if (arguments.first() != "export"_L1)
        QVERIFY(!program.readAllStandardOutput().isEmpty());
    else
        QVERIFY(QFile::exists(arguments.last()));
}

void TestProgram::saysWhatDoesNotOpen_data()
{
    QTest::addColumn<QString>("argument");
    QTest::addColumn<QByteArray>("complaint");
    QTest::newRow("a verb with a slip") << u"exprot"_s << QByteArray("exprot: This is neither a verb nor a file");
    QTest::newRow("an option there is not") << u"-x"_s << QByteArray("-x: This is neither a verb nor a file");
    QTest::newRow("a window without a display") << scenario(u"welcome"_s) << QByteArray("no display");
}

void TestProgram::saysWhatDoesNotOpen()
{
    QFETCH(QString, argument);
    QFETCH(QByteArray, complaint);
    QProcess program;
    start(program, {argument});
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 2);
    QVERIFY(program.readAllStandardError().contains(complaint));
}

void TestProgram::speaksOfOneThingInTheSingular()
{
    QProcess program;
    start(program, {u"request"_s, scenario(u"shared-base"_s), u"--at"_s, u"0"_s, u"blockdev-del"_s, u"node-name=a"_s});
    const QByteArray out = program.readAllStandardOutput();
    QVERIFY2(out.contains("\n1 reason, by the rules of NAC:\n"), out.constData());
}

QTEST_GUILESS_MAIN(TestProgram)
#include "tst_program.moc"
