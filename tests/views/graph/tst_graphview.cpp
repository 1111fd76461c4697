// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT

#include "tests/support/graphs.h"
#include "tests/support/worlds.h"
#include "views/graph/boxtips.h"

#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>
#include <QWheelEvent>

using namespace blockscope;
using namespace blockscope::views;
using namespace Qt::StringLiterals;

/// The view under real events: mouse, keys, wheel.
class TestGraphView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void theFocusFrameFillsNothing();
    void aClickSelects();
    void aClickBesideSelectsNothing();
    void arrowsWalk();
    void tabWalksAndLeaves();
    void theWheelZoomsAtThePointer();
    void keysZoom();
    void fitShowsEverything_data();
    void fitShowsEverything();
    void fitsAtAnySize();
    void dragsPan();
    void whatStaysInUseStaysInSight_data();
    void whatStaysInUseStaysInSight();
    void finds();
    void findSaysWhenThereIsNothing();
    void aSelectionElsewhereIsRevealed();
    void highlightsAreShown();
    void jobsMoveNothing();
    void aChangeHoldsTheSelectionStill();
    void undoKeepsTheView();
    void anotherGraphIsFitted();
    void saysThatItIsEmpty();
    void tipsTellEverything();
    void hostileNamesStayText();
    void theMenuAsksForMore();
    void tellsScreenReaders();

private:
    void open(World world);
    [[nodiscard]] NodeId node(const char *name) const { return test::nodeNamed(m_session->world(), name); }
    void wheel(QPoint place, int delta, Qt::KeyboardModifiers modifiers);

    std::unique_ptr<Session> m_session;
    std::unique_ptr<GraphView> m_view;
};

void TestGraphView::init()
{
    m_session = std::make_unique<Session>();
    m_session->setHalted(true);
    m_view = std::make_unique<GraphView>(*m_session);
    m_view->setAnimated(false);
    m_view->resize(800, 900);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    open(test::chainWorld({"base", "mid", "top"}, "vda"));
}

void TestGraphView::cleanup()
{
    m_view.reset();
    m_session.reset();
}

void TestGraphView::open(World world)
{
    m_session->reset(std::move(world));
    QVERIFY(test::waitUntilPlaced(*m_view));
}

void TestGraphView::wheel(QPoint place, int delta, Qt::KeyboardModifiers modifiers)
{
    QWheelEvent event(place, m_view->viewport()->mapToGlobal(place), QPoint(), QPoint(0, delta), Qt::NoButton,
                      modifiers, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(m_view->viewport(), &event);
}

void TestGraphView::theFocusFrameFillsNothing()
{
    m_session->select({});
    m_view->clearFocus();
    const QRect inside = m_view->viewport()->rect().adjusted(4, 4, -4, -4);
    const QImage without = m_view->viewport()->grab(inside).toImage();
    m_view->setFocus();
    QTRY_VERIFY(m_view->hasFocus());
    m_session->select({});
    QVERIFY(m_view->viewport()->grab(inside).toImage() == without);
    QVERIFY(m_view->viewport()->grab().toImage().pixelColor(1, inside.center().y()) !=
            without.pixelColor(0, inside.center().y()));
}

void TestGraphView::aClickSelects()
{
    QSignalSpy changed(m_session.get(), &Session::selectionChanged);
    for (const Selection &what : {Selection(node("mid")), Selection(node("mid-file")), Selection(UserId{0})}) {
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, test::placeOf(*m_view, what));
        QVERIFY(m_session->selection() == what);
    }
    QCOMPARE(changed.count(), 3);
    QVERIFY(m_view->graphScene().userItem(UserId{0})->face().selected);
    QVERIFY(!m_view->graphScene().nodeItem(node("mid"))->face().selected);
}

void TestGraphView::aClickBesideSelectsNothing()
{
    m_session->select(node("mid"));
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, QPoint(3, 3));
    QVERIFY(m_session->selection() == Selection());
}

