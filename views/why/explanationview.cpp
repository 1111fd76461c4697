// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/why/explanationview.h"

#include "views/common/theme.h"
#include "views/why/reasondelegate.h"
#include "views/why/reasonmodel.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace blockscope::views {

namespace {

constexpr int kMargin = 12;

QLabel *makeLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText); // a node may be called <b>
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

void scaleFont(QWidget *widget, double factor, bool isBold)
{
    QFont font = widget->font();
    font.setPointSizeF(font.pointSizeF() * factor);
    font.setBold(isBold);
    widget->setFont(font);
}

void setInk(QWidget *widget, Rgb color)
{
    const Rgb ink = readable(color, widget->palette().color(QPalette::Window).rgba(), 4.5);
    QPalette own; // the rest follows the application's
    own.setColor(QPalette::WindowText, QColor::fromRgba(ink));
    widget->setPalette(own);
}

} // namespace

ExplanationView::ExplanationView(QWidget *parent)
    : QWidget(parent), m_model(new ReasonModel(this)), m_pages(new QStackedLayout(this))
{
    m_pages->addWidget(makeEmptyPage());
    m_pages->addWidget(makePage());
    connect(m_reasons->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &index) {
        showDetail();
        Q_EMIT reasonSelected(index.row());
    });
    connect(m_again, &QPushButton::clicked, this, &ExplanationView::askedAgain);
}

QWidget *ExplanationView::makeEmptyPage()
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    auto *title = makeLabel(page);
    title->setText(tr("Why not?"));
    scaleFont(title, 1.3, true);
    auto *text = makeLabel(page);
    text->setText(
        tr("Drag an operation from the palette onto a node, or press the Menu key on a node. While you drag, "
           "each node shows whether the operation may run there.\n\n"
           "Start one, then a second one on the same chain: when it is refused, every reason stands here, with "
           "who is in the way, since when, and what would help."));
    auto *paste = new QPushButton(tr("&Paste an error text of QEMU"), page);
    paste->setObjectName(u"pasteErrorText"_s);
    connect(paste, &QPushButton::clicked, this, &ExplanationView::pasteAsked);
    layout->addWidget(title);
    layout->addWidget(text);
    layout->addWidget(paste, 0, Qt::AlignLeft);
    layout->addStretch();
    return page;
}

QWidget *ExplanationView::makePage()
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    m_verdict = makeLabel(page);
    scaleFont(m_verdict, 1, true);
    m_headline = makeLabel(page);
    scaleFont(m_headline, 1.3, true);
    m_note = makeLabel(page);
    m_reasons = new QListView(page);
    m_reasons->setModel(m_model);
    m_reasons->setItemDelegate(new ReasonDelegate(m_reasons));
    m_reasons->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_reasons->setAccessibleName(tr("Reasons"));
    m_detail = makeLabel(page);
    m_detail->setAccessibleName(tr("The selected reason in full"));
    m_answersTitle = makeLabel(page);
    m_answersTitle->setText(tr("What each policy says"));
    scaleFont(m_answersTitle, 1, true);
    m_answers = makeLabel(page);
    m_answers->setAccessibleName(m_answersTitle->text());
    m_again = new QPushButton(tr("Ask again: it would be &allowed now"), page);
    m_helpTitle = makeLabel(page);
    scaleFont(m_helpTitle, 1, true);
    m_help = new QVBoxLayout;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_verdict, m_headline, m_note})
        layout->addWidget(widget);
    layout->addWidget(m_reasons, 1);
    layout->addWidget(m_detail);
    layout->addSpacing(kMargin);
    layout->addWidget(m_answersTitle);
    layout->addWidget(m_answers);
    layout->addSpacing(kMargin);
    layout->addWidget(m_again);
    layout->addWidget(m_helpTitle);
    layout->addLayout(m_help);
    layout->addStretch();
    layout->addWidget(makeCopyRow());
    return page;
}

QWidget *ExplanationView::makeCopyRow()
{
    auto *row = new QWidget(this);
    auto *layout = new QGridLayout(row);
    layout->setContentsMargins({});
    auto *text = new QPushButton(tr("&Copy as text"), row);
    auto *markdown = new QPushButton(tr("Copy as Mark&down"), row);
    connect(text, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(toPlainText(m_explanation)); });
    connect(markdown, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(toMarkdown(m_explanation)); });
    layout->addWidget(text, 0, 0);
    layout->addWidget(markdown, 0, 1);
    auto *paste = new QPushButton(tr("&Paste an error text"), row);
    paste->setToolTip(tr("Explains what a real QEMU answered, on this graph (Ctrl+V)."));
    connect(paste, &QPushButton::clicked, this, &ExplanationView::pasteAsked);
    layout->addWidget(paste, 1, 0, 1, 2, Qt::AlignLeft);
    layout->setColumnStretch(2, 1);
    return row;
}

