// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/statusline.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace blockscope::app {

StatusLine::StatusLine(const views::Session &session, QWidget *parent) : QLabel(parent), m_session(session)
{
    connect(&session, &views::Session::worldReset, this, &StatusLine::count);
    connect(&session, &views::Session::worldChanged, this, [this](const views::Delta &delta) {
        if (delta.isTopologyChanged)
            count();
        else
            update();
    });
    count();
}

void StatusLine::setZoom(double zoom)
{
    m_zoom = zoom;
    update();
}

void StatusLine::count()
{
    m_nodes = static_cast<int>(m_session.world().graph.nodes().size());
    update();
}

void StatusLine::update()
{
    const World &world = m_session.world();
    const auto jobs =
        std::count_if(world.jobs.begin(), world.jobs.end(), [](const auto &job) { return job->isActive(); });
    const QLocale locale;
    const QStringList parts{tr("%n node(s)", nullptr, m_nodes), tr("%n active job(s)", nullptr, static_cast<int>(jobs)),
                            tr("step %1").arg(locale.toString(static_cast<qulonglong>(world.clock))),
                            tr("%1 %").arg(locale.toString(static_cast<int>(std::lround(m_zoom * 100))))};
    setText(parts.join(u"  ·  "_s));
}

} // namespace blockscope::app