void TestGraphView::arrowsWalk()
{
    m_view->setFocus();
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QVERIFY(m_session->selection() == Selection(UserId{0}));
    const auto press = [&](int key, const Selection &expected) {
        QTest::keyClick(m_view.get(), static_cast<Qt::Key>(key));
        return m_session->selection() == expected;
    };
    QVERIFY(press(Qt::Key_Down, node("top")));
    QVERIFY(press(Qt::Key_Down, node("mid")));
    QVERIFY(press(Qt::Key_Right, node("mid-file")));
    QVERIFY(press(Qt::Key_Left, node("mid")));
    QVERIFY(press(Qt::Key_Down, node("base")));
    QVERIFY(press(Qt::Key_Down, node("base")));
    QVERIFY(press(Qt::Key_Home, UserId{0}));
    QVERIFY(press(Qt::Key_Escape, Selection()));
}

void TestGraphView::tabWalksAndLeaves()
{
    QWidget window;
    QLineEdit before(&window);
    m_view->setParent(&window);
    QLineEdit after(&window);
    QWidget::setTabOrder(&before, m_view.get());
    QWidget::setTabOrder(m_view.get(), &after);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    m_view->show();
    m_view->setFocus();
    m_session->select(UserId{0});
    int steps = 0;
    while (m_view->hasFocus() && steps < 100) {
        QTest::keyClick(m_view.get(), Qt::Key_Tab);
        ++steps;
    }
    QCOMPARE(steps, 7); // six more boxes, and out
    QVERIFY(after.hasFocus());
    m_session->select({});
    m_view->setFocus();
    QTest::keyClick(m_view.get(), Qt::Key_Tab);
    QVERIFY(!m_view->hasFocus());
    m_view->setParent(nullptr);
}

void TestGraphView::theWheelZoomsAtThePointer()
{
    const QPoint pointer = test::placeOf(*m_view, node("mid"));
    const QPointF place = m_view->mapToScene(pointer);
    const double before = m_view->zoom();
    wheel(pointer, 120, Qt::ControlModifier);
    QVERIFY(m_view->zoom() > before);
    QVERIFY((m_view->mapFromScene(place) - pointer).manhattanLength() <= 2);
    wheel(pointer, -120, Qt::ControlModifier);
    QVERIFY(qAbs(m_view->zoom() - before) < 1e-9);
    wheel(pointer, -120, Qt::NoModifier);
    QCOMPARE(m_view->zoom(), before);
    for (int i = 0; i < 100; ++i)
        wheel(pointer, 120, Qt::ControlModifier);
    QCOMPARE(m_view->zoom(), ZoomView::kMostZoom);
}

void TestGraphView::keysZoom()
{
    m_view->setFocus();
    const double before = m_view->zoom();
    QTest::keyClick(m_view.get(), Qt::Key_Plus);
    QVERIFY(m_view->zoom() > before);
    QTest::keyClick(m_view.get(), Qt::Key_Minus);
    QTest::keyClick(m_view.get(), Qt::Key_Minus);
    QVERIFY(m_view->zoom() < before);
    QTest::keyClick(m_view.get(), Qt::Key_1);
    QCOMPARE(m_view->zoom(), 1.0);
}

void TestGraphView::fitShowsEverything_data()
{
    QTest::addColumn<World>("world");
    QTest::newRow("small") << test::chainWorld({"base"});
    QTest::newRow("high") << test::chainWorld({"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"});
    QTest::newRow("many disks") << test::diskWorld(40, 3, 8);
}

void TestGraphView::fitShowsEverything()
{
    QFETCH(const World, world);
    open(world);
    m_view->setFocus();
    QTest::keyClick(m_view.get(), Qt::Key_Plus);
    QTest::keyClick(m_view.get(), Qt::Key_F);
    QVERIFY(m_view->isFitted());
    QVERIFY(m_view->zoom() <= 1);
    const QRect room = m_view->viewport()->rect();
    for (const PlacedBox &box : m_view->graphScene().boxes())
        QVERIFY(room.contains(m_view->mapFromScene(box.rect).boundingRect()));
    m_view->resize(500, 500);
    QCoreApplication::processEvents();
    QVERIFY(m_view->isFitted());
    for (Qt::ScrollBarPolicy policy : {m_view->horizontalScrollBarPolicy(), m_view->verticalScrollBarPolicy()})
        QCOMPARE(policy, Qt::ScrollBarAlwaysOff);
    for (const PlacedBox &box : m_view->graphScene().boxes())
        QVERIFY(m_view->viewport()->rect().contains(m_view->mapFromScene(box.rect).boundingRect()));
}

