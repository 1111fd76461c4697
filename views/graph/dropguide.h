// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Guides an operation that is over the graph, dragged by the mouse or carried
/// by the keyboard: every node gets its verdict, the one below the pointer
/// explains it.
///
/// Ownership: session and scene must outlive it. Thread: GUI.

#include "views/graph/drophint.h"
#include "views/graph/dropverdicts.h"
#include "views/graph/graphscene.h"

#include <optional>

namespace blockscope::views {

class DropGuide : public QObject
{
    Q_OBJECT

public:
    DropGuide(const Session &session, GraphScene &scene, QWidget *viewport);

    /// \a nodes: all nodes, those first that shall be judged first.
    void begin(const Operation &operation, const std::vector<NodeId> &nodes);
    void end();
    /// Null when nothing is over the graph.
    [[nodiscard]] const Operation *operation() const { return m_verdicts.operation(); }
    [[nodiscard]] bool isBusy() const { return m_verdicts.isBusy(); }

    /// The operation is over \a node, or over none; the hint is shown beside \a place of the viewport.
    /// True when it could be dropped there: a refused one can, a meaningless one cannot.
    bool hover(std::optional<NodeId> node, QPoint place);
    /// Where it could be dropped last.
    [[nodiscard]] std::optional<NodeId> target() const { return m_hovered; }
    [[nodiscard]] const DropHint &hint() const { return m_hint; }

    /// Adds what it marks to \a marks.
    void addTo(Marks &marks) const;

Q_SIGNALS:
    /// What addTo() adds is another.
    void marksChanged();

private:
    void takeJudged(const std::vector<NodeId> &nodes);
    bool describe(QPoint place);
    void askOthers();

    const Session &m_session;
    GraphScene &m_scene;
    DropVerdicts m_verdicts;
    DropHint m_hint;
    std::map<NodeId, NodeMark> m_marks;
    std::map<NodeId, Clash> m_clashes;
    std::optional<NodeId> m_hovered;
    QStringList m_others; // what the other policies say of the drop, when they disagree
    QPoint m_place;
};

} // namespace blockscope::views
