// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What the viewer adds to what the World says: the selection, what is lit up,
/// and the verdicts of an operation that is being dragged. Values only.

#include "engine/policies/verdict.h"
#include "views/graph/picture.h"

#include <array>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace blockscope::views {

/// The verdict that a node would get.
struct NodeMark
{
    DragVerdict verdict = DragVerdict::None;
    bool isApplicable = true; ///< false: the operation makes no sense there, which is no refusal
    QString reason;           ///< one line

    bool operator==(const NodeMark &) const = default;
};

/// The cells of one node that would clash.
struct Clash
{
    ActionSet require; ///< NAC-R2: what is dragged does not allow it
    ActionSet allow;   ///< NAC-R1: what is dragged requires it

    bool operator==(const Clash &) const = default;
};

struct Marks
{
    std::optional<NodeId> selectedNode;
    std::optional<UserId> selectedUser;
    std::set<NodeId> litNodes;
    std::set<Holder> litHolders;
    std::map<NodeId, NodeMark> verdicts;
    std::map<NodeId, Clash> clashes;

    bool operator==(const Marks &) const = default;
};

/// The cells that clash, by node: of \a verdict's reasons all.
[[nodiscard]] std::map<NodeId, Clash> clashesOf(const Verdict &verdict);
/// A refusal: marks the nodes that the reasons name, \a reason standing at the first, and lights up who is in the way.
[[nodiscard]] Marks marksOf(const Verdict &verdict, const QString &reason);

/// Puts on a face what \a marks say of it, and takes off what earlier ones said.
void applyMarks(NodeFace &face, const Marks &marks);
void applyMarks(UserFace &face, const Marks &marks);
void applyMarks(EdgeFace &face, const Marks &marks);

} // namespace blockscope::views