// Bars that come take room, and then what was seen is not: this must not go round in a circle.
void TestGraphView::fitsAtAnySize()
{
    for (int width = 60; width <= 400; width += 17) {
        for (int height = 40; height <= 400; height += 11) {
            m_view->resize(width, height);
            m_view->zoomToActualSize();
            m_view->zoomOut();
            m_view->fit();
            m_view->zoomIn();
            m_view->fit();
            QVERIFY(m_view->isFitted());
        }
    }
}

void TestGraphView::dragsPan()
{
    const auto pan = [&](Qt::MouseButton button, QPoint from) {
        const QPoint before = test::placeOf(*m_view, node("mid"));
        QTest::mousePress(m_view->viewport(), button, {}, from);
        QMouseEvent move(QEvent::MouseMove, from + QPoint(40, -30),
                         m_view->viewport()->mapToGlobal(from + QPoint(40, -30)), Qt::NoButton, button, {});
        QCoreApplication::sendEvent(m_view->viewport(), &move);
        QTest::mouseRelease(m_view->viewport(), button, {}, from + QPoint(40, -30));
        return test::placeOf(*m_view, node("mid")) - before;
    };
    QCOMPARE(pan(Qt::MiddleButton, test::placeOf(*m_view, node("top"))), QPoint(40, -30));
    m_session->select(node("top"));
    QCOMPARE(pan(Qt::LeftButton, QPoint(4, 4)), QPoint(40, -30));
    QVERIFY2(m_session->selection() == Selection(node("top")), "a pan is no click");
    QCOMPARE(pan(Qt::LeftButton, test::placeOf(*m_view, node("base"))), QPoint(0, 0));
}

void TestGraphView::whatStaysInUseStaysInSight_data()
{
    QTest::addColumn<bool>("isFitted");
    QTest::newRow("all of it was seen") << true;
    QTest::newRow("a part was seen") << false;
}

/// A commit leaves the images between behind: they do not take the place of the chain that is used.
void TestGraphView::whatStaysInUseStaysInSight()
{
    QFETCH(bool, isFitted);
    open(test::chainWorld({"base", "mid1", "mid2", "top"}, "vda"));
    const QmpCommand commit{"block-commit",
                            {{"device", "top"}, {"top-node", "mid2"}, {"base-node", "base"}, {"job-id", "c0"}}};
    if (isFitted)
        m_view->fit();
    else
        m_view->zoomTo(m_view->zoom() * 0.9, m_view->viewport()->rect().center());
    const QPoint top = test::placeOf(*m_view, node("top"));
    const QPoint base = test::placeOf(*m_view, node("base"));
    const auto offset = [this] {
        return m_view->graphScene().boxOf(node("mid2"))->center() - m_view->graphScene().boxOf(node("top"))->center();
    };
    const QPointF before = offset();
    m_session->submit(commit);
    m_session->submit(RunUntilControl{"c0"});
    QTRY_VERIFY(offset() != before);
    QVERIFY(test::waitUntilPlaced(*m_view));
    QCOMPARE(m_view->isFitted(), isFitted);
    QVERIFY(isFitted || test::placeOf(*m_view, node("top")) == top || test::placeOf(*m_view, node("base")) == base);
    for (const char *name : {"top", "base"}) {
        const QRectF box = *m_view->graphScene().boxOf(node(name));
        QVERIFY2(m_view->viewport()->rect().contains(m_view->mapFromScene(box).boundingRect()), name);
    }
}

void TestGraphView::finds()
{
    m_view->setFocus();
    QTest::keySequence(m_view.get(), QKeySequence(QKeySequence::Find));
    auto *field = m_view->findChild<QLineEdit *>();
    QVERIFY(field != nullptr && field->isVisible());
    QTest::keyClicks(static_cast<QWidget *>(field), u"mid"_s);
    QVERIFY(m_session->selection() == Selection(node("mid")));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(m_session->selection() == Selection(node("mid-file")));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(m_session->selection() == Selection(node("mid")));
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    QVERIFY(m_session->selection() == Selection(node("mid-file")));
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!field->isVisible());
    QVERIFY(m_view->hasFocus());
    QVERIFY2(m_session->selection() == Selection(node("mid-file")), "what was found stays selected");
    QTest::keySequence(m_view.get(), QKeySequence(QKeySequence::FindNext));
    QVERIFY(m_session->selection() == Selection(node("mid")));
}

