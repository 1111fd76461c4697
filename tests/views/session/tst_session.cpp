// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "tests/support/worlds.h"
#include "views/session/session.h"

#include <QSignalSpy>
#include <QTest>

using namespace blockscope;
using namespace blockscope::views;

namespace {

constexpr Speed kManual{Speed::Mode::Manual, 1};
constexpr Speed kUnlimited{Speed::Mode::Unlimited, 1};

QmpCommand stream(const std::string &device)
{
    return {"block-stream", {{"device", device}, {"job-id", "job-" + device}}};
}

QmpCommand commit(const std::string &top, const std::string &middle, const std::string &base)
{
    return {"block-commit", {{"device", top}, {"top-node", middle}, {"base-node", base}, {"job-id", "commit"}}};
}

QmpCommand addNode(const std::string &name)
{
    return {"blockdev-add", {{"driver", "null-co"}, {"node-name", name}}};
}

bool haveAllEnded(const Session &session)
{
    return session.world().liveJobs().empty();
}

/// What a person who watches sees: the world of now, from the beginning and the log.
bool isReplayable(const Session &session)
{
    return replay(session.initialWorld(), session.log()) == session.world();
}

} // namespace

class TestSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void freeRunReplaysToTheSameWorld_data();
    void freeRunReplaysToTheSameWorld();
    void userEventsBetweenStepsReplay();
    void stepsOfOneJobBecomeOneEvent();
    void runningJobsAreFirstShownAsTheyWere();
    void everyJobGetsItsTurn();
    void undoGoesBackToBeforeTheEvent();
    void undoKeepsWhatWasSteppedBefore();
    void redoAfterFurtherStepsForgetsThem();
    void undoNamesTheEvent();
    void refusedEventIsRecordedButNotUndone();
    void invalidEventIsNotRecorded();
    void haltedJobsDoNotStep();
    void manualSpeedStepsOnlyWhenTold();
    void pausedJobDoesNotStep();
    void resetForgetsEverything();
    void resetPlaysTheEventsOfAFile();
    void selectionOfWhatVanishedIsDropped();
    void selectionOfWhatIsNotThereIsRefused();
    void hundredJobsLeaveTheEventLoopFree();
    void endsWhileJobsRun();
};

void TestSession::freeRunReplaysToTheSameWorld_data()
{
    QTest::addColumn<Speed>("speed");

    QTest::newRow("as fast as possible") << kUnlimited;
    QTest::newRow("limited") << Speed{Speed::Mode::Limited, 2000};
}

void TestSession::freeRunReplaysToTheSameWorld()
{
    QFETCH(const Speed, speed);
    Session session;
    session.reset(test::diskWorld(20, 3));
    session.setSpeed(speed);
    for (int disk = 0; disk < 20; ++disk) {
        const std::string name = "d" + std::to_string(disk);
        const Outcome outcome = session.submit(
            disk % 2 == 0
                ? stream(name + "-2")
                : QmpCommand{"block-commit",
                             {{"device", name + "-2"}, {"top-node", name + "-1"}, {"base-node", name + "-0"}}});
        QVERIFY(outcome.kind == Outcome::Kind::Allowed);
        QVERIFY(isReplayable(session));
    }

    QTRY_VERIFY_WITH_TIMEOUT(haveAllEnded(session), 60000);

    QVERIFY(isReplayable(session));
    QVERIFY(verify(session.world()));
}

void TestSession::userEventsBetweenStepsReplay()
{
    Session session;
    session.reset(test::diskWorld(4, 3));
    session.setSpeed({Speed::Mode::Limited, 500});
    for (int disk = 0; disk < 4; ++disk)
        session.submit(stream("d" + std::to_string(disk) + "-2"));
    QSignalSpy changes(&session, &Session::worldChanged);
    for (std::uint32_t i = 0; i < 8 && !haveAllEnded(session); ++i) {
        session.submit(GuestWriteControl{"vd0", i});
        session.submit(QmpCommand{i % 2 == 0 ? "job-pause" : "job-resume", {{"id", "job-d1-2"}}});
        QVERIFY(changes.wait(5000));
    }
    QVERIFY(isReplayable(session));
    session.setSpeed(kUnlimited);
    QTRY_VERIFY_WITH_TIMEOUT(haveAllEnded(session), 60000);
    QVERIFY(isReplayable(session));
}

