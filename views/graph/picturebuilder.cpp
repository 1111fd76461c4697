// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/picturebuilder.h"

#include "engine/text/findingtext.h"
#include "views/graph/facebuilder.h"

#include <QCoreApplication>

#include <algorithm>

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

struct PictureText
{
    Q_DECLARE_TR_FUNCTIONS(PictureText)
};

constexpr std::size_t kMostFindings = 12; ///< more would make a page of text

Explanation findingsOf(const std::vector<Finding> &findings, const World &world)
{
    Explanation found;
    const auto violations = std::count_if(findings.begin(), findings.end(), [](const Finding &finding) {
        return finding.kind == Finding::Kind::AccessViolation;
    });
    const auto damages = static_cast<std::ptrdiff_t>(findings.size()) - violations;
    QStringList counts;
    if (damages > 0)
        counts += PictureText::tr("%n thing(s) broke.", nullptr, static_cast<int>(damages));
    if (violations > 0)
        counts += PictureText::tr("%n access(es) were stopped.", nullptr, static_cast<int>(violations));
    found.headline = counts.join(u' ');
    for (std::size_t i = 0; i < std::min(findings.size(), kMostFindings); ++i)
        found.lines +=
            PictureText::tr("%1. %2. %3", "a number, what broke, and the details")
                .arg(QString::number(i + 1), findingTitle(world, findings[i]), findingDetail(world, findings[i]));
    if (findings.size() > kMostFindings)
        found.lines += PictureText::tr("… and %n more.", nullptr, static_cast<int>(findings.size() - kMostFindings));
    return found;
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
    if (options.refusal)
        picture.explanations.push_back(*options.refusal);
    if (!world.findings->empty())
        picture.explanations.push_back(findingsOf(*world.findings, world));
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
