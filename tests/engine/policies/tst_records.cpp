// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "tests/engine/policies/knowndifferences.h"
#include "tests/engine/policies/records.h"

#include <QRegularExpression>
#include <QTest>

#include <cstdio>

using namespace blockscope;
using namespace blockscope::test;

namespace {

/// "Node '#block123' is busy" -> "Node '#block' is busy".
std::string withoutNumbers(const std::string &text)
{
    static const QRegularExpression kGenerated(QStringLiteral("#block\\d+"));
    return QString::fromStdString(text).replace(kGenerated, QStringLiteral("#block")).toStdString();
}

/// How often both answer alike.
struct Agreement
{
    int all = 0;
    int verdicts = 0;
    int refusals = 0;
    int causes = 0;
    int texts = 0;

    /// Causes, and texts (without the numbers that QEMU gives nodes).
    void count(const std::string &wanted, const std::string &found, const std::string &wantedText,
               const std::string &foundText)
    {
        ++all;
        verdicts += (wanted == "ok") == (found == "ok") ? 1 : 0;
        if (wanted == "ok")
            return;
        ++refusals;
        causes += wanted == found ? 1 : 0;
        texts += withoutNumbers(wantedText) == withoutNumbers(foundText) ? 1 : 0;
    }
};

double percent(int part, int whole)
{
    return whole == 0 ? 100.0 : 100.0 * part / whole;
}

void printLine(const std::string &what, const Agreement &each)
{
    std::printf("%-36s %6d %8.2f %% %9d %8.2f %% %8.2f %%\n", what.c_str(), each.all, percent(each.verdicts, each.all),
                each.refusals, percent(each.causes, each.refusals), percent(each.texts, each.refusals));
}

/// A table: by what was asked where they differ, and in all.
void print(const char *title, const std::map<std::string, Agreement> &byOperation, const Agreement &sum)
{
    std::printf("%-36s %6s %10s %9s %10s %10s\n", title, "asked", "verdict", "refused", "cause", "text");
    for (const auto &[name, each] : byOperation) {
        if (each.verdicts != each.all || each.causes != each.refusals)
            printLine(name, each);
    }
    printLine("all", sum);
}

std::string causeIn(const Answer &answer)
{
    return answer.isAllowed ? "ok" : std::string(causeOf(answer.error));
}

} // namespace

/// The qemu policy against what a real QEMU answered.
class TestRecords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pairs();
    void sequences();
    void everyDifferenceIsListed();

private:
    World afterFirst(const QList<QByteArray> &row);
    void playStep(World &world, const std::string &sequence, const Object &step, Agreement &sum);
    void note(const QList<QByteArray> &difference);

    Records m_records;
    KnownDifferences m_known{"differences.tsv"};
    std::map<std::string, World> m_starts;
    std::map<QByteArray, World> m_afterFirst;
    QStringList m_unlisted;
};

void TestRecords::note(const QList<QByteArray> &difference)
{
    if (!m_known.explains(difference))
        m_unlisted << QString::fromUtf8(difference.join(" | "));
}

/// The World between a and b.
World TestRecords::afterFirst(const QList<QByteArray> &row)
{
    const QByteArray key = row.mid(0, 3).join(' ') + ' ' + row.at(7);
    if (const auto known = m_afterFirst.find(key); known != m_afterFirst.end())
        return known->second;
    const std::string round = row.at(0).toStdString();
    if (!m_starts.contains(round))
        m_starts[round] = m_records.start(round);
    World world = m_starts.at(round);
    static_cast<void>(m_records.run(world, row.at(1).toStdString(), "A"));
    if (row.at(2) == "cancelled-ready") {
        static_cast<void>(apply(world, RunUntilControl{"jobA", JobStatus::Ready}));
        static_cast<void>(send(world, {"block-job-cancel", {{"device", "jobA"}}}));
    }
    settleJobs(world, row.at(7).toStdString());
    return m_afterFirst[key] = world;
}

void TestRecords::pairs()
{
    QVERIFY(m_records.hasInitial());
    Agreement sum;
    std::map<std::string, Agreement> byOperation;
    const QList<QByteArray> lines = recordFile("pairs.tsv").split('\n');
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const QList<QByteArray> row = lines.at(i).split('\t');
        if (row.size() < 8)
            continue;
        World world = afterFirst(row);
        const Answer answer = m_records.run(world, row.at(3).toStdString(), "B");
        const std::string found = causeIn(answer);
        const std::string wanted = row.at(6).toStdString();
        const std::string text = row.value(8).toStdString();
        sum.count(wanted, found, text, answer.error);
        byOperation[row.at(3).toStdString()].count(wanted, found, text, answer.error);
        if (found != wanted)
            note({row.at(1), row.at(2), row.at(3), row.at(6), QByteArray::fromStdString(found)});
    }
    print("pairs", byOperation, sum);
    QVERIFY(sum.all > 29'000);
    QVERIFY(percent(sum.verdicts, sum.all) >= 98);
    QVERIFY(percent(sum.causes, sum.refusals) >= 95);
    QVERIFY(percent(sum.texts, sum.refusals) >= 95);
}

void TestRecords::playStep(World &world, const std::string &sequence, const Object &step, Agreement &sum)
{
    Answer answer;
    for (const Value &each : *find(step, "commands")->asList()) {
        const Answer one = send(world, withoutMadeUpNames(recordedCommand(each, "S")));
        if (answer.isAllowed)
            answer = one;
    }
    std::string jobs;
    for (const Value &job : *find(step, "jobs")->asList())
        jobs += *job.asString() + ' ';
    settleJobs(world, jobs);
    const std::string *error = findString(step, "error");
    const std::string wanted = error != nullptr ? std::string(causeOf(*error)) : "ok";
    const std::string found = causeIn(answer);
    sum.count(wanted, found, error != nullptr ? *error : std::string(), answer.error);
    if (wanted != found)
        note({QByteArray::fromStdString("sequence " + sequence), QByteArray::fromStdString(*findString(step, "phase")),
              QByteArray::fromStdString(*findString(step, "op")), QByteArray::fromStdString(wanted),
              QByteArray::fromStdString(found)});
}

void TestRecords::sequences()
{
    const Value document = recordJson("sequences.json");
    Agreement sum;
    for (const Value &sequence : *find(*document.asObject(), "sequences")->asList()) {
        const Object &object = *sequence.asObject();
        World world = m_records.start(*findString(object, "vm_started"));
        const std::string index = std::to_string(*find(object, "index")->asInteger());
        for (const Value &step : *find(object, "steps")->asList())
            playStep(world, index, *step.asObject(), sum);
        QVERIFY(verify(world));
    }
    print("steps of sequences", {}, sum);
    QVERIFY(sum.all > 1'000);
    QVERIFY(percent(sum.verdicts, sum.all) >= 95);
    QVERIFY(percent(sum.causes, sum.refusals) >= 95);
    QVERIFY(percent(sum.texts, sum.refusals) >= 95);
}

void TestRecords::everyDifferenceIsListed()
{
    QVERIFY2(m_unlisted.isEmpty(), qPrintable(m_unlisted.join(u'\n')));
    const QStringList unused = m_known.unused();
    QVERIFY2(unused.isEmpty(), qPrintable(QStringLiteral("not needed: ") + unused.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestRecords)
#include "tst_records.moc"
