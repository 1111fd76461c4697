// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/palette/palettepanel.h"

#include "views/common/icon.h"
#include "views/common/verdicticon.h"
#include "views/palette/operationtext.h"
#include "views/palette/palettetree.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QVBoxLayout>

namespace blockscope::views {
namespace {

constexpr int kJudgeInterval = 100; // milliseconds: claims come and go with every job

} // namespace

PalettePanel::PalettePanel(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_filter(new QLineEdit), m_tree(new PaletteTree), m_description(new QLabel)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter operations"));
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    m_description->setWordWrap(true);
    m_description->setTextFormat(Qt::PlainText);
    m_description->setAlignment(Qt::AlignTop);
    m_description->setMinimumHeight(4 * fontMetrics().lineSpacing());
    layout->addWidget(m_filter);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_description);

    m_judge.setSingleShot(true);
    m_judge.setInterval(kJudgeInterval);
    connect(&m_judge, &QTimer::timeout, this, &PalettePanel::judgeAll);
    connect(m_filter, &QLineEdit::textChanged, m_tree, &PaletteTree::filter);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &PalettePanel::describe);
    connect(m_tree, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem *item) {
        if (const Operation *operation = PaletteTree::operationOf(item))
            activate(*operation);
    });
    connect(&session, &Session::selectionChanged, this, &PalettePanel::judgeAll);
    connect(&session, &Session::worldReset, this, &PalettePanel::judgeAll);
    connect(&session, &Session::worldChanged, this, [this](const Delta &delta) {
        if (delta.isTopologyChanged || delta.areSwitchesChanged || delta.isPolicyChanged ||
            !(m_session.world().ledger == m_ledger))
            judgeLater();
    });
    judgeAll();
}

std::optional<NodeId> PalettePanel::selectedNode() const
{
    const NodeId *node = std::get_if<NodeId>(&m_session.selection());
    return node == nullptr ? std::nullopt : std::optional(*node);
}

void PalettePanel::activate(const Operation &operation)
{
    const bool needsNode = !operation.dropParameter.empty();
    if (needsNode && !selectedNode()) {
        Q_EMIT carryRequested(nameOf(operation));
        return;
    }
    const QRect row = m_tree->visualItemRect(m_tree->itemOf(operation.name));
    const QPoint place = m_tree->viewport()->mapToGlobal(QPoint(m_tree->width(), row.top()));
    Q_EMIT operationRequested(nameOf(operation), needsNode ? *selectedNode() : NodeId(), place);
}

void PalettePanel::describe()
{
    const Operation *operation = PaletteTree::operationOf(m_tree->currentItem());
    if (operation == nullptr)
        return m_description->setText(tr("Drag an operation onto a node. Every node shows what would come of it."));
    const QString verdict = m_tree->currentItem()->data(1, Qt::ToolTipRole).toString();
    m_description->setText(verdict.isEmpty() ? tipOf(*operation) : tipOf(*operation) + u'\n' + verdict);
}

void PalettePanel::judgeLater()
{
    if (!m_judge.isActive())
        m_judge.start();
}

void PalettePanel::judgeAll()
{
    m_ledger = m_session.world().ledger;
    const std::vector<NodeId> spare = spareNodes(m_session.world());
    for (const FamilyOfOperations &family : families()) {
        int usable = 0;
        for (const Operation *operation : family.operations)
            usable += judgeOne(*operation, spare) ? 1 : 0;
        // A family that is closed says what is in it.
        QTreeWidgetItem *row = m_tree->itemOf(family.family);
        row->setText(1, selectedNode() ? QLocale().toString(usable) : QString());
        row->setToolTip(1, selectedNode() ? tr("%n operation(s) of this family may start here now.", nullptr, usable)
                                          : QString());
    }
    describe();
}

bool PalettePanel::judgeOne(const Operation &operation, const std::vector<NodeId> &spare)
{
    const World &world = m_session.world();
    const std::optional<NodeId> node = selectedNode();
    const bool needsNode = !operation.dropParameter.empty();
    const bool isJudged = node || !needsNode;
    Offer offer;
    if (isJudged)
        offer = needsNode ? offerOn(world, operation, *node, spare) : judge(world, {std::string(operation.name), {}});
    QTreeWidgetItem *item = m_tree->itemOf(operation.name);
    item->setIcon(1, isJudged ? verdictIcon(offer.kind, palette()) : QIcon());
    item->setToolTip(1, !isJudged ? QString() : offer.kind == Offer::Kind::Allowed ? tr("Allowed") : offer.reason);
    return isJudged && (offer.kind == Offer::Kind::Allowed || offer.kind == Offer::Kind::Incomplete);
}

void PalettePanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        judgeLater();
    QWidget::changeEvent(event);
}

// From the filter straight into the list.
bool PalettePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down) {
            m_tree->setFocus();
            return true;
        }
        if (key == Qt::Key_Escape && !m_filter->text().isEmpty()) {
            m_filter->clear();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace blockscope::views
