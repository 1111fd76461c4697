// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "tests/support/graphs.h"
#include "tests/support/worlds.h"
#include "views/common/operationmime.h"
#include "views/palette/argumentfield.h"
#include "views/palette/argumentform.h"
#include "views/palette/operationlauncher.h"
#include "views/palette/palettepanel.h"
#include "views/palette/palettetree.h"

#include <QApplication>
#include <QDrag>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace blockscope;
using namespace blockscope::views;
using namespace Qt::StringLiterals;

/// From the palette onto a node: to a running job and to a refusal, by mouse and by keyboard, wired as the main window
/// does it. Only QDrag's own loop, which needs a real pointer, is replaced: by the events that it would send.
class TestDragAndDrop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aDropStartsAJob();
    void everyNodeShowsItsVerdict();
    void theHintGivesTheReason();
    void theHintTellsWhatOtherPoliciesSay();
    void theHintIsClearOfWhatIsDragged_data();
    void theHintIsClearOfWhatIsDragged();
    void aRefusedDropChangesNothingAndIsRecorded();
    void aMeaninglessDropIsNotTaken();
    void nothingIsDroppedBesideTheNodes();
    void leavingTakesTheVerdictsAway();
    void foreignDragsAreLeftAlone();
    void anOperationWithoutANodeIsDroppedAnywhere();
    void byKeyboardToARunningJob();
    void carriedByKeyboardToARefusal();
    void carryingIsGivenUpByEscape();

private:
    [[nodiscard]] NodeId node(const char *name) const { return test::nodeNamed(m_session->world(), name); }
    [[nodiscard]] const NodeFace &face(const char *name) const
    {
        return m_view->graphScene().nodeItem(node(name))->face();
    }
    void startCommit();
    /// What QDrag::exec does, without a pointer: over \a over, then a drop there if \a drops.
    void drag(const char *operation, QPoint over, bool drops);
    /// Presses and moves in the palette; the drag is then led over the graph.
    void dragFromPalette(const char *operation, const char *onto);

    std::unique_ptr<Session> m_session;
    std::unique_ptr<QWidget> m_window;
    PalettePanel *m_palette = nullptr;
    GraphView *m_view = nullptr;
    OperationLauncher *m_launcher = nullptr;
    bool m_isAccepted = false;
    QRect m_plate; // what was dragged last, from the pointer
};

