// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "tests/support/worlds.h"
#include "views/jobs/jobspanel.h"
#include "views/jobs/speedcontrol.h"

#include <QAction>
#include <QLabel>
#include <QSlider>
#include <QTableView>
#include <QTest>
#include <QToolBar>

using namespace blockscope;
using namespace blockscope::views;

namespace {

QmpCommand stream(const std::string &device, Object more = {})
{
    more["device"] = device;
    more["job-id"] = "job-" + device;
    return {"block-stream", std::move(more)};
}

/// A shown panel and hands to use it.
struct Fixture
{
    Session session;
    JobsPanel panel{session};
    QTableView *table = panel.findChild<QTableView *>();

    Fixture()
    {
        session.setSpeed({Speed::Mode::Manual, 1});
        session.reset(test::diskWorld(3, 3));
        panel.resize(1100, 240);
        panel.show();
    }

    QAction *action(const char *text) const
    {
        for (QAction *each : panel.jobActions()) {
            if (QString(each->text()).remove(u'&') == QLatin1String(text))
                return each;
        }
        return nullptr;
    }
    void click(const char *text) const
    {
        QWidget *button = panel.findChild<QToolBar *>()->widgetForAction(action(text));
        QVERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
    }
    void clickRow(int row) const
    {
        const QPoint at = table->visualRect(table->model()->index(row, 0)).center();
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, at);
    }
    JobStatus status(std::uint32_t job) const { return session.world().job(JobId{job}).status; }
};

} // namespace

class TestJobsPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatToDoWithoutJobs();
    void selectedRowIsSelectedInTheSession();
    void selectionInTheSessionIsShown();
    void theOnlyJobNeedsNoSelection();
    void pauseAndResume();
    void step();
    void cancel();
    void completeReadyJob();
    void finalizeAndDismiss();
    void keysWorkInTheList();
    void verbsFitTheStatus();
    void sliderSetsTheSpeed();
};

void TestJobsPanel::saysWhatToDoWithoutJobs()
{
    Fixture f;
    QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
    const auto labels = f.panel.findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->isVisible() && label->text().startsWith(QStringLiteral("No jobs yet"));
    }));
    QVERIFY(!f.table->isVisible());
    f.session.submit(stream("d0-2"));
    QVERIFY(f.table->isVisible());
}

void TestJobsPanel::selectedRowIsSelectedInTheSession()
{
    Fixture f;
    f.session.submit(stream("d0-2"));
    f.session.submit(stream("d1-2"));
    f.clickRow(1);
    QVERIFY(f.session.selection() == Selection(JobId{1}));
    QTest::keyClick(f.table, Qt::Key_Up);
    QVERIFY(f.session.selection() == Selection(JobId{0}));
}

void TestJobsPanel::selectionInTheSessionIsShown()
{
    Fixture f;
    f.session.submit(stream("d0-2"));
    f.session.submit(stream("d1-2"));
    f.session.select(JobId{1});
    QCOMPARE(f.table->selectionModel()->selectedRows().size(), 1);
    QCOMPARE(f.table->currentIndex().row(), 1);
    f.session.select(NodeId{0});
    QVERIFY(!f.table->selectionModel()->hasSelection());
    f.session.select(JobId{1});
    QVERIFY(f.table->selectionModel()->hasSelection());
}

void TestJobsPanel::theOnlyJobNeedsNoSelection()
{
    Fixture f;
    f.session.submit(stream("d0-2"));
    QVERIFY(!f.table->selectionModel()->hasSelection());
    f.click("Pause");
    QVERIFY(f.status(0) == JobStatus::Paused);
    f.session.submit(stream("d1-2")); // now it must be said which
    QVERIFY(!f.action("Resume")->isEnabled());
    f.clickRow(0);
    QVERIFY(f.action("Resume")->isEnabled());
    f.session.select(NodeId{0});
    QVERIFY2(!f.action("Resume")->isEnabled(), "what is not marked is not told anything");
}

void TestJobsPanel::pauseAndResume()
{
    Fixture f;
    f.session.submit(stream("d0-2"));
    f.clickRow(0);
    f.click("Pause");
    QVERIFY(f.status(0) == JobStatus::Paused);
    QVERIFY(!f.action("Pause")->isEnabled());
    QVERIFY(!f.action("Step")->isEnabled());
    f.click("Resume");
    QVERIFY(f.status(0) == JobStatus::Running);
    QCOMPARE(f.session.undoStack().count(), 3);
}

