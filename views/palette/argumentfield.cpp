// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/palette/argumentfield.h"

#include "engine/files/jsonreader.h"
#include "engine/files/jsonwriter.h"
#include "views/common/icon.h"
#include "views/common/verdicticon.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QElapsedTimer>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRegularExpressionValidator>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace blockscope::views {
namespace {

constexpr int kJudgeTime = 30; // milliseconds; what is not judged by then is offered without a verdict

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

ArgumentField::ArgumentField(const Parameter &parameter, QWidget *parent) : QWidget(parent), m_parameter(parameter)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    switch (parameter.kind) {
    case Parameter::Kind::Node:
    case Parameter::Kind::Device:
        addNodeChoice();
        break;
    case Parameter::Kind::Options:
        // A child by name, or its options; what is no child is a list or an object.
        if (parameter.role.empty())
            addEdit();
        else
            addNodeChoice();
        break;
    case Parameter::Kind::Boolean:
        addChoice({u"true"_s, u"false"_s}, false);
        break;
    case Parameter::Kind::Choice: {
        QStringList choices;
        for (std::string_view choice : parameter.choices)
            choices += fromView(choice);
        addChoice(choices, choices.size() > 12);
        break;
    }
    case Parameter::Kind::JobName:
    case Parameter::Kind::Text:
    case Parameter::Kind::Number:
        addEdit();
        break;
    }
    QWidget *editor = m_edit != nullptr ? static_cast<QWidget *>(m_edit) : m_choice;
    editor->setAccessibleName(fromView(parameter.name));
    setFocusProxy(editor);
}

void ArgumentField::addEdit()
{
    m_edit = new QLineEdit(this);
    m_edit->setPlaceholderText(m_parameter.isRequired ? tr("required") : tr("default"));
    if (m_parameter.kind == Parameter::Kind::Options) {
        m_edit->setPlaceholderText(m_parameter.isRequired ? tr("required, as JSON: [ ] or { }")
                                                          : tr("default, or JSON: [ ] or { }"));
        m_edit->setToolTip(tr("A list or an object, in JSON: [\"a\", \"b\"] or {\"name\": \"a\"}."));
    }
    if (m_parameter.kind == Parameter::Kind::Number)
        m_edit->setValidator(new QRegularExpressionValidator(QRegularExpression(u"-?[0-9]{0,18}"_s), m_edit));
    layout()->addWidget(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &ArgumentField::changed);
}

void ArgumentField::addChoice(const QStringList &choices, bool isEditable)
{
    m_choice = new QComboBox(this);
    m_choice->setEditable(isEditable);
    m_choice->setInsertPolicy(QComboBox::NoInsert);
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(18);
    if (!isEditable)
        m_choice->addItem(m_parameter.isRequired ? QString() : tr("default"), QString());
    for (const QString &choice : choices)
        m_choice->addItem(choice, choice);
    m_choice->setCurrentIndex(isEditable ? -1 : 0);
    if (isEditable)
        m_choice->lineEdit()->setPlaceholderText(m_parameter.isRequired ? tr("required") : tr("default"));
    layout()->addWidget(m_choice);
    connect(m_choice, isEditable ? &QComboBox::editTextChanged : &QComboBox::currentTextChanged, this,
            &ArgumentField::changed);
}

void ArgumentField::addNodeChoice()
{
    addChoice({}, true);
    m_choice->installEventFilter(this);
    m_pick = new QToolButton(this);
    m_pick->setCheckable(true);
    m_pick->setIcon(icon(u"pick-node"_s));
    m_pick->setAccessibleName(tr("Pick %1 in the graph").arg(fromView(m_parameter.name)));
    m_pick->setToolTip(tr("Pick a node by clicking on it in the graph"));
    layout()->addWidget(m_pick);
    connect(m_pick, &QToolButton::toggled, this, &ArgumentField::pickingToggled);
}