void TestDragAndDrop::init()
{
    m_session = std::make_unique<Session>();
    m_session->setHalted(true);
    m_window = std::make_unique<QWidget>();
    m_palette = new PalettePanel(*m_session);
    m_view = new GraphView(*m_session);
    m_view->setAnimated(false);
    m_launcher = new OperationLauncher(*m_session, m_window.get());
    auto *layout = new QHBoxLayout(m_window.get());
    layout->addWidget(m_palette);
    layout->addWidget(m_view, 1);
    connect(m_palette, &PalettePanel::operationRequested, m_launcher, &OperationLauncher::launch);
    connect(m_palette, &PalettePanel::carryRequested, m_view, &GraphView::pickUp);
    connect(m_view, &GraphView::operationRequested, m_launcher, &OperationLauncher::launch);
    m_window->resize(1200, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_session->reset(test::chainWorld({"base", "mid1", "mid2", "top"}, "vda"));
    QVERIFY(test::waitUntilPlaced(*m_view));
}

void TestDragAndDrop::cleanup()
{
    m_window.reset();
    m_session.reset();
}

void TestDragAndDrop::startCommit()
{
    const Outcome outcome = m_session->submit(
        QmpCommand{"block-commit", {{"device", "top"}, {"top-node", "mid2"}, {"base-node", "mid1"}, {"job-id", "c0"}}});
    QVERIFY(outcome.kind == Outcome::Kind::Allowed);
    QTRY_VERIFY(m_view->graphScene().nodeItem(node("mid1"))->face().jobs.size() == 1);
}

void TestDragAndDrop::drag(const char *operation, QPoint over, bool drops)
{
    const std::unique_ptr<QMimeData> data = operationMimeData(*findOperation(operation));
    QWidget *viewport = m_view->viewport();
    QDragEnterEvent enter(over, Qt::CopyAction, data.get(), Qt::LeftButton, {});
    QCoreApplication::sendEvent(viewport, &enter);
    QVERIFY(enter.isAccepted());
    QDragMoveEvent move(over, Qt::CopyAction, data.get(), Qt::LeftButton, {});
    QCoreApplication::sendEvent(viewport, &move);
    m_isAccepted = move.isAccepted();
    QTRY_VERIFY(!m_view->guide().isBusy());
    if (!drops)
        return;
    // As Qt does: what was not accepted is not dropped but left.
    if (m_isAccepted) {
        QDropEvent drop(over, Qt::CopyAction, data.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(viewport, &drop);
        QVERIFY(drop.isAccepted());
    } else {
        QDragLeaveEvent leave;
        QCoreApplication::sendEvent(viewport, &leave);
    }
    QCoreApplication::processEvents();
}

void TestDragAndDrop::dragFromPalette(const char *operation, const char *onto)
{
    PaletteTree &tree = m_palette->tree();
    const QPoint target = test::placeOf(*m_view, node(onto));
    QByteArray dragged;
    tree.setDragStarter([&](QDrag &started) {
        dragged = started.mimeData()->data(operationMimeType());
        m_plate = {-started.hotSpot(), started.pixmap().deviceIndependentSize().toSize()};
    });
    const QPoint from = tree.visualItemRect(tree.itemOf(operation)).center();
    QTest::mousePress(tree.viewport(), Qt::LeftButton, {}, from);
    for (int i = 1; i <= 4; ++i) {
        const QPoint to = from + QPoint(0, i * QApplication::startDragDistance());
        QMouseEvent move(QEvent::MouseMove, to, tree.viewport()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(tree.viewport(), &move);
    }
    QTest::mouseRelease(tree.viewport(), Qt::LeftButton, {}, from);
    QCOMPARE(dragged, QByteArray(operation));
    drag(dragged.constData(), target, true);
}

void TestDragAndDrop::aDropStartsAJob()
{
    dragFromPalette("block-commit", "mid2");
    QTRY_VERIFY(m_launcher->form() != nullptr);
    ArgumentForm *form = m_launcher->form();
    QVERIFY(form->field("top-node")->value() == Value("mid2"));
    QVERIFY(form->field("base-node")->value() == Value("mid1"));
    QVERIFY(form->verdict() == Offer::Kind::Allowed);
    form->field("base-node")->setValue("base");
    form->field("job-id")->setValue("c0");
    QTRY_VERIFY(form->verdict() == Offer::Kind::Allowed);
    QVERIFY(m_session->world().liveJobs().empty());
    QTest::keyClick(form, Qt::Key_Return);
    QTRY_VERIFY(m_session->world().findJob("c0").has_value());
    QTRY_COMPARE(face("base").jobs.size(), std::size_t{1});
    const JobId job = *m_session->world().findJob("c0");
    QVERIFY(m_session->world().job(job).node("base") == node("base"));
    m_session->setSpeed({Speed::Mode::Unlimited, 0});
    m_session->setHalted(false);
    QTRY_VERIFY(!m_session->world().findJob("c0"));
    QTRY_VERIFY(m_view->graphScene().nodeItem(node("base"))->face().jobs.empty());
}

void TestDragAndDrop::everyNodeShowsItsVerdict()
{
    startCommit();
    drag("block-stream", QPoint(2, 2), false);
    QVERIFY(face("top").verdict == DragVerdict::Refused);
    QVERIFY(face("mid2").verdict == DragVerdict::Refused);
    QVERIFY(face("base").verdict == DragVerdict::Granted);
    QVERIFY(face("top").reason.contains("commit c0"_L1));
    // The one below the pointer shows the clashes of the whole request.
    drag("block-stream", test::placeOf(*m_view, node("top")), false);
    int clashes = 0;
    for (NodeId id : m_session->world().graph.nodes()) {
        for (const ActionCell &cell : m_view->graphScene().nodeItem(id)->face().cells)
            clashes += (cell.clashAllow ? 1 : 0) + (cell.clashRequire ? 1 : 0);
    }
    const Offer offer = offerOn(m_session->world(), kBlockStream, node("top"), {});
    std::set<std::pair<NodeId, std::pair<std::string, Action>>> expected;
    for (const Reason &reason : offer.verdict.reasons)
        expected.insert({reason.node, {reason.code, reason.action}});
    QCOMPARE(clashes, static_cast<int>(expected.size()));
}

void TestDragAndDrop::theHintGivesTheReason()
{
    startCommit();
    drag("block-stream", test::placeOf(*m_view, node("top")), false);
    QVERIFY(m_view->guide().hint().isVisible());
    QCOMPARE(m_view->guide().hint().title(), u"block-stream on top"_s);
    QVERIFY(m_view->guide().hint().text().contains("commit c0"_L1));
    QVERIFY(m_view->guide().hint().notes().isEmpty()); // all policies refuse it
    QVERIFY(m_view->viewport()->rect().contains(m_view->guide().hint().geometry()));
}

void TestDragAndDrop::theHintTellsWhatOtherPoliciesSay()
{
    drag("block-stream", test::placeOf(*m_view, node("mid2")), false);
    QCOMPARE(m_view->guide().hint().text(), u"Allowed"_s);
    QCOMPARE(
        m_view->guide().hint().notes(),
        QStringList({u"QEMU 2.5: cannot be asked, for QEMU 2.5 has no device for node 'mid2', and argument 'device' of "
                     "block-stream takes no node-name"_s,
                     u"QEMU 7.2: allowed"_s}));
}

void TestDragAndDrop::theHintIsClearOfWhatIsDragged_data()
{
    QTest::addColumn<double>("x"); // of the viewport's width
    QTest::addColumn<double>("y");
    for (const double x : {0.01, 0.5, 0.99}) {
        for (const double y : {0.01, 0.5, 0.92, 0.99})
            QTest::addRow("%g, %g", x, y) << x << y;
    }
}

void TestDragAndDrop::theHintIsClearOfWhatIsDragged()
{
    QFETCH(const double, x);
    QFETCH(const double, y);
    dragFromPalette("block-commit", "top");
    QVERIFY(m_plate.isValid());
    const QRect room = m_view->viewport()->rect();
    const QPoint pointer(static_cast<int>(x * room.width()), static_cast<int>(y * room.height()));
    drag("block-commit", pointer, false);
    const QRect hint = m_view->guide().hint().geometry();
    QVERIFY(!hint.intersects(m_plate.translated(pointer)));
    QVERIFY(!hint.contains(pointer));
    QVERIFY(room.contains(hint));
}

void TestDragAndDrop::aRefusedDropChangesNothingAndIsRecorded()
{
    startCommit();
    const World before = m_session->world();
    const std::size_t log = m_session->log().size();
    dragFromPalette("block-stream", "top");
    QTRY_COMPARE(m_session->log().size(), log + 1);
    QVERIFY(m_session->log().back().outcome.kind == Outcome::Kind::Refused);
    QVERIFY(!m_session->log().back().outcome.verdict.reasons.empty());
    QVERIFY(m_session->world().graph == before.graph);
    QVERIFY(m_session->world().ledger == before.ledger);
    QCOMPARE(m_session->world().liveJobs().size(), std::size_t{1});
    QVERIFY(face("top").verdict == DragVerdict::None);
}

void TestDragAndDrop::aMeaninglessDropIsNotTaken()
{
    QSignalSpy submitted(m_session.get(), &Session::submitted);
    drag("block-commit", test::placeOf(*m_view, node("base")), true);
    QVERIFY(!m_isAccepted);
    QVERIFY(m_launcher->form() == nullptr);
    QCOMPARE(submitted.count(), 0);
    drag("block-commit", test::placeOf(*m_view, node("base")), false);
    QVERIFY(face("base").verdict == DragVerdict::None && face("base").greyed);
    QVERIFY(face("top").verdict == DragVerdict::Granted && !face("top").greyed);
    QVERIFY(m_view->guide().hint().text().startsWith("Not applicable"_L1));
}

void TestDragAndDrop::nothingIsDroppedBesideTheNodes()
{
    drag("block-commit", QPoint(3, 3), true);
    QVERIFY(!m_isAccepted);
    drag("block-commit", test::placeOf(*m_view, UserId{0}), true);
    QVERIFY(!m_isAccepted);
    QVERIFY(m_launcher->form() == nullptr);
}

void TestDragAndDrop::leavingTakesTheVerdictsAway()
{
    drag("block-stream", test::placeOf(*m_view, node("top")), false);
    QVERIFY(face("top").verdict == DragVerdict::Granted);
    QDragLeaveEvent leave;
    QCoreApplication::sendEvent(m_view->viewport(), &leave);
    QVERIFY(face("top").verdict == DragVerdict::None);
    QVERIFY(!m_view->guide().hint().isVisible());
    QVERIFY(m_view->guide().operation() == nullptr);
}

void TestDragAndDrop::foreignDragsAreLeftAlone()
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(u"/tmp/a.json"_s)});
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(m_view->viewport(), &enter);
    QVERIFY(!enter.isAccepted());
    QVERIFY(m_view->guide().operation() == nullptr);
}

