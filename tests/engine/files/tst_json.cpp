// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "tests/engine/files/support.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>

using namespace blockscope;
using namespace blockscope::test;

class TestJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAndWritesTheSame_data();
    void readsAndWritesTheSame();
    void keepsWholeNumbersWhole();
    void errorsSayWhere_data();
    void errorsSayWhere();
    void agreesWithQt_data();
    void agreesWithQt();
    void agreesWithQtOnDamage();
    void doublesSurvive();
    void breaksLongLines();
};

void TestJson::readsAndWritesTheSame_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {"null", "true", "false", "0", "-1", "9223372036854775807", "-9223372036854775808", "1.5", "1e+300", "0.1",
          "-0.0", "1.0", R"("")", R"("a\"b\\c\n\t\u0000\u001f/é€😀")", "[]", "{}", R"([1, 2, [3, {"a": null}]])"})
        QTest::newRow(text) << QByteArray(text);
}

void TestJson::readsAndWritesTheSame()
{
    QFETCH(QByteArray, text);
    const auto value = readJson(text.toStdString());
    QVERIFY(value);
    QCOMPARE(writeJsonLine(*value), text.toStdString());
    const auto again = readJson(writeJson(*value));
    QVERIFY(again && *again == *value);
}

void TestJson::keepsWholeNumbersWhole()
{
    QVERIFY(readJson("12")->asInteger() != nullptr);
    QVERIFY(readJson("12.0")->asDouble() != nullptr);
    QVERIFY(readJson("1e2")->asDouble() != nullptr);
    QVERIFY(readJson("18446744073709551615")->asDouble() != nullptr);
}

void TestJson::errorsSayWhere_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("where");
    const auto row = [](const char *name, const QByteArray &text, const char *where) {
        QTest::newRow(name) << text << QByteArray(where);
    };
    row("nothing", "", "line 1, column 1");
    row("white space", " \n\n ", "line 3, column 2");
    row("cut off", "{\"a\": [1,\n 2", "line 2, column 3");
    row("a word", "{\n  \"a\": nope}", "line 2, column 8");
    row("rest", "{} {}", "line 1, column 4");
    row("no comma", "[1 2]", "line 1, column 4");
    row("comma at the end", "[1,]", "line 1, column 4");
    row("no colon", "{\"a\" 1}", "line 1, column 6");
    row("key without quotes", "{a: 1}", "line 1, column 2");
    row("doubled key", "{\"a\": 1,\n \"a\": 2}", "line 2, column 2");
    row("columns are characters", "{\"é\": €}", "line 1, column 7");
    row("control character", "\"a\nb\"", "line 1, column 3");
    row("escape", R"("\x")", "line 1, column 2");
    row("half a pair", R"("\ud800")", "line 1, column 2");
    row("wrong pair", R"("\ud800\u0041")", "line 1, column 2");
    row("not UTF-8", "\"\xff\"", "line 1, column 2");
    row("overlong UTF-8", "\"\xc0\x80\"", "line 1, column 2");
    row("surrogate in UTF-8", "\"\xed\xa0\x80\"", "line 1, column 2");
    row("leading zero", "01", "line 1, column 2");
    row("plus", "+1", "line 1, column 1");
    row("point", "1.", "line 1, column 3");
    row("exponent", "1e", "line 1, column 3");
    row("too large", "[1e999]", "line 1, column 2");
    row("infinity", "Infinity", "line 1, column 1");
    row("depth", QByteArray(100000, '['), "line 1, column 129");
    row("depth of objects", QByteArray("{\"a\":").repeated(100000), "line 1, column 641");
    row("zero byte", QByteArray("{}\0", 3), "line 1, column 3");
}

void TestJson::errorsSayWhere()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, where);
    const auto value = readJson({text.constData(), static_cast<std::size_t>(text.size())});
    QVERIFY(!value);
    QCOMPARE(value.error().code, std::string("FILE-JSON"));
    QCOMPARE(value.error().where, where.toStdString());
    QVERIFY(!value.error().what.empty());
}

