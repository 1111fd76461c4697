// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "tests/app/clicall.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace blockscope::test;

class TestOutcomes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneLineAnEvent();
    void aReasonSaysWhoIsInTheWay();
    void anAllowedRequestNamesItsJob();
    void anInvalidOneHasAnError();
    void policiesAnswerSideBySide();
    void underQemuTheyHaveItsWords();
    void permissionsOfEveryLink();
    void errorTextsAreDiagnosed();
    void fitTheSchema();
};

namespace {

QList<QJsonObject> lines(const QString &text)
{
    QList<QJsonObject> objects;
    for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts))
        objects += QJsonDocument::fromJson(line.toUtf8()).object();
    return objects;
}

} // namespace

void TestOutcomes::oneLineAnEvent()
{
    const QList<QJsonObject> outcomes = lines(cli({u"run"_s, scenario(u"welcome"_s), u"--format"_s, u"json"_s}).out);
    QCOMPARE(outcomes.size(), 3);
    for (int i = 0; i < outcomes.size(); ++i) {
        QCOMPARE(outcomes.at(i)[u"version"_s].toInt(), 1);
        QCOMPARE(outcomes.at(i)[u"index"_s].toInt(-1), i);
        QCOMPARE(outcomes.at(i)[u"policy"_s].toString(), u"nac"_s);
    }
    QCOMPARE(outcomes.at(0)[u"verdict"_s].toString(), u"allowed"_s);
    QCOMPARE(outcomes.at(0)[u"job"_s].toString(), u"c0"_s);
    const QJsonObject job = outcomes.at(1)[u"jobs"_s].toArray().at(0).toObject();
    QCOMPARE(job[u"id"_s].toString(), u"c0"_s);
    QCOMPARE(job[u"status"_s].toString(), u"running"_s);
    QVERIFY(job[u"current-progress"_s].toInt() > 0);
    QCOMPARE(outcomes.at(2)[u"verdict"_s].toString(), u"refused"_s);
}

void TestOutcomes::aReasonSaysWhoIsInTheWay()
{
    const QList<QJsonObject> outcomes =
        lines(cli({u"request"_s, scenario(u"shared-base"_s), u"--at"_s, u"0"_s, u"block-commit"_s, u"device=atop"_s,
                   u"top-node=a"_s, u"base-node=base"_s, u"--format=json"_s})
                  .out);
    QCOMPARE(outcomes.size(), 1);
    const QJsonObject reason = outcomes.first()[u"reasons"_s].toArray().at(0).toObject();
    QCOMPARE(reason[u"code"_s].toString(), u"NAC-R1"_s);
    QCOMPARE(reason[u"node"_s].toString(), u"b"_s);
    QCOMPARE(reason[u"action"_s].toString(), u"MV"_s);
    QCOMPARE(reason[u"holder"_s].toString(), u"vdb"_s);
    QCOMPARE(reason[u"holder-kind"_s].toString(), u"user"_s);
    QCOMPARE(reason[u"since"_s].toInt(-1), 0);
    QCOMPARE(reason[u"asked-role"_s].toString(), u"sibling"_s);
}

void TestOutcomes::anAllowedRequestNamesItsJob()
{
    const CliResult result = cli({u"request"_s, scenario(u"welcome"_s), u"--at"_s, u"0"_s, u"block-stream"_s,
                                  u"device=top"_s, u"job-id=s0"_s, u"--format=json"_s});
    QCOMPARE(result.exitCode, 0);
    const QList<QJsonObject> outcomes = lines(result.out);
    QCOMPARE(outcomes.size(), 1);
    QCOMPARE(outcomes.first()[u"verdict"_s].toString(), u"allowed"_s);
    QCOMPARE(outcomes.first()[u"job"_s].toString(), u"s0"_s);
    QCOMPARE(outcomes.first()[u"jobs"_s].toArray().size(), 1);
}

void TestOutcomes::anInvalidOneHasAnError()
{
    const QList<QJsonObject> outcomes =
        lines(cli({u"request"_s, scenario(u"welcome"_s), u"block-stream"_s, u"device=nope"_s, u"--format=json"_s}).out);
    QCOMPARE(outcomes.size(), 1);
    QCOMPARE(outcomes.first()[u"verdict"_s].toString(), u"invalid"_s);
    QCOMPARE(outcomes.first()[u"error-code"_s].toString(), u"ARG-NODE"_s);
    QCOMPARE(outcomes.first()[u"error-where"_s].toString(), u"device"_s);
    QCOMPARE(outcomes.first()[u"error"_s].toString(), u"Cannot find device='nope' nor node-name='nope'"_s);
}

