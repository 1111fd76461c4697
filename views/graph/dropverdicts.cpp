// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/dropverdicts.h"

#include <QElapsedTimer>

#include <utility>

namespace blockscope::views {

DropVerdicts::DropVerdicts(const Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    connect(&session, &Session::worldChanged, this, &DropVerdicts::follow);
    connect(&session, &Session::worldReset, this, &DropVerdicts::stop);
}

void DropVerdicts::start(const Operation &operation, std::vector<NodeId> nodes)
{
    m_operation = &operation;
    m_nodes = std::move(nodes);
    restart();
}

void DropVerdicts::stop()
{
    m_timer.stop();
    m_operation = nullptr;
    m_nodes.clear();
    m_offers.clear();
    m_ledger = {};
}

void DropVerdicts::restart()
{
    m_offers.clear();
    m_ledger = m_session.world().ledger;
    m_spare = spareNodes(m_session.world());
    m_next = 0;
    m_timer.start(0, this);
}

const Offer &DropVerdicts::offer(NodeId node)
{
    const auto known = m_offers.find(node);
    if (known != m_offers.end())
        return known->second;
    return m_offers.emplace(node, offerOn(m_session.world(), *m_operation, node, m_spare)).first->second;
}

void DropVerdicts::timerEvent(QTimerEvent *)
{
    QElapsedTimer time;
    time.start();
    std::vector<NodeId> done;
    while (m_next < m_nodes.size() && time.elapsed() < kSliceTime) {
        const NodeId id = m_nodes[m_next++];
        if (!m_session.world().node(id).isOpen)
            continue;
        offer(id);
        done.push_back(id);
    }
    if (m_next == m_nodes.size())
        m_timer.stop();
    if (!done.empty())
        Q_EMIT judged(done);
}

// Data and progress change at every step of every job; verdicts change only with claims and links.
void DropVerdicts::follow(const Delta &delta)
{
    if (m_operation == nullptr)
        return;
    if (delta.isTopologyChanged || !(m_session.world().ledger == m_ledger))
        restart();
}

NodeMark DropVerdicts::markOf(const Offer &offer)
{
    switch (offer.kind) {
    case Offer::Kind::Allowed:
        return {DragVerdict::Granted, true, {}};
    case Offer::Kind::Refused:
        return {DragVerdict::Refused, true, offer.reason};
    case Offer::Kind::Incomplete:
        return {DragVerdict::None, true, {}};
    case Offer::Kind::Invalid:
        break;
    }
    return {DragVerdict::None, false, {}};
}

} // namespace blockscope::views