bool ArgumentField::takesNode() const
{
    return m_pick != nullptr;
}

bool ArgumentField::isPicking() const
{
    return m_pick != nullptr && m_pick->isChecked();
}

void ArgumentField::endPicking()
{
    if (m_pick != nullptr)
        m_pick->setChecked(false);
}

QString ArgumentField::text() const
{
    if (m_edit != nullptr)
        return m_edit->text();
    return m_choice->isEditable() ? m_choice->currentText() : m_choice->currentData().toString();
}

std::optional<Value> ArgumentField::value() const
{
    const QString given = text();
    if (given.isEmpty())
        return {};
    switch (m_parameter.kind) {
    case Parameter::Kind::Number: {
        bool isNumber = false;
        const qlonglong number = given.toLongLong(&isNumber);
        return isNumber ? std::optional(Value(std::int64_t{number})) : std::nullopt;
    }
    case Parameter::Kind::Boolean:
        return Value(given == "true"_L1);
    case Parameter::Kind::Options:
        if (given.startsWith(u'{') || given.startsWith(u'[') || given == "null"_L1) {
            const Result<Value> json = readJson(given.toStdString());
            return json ? std::optional(*json) : std::nullopt;
        }
        break;
    default:
        break;
    }
    return Value(given.toStdString());
}

QString ArgumentField::error() const
{
    if (text().isEmpty() || value())
        return {};
    const QString name = fromView(m_parameter.name);
    if (m_parameter.kind != Parameter::Kind::Options)
        return tr("%1 is no number.").arg(name);
    const Result<Value> json = readJson(text().toStdString());
    //: %1 is an argument, %2 where reading stopped, %3 what is wrong there
    return json ? QString()
                : tr("%1 is no JSON that can be read (%2: %3).")
                      .arg(name, QString::fromStdString(json.error().where), QString::fromStdString(json.error().what));
}

void ArgumentField::setValue(const Value &value)
{
    QString text;
    if (const std::string *string = value.asString())
        text = QString::fromStdString(*string);
    else
        text = QString::fromStdString(writeJsonLine(value));
    if (m_edit != nullptr)
        return m_edit->setText(text);
    if (m_choice->isEditable())
        return m_choice->setEditText(text);
    m_choice->setCurrentIndex(std::max(0, m_choice->findData(text)));
}

void ArgumentField::setCandidates(const QStringList &names, Judge judge)
{
    m_candidates = names;
    m_judge = std::move(judge);
    const QString given = m_choice->currentText();
    const QSignalBlocker blocker(m_choice);
    m_choice->clear();
    m_choice->addItems(names);
    m_choice->setEditText(given);
}

bool ArgumentField::eventFilter(QObject *watched, QEvent *event)
{
    const bool opens = event->type() == QEvent::MouseButtonPress || event->type() == QEvent::KeyPress;
    if (watched == m_choice && opens && m_judge)
        judgeCandidates();
    return QWidget::eventFilter(watched, event);
}

// Before the list opens, not before: the verdicts depend on the other fields and on what runs now.
void ArgumentField::judgeCandidates()
{
    const QString given = m_choice->currentText();
    const QSignalBlocker blocker(m_choice);
    m_choice->clear();
    if (!m_parameter.isRequired)
        m_choice->addItem(QString());
    QElapsedTimer time;
    time.start();
    for (const QString &name : m_candidates) {
        if (time.elapsed() > kJudgeTime) {
            m_choice->addItem(name);
            continue;
        }
        const Offer offer = m_judge(Value(name.toStdString()));
        if (offer.kind == Offer::Kind::Invalid)
            continue;
        m_choice->addItem(verdictIcon(offer.kind, palette()), name);
        m_choice->setItemData(m_choice->count() - 1, offer.reason, Qt::ToolTipRole);
    }
    m_choice->setCurrentIndex(m_choice->findText(given));
    m_choice->setEditText(given);
}

} // namespace blockscope::views
