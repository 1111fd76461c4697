// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/findings/findingspanel.h"

#include "engine/text/findingtext.h"
#include "views/common/icon.h"
#include "views/common/listtable.h"
#include "views/common/textmetrics.h"
#include "views/findings/findingsmodel.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace blockscope::views {

FindingsPanel::FindingsPanel(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_model(new FindingsModel(session, this)), m_stack(new QStackedWidget(this)),
      m_table(new QTableView), m_detail(new QLabel)
{
    makeTable();
    auto *empty = new QLabel(
        tr("Nothing broke so far: every guest and every export reads what it must, and no access was stopped."), this);
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    empty->setMargin(12);
    empty->setForegroundRole(QPalette::PlaceholderText);
    auto *halves = new QSplitter(Qt::Horizontal);
    halves->setChildrenCollapsible(false);
    halves->addWidget(m_table);
    halves->addWidget(makeDetail());
    halves->setSizes({1200, 900}); // a share each of what there is
    m_stack->addWidget(empty);
    m_stack->addWidget(halves);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);

    connect(m_model, &QAbstractItemModel::modelReset, this, &FindingsPanel::update);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &FindingsPanel::update);
    update();
}

void FindingsPanel::makeTable()
{
    m_table->setObjectName(u"findingsTable"_s);
    m_table->setAccessibleName(tr("Findings"));
    m_table->setModel(m_model);
    styleAsList(m_table);
    QHeaderView *header = m_table->horizontalHeader();
    const int em = m_table->fontMetrics().averageCharWidth();
    header->resizeSection(FindingsModel::Kind, 16 * em);
    header->setSectionResizeMode(FindingsModel::Title, QHeaderView::Stretch);
    header->resizeSection(FindingsModel::Since, 14 * em);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &FindingsPanel::showCurrent);
    // Also once more on the same row, after something else was selected in the graph.
    connect(m_table, &QTableView::clicked, this, &FindingsPanel::showCurrent);
}

QWidget *FindingsPanel::makeDetail()
{
    m_detail->setTextFormat(Qt::PlainText);
    m_detail->setWordWrap(true);
    m_detail->setAlignment(Qt::AlignTop);
    m_detail->setMargin(8);
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_detail->setAccessibleName(tr("The selected finding in full"));
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_detail);
    auto *copy = new QToolButton;
    copy->setObjectName(u"copyFindings"_s);
    copy->setAutoRaise(true);
    copy->setIcon(icon(u"edit-copy"_s));
    copy->setToolTip(tr("Copy all findings as text."));
    copy->setAccessibleName(tr("Copy all findings as text"));
    connect(copy, &QToolButton::clicked, this, [this] { QApplication::clipboard()->setText(plainText()); });
    auto *page = new QWidget;
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 4, 0);
    row->addWidget(scroll, 1);
    row->addWidget(copy, 0, Qt::AlignTop);
    return page;
}

void FindingsPanel::selectGravest()
{
    const std::vector<Finding> &findings = *m_session.world().findings;
    const auto damage = std::find_if(findings.begin(), findings.end(),
                                     [](const Finding &each) { return each.kind != Finding::Kind::AccessViolation; });
    const auto row = damage == findings.end() ? 0 : damage - findings.begin();
    if (row < m_model->rowCount())
        m_table->setCurrentIndex(m_model->index(static_cast<int>(row), 0));
}

void FindingsPanel::showCurrent()
{
    const Finding *finding = m_model->findingAt(m_table->currentIndex().row());
    if (finding == nullptr) {
        m_detail->setText(tr("Select a finding to see what it means, and where it is in the graph."));
        return;
    }
    const World &world = m_session.world();
    m_detail->setText(printable(findingTitle(world, *finding)) + u"\n\n"_s + printable(findingDetail(world, *finding)));
    Highlight highlight{{finding->node}, {}};
    if (finding->party)
        highlight.holders = {*finding->party};
    m_session.select(finding->node);
    m_session.setHighlight(highlight);
}

QString FindingsPanel::plainText() const
{
    const World &world = m_session.world();
    QStringList lines;
    for (const Finding &finding : *world.findings) {
        lines += printable(findingTitle(world, finding));
        lines += u"    "_s + printable(findingDetail(world, finding));
    }
    return lines.join(u'\n') + u'\n';
}

void FindingsPanel::update()
{
    m_stack->setCurrentIndex(m_model->rowCount() == 0 ? 0 : 1);
    if (!m_table->currentIndex().isValid())
        m_detail->setText(tr("Select a finding to see what it means, and where it is in the graph."));
}

} // namespace blockscope::views