void TestSession::stepsOfOneJobBecomeOneEvent()
{
    Session session;
    session.reset(test::chainWorld({"base", "mid", "top"}));
    session.setSpeed(kUnlimited);
    session.submit(stream("top"));
    QTRY_VERIFY_WITH_TIMEOUT(haveAllEnded(session), 30000);

    QCOMPARE(session.log().size(), 2U);
    const auto &steps = std::get<StepControl>(session.log().back().event);
    QCOMPARE(steps.job, std::string("job-top"));
    QCOMPARE(steps.count + 1, session.world().clock);
}

void TestSession::runningJobsAreFirstShownAsTheyWere()
{
    World world = test::chainWorld({"base", "mid", "top"});
    Session session;
    session.setSpeed(kUnlimited);
    session.reset(world);
    QVERIFY(!session.isHalted());
    QCOMPARE(apply(world, QmpCommand{"block-stream", {{"device", "top"}}}).kind, Outcome::Kind::Allowed);
    session.reset(world);
    QVERIFY(session.isHalted());
    QVERIFY(session.world() == world);
}

void TestSession::everyJobGetsItsTurn()
{
    Session session;
    // Too large for any job to end.
    session.reset(test::diskWorld(10, 2, kMaximumClusters));
    session.setHalted(true);
    session.setSpeed({Speed::Mode::Limited, 1000});
    for (int disk = 0; disk < 10; ++disk)
        session.submit(stream("d" + std::to_string(disk) + "-1"));
    session.setHalted(false);
    QTRY_VERIFY(session.world().clock > 100);
    session.setHalted(true);

    std::vector<std::uint64_t> steps(10);
    for (const RecordedEvent &each : session.log()) {
        if (const auto *step = std::get_if<StepControl>(&each.event))
            steps[each.outcome.job->value] += step->count;
    }
    const auto [least, most] = std::minmax_element(steps.begin(), steps.end());
    // All stepped in the same rounds, but for the last one.
    QVERIFY(*most - *least <= 1);
}

void TestSession::undoGoesBackToBeforeTheEvent()
{
    Session session;
    const World world = test::chainWorld({"base", "mid", "top"});
    session.reset(world);
    session.setSpeed(kManual);
    session.submit(stream("top"));
    const World started = session.world();
    session.step(JobId{0});
    QSignalSpy resets(&session, &Session::worldReset);

    session.undoStack().undo();
    QCOMPARE(resets.size(), 1);
    QVERIFY(session.world() == world);
    QVERIFY(session.log().empty());

    session.undoStack().redo();
    QVERIFY(session.world() == started);
    QCOMPARE(session.log().size(), 1U);
    // The worker goes on from there as well.
    session.step(JobId{0});
    QCOMPARE(session.world().clock, started.clock + 1);
    QVERIFY(isReplayable(session));
}

void TestSession::undoKeepsWhatWasSteppedBefore()
{
    Session session;
    session.reset(test::diskWorld(2, 3));
    session.setSpeed(kManual);
    session.submit(stream("d0-2"));
    session.step(JobId{0});
    session.step(JobId{0});
    const World before = session.world();
    session.submit(stream("d1-2"));
    const World after = session.world();
    const std::vector<RecordedEvent> log = session.log();
    session.step(JobId{0});

    session.undoStack().undo();
    QVERIFY(session.world() == before);
    QCOMPARE(session.log().size(), 2U);
    QVERIFY(isReplayable(session));
    session.undoStack().undo();
    QVERIFY(session.log().empty());
    session.undoStack().redo();
    session.undoStack().redo();
    QVERIFY(session.world() == after);
    QVERIFY(session.log() == log);
    QVERIFY(isReplayable(session));
}

void TestSession::redoAfterFurtherStepsForgetsThem()
{
    Session session;
    session.reset(test::diskWorld(2, 3));
    session.setSpeed(kManual);
    session.submit(stream("d0-2"));
    session.step(JobId{0});
    session.submit(stream("d1-2"));
    const World after = session.world();

    session.undoStack().undo();
    session.step(JobId{0});
    session.step(JobId{0});
    QVERIFY(isReplayable(session));
    session.undoStack().redo();

    QVERIFY(session.world() == after);
    QVERIFY(isReplayable(session));
    session.undoStack().undo();
    QVERIFY(isReplayable(session));
}

