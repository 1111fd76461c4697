// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/findingsnotice.h"

#include "app/messagebar.h"
#include "engine/text/findingtext.h"
#include "views/common/textmetrics.h"
#include "views/findings/findingspanel.h"

#include <QDockWidget>

#include <algorithm>

namespace blockscope::app {

FindingsNotice::FindingsNotice(const views::Session &session, MessageBar &messages, QDockWidget &dock,
                               views::FindingsPanel &panel, QObject *parent)
    : QObject(parent), m_session(session), m_messages(messages), m_dock(dock), m_panel(panel)
{
    connect(&session, &views::Session::worldReset, this, &FindingsNotice::count);
    connect(&session, &views::Session::worldChanged, this, [this](const views::Delta &delta) {
        if (!delta.areFindingsChanged)
            return;
        const std::size_t known = m_known;
        count();
        if (known == 0 && m_known > 0)
            tell();
    });
    count();
}

void FindingsNotice::greet()
{
    if (m_known > 0 && !m_messages.isVisible())
        tell();
}

void FindingsNotice::count()
{
    m_known = m_session.world().findings->size();
    //: %n is how many there are
    m_dock.setWindowTitle(m_known == 0 ? tr("Findings") : tr("Findings (%n)", nullptr, static_cast<int>(m_known)));
    // Undone: the message would tell of what did not happen.
    if (m_known == 0 && !m_told.isEmpty() && m_messages.text() == m_told)
        m_messages.dismiss();
    if (m_known == 0)
        m_told.clear();
}

void FindingsNotice::tell()
{
    const World &world = m_session.world();
    // Damage goes before what was stopped in time.
    const auto damage = std::find_if(world.findings->begin(), world.findings->end(),
                                     [](const Finding &each) { return each.kind != Finding::Kind::AccessViolation; });
    const Finding &first = damage == world.findings->end() ? world.findings->front() : *damage;
    const QString title = views::printable(findingTitle(world, first));
    m_messages.show(MessageBar::Kind::Warning,
                    first.kind == Finding::Kind::AccessViolation ? tr("An access was stopped: %1.").arg(title)
                                                                 : tr("Something broke: %1.").arg(title),
                    m_known > 1 ? tr("%n finding(s) in all.", nullptr, static_cast<int>(m_known)) : QString());
    m_messages.setAction(tr("Show"), [this] { showPanel(); });
    m_told = m_messages.text();
}

void FindingsNotice::showPanel()
{
    m_dock.show();
    m_dock.raise();
    m_panel.selectGravest();
}

} // namespace blockscope::app
