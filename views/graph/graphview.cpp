// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/graphview.h"

#include "views/graph/boxtips.h"
#include "views/graph/findbar.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QHelpEvent>
#include <QLabel>
#include <QMenu>
#include <QTimer>
#include <QToolTip>

#include <algorithm>
#include <tuple>
#include <utility>

namespace blockscope::views {
namespace {

constexpr int kPatience = 300; // milliseconds until a layout is said to run

Marks marksOf(const World &world, const Selection &selection, const Highlight &highlight)
{
    Marks marks;
    marks.litNodes.insert(highlight.nodes.begin(), highlight.nodes.end());
    marks.litHolders.insert(highlight.holders.begin(), highlight.holders.end());
    if (const NodeId *node = std::get_if<NodeId>(&selection))
        marks.selectedNode = *node;
    if (const UserId *user = std::get_if<UserId>(&selection))
        marks.selectedUser = *user;
    if (const JobId *job = std::get_if<JobId>(&selection)) {
        for (const RoleNode &each : world.job(*job).nodes)
            marks.litNodes.insert(each.node);
    }
    return marks;
}

/// An image that a job took out of its chain, or its file.
bool isLeftBehind(const World &world, const Selection &what)
{
    const auto *id = std::get_if<NodeId>(&what);
    if (id == nullptr || world.node(*id).isObsolete)
        return id != nullptr;
    const auto &parents = world.node(*id).parents;
    return !parents.empty() && std::all_of(parents.begin(), parents.end(), [&](EdgeId link) {
        const Parent parent = world.graph.edge(link).parent;
        return parent.isNode() && world.node(parent.node()).isObsolete;
    });
}

} // namespace

GraphView::GraphView(Session &session, QWidget *parent)
    : ZoomView(parent), m_session(session), m_scene(themeFromPalette(palette())),
      m_guide(std::make_unique<DropGuide>(session, m_scene, viewport())), m_findBar(new FindBar(this)),
      m_notice(new QLabel(viewport()))
{
    setScene(&m_scene);
    setAcceptDrops(true);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Block graph"));
    setEmptyText(tr("No graph is open.\nOpen a capture of QEMU or a scenario to see its nodes here."));
    m_notice->setAlignment(Qt::AlignCenter);
    m_notice->setWordWrap(true);
    m_notice->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_notice->setForegroundRole(QPalette::PlaceholderText);

    connect(&session, &Session::worldReset, this, &GraphView::resetWorld);
    connect(&session, &Session::worldChanged, this, &GraphView::followWorld);
    connect(&session, &Session::selectionChanged, this, &GraphView::showSelection);
    connect(&session, &Session::highlightChanged, this, &GraphView::updateMarks);
    connect(&m_layout, &LayoutController::placed, this, &GraphView::arrange);
    connect(m_guide.get(), &DropGuide::marksChanged, this, &GraphView::updateMarks);
    connect(m_findBar, &FindBar::textEdited, this, &GraphView::find);
    connect(m_findBar, &FindBar::nextRequested, this, &GraphView::findNext);
    connect(m_findBar, &FindBar::previousRequested, this, &GraphView::findPrevious);
    connect(m_findBar, &FindBar::closed, this, [this] { setFocus(); });
    resetWorld();
}

GraphView::~GraphView()
{
    // Its end would otherwise be told to a view half gone.
    m_guide->disconnect(this);
    m_layout.disconnect(this);
    setScene(nullptr);
}

void GraphView::setTheme(const Theme &theme)
{
    m_hasOwnTheme = true;
    m_scene.setTheme(theme);
}

void GraphView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    updateNotice();
}

void GraphView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_hasOwnTheme)
        m_scene.setTheme(themeFromPalette(palette()));
    ZoomView::changeEvent(event);
}

