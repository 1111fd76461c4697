// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/findbar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace blockscope::views {
namespace {

QToolButton *addButton(QBoxLayout *layout, const QString &name, Qt::ArrowType arrow)
{
    auto *button = new QToolButton;
    button->setArrowType(arrow);
    button->setAutoRaise(true);
    button->setAccessibleName(name);
    button->setToolTip(name);
    layout->addWidget(button);
    return button;
}

} // namespace

FindBar::FindBar(QWidget *parent) : QFrame(parent), m_edit(new QLineEdit), m_result(new QLabel)
{
    setFrameShape(StyledPanel);
    setAutoFillBackground(true);
    setAccessibleName(tr("Find in the graph"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 4, 6, 4);
    layout->setSpacing(4);
    m_edit->setPlaceholderText(tr("Name, driver or file"));
    m_edit->setAccessibleName(tr("Find"));
    m_edit->setClearButtonEnabled(true);
    m_edit->setMinimumWidth(180);
    m_result->setMinimumWidth(fontMetrics().horizontalAdvance(tr("Not found")));
    layout->addWidget(m_edit);
    layout->addWidget(m_result);
    m_previous = addButton(layout, tr("Previous match"), Qt::UpArrow);
    m_next = addButton(layout, tr("Next match"), Qt::DownArrow);
    auto *closeButton = new QToolButton;
    closeButton->setAutoRaise(true);
    closeButton->setText(QStringLiteral("\u00d7"));
    closeButton->setAccessibleName(tr("Close"));
    closeButton->setToolTip(tr("Close (Esc)"));
    layout->addWidget(closeButton);
    connect(m_edit, &QLineEdit::textEdited, this, &FindBar::textEdited);
    connect(m_edit, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.isEmpty())
            m_result->clear();
    });
    connect(m_previous, &QToolButton::clicked, this, &FindBar::previousRequested);
    connect(m_next, &QToolButton::clicked, this, &FindBar::nextRequested);
    connect(closeButton, &QToolButton::clicked, this, &FindBar::close);
    hide();
}

QString FindBar::text() const
{
    return m_edit->text();
}

void FindBar::open()
{
    show();
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
    Q_EMIT textEdited(m_edit->text());
}

void FindBar::close()
{
    Q_EMIT closed(); // before it hides: the focus would go to what is next
    hide();
}

void FindBar::showResult(int current, int total)
{
    const bool isFound = total > 0;
    if (m_edit->text().isEmpty())
        m_result->clear();
    else if (!isFound)
        m_result->setText(tr("Not found"));
    else if (current > 0)
        m_result->setText(tr("%1 of %2").arg(current).arg(total));
    else
        m_result->setText(tr("%n found", nullptr, total));
    m_previous->setEnabled(isFound);
    m_next->setEnabled(isFound);
    m_edit->setAccessibleDescription(m_result->text());
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        return close();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (event->modifiers().testFlag(Qt::ShiftModifier))
            Q_EMIT previousRequested();
        else
            Q_EMIT nextRequested();
        return;
    case Qt::Key_Down:
        Q_EMIT nextRequested();
        return;
    case Qt::Key_Up:
        Q_EMIT previousRequested();
        return;
    default:
        QFrame::keyPressEvent(event);
    }
}

} // namespace blockscope::views