void TestSession::undoNamesTheEvent()
{
    Session session;
    session.reset(test::chainWorld({"base", "mid", "top"}));
    session.submit(stream("top"));
    QVERIFY(session.undoStack().undoText().contains(QStringLiteral("block-stream")));
    QVERIFY(session.undoStack().undoText().contains(QStringLiteral("top")));
}

void TestSession::refusedEventIsRecordedButNotUndone()
{
    Session session;
    session.reset(test::chainWorld({"base", "mid1", "mid2", "top"}));
    session.setSpeed(kManual);
    session.submit(commit("top", "mid2", "base"));
    const World before = session.world();
    QSignalSpy submissions(&session, &Session::submitted);

    const Outcome outcome = session.submit(stream("top"));

    QVERIFY(outcome.kind == Outcome::Kind::Refused);
    QVERIFY(!outcome.verdict.reasons.empty());
    QVERIFY(session.world() == before);
    QCOMPARE(session.log().size(), 2U);
    QCOMPARE(session.undoStack().count(), 1);
    QCOMPARE(submissions.size(), 1);
    QVERIFY(isReplayable(session));
}

void TestSession::invalidEventIsNotRecorded()
{
    Session session;
    session.reset(test::chainWorld({"base", "top"}));
    QSignalSpy submissions(&session, &Session::submitted);
    const Outcome outcome = session.submit(stream("nowhere"));
    QVERIFY(outcome.kind == Outcome::Kind::Invalid);
    QVERIFY(outcome.error.has_value());
    QVERIFY(session.log().empty());
    QCOMPARE(session.undoStack().count(), 0);
    QCOMPARE(submissions.size(), 1);
}

void TestSession::haltedJobsDoNotStep()
{
    Session session;
    session.reset(test::diskWorld(4, 3, kMaximumClusters));
    session.setSpeed(kUnlimited);
    for (int disk = 0; disk < 4; ++disk)
        session.submit(stream("d" + std::to_string(disk) + "-2"));
    session.setHalted(true);
    QVERIFY(session.isHalted());
    // What the worker did before it was halted is still to come.
    QCoreApplication::processEvents();
    session.stepAll();
    const Tick clock = session.world().clock;
    QSignalSpy changes(&session, &Session::worldChanged);
    QVERIFY(!changes.wait(100));
    QCOMPARE(session.world().clock, clock);

    session.step(JobId{0});
    QCOMPARE(session.world().clock, clock + 1);
    session.setHalted(false);
    QVERIFY(!session.isHalted());
    QTRY_VERIFY(session.world().clock > clock + 1);
}

void TestSession::manualSpeedStepsOnlyWhenTold()
{
    Session session;
    session.reset(test::diskWorld(3, 3));
    session.setSpeed(kManual);
    for (int disk = 0; disk < 3; ++disk)
        session.submit(stream("d" + std::to_string(disk) + "-2"));
    QSignalSpy changes(&session, &Session::worldChanged);
    QVERIFY(!changes.wait(100));
    QCOMPARE(session.world().clock, Tick(3));
    session.stepAll();
    QCOMPARE(session.world().clock, Tick(6));
    QCOMPARE(changes.size(), 1);
    QCOMPARE(session.log().size(), 6U);
}

void TestSession::pausedJobDoesNotStep()
{
    Session session;
    session.reset(test::chainWorld({"base", "mid", "top"}));
    session.setSpeed(kManual);
    session.submit(stream("top"));
    session.submit(QmpCommand{"job-pause", {{"id", "job-top"}}});
    session.setSpeed(kUnlimited);
    const Tick clock = session.world().clock;
    QSignalSpy changes(&session, &Session::worldChanged);
    QVERIFY(!changes.wait(100));
    session.step(JobId{0});
    QCOMPARE(session.world().clock, clock);
    session.submit(QmpCommand{"job-resume", {{"id", "job-top"}}});
    QTRY_VERIFY_WITH_TIMEOUT(haveAllEnded(session), 30000);
}

