// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/palette/argumentform.h"

#include "engine/text/answers.h"
#include "engine/text/explain.h"
#include "engine/text/names.h"
#include "engine/text/policytext.h"
#include "views/common/onscreen.h"
#include "views/common/textmetrics.h"
#include "views/common/verdicticon.h"
#include "views/palette/argumentfield.h"
#include "views/palette/operationtext.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace blockscope::views {
namespace {

// Chosen by the user, and not already by the drop.
bool isLeftToChoose(const Operation &operation, const Parameter &parameter)
{
    return parameter.name != operation.dropParameter && parameter.kind != Parameter::Kind::Device;
}

// What people come to choose; the rest is for those who know that it is there. Of the nodes that may be named but need
// not, the first is what an operation is about ("base-node"), if it needs no other.
bool isMain(const Operation &operation, const Parameter &parameter, const Object &arguments)
{
    if (parameter.isRequired || parameter.name == operation.dropParameter ||
        blockscope::find(arguments, parameter.name) != nullptr)
        return true;
    if (parameter.kind == Parameter::Kind::Options)
        return parameter.role == "file" || parameter.role == "backing";
    if (parameter.kind != Parameter::Kind::Node)
        return false;
    for (const Parameter &each : operation.parameters) {
        if (isLeftToChoose(operation, each) && (each.isRequired || each.kind == Parameter::Kind::Node))
            return &each == &parameter;
    }
    return false;
}

QStringList candidates(const World &world, bool withUsers)
{
    QStringList names;
    for (NodeId id : world.graph.nodes()) {
        if (!world.node(id).name.empty())
            names += QString::fromStdString(world.node(id).name);
    }
    for (const auto &user : world.users) {
        if (withUsers && user->isAttached && !user->name.empty())
            names += QString::fromStdString(user->name);
    }
    return names;
}

} // namespace

bool needsForm(const Operation &operation)
{
    return std::any_of(operation.parameters.begin(), operation.parameters.end(), [&](const Parameter &each) {
        return isLeftToChoose(operation, each) && (each.isRequired || each.kind == Parameter::Kind::Node);
    });
}

ArgumentForm::ArgumentForm(Session &session, const Operation &operation, const Object &arguments, QWidget *parent)
    : QDialog(parent), m_session(session), m_operation(operation), m_main(new QFormLayout), m_more(new QScrollArea),
      m_moreButton(new QToolButton), m_advanced(new QWidget), m_advancedButton(new QToolButton),
      m_forget(new QListWidget), m_icon(new QLabel), m_text(new QLabel)
{
    setWindowTitle(nameOf(operation));
    setModal(false);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *layout = new QVBoxLayout(this);
    auto *description = new QLabel(tipOf(operation));
    description->setWordWrap(true);
    description->setMinimumWidth(340);
    layout->addWidget(description);
    layout->addLayout(m_main);
    layout->addWidget(m_moreButton);
    layout->addWidget(m_more);
    layout->addWidget(m_advancedButton);
    layout->addWidget(m_advanced);

    auto *verdict = new QHBoxLayout;
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setAlignment(Qt::AlignTop);
    m_text->setMinimumHeight(2 * fontMetrics().lineSpacing());
    m_text->setAccessibleName(tr("Verdict"));
    verdict->addWidget(m_icon, 0, Qt::AlignTop);
    verdict->addWidget(m_text, 1);
    layout->addLayout(verdict);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_start = buttons->addButton(tr("Start"), QDialogButtonBox::AcceptRole);
    for (QAbstractButton *button : buttons->buttons())
        static_cast<QPushButton *>(button)->setAutoDefault(button == m_start);
    m_start->setDefault(true);
    layout->addWidget(buttons);
    layout->addStretch();
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    addFields(arguments);
    addAdvanced();
    m_judge.setSingleShot(true);
    m_judge.setInterval(0);
    connect(&m_judge, &QTimer::timeout, this, &ArgumentForm::judgeNow);
    connect(&session, &Session::worldChanged, this, &ArgumentForm::judgeLater);
    connect(&session, &Session::worldReset, this, &QDialog::reject);
    connect(&session, &Session::selectionChanged, this, &ArgumentForm::takePick);
    judgeNow();
}

ArgumentForm::~ArgumentForm()
{
    m_session.setHighlight({});
}

void ArgumentForm::addFields(const Object &arguments)
{
    auto *fields = new QWidget;
    auto *more = new QFormLayout(fields);
    more->setContentsMargins(16, 0, 0, 0);
    for (const Parameter &parameter : m_operation.parameters)
        addField(parameter, arguments, isMain(m_operation, parameter, arguments) ? m_main : more);
    m_more->setFrameShape(QFrame::NoFrame);
    m_more->setWidgetResizable(true);
    m_more->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_more->setWidget(fields);
    m_more->setMaximumHeight(fields->sizeHint().height());
    m_more->setMinimumWidth(fields->minimumSizeHint().width() + style()->pixelMetric(QStyle::PM_ScrollBarExtent));
    makeToggle(*m_moreButton, *m_more, tr("More arguments"));
    m_moreButton->setVisible(more->rowCount() > 0);
    refreshCandidates();
}

