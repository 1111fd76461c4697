// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/picturebuilder.h"

#include "views/graph/facebuilder.h"

namespace blockscope::views {
namespace {

// By id: the maps of a placement have no order of their own.
template <class Map>
auto sortedIds(const Map &map)
{
    std::set<typename Map::key_type> ids;
    for (const auto &[id, place] : map)
        ids.insert(id);
    return ids;
}

} // namespace

Picture buildPicture(const World &world, const PictureOptions &options)
{
    return buildPicture(world, place(topologyOf(world)), options);
}

Picture buildPicture(const World &world, const Placement &placement, const PictureOptions &options)
{
    Picture picture;
    picture.title = options.title;
    picture.subtitle = options.subtitle;
    picture.explanation = options.explanation;
    picture.legend = options.hasLegend;
    const FaceBuilder faces(world);
    std::set<NodeId> leaves;
    for (const Topology::Leaf &leaf : topologyOf(world).leaves)
        leaves.insert(leaf.node);
    for (EdgeId id : sortedIds(placement.routes)) {
        EdgeFace face = faces.edge(id);
        applyMarks(face, options.marks);
        face.points = placement.routes.at(id).points;
        face.curved = placement.routes.at(id).isCurved;
        picture.edges.push_back(std::move(face));
    }
    for (UserId id : sortedIds(placement.users)) {
        UserFace face = faces.user(id);
        applyMarks(face, options.marks);
        face.rect = placement.users.at(id);
        picture.users.push_back(std::move(face));
    }
    for (NodeId id : sortedIds(placement.nodes)) {
        NodeFace face = faces.node(id, leaves.contains(id));
        applyMarks(face, options.marks);
        face.rect = placement.nodes.at(id);
        picture.nodes.push_back(std::move(face));
    }
    return picture;
}

} // namespace blockscope::views
