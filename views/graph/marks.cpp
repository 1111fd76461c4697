// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/marks.h"

namespace blockscope::views {

std::map<NodeId, Clash> clashesOf(const Verdict &verdict)
{
    std::map<NodeId, Clash> clashes;
    for (const Reason &reason : verdict.reasons) {
        if (reason.code == "NAC-R1")
            clashes[reason.node].allow.insert(reason.action);
        if (reason.code == "NAC-R2")
            clashes[reason.node].require.insert(reason.action);
    }
    return clashes;
}

Marks marksOf(const Verdict &verdict, const QString &reason)
{
    Marks marks;
    marks.clashes = clashesOf(verdict);
    for (const Reason &each : verdict.reasons) {
        marks.verdicts[each.node] = {DragVerdict::Refused, true, {}};
        marks.litHolders.insert(each.holder);
    }
    if (!verdict.isAllowed())
        marks.verdicts[verdict.reasons.front().node].reason = reason;
    return marks;
}

void applyMarks(NodeFace &face, const Marks &marks)
{
    const NodeId id{face.id};
    face.selected = marks.selectedNode == id;
    face.highlighted = marks.litNodes.contains(id);
    const auto verdict = marks.verdicts.find(id);
    const NodeMark mark = verdict == marks.verdicts.end() ? NodeMark() : verdict->second;
    face.verdict = mark.verdict;
    face.greyed = !mark.isApplicable;
    face.reason = mark.reason;
    const auto clashes = marks.clashes.find(id);
    const Clash clash = clashes == marks.clashes.end() ? Clash() : clashes->second;
    for (Action action : kActions) {
        ActionCell &cell = face.cells[static_cast<std::size_t>(action)];
        cell.clashRequire = clash.require.contains(action);
        cell.clashAllow = clash.allow.contains(action);
    }
}

void applyMarks(UserFace &face, const Marks &marks)
{
    const UserId id{face.id};
    face.selected = marks.selectedUser == id;
    face.highlighted = marks.litHolders.contains(Holder::of(id));
}

void applyMarks(EdgeFace &face, const Marks &marks)
{
    face.highlighted = marks.litHolders.contains(Holder::of(EdgeId{face.id}));
}

} // namespace blockscope::views
