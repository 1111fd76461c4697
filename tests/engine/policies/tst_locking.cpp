// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "tests/engine/policies/knowndifferences.h"
#include "tests/engine/policies/processes.h"

#include <QTest>

#include <cstdio>
#include <set>

using namespace blockscope;
using namespace blockscope::test;

namespace {

const char *const kOk = "ok";

/// How often both answer alike.
struct Agreement
{
    int all = 0;
    int verdicts = 0;
    int refusals = 0; ///< by QEMU, for want of a lock
    int locks = 0;
    int images = 0;
};

double percent(int part, int whole)
{
    return whole == 0 ? 100.0 : 100.0 * part / whole;
}

void printLine(const std::string &what, const Agreement &each)
{
    std::printf("%-24s %6d %8.2f %% %8d %8.2f %% %8.2f %%\n", what.c_str(), each.all, percent(each.verdicts, each.all),
                each.refusals, percent(each.locks, each.refusals), percent(each.images, each.refusals));
}

bool isLock(const std::string &answer)
{
    return answer.starts_with("Failed to get ");
}

/// A text without what stands around a refused lock or option.
std::string essence(const std::string &text)
{
    for (const char *beginning : {"Failed to get ", "force-share=on can only be used with read-only images"}) {
        if (const auto at = text.find(beginning); at != std::string::npos)
            return text.substr(at);
    }
    return text;
}

std::string answerOf(const std::optional<Failure> &failure)
{
    return failure ? essence(failure->text) : kOk;
}

std::set<int> bytesOf(const Value &list)
{
    std::set<int> bytes;
    for (const Value &each : *list.asList())
        bytes.insert(static_cast<int>(*each.asInteger()));
    return bytes;
}

std::string textOf(const std::set<int> &bytes)
{
    std::string text;
    for (int byte : bytes)
        text += (text.empty() ? "" : " ") + std::to_string(byte);
    return text.empty() ? "none" : text;
}

std::set<int> lockedBytes(const World &world, const std::string &filename)
{
    std::set<int> bytes;
    for (const ImageLock &lock : imageLocksOn(world, filename))
        bytes.insert(lock.byte);
    return bytes;
}

QByteArray bytes(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

std::string textIn(const Object &object, const char *key)
{
    const std::string *text = findString(object, key);
    return text != nullptr ? *text : std::string();
}

} // namespace

/// Two processes and one image, against what a real QEMU and its tools answered.
class TestLocking : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void holdersLockTheirBytes();
    void contenders();
    void transitions_data();
    void transitions();
    void everyDifferenceIsListed();

private:
    World emptyWorld() const;
    std::optional<Failure> startRecorded(World &world, const std::string &host, const Object &process) const;
    const World &holderWorld(const std::string &group, const std::string &format, const std::string &name);
    void note(const QList<QByteArray> &difference);
    void compare(const QByteArray &history, const QByteArray &what, const std::string &wanted,
                 const std::string &found);
    static std::optional<Failure> playStep(World &world, const Object &step);
    void compareStep(World &world, const QByteArray &history, int number, const Object &step);

    Object m_record;
    std::map<std::string, Object> m_holders; ///< by group, format and name
    std::map<std::string, Object> m_contenders;
    std::map<std::string, World> m_worlds;
    KnownDifferences m_known{"locking-differences.tsv"};
    QStringList m_unlisted;
    int m_compared = 0; ///< of histories
    int m_alike = 0;
};

void TestLocking::initTestCase()
{
    m_record = *recordJson("locking.json").asObject();
    const auto index = [&](const char *list, std::map<std::string, Object> &byKey) {
        for (const Value &each : *find(m_record, list)->asList()) {
            const Object &object = *each.asObject();
            byKey[textIn(object, "group") + ' ' + textIn(object, "format") + ' ' + textIn(object, "name")] = object;
        }
    };
    index("holders", m_holders);
    index("contenders", m_contenders);
}

World TestLocking::emptyWorld() const
{
    World world;
    usePolicy(world, kQemuPolicy);
    world.otherHosts.edit()["b"] = "running";
    return world;
}