void ExplanationView::setExplanation(blockscope::Explanation explanation)
{
    m_explanation = std::move(explanation);
    m_model->setReasons(m_explanation.reasons);
    m_headline->setText(m_explanation.headline);
    m_note->setText(m_explanation.errorPlace + u"\n\n"_s + m_explanation.errorAdvice);
    m_note->setVisible(m_explanation.kind == Outcome::Kind::Invalid);
    m_reasons->setVisible(!m_explanation.reasons.empty());
    m_reasons->setMaximumHeight(m_model->rowCount() * m_reasons->sizeHintForRow(0) + 2 * m_reasons->frameWidth());
    m_again->hide();
    showAnswers();
    showVerdict();
    showDetail();
    showRemedies();
    m_pages->setCurrentIndex(isEmpty() ? 0 : 1);
    if (m_model->rowCount() > 0)
        m_reasons->setCurrentIndex(m_model->index(0));
    else
        Q_EMIT reasonSelected(-1);
}

void ExplanationView::setDiagnosis(const Diagnosis &diagnosis)
{
    setExplanation({});
    m_explanation.headline = diagnosis.headline;
    m_verdict->setText(tr("What QEMU answered"));
    m_headline->setText(diagnosis.headline);
    m_note->setText(toPlainText(diagnosis).section(u'\n', 1).trimmed());
    m_note->show();
    m_pages->setCurrentIndex(1);
}

void ExplanationView::clear()
{
    setExplanation({});
}

void ExplanationView::showVerdict()
{
    const Theme theme = themeFromPalette(palette());
    switch (m_explanation.kind) {
    case Outcome::Kind::Refused:
        m_verdict->setText(
            tr("✕ Refused by %1 (%n reason(s))", nullptr, m_model->rowCount()).arg(m_explanation.policy));
        setInk(m_verdict, theme.refused);
        break;
    case Outcome::Kind::Invalid:
        m_verdict->setText(tr("! Not possible (%1)").arg(m_explanation.errorCode));
        setInk(m_verdict, theme.warning);
        break;
    case Outcome::Kind::Allowed:
        m_verdict->setText(tr("✓ Allowed by %1. Why it was allowed:").arg(m_explanation.policy));
        setInk(m_verdict, theme.granted);
        break;
    }
}

void ExplanationView::showAnswers()
{
    QStringList lines;
    for (const QString &answer : m_explanation.answers)
        lines += u"• "_s + answer;
    if (!m_explanation.difference.isEmpty())
        lines += {QString(), m_explanation.difference};
    m_answers->setText(lines.join(u'\n'));
    m_answers->setVisible(!lines.isEmpty());
    m_answersTitle->setVisible(!lines.isEmpty());
}

void ExplanationView::showDetail()
{
    const int row = m_reasons->currentIndex().row();
    m_detail->setVisible(row >= 0);
    if (row < 0)
        return;
    const ReasonText &reason = m_model->reason(row);
    QStringList sentences{reason.rule, reason.heldBecause, reason.activity};
    sentences.removeAll(QString());
    m_detail->setText(sentences.join(u"\n\n"_s));
}

void ExplanationView::setSearching()
{
    m_helpTitle->setText(tr("Looking for what would help …"));
    m_helpTitle->show();
}

void ExplanationView::setRemedies(std::vector<RemedyText> remedies)
{
    m_explanation.remedies = std::move(remedies);
    showRemedies();
    if (m_explanation.remedies.empty() && m_explanation.kind == Outcome::Kind::Refused) {
        m_helpTitle->setText(tr("Nothing simple would help."));
        m_helpTitle->show();
    }
}

void ExplanationView::showRemedies()
{
    while (QLayoutItem *item = m_help->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    m_helpTitle->setVisible(!m_explanation.remedies.empty());
    m_helpTitle->setText(tr("Would help"));
    for (const RemedyText &remedy : m_explanation.remedies) {
        auto *button = new QPushButton(QString(remedy.label).replace(u'&', "&&"_L1));
        button->setToolTip(remedy.sentence);
        button->setAccessibleDescription(remedy.sentence);
        connect(button, &QPushButton::clicked, this, [this, remedy = remedy.remedy] { Q_EMIT remedyChosen(remedy); });
        m_help->addWidget(button);
    }
}

void ExplanationView::setRemediesVisible(bool isVisible)
{
    m_helpTitle->setVisible(isVisible);
    for (int i = 0; i < m_help->count(); ++i)
        m_help->itemAt(i)->widget()->setVisible(isVisible);
}

void ExplanationView::setAllowedNow(bool isAllowedNow)
{
    m_again->setVisible(isAllowedNow);
    if (isAllowedNow) // nothing is left to be helped
        setRemediesVisible(false);
}

void ExplanationView::refreshActivity(const World &world)
{
    for (ReasonText &reason : m_explanation.reasons) {
        if (reason.holder)
            reason.activity = activityOf(world, *reason.holder);
    }
    m_model->setActivities(m_explanation.reasons);
    showDetail();
}

void ExplanationView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_verdict != nullptr)
        showVerdict();
}

} // namespace blockscope::views
