// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/messagebar.h"

#include "views/common/icon.h"
#include "views/common/theme.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

constexpr int kIconSize = 20;

QLabel *plainLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent), m_icon(new QLabel(this)), m_title(plainLabel(this)), m_text(plainLabel(this)),
      m_button(new QPushButton(this))
{
    setObjectName(u"messageBar"_s);
    setAutoFillBackground(true);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);

    auto *close = new QToolButton(this);
    close->setAutoRaise(true);
    close->setIcon(views::icon(u"message-close"_s));
    close->setToolTip(tr("Close this message."));
    close->setAccessibleName(tr("Close"));
    connect(close, &QToolButton::clicked, this, &MessageBar::dismiss);
    connect(m_button, &QPushButton::clicked, this, [this] {
        const auto action = m_action;
        dismiss();
        action();
    });

    auto *column = new QVBoxLayout;
    column->setSpacing(2);
    column->addWidget(m_title);
    column->addWidget(m_text);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 8, 8);
    row->setSpacing(12);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(column, 1);
    row->addWidget(m_button, 0, Qt::AlignVCenter);
    row->addWidget(close, 0, Qt::AlignTop);
    dismiss();
}

void MessageBar::show(Kind kind, const QString &title, const QString &text)
{
    m_kind = kind;
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_button->hide();
    m_action = nullptr;
    setAccessibleName(title);
    setAccessibleDescription(text);
    applyColors();
    setVisible(true);
}

void MessageBar::setAction(const QString &text, std::function<void()> action)
{
    m_action = std::move(action);
    m_button->setText(text);
    m_button->show();
}

void MessageBar::dismiss()
{
    hide();
}

QString MessageBar::text() const
{
    return m_text->text().isEmpty() ? m_title->text() : m_title->text() + u'\n' + m_text->text();
}

void MessageBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        applyColors();
}

void MessageBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else
        QFrame::keyPressEvent(event);
}

void MessageBar::applyColors()
{
    const bool isWarning = m_kind == Kind::Warning;
    m_icon->setPixmap(views::icon(isWarning ? u"message-warning"_s : u"message-info"_s)
                          .pixmap({kIconSize, kIconSize}, devicePixelRatioF()));
    const views::Theme theme = views::themeFromPalette(QGuiApplication::palette());
    QPalette colors; // the rest follows the application's
    colors.setColor(QPalette::Window, QColor::fromRgb(isWarning ? theme.halo : theme.surface));
    colors.setColor(QPalette::WindowText,
                    QColor::fromRgb(views::readable(theme.text, isWarning ? theme.halo : theme.surface, 4.5)));
    setPalette(colors);
}

} // namespace blockscope::app
