// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/run/apply.h"
#include "tests/engine/files/support.h"
#include "tests/support/worlds.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace blockscope;
using namespace blockscope::test;
using namespace Qt::StringLiterals;

/// Files against resources/schema/scenario.schema.json, by python3-jsonschema.
class TestSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void fits();
    void refuses_data();
    void refuses();

private:
    QByteArray complaints(const QStringList &files);

    QString m_python;
    QTemporaryDir m_folder;
};

void TestSchema::initTestCase()
{
    m_python = QStandardPaths::findExecutable(u"python3"_s);
    if (m_python.isEmpty())
        QSKIP("python3 is not installed.");
}

/// One line for each file that does not fit.
QByteArray TestSchema::complaints(const QStringList &files)
{
    static const QString kProgram = uR"(
import json, sys, jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
for name in sys.argv[2:]:
    for error in validator.iter_errors(json.load(open(name))):
        print(name, list(error.absolute_path), error.message[:200])
        break
)"_s;
    QProcess process;
    process.start(
        m_python,
        QStringList{u"-c"_s, kProgram, QStringLiteral(BLOCKSCOPE_SOURCE_DIR "/resources/schema/scenario.schema.json")} +
            files);
    process.waitForFinished(120000);
    return process.readAllStandardError() + process.readAllStandardOutput();
}

void TestSchema::fits()
{
    QStringList files;
    for (const QString &name : captureNames()) {
        const auto scenario = readAny(captureText(name));
        QVERIFY(scenario);
        files += m_folder.filePath(name);
        QVERIFY(!writeFile(files.last(), writeScenario(*scenario)));
    }
    Scenario played;
    addChain(played.world, {"base", "mid", "top"}, "vda");
    addImage(played.world, "target", std::nullopt, false);
    for (const Event &event :
         std::vector<Event>{QmpCommand{"block-commit", {{"device", "top"}, {"top-node", "mid"}, {"job-id", "j"}}},
                            StepControl{"j", 6}, GuestWriteControl{"vda", 1}, RunUntilControl{"j", JobStatus::Null},
                            QmpCommand{"blockdev-backup",
                                       {{"device", "top"}, {"target", "target"}, {"sync", "full"}, {"job-id", "b"}}},
                            StepControl{"b", 2}, SetPolicyControl{"nac"}, QmpCommand{"stop", {}}}) {
        const Outcome outcome = apply(played.world, event);
        QCOMPARE(outcome.kind, Outcome::Kind::Allowed);
        played.events.push_back({event, Expectation{outcome.kind, {}, {}}, {}});
        files += m_folder.filePath(QString::number(played.events.size()));
        QVERIFY(!writeFile(files.last(), writeScenario(played)));
    }
    const QDir shipped(QStringLiteral(BLOCKSCOPE_SOURCE_DIR "/resources/scenarios"));
    for (const QString &name : shipped.entryList({u"*.blockscope"_s})) {
        const auto read = readAny(*readFile(shipped.filePath(name)), name.toStdString());
        QVERIFY2(read, read ? "" : (read.error().where + ": " + read.error().what).c_str());
        files += shipped.filePath(name);
    }
    QCOMPARE(complaints(files), QByteArray());
}

void TestSchema::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {R"({"world": {}})", R"({"blockscope": 2})", R"({"blockscope": 1, "world": []})",
                             R"({"blockscope": 1, "world": {"nodes": [{"name": "n"}]}})",
                             R"({"blockscope": 1, "world": {"edges": [{"parent": "a"}]}})",
                             R"({"blockscope": 1, "world": {"users": [{"name": "u", "kind": "cat"}]}})",
                             R"({"blockscope": 1, "world": {"nodes": [{"name": "n", "driver": "raw", "data": "y"}]}})",
                             R"({"blockscope": 1, "events": [{"control": "dance"}]})",
                             R"({"blockscope": 1, "events": [{"execute": "stop", "expect": "maybe"}]})"})
        QTest::newRow(text) << QByteArray(text);
}

void TestSchema::refuses()
{
    QFETCH(QByteArray, text);
    const QString file = m_folder.filePath(u"wrong"_s);
    QVERIFY(!writeFile(file, text));
    const QByteArray found = complaints({file});
    QVERIFY2(found.startsWith(file.toUtf8()), found);
    QVERIFY(!readScenario(text)); // and so does the reader
}

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_schema.moc"
