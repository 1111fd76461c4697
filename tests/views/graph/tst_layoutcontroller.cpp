// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "tests/support/worlds.h"
#include "views/graph/layoutcontroller.h"

#include <QMutex>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>

using namespace blockscope;
using namespace blockscope::views;

namespace {

// Chains of different length are told apart by their number of nodes.
Topology chainOf(int length)
{
    std::vector<std::string> names;
    for (int i = 0; i < length; ++i)
        names.push_back("n" + std::to_string(i));
    return topologyOf(test::chainWorld(names));
}

} // namespace

class TestLayoutController : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void placesWhatIsAskedFor();
    void runsAwayFromTheGuiThread();
    void newestWins();
    void theSameIsNotAskedTwice();
    void aResultAfterResetIsDropped();
    void theDestructorWaits();
};

void TestLayoutController::placesWhatIsAskedFor()
{
    LayoutController controller;
    std::vector<std::pair<Topology, Placement>> results;
    connect(&controller, &LayoutController::placed, this,
            [&](const Topology &topology, const Placement &placement) { results.emplace_back(topology, placement); });
    controller.request(chainOf(3));
    QVERIFY(controller.isBusy());
    QTRY_COMPARE(results.size(), std::size_t{1});
    QVERIFY(!controller.isBusy());
    QVERIFY(results.front().first == chainOf(3));
    QVERIFY(results.front().second == place(chainOf(3)));
}

void TestLayoutController::runsAwayFromTheGuiThread()
{
    std::atomic<QThread *> worker = nullptr;
    LayoutController controller([&](const Topology &) {
        worker = QThread::currentThread();
        return Placement();
    });
    QSignalSpy placed(&controller, &LayoutController::placed);
    controller.request(chainOf(1));
    QVERIFY(placed.count() == 1 || placed.wait());
    QVERIFY(worker != nullptr && worker != QThread::currentThread());
}

void TestLayoutController::newestWins()
{
    QSemaphore gate;
    QSemaphore started;
    QMutex mutex;
    std::vector<std::size_t> laidOut;
    LayoutController controller([&](const Topology &topology) {
        started.release();
        gate.acquire();
        const QMutexLocker lock(&mutex);
        laidOut.push_back(topology.nodes.size());
        return Placement();
    });
    std::vector<std::size_t> shown;
    connect(&controller, &LayoutController::placed, this,
            [&](const Topology &topology, const Placement &) { shown.push_back(topology.nodes.size()); });
    controller.request(chainOf(1));
    QVERIFY(started.tryAcquire(1, 5000));
    for (int length : {2, 3, 4})
        controller.request(chainOf(length));
    gate.release(10);
    QTRY_COMPARE(shown, (std::vector<std::size_t>{4}));
    QTRY_VERIFY(!controller.isBusy());
    const QMutexLocker lock(&mutex);
    QCOMPARE(laidOut, (std::vector<std::size_t>{1, 4}));
}

void TestLayoutController::theSameIsNotAskedTwice()
{
    std::atomic<int> calls = 0;
    LayoutController controller([&](const Topology &) {
        ++calls;
        return Placement();
    });
    QSignalSpy placed(&controller, &LayoutController::placed);
    controller.request(chainOf(2));
    controller.request(chainOf(2));
    QTRY_COMPARE(placed.count(), 1);
    controller.request(chainOf(2));
    QVERIFY(!controller.isBusy());
    controller.request(chainOf(3));
    QTRY_COMPARE(placed.count(), 2);
    QCOMPARE(calls.load(), 2);
}

void TestLayoutController::aResultAfterResetIsDropped()
{
    QSemaphore gate;
    LayoutController controller([&](const Topology &) {
        gate.acquire();
        return Placement();
    });
    QSignalSpy placed(&controller, &LayoutController::placed);
    controller.request(chainOf(2));
    controller.reset();
    gate.release();
    QTRY_VERIFY(!controller.isBusy());
    QCOMPARE(placed.count(), 0);
    controller.request(chainOf(2));
    gate.release();
    QTRY_COMPARE(placed.count(), 1);
}

void TestLayoutController::theDestructorWaits()
{
    QSemaphore gate;
    std::atomic<bool> isDone = false;
    auto controller = std::make_unique<LayoutController>([&](const Topology &) {
        gate.acquire();
        isDone = true;
        return Placement();
    });
    controller->request(chainOf(2));
    gate.release();
    controller.reset();
    QVERIFY(isDone);
}

QTEST_MAIN(TestLayoutController)
#include "tst_layoutcontroller.moc"
