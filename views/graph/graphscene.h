// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Keeps the items of the scene in step with a World, its placement and the
/// marks. It decides nothing and asks nobody: the view tells it.
///
/// A change of flags, jobs, data or marks moves no item. A new placement moves
/// what stays within kMoveTime, and keeps an anchor where it is.
///
/// Thread: GUI.

#include "views/graph/edgeitem.h"
#include "views/graph/marks.h"
#include "views/graph/navigation.h"
#include "views/graph/nodeitem.h"
#include "views/graph/picture.h"
#include "views/graph/placement.h"
#include "views/graph/useritem.h"
#include "views/session/delta.h"

#include <QGraphicsScene>
#include <QVariantAnimation>

#include <unordered_map>
#include <unordered_set>

namespace blockscope::views {

class FaceBuilder;

inline constexpr int kMoveTime = 250; ///< milliseconds

class GraphScene : public QGraphicsScene
{
    Q_OBJECT

public:
    explicit GraphScene(const Theme &theme, QObject *parent = nullptr);

    void setTheme(const Theme &theme);
    [[nodiscard]] const SceneLook &look() const { return m_look; }
    /// Without animation everything is at its place at once.
    void setAnimated(bool isAnimated) { m_isAnimated = isAnimated; }

    void clearGraph();
    /// Shows what \a delta names as it is in \a world, and takes away what is gone. What is new waits for arrange().
    void follow(const World &world, const Delta &delta);
    /// The same for everything.
    void refresh(const World &world);
    /// Puts everything at its place. The first of \a anchors that stays does not move.
    void arrange(const World &world, const Topology &topology, const Placement &placement,
                 const std::vector<Selection> &anchors);
    void setMarks(Marks marks);
    /// Adds to the marks, at the cost of these alone.
    void addVerdicts(const std::map<NodeId, NodeMark> &verdicts);
    [[nodiscard]] const Marks &marks() const { return m_marks; }

    [[nodiscard]] bool isEmpty() const { return m_nodes.empty() && m_users.empty(); }
    [[nodiscard]] bool isMoving() const { return m_animation.state() == QAbstractAnimation::Running; }
    /// The node or user at that place.
    [[nodiscard]] Selection boxAt(QPointF place) const;
    /// The link there, where no box is.
    [[nodiscard]] std::optional<EdgeId> edgeAt(QPointF place) const;
    /// Where they are going to stand when they still move.
    [[nodiscard]] std::vector<PlacedBox> boxes() const;
    [[nodiscard]] std::optional<QRectF> boxOf(const Selection &what) const;
    [[nodiscard]] QRectF graphRect() const { return m_graphRect; }
    /// Null when there is no item.
    [[nodiscard]] const NodeItem *nodeItem(NodeId id) const;
    [[nodiscard]] const UserItem *userItem(UserId id) const;
    [[nodiscard]] const EdgeItem *edgeItem(EdgeId id) const;
    /// The faces of all nodes and users, in no particular order and without their places.
    [[nodiscard]] Picture faces() const;

Q_SIGNALS:
    /// Items came, went, or have other places to go to.
    void arranged();
    /// Items, the marks or the theme look different.
    void facesChanged();

private:
    /// Where an item was when the last placement came.
    struct Start
    {
        std::unordered_map<NodeId, QPointF> nodes;
        std::unordered_map<UserId, QPointF> users;
    };

    struct Ends
    {
        Parent parent;
        NodeId child;
    };

    void renewItems(const World &world, const Topology &topology);
    template <class Map, class Id, class MakeFace>
    void renew(Map &items, Id id, QPointF place, const MakeFace &makeFace);
    template <class Map, class Places, class Keep>
    void dropUnless(Map &items, Places &places, const Keep &keep);
    void dropUnplaced();
    void dropClosed(const World &world);
    void remark(NodeId id);
    void showNode(const FaceBuilder &faces, NodeId id);
    void showUser(const FaceBuilder &faces, UserId id);
    void showEdge(const FaceBuilder &faces, EdgeId id);
    void startMoving();
    void moveTo(double share);
    [[nodiscard]] QPointF displacement(const Parent &parent) const;
    [[nodiscard]] QPointF displacement(NodeId id) const;
    /// \a face with the points it has now.
    [[nodiscard]] EdgeFace placed(EdgeFace face) const;

    SceneLook m_look;
    bool m_isAnimated = true;
    Marks m_marks;
    Placement m_placement;
    QRectF m_graphRect;
    std::unordered_set<NodeId> m_leaves;
    std::unordered_map<EdgeId, Ends> m_ends;
    std::unordered_map<NodeId, NodeItem *> m_nodes; // owned by the scene, as are the others
    std::unordered_map<UserId, UserItem *> m_users;
    std::unordered_map<EdgeId, EdgeItem *> m_edges;
    Start m_start;
    QVariantAnimation m_animation;
};

} // namespace blockscope::views
