// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "tests/engine/policies/records.h"

#include <QTest>

#include <cstdio>

using namespace blockscope;
using namespace blockscope::test;

namespace {

struct Agreement
{
    int all = 0;
    int verdicts = 0;
    int refusals = 0;
    int causes = 0;
};

} // namespace

/// The qemu policy against pairs of commands that a real QEMU was asked.
class TestRecords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pairs();
    void sequences();
};

void TestRecords::pairs()
{
    const Records records;
    QVERIFY(records.hasInitial());
    Agreement sum;
    std::map<std::string, World> starts;
    std::map<std::string, World> afterA;
    std::map<std::string, int> differences;
    const QByteArray text = recordFile("pairs.tsv");
    const QList<QByteArray> lines = text.split('\n');
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const QList<QByteArray> row = lines.at(i).split('\t');
        if (row.size() < 8)
            continue;
        const std::string round = row.at(0).toStdString();
        const std::string a = row.at(1).toStdString();
        const std::string state = row.at(2).toStdString();
        const std::string b = row.at(3).toStdString();
        const std::string jobs = row.at(7).toStdString();
        const std::string key = round + ' ' + a + ' ' + state + ' ' + jobs;
        if (!afterA.contains(key)) {
            if (!starts.contains(round))
                starts[round] = records.start(round);
            World world = starts.at(round);
            static_cast<void>(records.run(world, a, "A"));
            if (state == "cancelled-ready") {
                static_cast<void>(apply(world, RunUntilControl{"jobA", JobStatus::Ready}));
                static_cast<void>(send(world, {"block-job-cancel", {{"device", "jobA"}}}));
            }
            settleJobs(world, jobs);
            afterA[key] = world;
        }
        World world = afterA.at(key);
        const Answer answer = records.run(world, b, "B");
        const bool isExpected = row.at(5) == "ok";
        const std::string cause(causeOf(answer.error));
        ++sum.all;
        sum.verdicts += answer.isAllowed == isExpected ? 1 : 0;
        if (!isExpected) {
            ++sum.refusals;
            sum.causes += !answer.isAllowed && row.at(6).toStdString() == cause ? 1 : 0;
        }
        if (answer.isAllowed != isExpected || (!isExpected && row.at(6).toStdString() != cause))
            std::printf("DIFF\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", round.c_str(), a.c_str(), state.c_str(), b.c_str(),
                        row.at(6).constData(), answer.isAllowed ? "ok" : cause.c_str(), answer.error.c_str());
    }
    std::printf("pairs %d, same verdict %d, refusals %d, same cause %d\n", sum.all, sum.verdicts, sum.refusals,
                sum.causes);
}

void TestRecords::sequences()
{
    const Records records;
    const Value document = recordJson("sequences.json");
    Agreement sum;
    for (const Value &sequence : *find(*document.asObject(), "sequences")->asList()) {
        World world = records.start(*findString(*sequence.asObject(), "vm_started"));
        for (const Value &step : *find(*sequence.asObject(), "steps")->asList()) {
            const Object &object = *step.asObject();
            Answer answer;
            for (const Value &each : *find(object, "commands")->asList()) {
                const Answer one = send(world, withoutMadeUpNames(recordedCommand(each, "S")));
                if (answer.isAllowed && !one.isAllowed)
                    answer = one;
            }
            std::string jobs;
            for (const Value &job : *find(object, "jobs")->asList())
                jobs += *job.asString() + ' ';
            settleJobs(world, jobs);
            const std::string *error = findString(object, "error");
            const std::string wanted = error != nullptr ? std::string(causeOf(*error)) : "ok";
            const std::string found = answer.isAllowed ? "ok" : std::string(causeOf(answer.error));
            ++sum.all;
            sum.verdicts += (error == nullptr) == answer.isAllowed ? 1 : 0;
            sum.refusals += error != nullptr ? 1 : 0;
            sum.causes += error != nullptr && wanted == found ? 1 : 0;
            if (wanted != found)
                std::printf("DIFF\tseq%s\t%s\t\t%s\t%s\t%s\t%s\n",
                            writeJsonLine(*find(*sequence.asObject(), "index")).c_str(),
                            findString(object, "phase")->c_str(), findString(object, "op")->c_str(), wanted.c_str(),
                            found.c_str(), answer.error.c_str());
        }
    }
    std::printf("seq %d, same verdict %d, refusals %d, same cause %d\n", sum.all, sum.verdicts, sum.refusals,
                sum.causes);
}

QTEST_GUILESS_MAIN(TestRecords)
#include "tst_records.moc"