void TestJobsPanel::step()
{
    Fixture f;
    f.session.submit(stream("d0-2"));
    f.clickRow(0);
    const Tick clock = f.session.world().clock;
    f.click("Step");
    QCOMPARE(f.session.world().clock, clock + 1);
}

void TestJobsPanel::cancel()
{
    Fixture f;
    f.session.submit(stream("d0-2"));
    f.clickRow(0);
    f.click("Cancel");
    QVERIFY(f.status(0) == JobStatus::Null);
    QVERIFY(!f.action("Cancel")->isEnabled());
}

void TestJobsPanel::completeReadyJob()
{
    Fixture f;
    const Outcome started = f.session.submit(QmpCommand{"block-commit", {{"device", "d0-2"}, {"job-id", "c0"}}});
    QVERIFY(started.kind == Outcome::Kind::Allowed);
    f.clickRow(0);
    QVERIFY(!f.action("Complete")->isEnabled());
    f.session.submit(RunUntilControl{"c0", JobStatus::Ready});
    QVERIFY(f.status(0) == JobStatus::Ready);
    f.click("Complete");
    QVERIFY(f.session.world().job(JobId{0}).wantsPivot);
    f.session.setSpeed({Speed::Mode::Unlimited, 1});
    QTRY_VERIFY(f.status(0) == JobStatus::Null);
}

void TestJobsPanel::finalizeAndDismiss()
{
    Fixture f;
    f.session.submit(stream("d0-2", {{"auto-finalize", false}, {"auto-dismiss", false}}));
    f.clickRow(0);
    f.session.setSpeed({Speed::Mode::Unlimited, 1});
    QTRY_VERIFY(f.status(0) == JobStatus::Pending);
    f.click("Finalize");
    QVERIFY(f.status(0) == JobStatus::Concluded);
    f.click("Dismiss");
    QVERIFY(f.status(0) == JobStatus::Null);
}

void TestJobsPanel::keysWorkInTheList()
{
    Fixture f;
    QVERIFY(QTest::qWaitForWindowActive(&f.panel));
    f.session.submit(stream("d0-2"));
    f.clickRow(0);
    f.table->setFocus();
    QTest::keyClick(f.table, Qt::Key_P);
    QVERIFY(f.status(0) == JobStatus::Paused);
    QTest::keyClick(f.table, Qt::Key_R);
    QVERIFY(f.status(0) == JobStatus::Running);
    QTest::keyClick(f.table, Qt::Key_Delete);
    QVERIFY(f.status(0) == JobStatus::Null);
}

void TestJobsPanel::verbsFitTheStatus()
{
    Fixture f;
    f.session.submit(stream("d0-2", {{"auto-dismiss", false}}));
    f.clickRow(0);
    const auto agrees = [&f] {
        const Job &job = f.session.world().job(JobId{0});
        return std::all_of(kJobVerbs.begin(), kJobVerbs.end(), [&](JobVerb verb) {
            World copy = f.session.world();
            const bool isTaken = blockscope::apply(copy, toEvent(verb, job)).kind == Outcome::Kind::Allowed;
            return isTaken == isPossible(verb, job);
        });
    };
    QVERIFY(agrees());
    f.click("Pause");
    QVERIFY(agrees());
    f.click("Resume");
    f.session.submit(RunUntilControl{"job-d0-2", JobStatus::Concluded});
    QVERIFY(f.status(0) == JobStatus::Concluded);
    QVERIFY(agrees());
    f.click("Dismiss");
    QVERIFY(agrees());
}

void TestJobsPanel::sliderSetsTheSpeed()
{
    Session session;
    SpeedControl control(session);
    control.show();
    auto *slider = control.findChild<QSlider *>();
    slider->setFocus();
    QTest::keyClick(slider, Qt::Key_Home);
    QVERIFY(session.speed().mode == Speed::Mode::Manual);
    QTest::keyClick(slider, Qt::Key_End);
    QVERIFY(session.speed().mode == Speed::Mode::Unlimited);
    session.setSpeed({Speed::Mode::Limited, 8});
    QCOMPARE(SpeedControl::stops().at(static_cast<std::size_t>(slider->value())), (Speed{Speed::Mode::Limited, 8}));
    for (std::size_t i = 0; i < SpeedControl::stops().size(); ++i) {
        session.setSpeed(SpeedControl::stops()[i]);
        QCOMPARE(slider->value(), static_cast<int>(i));
    }
}

QTEST_MAIN(TestJobsPanel)
#include "tst_jobspanel.moc"