void TestLocking::note(const QList<QByteArray> &difference)
{
    if (!m_known.explains(difference))
        m_unlisted << QString::fromUtf8(difference.join(" | "));
}

std::optional<Failure> TestLocking::startRecorded(World &world, const std::string &host, const Object &process) const
{
    Process started(world, host);
    if (auto failure = started.start(wordsOf(find(process, "argv"))))
        return failure;
    for (const Value &each : *find(process, "qmp")->asList()) {
        const Object &command = *each.asObject();
        const Value *arguments = find(command, "arguments");
        if (auto failure =
                started.send(*findString(command, "execute"), arguments != nullptr ? *arguments->asObject() : Object()))
            return failure;
    }
    return std::nullopt;
}

const World &TestLocking::holderWorld(const std::string &group, const std::string &format, const std::string &name)
{
    const std::string key = group + ' ' + format + ' ' + name;
    if (const auto known = m_worlds.find(key); known != m_worlds.end())
        return known->second;
    World world = emptyWorld();
    if (const auto holder = m_holders.find(key); holder != m_holders.end())
        static_cast<void>(startRecorded(world, "", holder->second));
    return m_worlds[key] = std::move(world);
}

void TestLocking::holdersLockTheirBytes()
{
    int files = 0;
    int alike = 0;
    for (const auto &[key, holder] : m_holders) {
        World world = emptyWorld();
        const auto failure = startRecorded(world, "", holder);
        const QByteArray group = bytes(textIn(holder, "group"));
        const QByteArray format = bytes(textIn(holder, "format"));
        const QByteArray name = bytes(textIn(holder, "name"));
        if (!failure != *find(holder, "starts")->asBool())
            note({group, format, name, "start", failure ? "starts" : "does not start", bytes(answerOf(failure))});
        for (const auto &[file, locks] : *find(holder, "locks")->asObject()) {
            const std::string wanted = textOf(bytesOf(locks));
            const std::string found = textOf(lockedBytes(world, file));
            ++files;
            alike += wanted == found ? 1 : 0;
            if (wanted != found)
                note({group, format, name, bytes("locks " + file), bytes(wanted), bytes(found)});
        }
    }
    std::printf("%-24s %6d %8.2f %%\n", "files of holders", files, percent(alike, files));
    QVERIFY(m_holders.size() > 70);
    QVERIFY(percent(alike, files) >= 98);
}

void TestLocking::contenders()
{
    std::map<std::string, Agreement> groups;
    const QList<QByteArray> lines = recordFile("locking.tsv").split('\n');
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const QList<QByteArray> row = lines.at(i).split('\t');
        if (row.size() != 6)
            continue;
        const std::string group = row.at(0).toStdString();
        const std::string format = row.at(1).toStdString();
        World world = holderWorld(group, format, row.at(2).toStdString());
        const auto failure =
            startRecorded(world, "b", m_contenders.at(group + ' ' + format + ' ' + row.at(3).toStdString()));
        const std::string wanted = row.at(4).toStdString();
        const std::string found = answerOf(failure);
        const bool isImage = !failure || failure->image == row.at(5).toStdString();
        for (const std::string &name : {group + ' ' + format, std::string("all")}) {
            Agreement &sum = groups[name];
            ++sum.all;
            sum.verdicts += (wanted == kOk) == (found == kOk) ? 1 : 0;
            sum.refusals += isLock(wanted) ? 1 : 0;
            sum.locks += isLock(wanted) && wanted == found ? 1 : 0;
            sum.images += isLock(wanted) && (isImage || row.at(5).isEmpty()) ? 1 : 0;
        }
        if (found != wanted)
            note({row.at(0), row.at(1), row.at(2), row.at(3), row.at(4), bytes(found)});
        else if (!isImage && !row.at(5).isEmpty())
            note({row.at(0), row.at(1), row.at(2), row.at(3), "image " + row.at(5), bytes("image " + failure->image)});
    }
    std::printf("%-24s %6s %10s %8s %10s %10s\n", "contenders", "cases", "verdict", "no lock", "which", "image");
    for (const auto &[name, sum] : groups)
        printLine(name, sum);
    const Agreement &all = groups["all"];
    QVERIFY(all.all > 2'400);
    QVERIFY(percent(all.verdicts, all.all) >= 98);
    QVERIFY(percent(all.locks, all.refusals) >= 98);
}