void TestSession::resetForgetsEverything()
{
    Session session;
    session.reset(test::chainWorld({"base", "mid", "top"}));
    session.setSpeed(kManual);
    session.submit(stream("top"));
    session.select(JobId{0});
    session.setHighlight({{NodeId{1}}, {}});
    session.setSpeed(kUnlimited);

    const World other = test::chainWorld({"a", "b"});
    session.reset(other);

    QVERIFY(session.world() == other);
    QVERIFY(session.initialWorld() == other);
    QVERIFY(session.log().empty());
    QCOMPARE(session.undoStack().count(), 0);
    QVERIFY(session.selection() == Selection());
    QVERIFY(session.highlight() == Highlight());
    QSignalSpy changes(&session, &Session::worldChanged);
    QVERIFY(!changes.wait(50));
    QVERIFY(session.world() == other);
}

void TestSession::resetPlaysTheEventsOfAFile()
{
    Session session;
    session.setSpeed(kManual);
    const World world = test::chainWorld({"base", "mid1", "mid2", "top"});
    session.reset(world, {commit("top", "mid2", "base"), StepControl{"commit", 2}, stream("top"), stream("nowhere")});

    QVERIFY(session.initialWorld() == world);
    QCOMPARE(session.world().clock, Tick(3));
    QCOMPARE(session.log().size(), 4U);
    QVERIFY(session.log()[2].outcome.kind == Outcome::Kind::Refused);
    QVERIFY(session.log()[3].outcome.kind == Outcome::Kind::Invalid);
    QVERIFY(!session.undoStack().canUndo());
    QVERIFY(isReplayable(session));
    // A file's own events stay apart from what comes after them.
    session.reset(world, {commit("top", "mid2", "base"), StepControl{"commit", 2}});
    session.step(JobId{0});
    QCOMPARE(session.log().size(), 3U);
}

void TestSession::selectionOfWhatVanishedIsDropped()
{
    Session session;
    session.reset(test::chainWorld({"base", "top"}));
    QVERIFY(session.submit(addNode("extra")).kind == Outcome::Kind::Allowed);
    const NodeId extra = *session.world().graph.findNode("extra");
    session.select(extra);
    session.setHighlight({{NodeId{0}, extra}, {}});
    QSignalSpy selections(&session, &Session::selectionChanged);

    session.undoStack().undo();

    QCOMPARE(selections.size(), 1);
    QVERIFY(session.selection() == Selection());
    QVERIFY(session.highlight().nodes == std::vector<NodeId>{NodeId{0}});
}

void TestSession::selectionOfWhatIsNotThereIsRefused()
{
    Session session;
    session.reset(test::chainWorld({"base", "top"}));
    session.select(NodeId{1});
    session.select(NodeId{99});
    QVERIFY(session.selection() == Selection());
    session.select(JobId{0});
    QVERIFY(session.selection() == Selection());
    session.select(UserId{0});
    QVERIFY(session.selection() == Selection(UserId{0}));
}

void TestSession::hundredJobsLeaveTheEventLoopFree()
{
    Session session;
    session.reset(test::diskWorld(101, 10, 1024));
    session.setSpeed(kUnlimited);
    QSignalSpy changes(&session, &Session::worldChanged);
    QElapsedTimer clock;
    qint64 longest = 0;
    QTimer heartbeat;
    connect(&heartbeat, &QTimer::timeout, this, [&] { longest = std::max(longest, clock.restart()); });
    clock.start();
    heartbeat.start(0);
    for (int disk = 0; disk < 100; ++disk)
        QVERIFY(session.submit(stream("d" + std::to_string(disk) + "-9")).kind == Outcome::Kind::Allowed);
    clock.restart();

    QTRY_VERIFY(changes.size() > 10);
    QVERIFY(session.submit(stream("d100-9")).kind == Outcome::Kind::Allowed);
    QTRY_VERIFY_WITH_TIMEOUT(haveAllEnded(session), 120000);

    qInfo("longest gap of the event loop: %lld ms, %lld changes shown", static_cast<long long>(longest),
          static_cast<long long>(changes.size()));
    QVERIFY(isReplayable(session));
}

void TestSession::endsWhileJobsRun()
{
    for (const bool isHalted : {false, true}) {
        Session session;
        session.reset(test::diskWorld(10, 3, kMaximumClusters));
        session.setSpeed(kUnlimited);
        for (int disk = 0; disk < 10; ++disk)
            session.submit(stream("d" + std::to_string(disk) + "-2"));
        session.setHalted(isHalted);
    }
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
