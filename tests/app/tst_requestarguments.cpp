// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/requestarguments.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace blockscope;

class TestRequestArguments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void values_data();
    void values();
    void errors_data();
    void errors();
    void hints_data();
    void hints();
};

void TestRequestArguments::values_data()
{
    QTest::addColumn<QString>("operation");
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<Object>("arguments");

    const auto row = [](const char *name, const char *operation, const QStringList &words, const Object &arguments) {
        QTest::newRow(name) << QString::fromLatin1(operation) << words << arguments;
    };
    row("none", "block-commit", {}, {});
    row("text", "block-commit", {u"device=top"_s}, {{"device", "top"}});
    row("text that looks like a number", "block-commit", {u"device=5"_s}, {{"device", "5"}});
    row("number", "block-commit", {u"speed=-5"_s}, {{"speed", Value(std::int64_t{-5})}});
    row("true", "block-commit", {u"auto-finalize=true"_s}, {{"auto-finalize", Value(true)}});
    row("off", "block-commit", {u"auto-finalize=off"_s}, {{"auto-finalize", Value(false)}});
    row("the value has an =", "block-commit", {u"base=a=b"_s}, {{"base", "a=b"}});
    row("empty value", "block-commit", {u"base="_s}, {{"base", ""}});
    row("JSON", "blockdev-add", {u"file={\"driver\": \"file\", \"filename\": \"x\"}"_s},
        {{"file", Object{{"driver", "file"}, {"filename", "x"}}}});
    row("members", "blockdev-add", {u"file.driver=file"_s, u"file.filename=x"_s},
        {{"file", Object{{"driver", "file"}, {"filename", "x"}}}});
    row("an unknown operation takes texts", "nonsense", {u"speed=5"_s}, {{"speed", "5"}});
}

void TestRequestArguments::values()
{
    QFETCH(QString, operation);
    QFETCH(QStringList, words);
    QFETCH(Object, arguments);
    const Result<Object> result = app::readArguments(operation.toStdString(), words);
    QVERIFY2(result, result ? "" : result.error().what.c_str());
    QVERIFY(*result == arguments);
}

void TestRequestArguments::errors_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("where");

    QTest::newRow("no value") << QStringList{u"device"_s} << u"device"_s;
    QTest::newRow("no key") << QStringList{u"=top"_s} << u"=top"_s;
    QTest::newRow("no number") << QStringList{u"speed=fast"_s} << u"speed"_s;
    QTest::newRow("fraction") << QStringList{u"speed=1.5"_s} << u"speed"_s;
    QTest::newRow("no truth value") << QStringList{u"auto-finalize=perhaps"_s} << u"auto-finalize"_s;
    QTest::newRow("twice") << QStringList{u"device=a"_s, u"device=b"_s} << u"device"_s;
    QTest::newRow("member of a text") << QStringList{u"device=a"_s, u"device.b=c"_s} << u"device.b"_s;
    QTest::newRow("damaged JSON") << QStringList{u"device={"_s} << u"device, line 1, column 2"_s;
}

void TestRequestArguments::errors()
{
    QFETCH(QStringList, words);
    const Result<Object> result = app::readArguments("block-commit", words);
    QVERIFY(!result);
    QTEST(QString::fromStdString(result.error().where), "where");
}

void TestRequestArguments::hints_data()
{
    QTest::addColumn<QString>("operation");
    QTest::addColumn<Object>("arguments");
    QTest::addColumn<QString>("hint");

    const auto row = [](const char *name, const char *operation, const Object &arguments, const QString &hint) {
        QTest::newRow(name) << QString::fromLatin1(operation) << arguments << hint;
    };
    const QString device = u"There is no parameter “%1”; did you mean “device”?"_s;
    row("all known", "block-commit", {{"device", "top"}}, {});
    row("exchanged letters", "block-commit", {{"devcie", "top"}}, device.arg(u"devcie"_s));
    row("a letter left out", "block-commit", {{"devic", "top"}}, device.arg(u"devic"_s));
    row("a wrong letter", "block-commit", {{"device", "top"}, {"top_node", "top"}},
        u"There is no parameter “top_node”; did you mean “top-node”?"_s);
    row("like nothing", "block-commit", {{"colour", "red"}}, u"There is no parameter “colour”."_s);
    row("like one that is given", "block-commit", {{"device", "top"}, {"devcie", "top"}},
        u"There is no parameter “devcie”."_s);
    row("takes any", "blockdev-add", {{"drivr", "qcow2"}}, {});
    row("no operation", "nonsense", {{"devcie", "top"}}, {});
    row("like an operation", "block-strem", {{"device", "top"}}, u"Did you mean “block-stream”?"_s);
}

void TestRequestArguments::hints()
{
    QFETCH(QString, operation);
    QFETCH(Object, arguments);
    QFETCH(QString, hint);
    QCOMPARE(app::unknownNameHint(operation.toStdString(), arguments), hint);
}

QTEST_GUILESS_MAIN(TestRequestArguments)
#include "tst_requestarguments.moc"