void TestLocking::transitions_data()
{
    QTest::addColumn<Object>("history");
    for (const Value &each : *find(m_record, "transitions")->asList())
        QTest::newRow(textIn(*each.asObject(), "name").c_str()) << *each.asObject();
}

std::optional<Failure> TestLocking::playStep(World &world, const Object &step)
{
    const std::string by = textIn(step, "by");
    if (by == "shell") {
        World meanwhile = world;
        meanwhile.otherHosts.edit()["shell"] = "running";
        return Process(meanwhile, "shell").start(wordsOf(find(step, "argv")));
    }
    const std::string execute = textIn(step, "execute");
    if (execute.starts_with("query-"))
        return std::nullopt;
    const Value *arguments = find(step, "arguments");
    return Process(world, by == "A" ? "" : "b").send(execute, arguments != nullptr ? *arguments->asObject() : Object());
}

void TestLocking::compare(const QByteArray &history, const QByteArray &what, const std::string &wanted,
                          const std::string &found)
{
    ++m_compared;
    m_alike += wanted == found ? 1 : 0;
    if (wanted != found)
        note({"transition", "", history, what, bytes(wanted), bytes(found)});
}

void TestLocking::compareStep(World &world, const QByteArray &history, int number, const Object &step)
{
    const QByteArray execute = bytes(textIn(step, "execute"));
    const QByteArray what = QByteArray::number(number) + ' ' + (execute.isEmpty() ? QByteArray("tool") : execute);
    const auto failure = playStep(world, step);
    const std::string error = textIn(step, "error");
    compare(history, what, error.empty() ? kOk : error, failure ? failure->text : kOk);
    if (step.contains("status"))
        compare(history, what, textIn(step, "status"), world.runStateOf(textIn(step, "by") == "A" ? "" : "b"));
    if (!step.contains("jobs"))
        return;
    std::string states;
    std::string wanted;
    for (const Value &each : *find(step, "jobs")->asList()) {
        const std::string id = textIn(*each.asObject(), "id");
        states += id + "::" + textIn(*each.asObject(), "status") + ' ';
        wanted += id + ": " + textIn(*each.asObject(), "error") + ' ';
    }
    settleJobs(world, states);
    std::string found;
    for (JobId job : world.liveJobs())
        found += world.job(job).name + ": " + world.job(job).error + ' ';
    compare(history, what, wanted, found);
}

void TestLocking::transitions()
{
    QFETCH(const Object, history);
    const QByteArray name = bytes(textIn(history, "name"));
    World world = emptyWorld();
    QVERIFY(!Process(world, "").start(wordsOf(find(history, "a"))));
    if (const Value *b = find(history, "b")) {
        const std::string wanted = textIn(history, "b-error").empty() ? kOk : textIn(history, "b-error");
        compare(name, "B starts", wanted, answerOf(Process(world, "b").start(wordsOf(b))));
    }
    int number = 0;
    for (const Value &step : *find(history, "steps")->asList())
        compareStep(world, name, ++number, *step.asObject());
    for (const auto &[file, locks] : *find(history, "locks")->asObject())
        compare(name, bytes("locks " + file), textOf(bytesOf(locks)), textOf(lockedBytes(world, file)));
    QVERIFY(verify(world));
}

void TestLocking::everyDifferenceIsListed()
{
    std::printf("%-24s %6d %8.2f %%\n", "answers in histories", m_compared, percent(m_alike, m_compared));
    QVERIFY(percent(m_alike, m_compared) >= 95);
    for (const QString &each : m_unlisted) // Qt Test shortens long messages
        std::puts(qPrintable(each));
    QVERIFY2(m_unlisted.isEmpty(), "differences that are not listed");
    const QStringList unused = m_known.unused();
    QVERIFY2(unused.isEmpty(), qPrintable(QStringLiteral("not needed: ") + unused.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestLocking)
#include "tst_locking.moc"
