// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/policyactions.h"

#include "engine/policies/policy.h"
#include "engine/text/policytext.h"

#include <QMenu>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

QString nameOf(const Policy &policy)
{
    return QString::fromUtf8(policy.name.data(), static_cast<qsizetype>(policy.name.size()));
}

} // namespace

PolicyActions::PolicyActions(views::Session &session, QObject *parent)
    : QObject(parent), m_session(session), m_group(this)
{
    for (const Policy *policy : policies()) {
        auto *action = m_group.addAction(QString());
        action->setCheckable(true);
        action->setData(nameOf(*policy));
        const QString help = policySummary(policy->name) + u' ' + notModelled(policy->name);
        action->setToolTip(u"<p>"_s + help.toHtmlEscaped() + u"</p>"_s); // so that it wraps
        action->setStatusTip(policySummary(policy->name));
        action->setWhatsThis(help);
    }
    connect(&m_group, &QActionGroup::triggered, this, &PolicyActions::choose);
    connect(&session, &views::Session::worldReset, this, &PolicyActions::showPolicy);
    connect(&session, &views::Session::worldChanged, this, [this](const views::Delta &delta) {
        if (delta.isPolicyChanged || delta.areSwitchesChanged)
            showPolicy();
    });
    showPolicy();
}

void PolicyActions::fill(QMenu &menu) const
{
    menu.setToolTipsVisible(true);
    menu.addActions(m_group.actions());
}

QToolButton *PolicyActions::makeButton(QWidget *parent)
{
    m_button = new QToolButton(parent);
    m_button->setObjectName(u"policy"_s);
    m_button->setPopupMode(QToolButton::MenuButtonPopup);
    m_button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_button->setToolTip(tr("The rules that decide what is allowed."));
    auto *menu = new QMenu(m_button);
    fill(*menu);
    m_button->setMenu(menu);
    connect(m_button, &QToolButton::clicked, m_button, &QToolButton::showMenu);
    showPolicy();
    return m_button;
}

void PolicyActions::choose(const QAction *action)
{
    const std::string policy = action->data().toString().toStdString();
    if (m_session.world().policy != policy)
        m_session.submit(SetPolicyControl{policy});
    showPolicy();
}

void PolicyActions::showPolicy()
{
    const World &world = m_session.world();
    const QString name = QString::fromStdString(world.policy);
    for (QAction *action : m_group.actions()) {
        action->setText(policyTitle(action->data().toString().toStdString(), world.switches));
        action->setChecked(action->data() == name);
    }
    if (m_button != nullptr)
        //: %1 is the name of a set of rules, such as NAC
        m_button->setText(tr("Policy: %1").arg(policyTitle(world.policy, world.switches)));
}

} // namespace blockscope::app