void ArgumentForm::addAdvanced()
{
    auto *column = new QVBoxLayout(m_advanced);
    column->setContentsMargins(16, 0, 0, 0);
    auto *label = new QLabel(tr("&Forget the claims on:"));
    label->setBuddy(m_forget);
    m_forget->setAccessibleName(tr("Roles whose claims are forgotten"));
    m_forget->setSelectionMode(QAbstractItemView::NoSelection);
    m_forget->setSizeAdjustPolicy(QAbstractItemView::AdjustToContents);
    m_forget->setMaximumHeight(8 * m_forget->fontMetrics().lineSpacing());
    const QString help =
        tr("A deliberate mistake: the operation does its work on these nodes without a claim. Under the "
           "honour system nobody notices until something breaks; enforced, it is stopped.");
    m_forget->setWhatsThis(help);
    m_forget->setToolTip(help);
    column->addWidget(label);
    column->addWidget(m_forget);
    makeToggle(*m_advancedButton, *m_advanced, tr("Advanced"));
    connect(m_forget, &QListWidget::itemChanged, this, &ArgumentForm::judgeLater);
}

void ArgumentForm::makeToggle(QToolButton &button, QWidget &part, const QString &text)
{
    button.setText(text);
    button.setCheckable(true);
    button.setAutoRaise(true);
    button.setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button.setArrowType(Qt::RightArrow);
    part.hide();
    connect(&button, &QToolButton::toggled, this, [this, &button, &part](bool isOpen) {
        button.setArrowType(isOpen ? Qt::DownArrow : Qt::RightArrow);
        part.setVisible(isOpen);
        adjustSize();
        moveOnScreen(*this, pos());
    });
}

std::vector<std::string> ArgumentForm::forgotten() const
{
    std::vector<std::string> roles;
    for (int i = 0; i < m_forget->count(); ++i) {
        const QListWidgetItem *item = m_forget->item(i);
        if (item->checkState() == Qt::Checked)
            roles.push_back(item->data(Qt::UserRole).toString().toStdString());
    }
    return roles;
}

void ArgumentForm::showRoles(const QmpCommand &asked)
{
    QmpCommand whole = asked;
    whole.forget.clear();
    const Result<Decision> decision = m_session.decide(whole);
    // By role, with its nodes.
    std::vector<std::pair<std::string, QStringList>> roles;
    if (decision) {
        for (const NodeClaim &claim : decision->plan.claims) {
            auto known =
                std::find_if(roles.begin(), roles.end(), [&](const auto &each) { return each.first == claim.role; });
            if (known == roles.end())
                known = roles.insert(roles.end(), {claim.role, {}});
            known->second += printable(nodeName(m_session.world(), claim.node));
        }
    }
    const std::vector<std::string> checked = forgotten();
    const QSignalBlocker blocker(m_forget);
    // Rows are kept where they stay the same, so that the one with the focus does not lose it.
    while (m_forget->count() > static_cast<int>(roles.size()))
        delete m_forget->takeItem(m_forget->count() - 1);
    for (int i = 0; i < static_cast<int>(roles.size()); ++i) {
        const auto &[role, nodes] = roles[static_cast<std::size_t>(i)];
        QListWidgetItem *item = i < m_forget->count() ? m_forget->item(i) : new QListWidgetItem(m_forget);
        //: %1 is a role, such as "base", %2 the nodes that play it
        item->setText(tr("%1: %2").arg(QString::fromStdString(role), nodes.join(u", ")));
        item->setData(Qt::UserRole, QString::fromStdString(role));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable);
        const bool isChecked = std::find(checked.begin(), checked.end(), role) != checked.end();
        item->setCheckState(isChecked ? Qt::Checked : Qt::Unchecked);
    }
}

void ArgumentForm::addField(const Parameter &parameter, const Object &arguments, QFormLayout *layout)
{
    auto *field = new ArgumentField(parameter, this);
    const QString name = QString::fromUtf8(parameter.name.data(), static_cast<qsizetype>(parameter.name.size()));
    layout->addRow(name, field);
    if (const Value *given = blockscope::find(arguments, parameter.name))
        field->setValue(*given);
    m_fields.push_back(field);
    connect(field, &ArgumentField::changed, this, &ArgumentForm::judgeLater);
    connect(field, &ArgumentField::pickingToggled, this,
            [this, field](bool isPicking) { togglePicking(field, isPicking); });
}

void ArgumentForm::refreshCandidates()
{
    for (ArgumentField *field : m_fields) {
        if (!field->takesNode())
            continue;
        const bool isDevice = field->parameter().kind == Parameter::Kind::Device;
        field->setCandidates(candidates(m_session.world(), isDevice), [this, field](const Value &value) {
            QmpCommand asked = request();
            asked.arguments[std::string(field->parameter().name)] = value;
            return judge(m_session.world(), asked);
        });
    }
}