void TestGraphView::findSaysWhenThereIsNothing()
{
    m_view->openFind();
    auto *field = m_view->findChild<QLineEdit *>();
    QTest::keyClicks(static_cast<QWidget *>(field), u"nowhere"_s);
    QVERIFY(m_session->selection() == Selection());
    QCOMPARE(field->accessibleDescription(), u"Not found"_s);
    field->selectAll();
    QTest::keyClicks(static_cast<QWidget *>(field), u"base"_s);
    QCOMPARE(field->accessibleDescription(), u"1 of 2"_s);
}

void TestGraphView::aSelectionElsewhereIsRevealed()
{
    open(test::diskWorld(20, 3, 8));
    m_view->zoomToActualSize();
    const NodeId far = test::nodeNamed(m_session->world(), "d19-0");
    m_session->select(test::nodeNamed(m_session->world(), "d0-0"));
    QVERIFY(!m_view->viewport()->rect().contains(test::placeOf(*m_view, far)));
    m_session->select(far);
    QVERIFY(m_view->viewport()->rect().contains(test::placeOf(*m_view, far)));
}

void TestGraphView::highlightsAreShown()
{
    const EdgeId edge = *m_session->world().graph.childEdge(node("top"), "backing");
    m_session->setHighlight({{node("mid")}, {Holder::of(edge)}});
    QVERIFY(m_view->graphScene().nodeItem(node("mid"))->face().highlighted);
    QVERIFY(m_view->graphScene().edgeItem(edge)->face().highlighted);
    QVERIFY(!m_view->graphScene().nodeItem(node("top"))->face().highlighted);
    m_session->setHighlight({});
    QVERIFY(!m_view->graphScene().nodeItem(node("mid"))->face().highlighted);
}

void TestGraphView::jobsMoveNothing()
{
    const auto before = test::placesIn(*m_view);
    m_session->setHalted(false);
    m_session->setSpeed({Speed::Mode::Unlimited, 0});
    m_session->submit(QmpCommand{
        "blockdev-add", {{"driver", "qcow2"}, {"node-name", "target"}, {"file", Object{{"driver", "null-co"}}}}});
    QVERIFY(test::waitUntilPlaced(*m_view));
    QTRY_VERIFY(m_view->graphScene().nodeItem(node("target")) != nullptr);
    const auto withTarget = test::placesIn(*m_view);
    const QTransform view = m_view->viewportTransform();
    const Outcome outcome = m_session->submit(
        QmpCommand{"blockdev-backup", {{"device", "top"}, {"target", "target"}, {"sync", "full"}, {"job-id", "b0"}}});
    QVERIFY(outcome.kind == Outcome::Kind::Allowed);
    QSignalSpy changed(m_session.get(), &Session::worldChanged);
    QTRY_VERIFY(!m_session->world().findJob("b0"));
    QVERIFY(!changed.isEmpty());
    QCOMPARE(test::placesIn(*m_view), withTarget);
    QCOMPARE(m_view->viewportTransform().m11(), view.m11());
    QVERIFY(before.size() < withTarget.size());
}

void TestGraphView::aChangeHoldsTheSelectionStill()
{
    open(test::diskWorld(6, 3, 8));
    m_view->zoomToActualSize();
    for (const char *name : {"d0-1", "d3-2", "d5-0"}) {
        const NodeId held = node(name);
        m_session->select(held);
        const QPoint before = test::placeOf(*m_view, held);
        World world = m_session->world();
        const std::string overlay = std::string("over-") + name;
        const Outcome outcome = m_session->submit(
            QmpCommand{"blockdev-add", {{"driver", "qcow2"}, {"node-name", overlay}, {"backing", "d1-2"}}});
        QVERIFY2(outcome.kind == Outcome::Kind::Allowed, outcome.error ? outcome.error->what.c_str() : name);
        QTRY_VERIFY(m_view->graphScene().nodeItem(node(overlay.c_str())) != nullptr);
        QCOMPARE(test::placeOf(*m_view, held), before);
    }
}