// Undo comes as a reset too, but is the same graph to whoever looks at it.
bool GraphView::isOtherGraph() const
{
    const BlockGraph &graph = m_session.world().graph;
    const std::size_t common = std::min(graph.nodeCount(), m_shownNames.size());
    std::size_t equal = 0;
    for (std::uint32_t i = 0; i < common; ++i)
        equal += graph.node(NodeId{i}).name == m_shownNames[i] ? 1U : 0U;
    return 2 * equal <= std::max(graph.nodeCount(), m_shownNames.size());
}

void GraphView::resetWorld()
{
    putDown();
    const World &world = m_session.world();
    const Topology topology = topologyOf(world);
    if (isOtherGraph() || topology.nodes.empty()) {
        m_layout.reset();
        m_scene.clearGraph();
        m_shownNames.clear();
    } else {
        m_scene.refresh(world);
    }
    updateMarks();
    if (!topology.nodes.empty() || !topology.users.empty())
        m_layout.request(topology);
    m_isLate = false;
    QTimer::singleShot(kPatience, this, [this] {
        m_isLate = m_layout.isBusy();
        updateNotice();
    });
    updateNotice();
}

void GraphView::followWorld(const Delta &delta)
{
    m_scene.follow(m_session.world(), delta);
    if (delta.isTopologyChanged)
        m_layout.request(topologyOf(m_session.world()));
    if (delta.isTopologyChanged)
        updateNotice();
}

void GraphView::arrange(const Topology &topology, const Placement &placement)
{
    const World &world = m_session.world();
    const bool isFirst = m_scene.isEmpty();
    const bool isWhole = isFitted();
    m_scene.arrange(world, topology, placement, anchors());
    setContent(m_scene.graphRect().adjusted(-kBoxMargin, -kBoxMargin, kBoxMargin, kBoxMargin));
    m_shownNames.clear();
    for (std::uint32_t i = 0; i < world.graph.nodeCount(); ++i)
        m_shownNames.push_back(world.graph.node(NodeId{i}).name);
    // Who has not zoomed goes on seeing all of it; but nothing moves away from under what is being dragged.
    if (isFirst || (isWhole && m_guide->operation() == nullptr))
        fit();
    if (m_guide->operation() != nullptr)
        begin(*m_guide->operation());
    if (m_isCarrying)
        showCarried();
    m_isLate = false;
    updateNotice();
    if (isFirst)
        showSelection();
}

// What shall stand still: the selection, else what is nearest to the middle of the window and will stay in use.
std::vector<Selection> GraphView::anchors() const
{
    std::vector<std::tuple<bool, double, Selection>> seen;
    const QRectF sight = mapToScene(viewport()->rect()).boundingRect();
    for (const PlacedBox &box : m_scene.boxes()) {
        if (sight.intersects(box.rect))
            seen.emplace_back(isLeftBehind(m_session.world(), box.what),
                              QLineF(sight.center(), box.rect.center()).length(), box.what);
    }
    std::sort(seen.begin(), seen.end());
    std::vector<Selection> anchors{m_session.selection()};
    for (const auto &[obsolete, distance, what] : seen)
        anchors.push_back(what);
    return anchors;
}

void GraphView::showSelection()
{
    updateMarks();
    const Selection &what = m_session.selection();
    setAccessibleDescription(spoken(m_session.world(), what));
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
    if (const std::optional<QRectF> box = m_scene.boxOf(what); box && !m_isSelectingByMouse)
        reveal(*box);
    if (m_isCarrying)
        showCarried();
    viewport()->update(); // the frame of the focus comes and goes with the selection
}

void GraphView::updateMarks()
{
    Marks marks = marksOf(m_session.world(), m_session.selection(), m_session.highlight());
    m_guide->addTo(marks);
    if (marks != m_scene.marks())
        m_scene.setMarks(std::move(marks));
}

void GraphView::updateNotice()
{
    const World &world = m_session.world();
    const bool isNothing = world.graph.nodes().empty() && world.users.empty();
    m_notice->setText(isNothing ? m_emptyText : m_isLate ? tr("Laying out the graph…") : QString());
    m_notice->setVisible(m_scene.isEmpty() && !m_notice->text().isEmpty());
    placeChildren();
}

