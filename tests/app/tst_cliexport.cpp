// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "tests/app/clicall.h"

#include <QImage>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace blockscope::test;

class TestCliExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFormat_data();
    void everyFormat();
    void sameInputSameBytes_data() { everyFormat_data(); }
    void sameInputSameBytes();
    void scaleEnlarges();
    void theMomentCanBeChosen();
    void explanationOnlyIfWanted();
    void legendCanBeLeftOut();
    void largePngIsWrittenWithAdvice();
    void wrongCalls_data();
    void wrongCalls();

private:
    QByteArray exported(const QString &name, const QStringList &options = {});

    QTemporaryDir m_folder;
};

QByteArray TestCliExport::exported(const QString &name, const QStringList &options)
{
    const QString out = m_folder.filePath(name);
    const CliResult result = cli(QStringList{u"export"_s, scenario(u"welcome"_s), u"-o"_s, out} + options);
    QFile file(out);
    if (result.exitCode != 0 || !file.open(QIODevice::ReadOnly))
        qWarning("%s", qPrintable(result.err));
    return file.readAll();
}

void TestCliExport::everyFormat_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("begins");

    QTest::newRow("png") << u"a.png"_s << QByteArray("\x89PNG");
    QTest::newRow("svg") << u"a.svg"_s << QByteArray("<");
    QTest::newRow("pdf") << u"a.pdf"_s << QByteArray("%PDF-");
    QTest::newRow("dot") << u"a.dot"_s << QByteArray("digraph");
}

void TestCliExport::everyFormat()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, begins);
    const QByteArray bytes = exported(name);
    QVERIFY2(bytes.startsWith(begins), bytes.left(20).constData());
    QVERIFY(bytes.size() > 500);
}

void TestCliExport::sameInputSameBytes()
{
    QFETCH(QString, name);
    const QByteArray first = exported(name);
    QVERIFY(!first.isEmpty());
    QCOMPARE(exported(name), first);
}

void TestCliExport::scaleEnlarges()
{
    const QImage once = QImage::fromData(exported(u"once.png"_s));
    const QImage thrice = QImage::fromData(exported(u"thrice.png"_s, {u"--scale"_s, u"3"_s}));
    QVERIFY(once.width() > 300);
    QVERIFY(qAbs(thrice.width() - 3 * once.width()) <= 3);
}

void TestCliExport::theMomentCanBeChosen()
{
    const QByteArray before = exported(u"before.svg"_s, {u"--at"_s, u"0"_s});
    const QByteArray running = exported(u"running.svg"_s);
    QVERIFY(!before.contains("c0"));
    QVERIFY(running.contains("c0"));
}

void TestCliExport::explanationOnlyIfWanted()
{
    const QByteArray headline = "block-stream of top was refused";
    QVERIFY(!exported(u"plain.svg"_s).contains(headline));
    QVERIFY(exported(u"explained.svg"_s, {u"--explain"_s}).contains(headline));
    const CliResult nothing = cli({u"export"_s, scenario(u"welcome"_s), u"-o"_s, m_folder.filePath(u"none.svg"_s),
                                   u"--explain"_s, u"--at"_s, u"1"_s});
    QCOMPARE(nothing.exitCode, 0);
    QVERIFY2(nothing.err.contains(u"no reasons to show"_s), qPrintable(nothing.err));
}

void TestCliExport::legendCanBeLeftOut()
{
    QVERIFY(exported(u"bare.svg"_s, {u"--no-legend"_s}).size() < exported(u"legend.svg"_s, {u"--legend"_s}).size());
}

void TestCliExport::largePngIsWrittenWithAdvice()
{
    const QString input = QStringLiteral(BLOCKSCOPE_TEST_DATA "/graphs/107-disks-200-tree.json");
    const QString png = m_folder.filePath(u"large.png"_s);
    const CliResult large = cli({u"export"_s, input, u"--scale"_s, u"2"_s, u"-o"_s, png});
    QCOMPARE(large.exitCode, 0);
    QVERIFY2(large.err.startsWith(u"blockscope: %1: A PNG of "_s.arg(png)), qPrintable(large.err));
    QVERIFY2(large.err.contains(u"SVG or PDF"_s), qPrintable(large.err));
    QVERIFY(QFile::exists(png));
    QCOMPARE(cli({u"export"_s, input, u"-o"_s, m_folder.filePath(u"large.svg"_s)}).err, QString());
    QCOMPARE(cli({u"export"_s, scenario(u"welcome"_s), u"-o"_s, m_folder.filePath(u"small.png"_s)}).err, QString());
}

void TestCliExport::wrongCalls_data()
{
    QTest::addColumn<QStringList>("options");

    QTest::newRow("no output") << QStringList{};
    QTest::newRow("unknown format") << QStringList{u"-o"_s, u"a.bmp"_s};
    QTest::newRow("unknown theme") << QStringList{u"-o"_s, u"a.svg"_s, u"--theme"_s, u"pink"_s};
    QTest::newRow("scale too large") << QStringList{u"-o"_s, u"a.png"_s, u"--scale"_s, u"5"_s};
    QTest::newRow("scale of a drawing") << QStringList{u"-o"_s, u"a.svg"_s, u"--scale"_s, u"2"_s};
    QTest::newRow("reasons in a graph file") << QStringList{u"-o"_s, u"a.dot"_s, u"--explain"_s};
    QTest::newRow("too late") << QStringList{u"-o"_s, u"a.svg"_s, u"--at"_s, u"4"_s};
    QTest::newRow("no moment") << QStringList{u"-o"_s, u"a.svg"_s, u"--at"_s, u"-1"_s};
    QTest::newRow("no such folder") << QStringList{u"-o"_s, u"/no-such-folder/a.svg"_s};
}

void TestCliExport::wrongCalls()
{
    QFETCH(QStringList, options);
    const CliResult result = cli(QStringList{u"export"_s, scenario(u"welcome"_s)} + options);
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.err.startsWith(u"blockscope: "_s), qPrintable(result.err));
}

QTEST_MAIN(TestCliExport)
#include "tst_cliexport.moc"