QmpCommand ArgumentForm::request() const
{
    QmpCommand command{std::string(m_operation.name), {}};
    for (const ArgumentField *field : m_fields) {
        if (std::optional<Value> value = field->value())
            command.arguments[std::string(field->parameter().name)] = std::move(*value);
    }
    command.forget = forgotten();
    command.host = hostFor(m_session.world(), m_operation, command.arguments);
    return command;
}

ArgumentField *ArgumentForm::field(std::string_view name) const
{
    const auto found = std::find_if(m_fields.begin(), m_fields.end(),
                                    [&](const ArgumentField *each) { return each->parameter().name == name; });
    return found == m_fields.end() ? nullptr : *found;
}

void ArgumentForm::focusFirstMissing()
{
    const auto isOpen = [](const ArgumentField *field) {
        return field->isVisibleTo(field->window()) && !field->value();
    };
    auto found = std::find_if(m_fields.begin(), m_fields.end(),
                              [&](const ArgumentField *each) { return each->parameter().isRequired && isOpen(each); });
    if (found == m_fields.end())
        found = std::find_if(m_fields.begin(), m_fields.end(), isOpen);
    if (found != m_fields.end())
        (*found)->setFocus();
    else
        m_start->setFocus();
}

void ArgumentForm::judgeLater()
{
    if (!m_judge.isActive())
        m_judge.start();
}

void ArgumentForm::judgeNow()
{
    for (const ArgumentField *field : m_fields) {
        if (const QString error = field->error(); !error.isEmpty()) {
            lightUp(nullptr);
            return tell(Offer::Kind::Invalid, error);
        }
    }
    showRoles(request());
    const QmpCommand asked = request();
    const std::vector<std::string> missing = missingArguments(m_operation, asked.arguments);
    if (!missing.empty()) {
        lightUp(nullptr);
        return tell(Offer::Kind::Incomplete, tr("Choose %1.").arg(QString::fromStdString(missing.front())));
    }
    const Result<Decision> decision = m_session.decide(asked);
    lightUp(decision ? &*decision : nullptr);
    const QString policy = policyTitle(m_session.world().policy, m_session.world().switches);
    if (!decision)
        tell(Offer::Kind::Invalid, explain(m_session.world(), asked, decision).headline);
    else if (decision->verdict.isAllowed())
        tell(Offer::Kind::Allowed, tr("Allowed by %1.").arg(policy) + otherAnswers(asked));
    else
        tell(Offer::Kind::Refused,
             tr("Refused by %1: %2.", "a policy, a clause").arg(policy, oneLine(m_session.world(), decision->verdict)) +
                 otherAnswers(asked));
}

QString ArgumentForm::otherAnswers(const QmpCommand &asked) const
{
    QString lines;
    for (const QString &line : otherAnswerLines(m_session.world(), asked))
        lines += u'\n' + line;
    return lines;
}

void ArgumentForm::tell(Offer::Kind kind, const QString &text)
{
    m_verdict = kind;
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_icon->setPixmap(verdictIcon(kind, palette()).pixmap(QSize(size, size), devicePixelRatioF()));
    m_text->setText(text);
    m_text->setAccessibleDescription(text);
    // A refused request may be made: that is how one gets it explained.
    const bool isRefused = kind == Offer::Kind::Refused;
    m_start->setText(isRefused ? tr("Ask Anyway") : tr("Start"));
    m_start->setToolTip(isRefused ? tr("It changes nothing, and the refusal is explained.") : QString());
    m_start->setEnabled(isRefused || kind == Offer::Kind::Allowed);
}

QString ArgumentForm::verdictText() const
{
    return m_text->text();
}

void ArgumentForm::lightUp(const Decision *decision)
{
    Highlight highlight;
    if (decision != nullptr) {
        for (const RoleNode &each : decision->plan.nodes)
            highlight.nodes.push_back(each.node);
        for (const Reason &reason : decision->verdict.reasons)
            highlight.holders.push_back(reason.holder);
    }
    if (!(highlight == m_session.highlight()))
        m_session.setHighlight(highlight);
}

void ArgumentForm::togglePicking(ArgumentField *field, bool isPicking)
{
    if (!isPicking)
        return;
    for (ArgumentField *other : m_fields) {
        if (other != field)
            other->endPicking();
    }
    m_selectionBefore = m_session.selection();
}

// A click in the graph selects a node; while a field is picking that node is its value, and the selection goes back.
void ArgumentForm::takePick()
{
    const NodeId *node = std::get_if<NodeId>(&m_session.selection());
    const auto picking =
        std::find_if(m_fields.begin(), m_fields.end(), [](const ArgumentField *each) { return each->isPicking(); });
    if (m_isRestoring || node == nullptr || picking == m_fields.end())
        return;
    (*picking)->setValue(Value(m_session.world().node(*node).name));
    (*picking)->endPicking();
    (*picking)->setFocus();
    m_isRestoring = true;
    m_session.select(m_selectionBefore);
    m_isRestoring = false;
    activateWindow();
}

} // namespace blockscope::views