void TestDragAndDrop::anOperationWithoutANodeIsDroppedAnywhere()
{
    drag("stop", QPoint(3, 3), true);
    QVERIFY(m_isAccepted);
    QTRY_VERIFY(!m_session->world().isVmRunning());
    QTRY_VERIFY(!m_view->graphScene().userItem(UserId{0})->face().running);
}

void TestDragAndDrop::byKeyboardToARunningJob()
{
    m_view->setFocus();
    QTest::keyClick(m_view, Qt::Key_Home);
    QTest::keyClick(m_view, Qt::Key_Down);
    QTest::keyClick(m_view, Qt::Key_Down);
    QVERIFY(m_session->selection() == Selection(node("mid2")));
    PaletteTree &tree = m_palette->tree();
    tree.setFocus();
    tree.setCurrentItem(tree.itemOf("block-commit"));
    QTest::keyClick(&tree, Qt::Key_Return);
    QTRY_VERIFY(m_launcher->form() != nullptr);
    QTest::keyClick(m_launcher->form(), Qt::Key_Return);
    QTRY_COMPARE(m_session->world().liveJobs().size(), std::size_t{1});
}

void TestDragAndDrop::carriedByKeyboardToARefusal()
{
    startCommit();
    m_session->select({});
    PaletteTree &tree = m_palette->tree();
    tree.setFocus();
    tree.setCurrentItem(tree.itemOf("block-stream"));
    QTest::keyClick(&tree, Qt::Key_Return);
    QVERIFY(m_view->hasFocus());
    QTRY_VERIFY(!m_view->guide().isBusy());
    QVERIFY(face("top").verdict == DragVerdict::Refused);
    QTest::keyClick(m_view, Qt::Key_Down);
    QVERIFY(m_session->selection() == Selection(node("top")));
    QVERIFY(m_view->guide().hint().text().contains("commit c0"_L1));
    QTest::keyClick(m_view, Qt::Key_Return);
    QTRY_VERIFY(m_session->log().back().outcome.kind == Outcome::Kind::Refused);
    QVERIFY(face("top").verdict == DragVerdict::None);
}

void TestDragAndDrop::carryingIsGivenUpByEscape()
{
    m_view->pickUp(u"block-stream"_s);
    QVERIFY(m_view->guide().operation() != nullptr);
    QTest::keyClick(m_view, Qt::Key_Escape);
    QVERIFY(m_view->guide().operation() == nullptr);
    QVERIFY(!m_view->guide().hint().isVisible());
    QVERIFY(m_session->log().empty());
}

QTEST_MAIN(TestDragAndDrop)
#include "tst_draganddrop.moc"
