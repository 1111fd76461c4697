// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What a World shows of its nodes, users and links, without places and without marks.
///
/// Ownership: keeps a reference to the World; make one, ask it, throw it away.
/// Thread: any.

#include "engine/world/world.h"
#include "views/graph/picture.h"

#include <unordered_map>

namespace blockscope::views {

class FaceBuilder
{
public:
    /// Linear in nodes and jobs; each face after that costs only its own.
    explicit FaceBuilder(const World &world);

    /// The rectangle of a face has its size and stands at the origin. \a isLeaf: drawn small, beside its parent.
    [[nodiscard]] NodeFace node(NodeId id, bool isLeaf) const;
    [[nodiscard]] UserFace user(UserId id) const;
    /// Without points.
    [[nodiscard]] EdgeFace edge(EdgeId id) const;

private:
    [[nodiscard]] std::array<ActionCell, 5> cells(NodeId id) const;
    [[nodiscard]] std::vector<DataCell> data(NodeId id) const;
    [[nodiscard]] QStringList tags(NodeId id, bool isLeaf) const;
    void showFindings(NodeFace &face) const;

    const World &m_world;
    std::unordered_map<NodeId, std::vector<JobMark>> m_jobs;
    std::unordered_map<NodeId, std::vector<const Finding *>> m_findings;
    std::vector<std::uint8_t> m_imageColors; // by NodeId
};

/// What a node is called in the window, also when it has no name.
[[nodiscard]] QString nodeTitle(const Node &node);
[[nodiscard]] QString userTitle(const User &user);
/// The bitmaps that belong to \a node: its own, or those of the file that a raw node passes everything on to. Null when
/// there are none. The same for snapshots.
[[nodiscard]] const std::vector<DirtyBitmap> *bitmapsOf(const World &world, NodeId node);
[[nodiscard]] const std::vector<InternalSnapshot> *snapshotsOf(const World &world, NodeId node);
/// "guest, running", "nbd, read-only", "tray open, empty".
[[nodiscard]] QString userState(const World &world, const User &user);
/// The last part of an image's name; of a JSON description the whole.
[[nodiscard]] QString imageTitle(const Node &node);
/// Jobs that a node shows: those not gone; a captured graph has some that never will run here.
[[nodiscard]] bool isShown(const Job &job);

} // namespace blockscope::views
