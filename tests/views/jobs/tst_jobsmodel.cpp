// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "tests/support/worlds.h"
#include "views/jobs/jobsmodel.h"

#include <QAbstractItemModelTester>
#include <QIcon>
#include <QSignalSpy>
#include <QTest>

using namespace blockscope;
using namespace blockscope::views;

namespace {

QmpCommand stream(const std::string &device, bool autoDismiss = true)
{
    return {"block-stream", {{"device", device}, {"job-id", "job-" + device}, {"auto-dismiss", autoDismiss}}};
}

QString cell(const JobsModel &model, int row, JobsModel::Column column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class TestJobsModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsFollowTheJobs();
    void progressChangesInPlace();
    void endedJobStaysWithItsResult();
    void aStoppedJobIsMarked();
    void undoTakesTheRowAway();
    void freeRunKeepsTheModelSound();
};

void TestJobsModel::rowsFollowTheJobs()
{
    Session session;
    session.setSpeed({Speed::Mode::Manual, 1});
    session.reset(test::diskWorld(2, 3));
    JobsModel model(session);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);

    session.submit(stream("d0-2"));
    session.submit(stream("d1-2"));

    QCOMPARE(inserts.size(), 2);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(cell(model, 0, JobsModel::Name), QStringLiteral("job-d0-2"));
    QCOMPARE(cell(model, 1, JobsModel::Operation), QStringLiteral("block-stream"));
    QVERIFY(cell(model, 1, JobsModel::Nodes).contains(QStringLiteral("d1-0")));
    QCOMPARE(cell(model, 0, JobsModel::Status), QStringLiteral("running"));
    QCOMPARE(cell(model, 0, JobsModel::Started), QStringLiteral("1"));
    QVERIFY(model.jobAt(model.index(1, 0)) == JobId{1});
    QVERIFY(!model.indexOf(JobId{2}).isValid());
}

void TestJobsModel::progressChangesInPlace()
{
    Session session;
    session.setSpeed({Speed::Mode::Manual, 1});
    session.reset(test::diskWorld(2, 3));
    JobsModel model(session);
    session.submit(stream("d0-2"));
    session.submit(stream("d1-2"));
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);

    session.step(JobId{1});

    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes.front().at(0).toModelIndex().row(), 1);
    QCOMPARE(changes.front().at(1).toModelIndex().row(), 1);
    QVERIFY(resets.empty());
}

void TestJobsModel::endedJobStaysWithItsResult()
{
    Session session;
    session.setSpeed({Speed::Mode::Manual, 1});
    session.reset(test::diskWorld(2, 3));
    JobsModel model(session);
    session.submit(stream("d0-2"));
    session.submit(stream("d1-2"));
    session.submit(RunUntilControl{"job-d0-2"});
    session.submit(QmpCommand{"job-cancel", {{"id", "job-d1-2"}}});

    QCOMPARE(model.rowCount(), 2);
    QVERIFY(model.index(0, 0).data(JobsModel::IsEndedRole).toBool());
    QCOMPARE(cell(model, 0, JobsModel::Result), QStringLiteral("Completed"));
    QCOMPARE(cell(model, 1, JobsModel::Result), QStringLiteral("Operation canceled"));
}

void TestJobsModel::aStoppedJobIsMarked()
{
    Session session;
    session.setSpeed({Speed::Mode::Manual, 1});
    session.reset(test::chainWorld({"base", "mid", "top"}));
    JobsModel model(session);
    const QmpCommand commit{"block-commit",
                            {{"device", "top"}, {"top-node", "mid"}, {"base-node", "base"}, {"job-id", "c0"}}};
    const auto icon = [&model] { return model.index(0, JobsModel::Result).data(Qt::DecorationRole); };
    session.submit(SetSwitchControl{Switch::Enforce, true});
    session.submit(commit);
    QVERIFY(icon().isNull());
    session.undoStack().undo();
    QmpCommand forgetful = commit;
    forgetful.forget = {"base"};
    session.submit(forgetful);
    session.submit(RunUntilControl{"c0", JobStatus::Null});
    QVERIFY2(cell(model, 0, JobsModel::Result).startsWith(QStringLiteral("Access violation")),
             qPrintable(cell(model, 0, JobsModel::Result)));
    QVERIFY(!icon().value<QIcon>().isNull());
    QVERIFY(model.index(0, JobsModel::Result).data(Qt::ToolTipRole).toString().contains(QStringLiteral("enforced")));
}

void TestJobsModel::undoTakesTheRowAway()
{
    Session session;
    session.setSpeed({Speed::Mode::Manual, 1});
    session.reset(test::diskWorld(1, 3));
    JobsModel model(session);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    session.submit(stream("d0-2"));
    session.undoStack().undo();
    QCOMPARE(model.rowCount(), 0);
    session.undoStack().redo();
    QCOMPARE(model.rowCount(), 1);
}

void TestJobsModel::freeRunKeepsTheModelSound()
{
    Session session;
    session.setSpeed({Speed::Mode::Unlimited, 1});
    session.reset(test::diskWorld(10, 3));
    JobsModel model(session);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (int disk = 0; disk < 10; ++disk)
        session.submit(stream("d" + std::to_string(disk) + "-2", disk % 2 == 0));
    QTRY_VERIFY_WITH_TIMEOUT(std::none_of(session.world().jobs.begin(), session.world().jobs.end(),
                                          [](const auto &job) { return job->isActive(); }),
                             30000);
    QCOMPARE(model.rowCount(), 10);
    QCOMPARE(cell(model, 1, JobsModel::Status), QStringLiteral("concluded"));
}

QTEST_MAIN(TestJobsModel)
#include "tst_jobsmodel.moc"
