// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "tests/engine/files/support.h"

using namespace blockscope;
using namespace blockscope::test;

class TestEvents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAndWritesTheSame_data();
    void readsAndWritesTheSame();
    void errorsSayWhere_data();
    void errorsSayWhere();
    void readsLines();
    void errorsNameTheLine_data();
    void errorsNameTheLine();
};

void TestEvents::readsAndWritesTheSame_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {R"({"arguments": {"device": "top", "speed": 65536}, "execute": "block-commit"})", R"({"execute": "stop"})",
          R"({"execute": "job-complete", "expect": "invalid", "id": "libvirt-7"})",
          R"({"control": "step", "job": "j0"})", R"({"control": "step", "count": 5, "job": "j0"})",
          R"({"control": "run-until", "job": "j0", "status": "ready"})",
          R"({"control": "run-until", "job": "j0", "status": null})",
          R"({"cluster": 3, "control": "guest-write", "device": "vda"})",
          R"({"control": "set-policy", "expect": {"codes": ["A", "B"], "verdict": "refused"}, "policy": "nac"})",
          R"({"comment": "c", "execute": "cont", "expect": {}})"})
        QTest::newRow(text) << QByteArray(text);
}

void TestEvents::readsAndWritesTheSame()
{
    QFETCH(QByteArray, text);
    const auto event = readScenarioEvent(parsed(text));
    QVERIFY2(event, event ? "" : event.error().what.c_str());
    QCOMPARE(QByteArray::fromStdString(writeJsonLine(writeScenarioEvent(*event))), text);
    const auto again = readScenarioEvent(writeScenarioEvent(*event));
    QVERIFY(again && *again == *event);
    const auto bare = readEvent(writeEvent(event->event));
    QVERIFY(bare && *bare == event->event);
}

void TestEvents::errorsSayWhere_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("where");
    const auto row = [](const char *text, const char *where) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(where);
    };
    row("7", "the file");
    row("{}", "execute");
    row(R"({"execute": "stop", "control": "step"})", "execute");
    row(R"({"execute": 1})", "execute");
    row(R"({"execute": "stop", "arguments": []})", "arguments");
    row(R"({"control": "dance"})", "control");
    row(R"({"control": "step"})", "the file");
    row(R"({"control": "step", "job": "j", "count": -1})", "count");
    row(R"({"control": "step", "job": "j", "count": 1.5})", "count");
    row(R"({"control": "run-until", "job": "j"})", "status");
    row(R"({"control": "run-until", "job": "j", "status": "soon"})", "status");
    row(R"({"control": "guest-write", "device": "vda"})", "cluster");
    row(R"({"control": "guest-write", "device": "vda", "cluster": 100000})", "cluster");
    row(R"({"execute": "stop", "expect": "maybe"})", "expect");
    row(R"({"execute": "stop", "expect": {"verdict": 1}})", "expect.verdict");
    row(R"({"execute": "stop", "expect": {"codes": [1]}})", "expect.codes");
}

void TestEvents::errorsSayWhere()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, where);
    const auto event = readScenarioEvent(parsed(text));
    QVERIFY(!event);
    QCOMPARE(event.error().where, where.toStdString());
    QVERIFY(!event.error().what.empty());
}

void TestEvents::readsLines()
{
    const auto events =
        readEventLines("# a comment\n\n{\"execute\": \"stop\"}\r\n   # another\n\t{\"execute\": \"cont\"}");
    QVERIFY(events);
    QCOMPARE(events->size(), std::size_t{2});
    QVERIFY((*events)[1].event == Event(QmpCommand{"cont", {}}));
    QVERIFY(readEventLines("")->empty());
}

void TestEvents::errorsNameTheLine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("where");
    QTest::newRow("JSON") << QByteArray("\n# x\n{\"execute\": nope}\n") << QByteArray("line 3, column 13");
    QTest::newRow("indented") << QByteArray("   {") << QByteArray("line 1, column 5");
    QTest::newRow("event") << QByteArray("{\"execute\": \"stop\"}\n{\"execute\": 1}") << QByteArray("line 2: execute");
    QTest::newRow("two on a line") << QByteArray("{\"execute\": \"stop\"} {}") << QByteArray("line 1, column 21");
}

void TestEvents::errorsNameTheLine()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, where);
    const auto events = readEventLines(text.toStdString());
    QVERIFY(!events);
    QCOMPARE(events.error().where, where.toStdString());
}

QTEST_APPLESS_MAIN(TestEvents)
#include "tst_events.moc"
