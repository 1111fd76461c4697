// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The verdict of one operation on every node, computed in slices so that the
/// window stays alive, the nodes in sight first. While it is active it follows
/// the World: a verdict is judged anew when what is held changes.
///
/// Ownership: the session must outlive it. Thread: GUI.

#include "engine/text/offer.h"
#include "views/graph/marks.h"
#include "views/session/session.h"

#include <QBasicTimer>
#include <QObject>

#include <unordered_map>
#include <vector>

namespace blockscope::views {

inline constexpr int kSliceTime = 8; ///< milliseconds that one slice may take

class DropVerdicts : public QObject
{
    Q_OBJECT

public:
    explicit DropVerdicts(const Session &session, QObject *parent = nullptr);

    /// Judges \a operation on all of \a nodes, in that order.
    void start(const Operation &operation, std::vector<NodeId> nodes);
    void stop();
    /// Null when none is active.
    [[nodiscard]] const Operation *operation() const { return m_operation; }
    /// The verdict on \a node, judged now if it was not yet. REQUIRES: operation() is not null.
    const Offer &offer(NodeId node);
    /// Still some to judge.
    [[nodiscard]] bool isBusy() const { return m_timer.isActive(); }

    /// What a node shows of \a offer.
    [[nodiscard]] static NodeMark markOf(const Offer &offer);

Q_SIGNALS:
    /// These were judged.
    void judged(const std::vector<blockscope::NodeId> &nodes);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void follow(const Delta &delta);
    void restart();

    const Session &m_session;
    const Operation *m_operation = nullptr;
    std::vector<NodeId> m_nodes;
    std::vector<NodeId> m_spare;
    std::size_t m_next = 0;
    std::unordered_map<NodeId, Offer> m_offers;
    Ledger m_ledger; // the one that was judged by
    QBasicTimer m_timer;
};

} // namespace blockscope::views