void GraphView::placeChildren()
{
    const QRect room = viewport()->rect();
    m_notice->setGeometry(room.adjusted(32, 32, -32, -32));
    m_findBar->adjustSize();
    m_findBar->move(room.right() - m_findBar->width() - 12, room.top() + 12);
}

void GraphView::resizeEvent(QResizeEvent *event)
{
    const bool wasFitted = isFitted();
    // Scroll bars that come and go resize the viewport too, from within; what is seen must stand still then.
    const bool isWindow = std::exchange(m_size, size()) != size();
    ZoomView::resizeEvent(event);
    if (wasFitted && isWindow && !m_scene.isEmpty())
        fit();
    placeChildren();
}

bool GraphView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip)
        return showTip(*static_cast<QHelpEvent *>(event));
    return ZoomView::viewportEvent(event);
}

bool GraphView::showTip(const QHelpEvent &event)
{
    const QPointF place = mapToScene(event.pos());
    const Selection what = m_scene.boxAt(place);
    QString tip = tipFor(m_session.world(), what);
    if (const std::optional<EdgeId> edge = m_scene.edgeAt(place); edge && tip.isEmpty())
        tip = tipFor(m_session.world(), *edge);
    // Escaped: a node may be called <img>.
    const QString html = QStringLiteral("<p style='white-space:pre'>") + tip.toHtmlEscaped() + QStringLiteral("</p>");
    const std::optional<QRectF> box = m_scene.boxOf(what);
    const QRect area = box ? mapFromScene(*box).boundingRect() : QRect(event.pos(), QSize(1, 1));
    QToolTip::showText(event.globalPos(), tip.isEmpty() ? QString() : html, viewport(), area);
    return true;
}

void GraphView::drawForeground(QPainter *painter, const QRectF &)
{
    // With a selection its ring is the focus.
    if (!hasFocus() || m_session.selection() != Selection())
        return;
    painter->save();
    painter->resetTransform();
    painter->setBrush(Qt::NoBrush); // the last item left its own
    painter->setPen(QPen(QColor(m_scene.look().theme.accent), 2));
    painter->drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    painter->restore();
}

void GraphView::focusInEvent(QFocusEvent *event)
{
    ZoomView::focusInEvent(event);
    viewport()->update();
}

void GraphView::focusOutEvent(QFocusEvent *event)
{
    ZoomView::focusOutEvent(event);
    viewport()->update();
}

void GraphView::scrollContentsBy(int dx, int dy)
{
    ZoomView::scrollContentsBy(dx, dy);
    if (hasFocus() && m_session.selection() == Selection())
        viewport()->update(); // scrolling moves the pixels of the frame along
}

QPoint GraphView::placeFor(const Selection &what) const
{
    const std::optional<QRectF> box = m_scene.boxOf(what);
    const QPoint place = box ? mapFromScene(QPointF(box->center().x(), box->bottom())) : viewport()->rect().center();
    const QRect room = viewport()->rect();
    return viewport()->mapToGlobal(
        QPoint(std::clamp(place.x(), room.left(), room.right()), std::clamp(place.y(), room.top(), room.bottom())));
}

void GraphView::openMenu()
{
    openMenu(m_session.selection(), placeFor(m_session.selection()));
}

void GraphView::openMenu(const Selection &what, QPoint globalPlace)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    Q_EMIT menuRequested(menu, what);
    if (!menu->isEmpty())
        menu->addSeparator();
    if (std::holds_alternative<NodeId>(what)) {
        const QString name = QString::fromStdString(m_session.world().node(std::get<NodeId>(what)).name);
        menu->addAction(tr("Copy Node Name"), this, [name] { QApplication::clipboard()->setText(name); });
    }
    menu->addAction(tr("Find…"), this, &GraphView::openFind);
    menu->addAction(tr("Fit in Window"), this, &GraphView::fit);
    menu->addAction(tr("Actual Size"), this, &GraphView::zoomToActualSize);
    menu->popup(globalPlace);
}

} // namespace blockscope::views