static bool isSame(const Value &ours, const QJsonValue &theirs)
{
    if (const auto *object = ours.asObject()) {
        const QJsonObject other = theirs.toObject();
        return theirs.isObject() && static_cast<qsizetype>(object->size()) == other.size() &&
               std::all_of(object->begin(), object->end(), [&](const auto &member) {
                   return isSame(member.second, other.value(QString::fromStdString(member.first)));
               });
    }
    if (const auto *list = ours.asList()) {
        const QJsonArray other = theirs.toArray();
        return theirs.isArray() && static_cast<qsizetype>(list->size()) == other.size() &&
               std::equal(list->begin(), list->end(), other.begin(), isSame);
    }
    if (const auto *text = ours.asString())
        return theirs.isString() && theirs.toString() == QString::fromStdString(*text);
    if (const auto *flag = ours.asBool())
        return theirs.isBool() && theirs.toBool() == *flag;
    if (const auto *whole = ours.asInteger())
        return theirs.isDouble() && theirs.toInteger() == *whole;
    if (const auto *number = ours.asDouble())
        return theirs.isDouble() && theirs.toDouble() == *number;
    return theirs.isNull();
}

void TestJson::agreesWithQt_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : captureNames())
        QTest::newRow(qPrintable(name)) << name;
}

void TestJson::agreesWithQt()
{
    QFETCH(QString, name);
    const QByteArray text = captureText(name);
    QVERIFY(isSame(parsed(text), QJsonDocument::fromJson(text).object()));
}

void TestJson::agreesWithQtOnDamage()
{
    const QByteArray text = captureText(QStringLiteral("47-job-commit-intermediate.json"));
    QRandomGenerator random(20151225);
    int accepted = 0;
    for (int round = 0; round < 3000; ++round) {
        QByteArray damaged = text;
        for (int i = 0; i < 2; ++i)
            damaged[random.bounded(damaged.size())] = static_cast<char>(random.bounded(0x20, 0x7f));
        const auto ours = readJson({damaged.constData(), static_cast<std::size_t>(damaged.size())});
        const QJsonDocument theirs = QJsonDocument::fromJson(damaged);
        if (ours) {
            ++accepted;
            QVERIFY2(isSame(*ours, theirs.object()), damaged);
        } else if (!theirs.isNull()) {
            // Where we are stricter: doubled keys, escapes, and numbers such as ".5" and "1.".
            static constexpr std::array kStricter{
                "twice", "surrogate", "escape", "out of range", "hexadecimal", "a digit is", "a value is expected"};
            const std::string &what = ours.error().what;
            const bool isStricter = std::any_of(kStricter.begin(), kStricter.end(),
                                                [&](const char *part) { return what.find(part) != std::string::npos; });
            QVERIFY2(isStricter, (what + " at " + ours.error().where + "\n" + damaged.toStdString()).c_str());
        }
    }
    QVERIFY(accepted > 100);
}

void TestJson::doublesSurvive()
{
    QRandomGenerator random(7);
    for (int i = 0; i < 20000; ++i) {
        double number = 0;
        const quint64 bits = random.generate64();
        memcpy(&number, &bits, sizeof number);
        if (!std::isfinite(number))
            continue;
        const auto again = readJson(writeJsonLine(number));
        QVERIFY(again && again->asDouble() != nullptr);
        QCOMPARE(*again->asDouble(), number);
    }
}

void TestJson::breaksLongLines()
{
    const Value value =
        Object{{"long", Value::List(40, Value(std::int64_t{123456}))}, {"short", Value::List(3, Value(true))}};
    const std::string text = writeJson(value);
    QVERIFY(text.find("\"short\": [true, true, true]\n") != std::string::npos);
    QVERIFY(text.find("  \"long\": [\n    123456,\n") != std::string::npos);
    QCOMPARE(writeJson(Object{{"a", true}}), std::string("{\n  \"a\": true\n}\n"));
}

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"
