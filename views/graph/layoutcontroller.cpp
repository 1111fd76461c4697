// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/layoutcontroller.h"

#include "views/layout/layoutcache.h"

#include <QtConcurrentRun>

#include <memory>
#include <utility>

namespace blockscope::views {

LayoutController::LayoutController(QObject *parent)
    : LayoutController([cache = std::make_shared<layout::LayoutCache>()](
                           const Topology &topology) { return place(topology, *cache); },
                       parent)
{
}

LayoutController::LayoutController(Placer placer, QObject *parent) : QObject(parent), m_placer(std::move(placer))
{
    m_pool.setMaxThreadCount(1);
    connect(&m_watcher, &QFutureWatcher<Placement>::finished, this, &LayoutController::finish);
}

LayoutController::~LayoutController()
{
    disconnect(&m_watcher, nullptr, this, nullptr);
    m_pool.waitForDone();
}

void LayoutController::request(const Topology &topology)
{
    if (m_wanted == topology)
        return;
    m_wanted = topology;
    if (!m_running)
        run();
}

void LayoutController::reset()
{
    m_wanted.reset();
}

bool LayoutController::isBusy() const
{
    return m_running.has_value();
}

void LayoutController::run()
{
    m_running = m_wanted;
    m_watcher.setFuture(
        QtConcurrent::run(&m_pool, [placer = m_placer, topology = *m_running] { return placer(topology); }));
}

void LayoutController::finish()
{
    const std::optional<Topology> done = std::exchange(m_running, std::nullopt);
    if (m_wanted != done) {
        if (m_wanted)
            run();
        return;
    }
    Q_EMIT placed(*done, m_watcher.result());
}

} // namespace blockscope::views