void TestGraphView::undoKeepsTheView()
{
    m_view->setFocus();
    QTest::keyClick(m_view.get(), Qt::Key_Minus);
    const double zoom = m_view->zoom();
    const QPoint before = test::placeOf(*m_view, node("top"));
    m_session->select(node("top"));
    const Outcome outcome =
        m_session->submit(QmpCommand{"blockdev-add", {{"driver", "null-co"}, {"node-name", "extra"}}});
    QVERIFY(outcome.kind == Outcome::Kind::Allowed);
    const NodeId extra = node("extra");
    QTRY_VERIFY(m_view->graphScene().nodeItem(extra) != nullptr);
    m_session->undoStack().undo();
    QTRY_VERIFY(m_view->graphScene().nodeItem(extra) == nullptr);
    QVERIFY(test::waitUntilPlaced(*m_view));
    QCOMPARE(m_view->zoom(), zoom);
    QCOMPARE(test::placeOf(*m_view, node("top")), before);
}

void TestGraphView::anotherGraphIsFitted()
{
    m_view->zoomTo(3, QPoint(0, 0));
    open(test::diskWorld(10, 2, 8));
    QVERIFY(m_view->isFitted());
    QCOMPARE(m_view->graphScene().boxes().size(), std::size_t{50});
}

void TestGraphView::saysThatItIsEmpty()
{
    m_view->setEmptyText(u"Nothing here."_s);
    const auto isSaid = [&] {
        const QList<QLabel *> labels = m_view->viewport()->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
            return label->isVisible() && label->text() == u"Nothing here."_s;
        });
    };
    QVERIFY(!isSaid());
    m_session->reset(World());
    QVERIFY(m_view->graphScene().isEmpty());
    QVERIFY(isSaid());
}

void TestGraphView::tipsTellEverything()
{
    const QString tip = tipFor(m_session->world(), node("top"));
    for (const char *part : {"top", "qcow2", "/images/top.qcow2", "/images/mid.qcow2", "guest vda", "RV"})
        QVERIFY2(tip.contains(QLatin1String(part)), part);
    QVERIFY(tipFor(m_session->world(), UserId{0}).contains("Uses top"_L1));
    QVERIFY(tipFor(m_session->world(), *m_session->world().graph.childEdge(node("top"), "backing")).contains("mid"_L1));
    QVERIFY(tipFor(m_session->world(), Selection()).isEmpty());
    QHelpEvent event(QEvent::ToolTip, test::placeOf(*m_view, node("top")),
                     m_view->viewport()->mapToGlobal(test::placeOf(*m_view, node("top"))));
    QCoreApplication::sendEvent(m_view->viewport(), &event);
    QVERIFY(QToolTip::text().contains("qcow2"_L1));
    QToolTip::hideText();
}

void TestGraphView::hostileNamesStayText()
{
    World world;
    Node bad;
    bad.name = "<img src=x>";
    bad.driver = "raw";
    const NodeId id = addNode(world, bad);
    open(world);
    QHelpEvent event(QEvent::ToolTip, test::placeOf(*m_view, id), QPoint(10, 10));
    QCoreApplication::sendEvent(m_view->viewport(), &event);
    QVERIFY(QToolTip::text().contains("&lt;img"_L1));
    QToolTip::hideText();
}

void TestGraphView::theMenuAsksForMore()
{
    std::vector<Selection> asked;
    connect(m_view.get(), &GraphView::menuRequested, this, [&](QMenu *menu, const Selection &what) {
        asked.push_back(what);
        menu->addAction(u"mine"_s);
    });
    const QPoint place = test::placeOf(*m_view, node("mid"));
    QContextMenuEvent byMouse(QContextMenuEvent::Mouse, place, m_view->viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(m_view->viewport(), &byMouse);
    m_session->select(node("base"));
    QContextMenuEvent byKey(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QCoreApplication::sendEvent(m_view.get(), &byKey);
    QCOMPARE(asked, (std::vector<Selection>{node("mid"), node("base")}));
    const QList<QMenu *> menus = m_view->findChildren<QMenu *>();
    QVERIFY(!menus.isEmpty());
    for (QMenu *menu : menus) {
        QCOMPARE(menu->actions().first()->text(), u"mine"_s);
        QVERIFY(menu->actions().size() > 3);
        menu->close();
    }
}

void TestGraphView::tellsScreenReaders()
{
    QVERIFY(!m_view->accessibleName().isEmpty());
    m_session->select(node("mid"));
    QVERIFY(m_view->accessibleDescription().contains("mid"_L1));
    QVERIFY(!m_view->accessibleDescription().contains(u'\n'));
}

QTEST_MAIN(TestGraphView)
#include "tst_graphview.moc"
