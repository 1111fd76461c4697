// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/translation.h"
#include "engine/files/scenario.h"
#include "tests/app/clicall.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace blockscope;
using namespace blockscope::test;

class TestScenarios : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAsItExpects_data();
    void isAsItExpects();
    void isWrittenAsItWouldBeSaved_data() { isAsItExpects_data(); }
    void isWrittenAsItWouldBeSaved();
    void isPartOfTheProgram_data() { isAsItExpects_data(); }
    void isPartOfTheProgram();
    void countedSentencesHaveTheirForms();
};

void TestScenarios::isAsItExpects_data()
{
    QTest::addColumn<QString>("name");

    const QDir folder(QStringLiteral(BLOCKSCOPE_SOURCE_DIR "/resources/scenarios"));
    const QStringList files = folder.entryList({u"*.blockscope"_s});
    QVERIFY(files.contains(u"welcome.blockscope"_s));
    for (const QString &file : files)
        QTest::newRow(qPrintable(file)) << file.chopped(11);
}

void TestScenarios::isAsItExpects()
{
    QFETCH(QString, name);
    const CliResult result = cli({u"check"_s, scenario(name)});
    QVERIFY2(result.exitCode == 0, qPrintable(result.out + result.err));
    QVERIFY2(!result.out.contains(u"# SKIP"_s), "it expects nothing");
}

void TestScenarios::isWrittenAsItWouldBeSaved()
{
    QFETCH(QString, name);
    QFile file(scenario(name));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    const Result<Scenario> read = readScenario(bytes);
    QVERIFY(read);
    QVERIFY(!read->title.empty() && !read->description.empty());
    QCOMPARE(writeScenario(*read), bytes);
}

void TestScenarios::isPartOfTheProgram()
{
    QFETCH(QString, name);
    QFile inside(u":/scenarios/%1.blockscope"_s.arg(name));
    QVERIFY2(inside.open(QIODevice::ReadOnly), qPrintable(inside.fileName()));
    QFile outside(scenario(name));
    QVERIFY(outside.open(QIODevice::ReadOnly));
    QCOMPARE(inside.readAll(), outside.readAll());
}

void TestScenarios::countedSentencesHaveTheirForms()
{
    app::installTranslation();
    const QString many = cli({u"request"_s, scenario(u"welcome"_s), u"block-stream"_s, u"device=top"_s}).out;
    QVERIFY2(many.contains(u" reasons, by the rules of NAC:"_s), qPrintable(many));
    const QString one = cli({u"request"_s, scenario(u"welcome"_s), u"blockdev-del"_s, u"node-name=mid1.f"_s}).out;
    QVERIFY2(!one.contains(u"(s)"_s) && !many.contains(u"(s)"_s), qPrintable(one));
}

QTEST_GUILESS_MAIN(TestScenarios)
#include "tst_scenarios.moc"