void TestOutcomes::policiesAnswerSideBySide()
{
    const QJsonObject outcome = lines(cli({u"request"_s, scenario(u"welcome"_s), u"block-export-add"_s, u"type=nbd"_s,
                                           u"id=e"_s, u"node-name=base"_s, u"--format=json"_s})
                                          .out)
                                    .value(0);
    QStringList policies;
    for (const auto &answer : outcome[u"answers"_s].toArray())
        policies += answer[u"policy"_s].toString();
    QCOMPARE(policies, (QStringList{u"nac"_s, u"legacy"_s, u"qemu"_s}));
    const QString text = cli({u"request"_s, scenario(u"welcome"_s), u"block-resize"_s}).out;
    QVERIFY(!text.contains(u"What it rests on"_s));
}

void TestOutcomes::underQemuTheyHaveItsWords()
{
    const QJsonObject outcome = lines(cli({u"request"_s, scenario(u"welcome"_s), u"block-stream"_s, u"device=top"_s,
                                           u"--policy=qemu"_s, u"--format=json"_s})
                                          .out)
                                    .value(0);
    QCOMPARE(outcome[u"verdict"_s].toString(), u"refused"_s);
    QCOMPARE(outcome[u"error"_s].toString(), u"Node 'top' is busy: block device is in use by block job: commit"_s);
    QCOMPARE(outcome[u"cause"_s].toString(), u"op-blocker"_s);
}

void TestOutcomes::permissionsOfEveryLink()
{
    const QList<QJsonObject> links = lines(
        cli({u"permissions"_s, QStringLiteral(BLOCKSCOPE_TEST_DATA "/graphs/07-chain-2.json"), u"--format=json"_s})
            .out);
    QVERIFY(links.size() > 2);
    const auto root =
        std::find_if(links.begin(), links.end(), [](const QJsonObject &link) { return link[u"role"_s] == u"root"_s; });
    QVERIFY(root != links.end());
    QCOMPARE(root->value(u"parent"_s).toString(), u"/machine/peripheral/vda/virtio-backend"_s);
    QVERIFY(root->value(u"perm"_s).toArray().contains(u"write"_s));
    QVERIFY(!root->value(u"shared-perm"_s).toArray().contains(u"write"_s));
    // A job started here has the links that QEMU gives it.
    const QString text = cli({u"permissions"_s, scenario(u"welcome"_s)}).out;
    QVERIFY2(text.contains(u"-intermediate node-> mid1: needs nothing; shares write, write unchanged"_s),
             qPrintable(text));
}

void TestOutcomes::errorTextsAreDiagnosed()
{
    const CliResult known = cli({u"diagnose"_s, u"Node 'top' is busy: block device is in use by block job: commit"_s,
                                 scenario(u"welcome"_s), u"--format=json"_s});
    QCOMPARE(known.exitCode, 0);
    QCOMPARE(lines(known.out).value(0)[u"cause"_s].toString(), u"op-blocker"_s);
    QCOMPARE(cli({u"diagnose"_s, u"Out of coffee"_s, scenario(u"welcome"_s)}).exitCode, 1);
    QCOMPARE(cli({u"diagnose"_s, u"Out of coffee"_s}).exitCode, 2);
}

void TestOutcomes::fitTheSchema()
{
    const QString python = QStandardPaths::findExecutable(u"python3"_s);
    QVERIFY2(!python.isEmpty(), "python3 is missing; tests/run installs it");
    QTemporaryDir folder;
    QByteArray all;
    const QDir scenarios(QStringLiteral(BLOCKSCOPE_SOURCE_DIR "/resources/scenarios"));
    for (const QString &name : scenarios.entryList({u"*.blockscope"_s})) {
        all += cli({u"run"_s, scenarios.filePath(name), u"--format=json"_s}).out.toUtf8();
        for (const char *request : {"block-stream", "stop", "nonsense"})
            all += cli({u"request"_s, scenarios.filePath(name), QString::fromLatin1(request), u"--format=json"_s})
                       .out.toUtf8();
    }
    const QByteArray script = R"(
import json, sys, jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
lines = open(sys.argv[2]).read().splitlines()
assert len(lines) > 20, len(lines)
for line in lines:
    validator.validate(json.loads(line))
broken = json.loads(lines[0]); del broken['jobs']
assert not validator.is_valid(broken)
)";
    QProcess validator;
    validator.start(python, {written(folder.filePath(u"validate.py"_s), script),
                             QStringLiteral(BLOCKSCOPE_SOURCE_DIR "/resources/schema/outcome.schema.json"),
                             written(folder.filePath(u"outcomes.jsonl"_s), all)});
    QVERIFY(validator.waitForFinished());
    QVERIFY2(validator.exitCode() == 0, validator.readAllStandardError().constData());
}

QTEST_GUILESS_MAIN(TestOutcomes)
#include "tst_outcomes.moc"
