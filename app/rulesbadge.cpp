// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/rulesbadge.h"

#include "engine/text/switchtext.h"
#include "views/common/icon.h"

#include <QMenu>

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

constexpr qsizetype kReadingsNamed = 4;

QStringList readingsOff(SwitchSet switches)
{
    QStringList names;
    for (Switch which : readingSwitches()) {
        if (!switches.contains(which))
            names += switchText(which).name;
    }
    return names;
}

int faultsOn(SwitchSet switches)
{
    int faults = 0;
    for (Switch which : faultSwitches())
        faults += switches.contains(which) ? 1 : 0;
    return faults;
}

} // namespace

QString differencesText(SwitchSet switches)
{
    QStringList parts;
    if (switches.contains(Switch::Enforce))
        parts += RulesBadge::tr("claims enforced");
    if (!switches.contains(Switch::ImageLocks))
        parts += RulesBadge::tr("no image locks");
    if (switches.contains(Switch::LegacyOf28))
        parts += RulesBadge::tr("op blockers of 2.8");
    const QStringList off = readingsOff(switches);
    if (off.size() > kReadingsNamed)
        parts += RulesBadge::tr("%n reading(s) off", nullptr, static_cast<int>(off.size()));
    else if (!off.isEmpty())
        //: %1 is one or several names of readings, such as "P1" or "N2 P1"
        parts += RulesBadge::tr("%1 off").arg(off.join(u' '));
    if (const int faults = faultsOn(switches); faults > 0)
        parts += RulesBadge::tr("%n deliberate mistake(s)", nullptr, faults);
    return parts.join(u", "_s);
}

QString differencesDetail(SwitchSet switches)
{
    QStringList lines;
    for (unsigned i = 0; i < kSwitchCount; ++i) {
        const auto which = static_cast<Switch>(i);
        const bool on = switches.contains(which);
        if (on == kDefaultSwitches.contains(which))
            continue;
        const SwitchText text = switchText(which);
        //: %1 is a switch, %2 what it does
        lines += (on ? RulesBadge::tr("On: %1. %2") : RulesBadge::tr("Off: %1. %2")).arg(text.title, text.detail);
    }
    return lines.join(u"\n\n"_s);
}

RulesBadge::RulesBadge(const views::Session &session, const RuleActions &rules, QWidget *parent)
    : QToolButton(parent), m_session(session)
{
    setObjectName(u"rulesBadge"_s);
    setAutoRaise(true);
    setIcon(views::icon(u"rules"_s));
    setIconSize({16, 16});
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(this);
    rules.fill(*menu);
    setMenu(menu);
    connect(&rules, &RuleActions::changed, this, &RulesBadge::update);
    update();
}

void RulesBadge::update()
{
    const SwitchSet switches = m_session.world().switches;
    const QString text = differencesText(switches);
    setText(tr("Rules: %1").arg(text));
    setAccessibleName(this->text());
    const QString detail = differencesDetail(switches);
    setToolTip(u"<p>"_s + detail.toHtmlEscaped().replace(u"\n\n"_s, u"</p><p>"_s) + u"</p>"_s);
    setAccessibleDescription(detail);
    setVisible(!text.isEmpty());
}

} // namespace blockscope::app
