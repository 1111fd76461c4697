// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/ruleactions.h"

#include "engine/text/switchtext.h"
#include "views/common/icon.h"

#include <QMenu>
#include <QUndoStack>

#include <utility>

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

std::vector<Switch> switchesBetween(Switch first, Switch last)
{
    std::vector<Switch> all;
    for (auto i = static_cast<unsigned>(first); i <= static_cast<unsigned>(last); ++i)
        all.push_back(static_cast<Switch>(i));
    return all;
}

SwitchSet allReadings()
{
    SwitchSet readings;
    for (Switch each : readingSwitches())
        readings.insert(each);
    return readings;
}

SwitchSet literalReadings()
{
    SwitchSet readings = allReadings();
    readings.remove(Switch::StandingUsers);
    return readings;
}

bool isReading(Switch which)
{
    return which <= Switch::MetadataIsReliedOn;
}

QString menuText(const SwitchText &text, bool hasName)
{
    QString title = text.title;
    title.replace(u'&', "&&"_L1);
    //: %1 is the name of a reading, such as P1, %2 what it says
    return hasName ? RuleActions::tr("%1  %2").arg(text.name, title) : title;
}

} // namespace

const std::vector<Switch> &readingSwitches()
{
    static const std::vector<Switch> all = switchesBetween(Switch::EmptyAllowsAll, Switch::MetadataIsReliedOn);
    return all;
}

const std::vector<Switch> &faultSwitches()
{
    static const std::vector<Switch> all = switchesBetween(Switch::FaultNoDirtyBit, Switch::FaultReadOnlyNotRestored);
    return all;
}

RuleActions::RuleActions(views::Session &session, QObject *parent)
    : QObject(parent), m_session(session), m_literal(new QAction(tr("All as in the RFC’s &Text"), this)),
      m_standard(new QAction(tr("&Default Readings"), this)), m_shown(session.world().switches)
{
    for (std::size_t i = 0; i < m_actions.size(); ++i) {
        const auto which = static_cast<Switch>(i);
        const SwitchText text = switchText(which);
        auto *action = new QAction(menuText(text, isReading(which)), this);
        action->setCheckable(true);
        action->setToolTip(text.detail);
        action->setStatusTip(text.detail);
        action->setWhatsThis(text.detail);
        connect(action, &QAction::triggered, this, [this, which](bool on) { set(which, on); });
        m_actions.at(i) = action;
    }
    QAction &enforce = (*this)[Switch::Enforce];
    enforce.setText(tr("&Enforce the Claims"));
    enforce.setIconText(tr("Enforce"));
    enforce.setIcon(views::icon(u"enforce"_s));
    enforce.setIconVisibleInMenu(false); // there it has a box to check
    enforce.setShortcut(QKeySequence(u"Ctrl+Shift+E"_s));

    const QString literal = tr("Only operations hold claims: P1 off, every other reading on.");
    m_literal->setToolTip(literal);
    m_literal->setStatusTip(literal);
    const QString standard = tr("Every reading on, as the program starts.");
    m_standard->setToolTip(standard);
    m_standard->setStatusTip(standard);
    connect(m_literal, &QAction::triggered, this,
            [this] { setReadings(tr("reading the RFC by its text"), literalReadings()); });
    connect(m_standard, &QAction::triggered, this, [this] { setReadings(tr("default readings"), allReadings()); });

    connect(&session, &views::Session::worldReset, this, &RuleActions::showSwitches);
    connect(&session, &views::Session::worldChanged, this, [this](const views::Delta &delta) {
        if (delta.areSwitchesChanged)
            showSwitches();
    });
    showSwitches();
}

void RuleActions::fill(QMenu &menu) const
{
    menu.setToolTipsVisible(true);
    for (Switch which : {Switch::Enforce, Switch::GraphLock, Switch::ImageLocks, Switch::LegacyOf28})
        menu.addAction(&(*this)[which]);
    menu.addSeparator();
    QMenu *readings = menu.addMenu(tr("&Readings of the RFC"));
    readings->setToolTipsVisible(true);
    for (Switch which : readingSwitches()) {
        // One group for what the RFC itself leaves open, one for what it does not mention, one for what it would take.
        if (which == Switch::StandingUsers || which == Switch::MetadataIsReliedOn)
            readings->addSeparator();
        readings->addAction(&(*this)[which]);
    }
    readings->addSeparator();
    readings->addAction(m_literal);
    readings->addAction(m_standard);
    QMenu *mistakes = menu.addMenu(tr("Deliberate &Mistakes"));
    mistakes->setToolTipsVisible(true);
    for (Switch which : faultSwitches())
        mistakes->addAction(&(*this)[which]);
}

void RuleActions::set(Switch which, bool on)
{
    if (m_session.world().is(which) != on)
        m_session.submit(SetSwitchControl{which, on});
    showSwitches();
}

void RuleActions::setReadings(const QString &title, SwitchSet readings)
{
    const SwitchSet before = m_session.world().switches & allReadings();
    if (before == readings)
        return;
    m_session.undoStack().beginMacro(title);
    for (Switch which : readingSwitches())
        set(which, readings.contains(which));
    m_session.undoStack().endMacro();
}

void RuleActions::showSwitches()
{
    const SwitchSet switches = m_session.world().switches;
    for (std::size_t i = 0; i < m_actions.size(); ++i)
        m_actions.at(i)->setChecked(switches.contains(static_cast<Switch>(i)));
    const SwitchSet readings = switches & allReadings();
    m_literal->setEnabled(!(readings == literalReadings()));
    m_standard->setEnabled(!(readings == allReadings()));
    if (!(std::exchange(m_shown, switches) == switches))
        Q_EMIT changed();
}

} // namespace blockscope::app
