// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/facebuilder.h"

#include "engine/graph/walk.h"
#include "engine/text/findingtext.h"
#include "engine/world/blockio.h"
#include "views/common/theme.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace blockscope::views {
namespace {

struct FaceText
{
    Q_DECLARE_TR_FUNCTIONS(Graph)
};

QString fromStd(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

JobLook lookOf(const Job &job)
{
    switch (job.status) {
    case JobStatus::Paused:
    case JobStatus::Standby:
        return JobLook::Paused;
    case JobStatus::Ready:
        return JobLook::Ready;
    case JobStatus::Concluded:
        return job.error.empty() ? JobLook::Ready : JobLook::Failed;
    default:
        return job.error.empty() ? JobLook::Running : JobLook::Failed;
    }
}

// A hundred only when all is done: the last percent is the one that people watch.
int percentOf(Progress progress)
{
    if (progress.total == 0)
        return 0;
    return static_cast<int>(std::uint64_t{100} * std::min(progress.done, progress.total) / progress.total);
}

JobMark markOf(const Job &job, const std::string &role)
{
    return {fromStd(job.name),
            fromStd(job.operation.empty() ? job.type : job.operation),
            fromStd(role),
            QString::fromLatin1(toString(job.status)),
            percentOf(progressOf(job)),
            lookOf(job)};
}

UserKind kindOf(const User &user)
{
    switch (user.kind) {
    case User::Kind::Guest:
        return !user.isRemovable ? UserKind::GuestDevice : user.isTrayOpen ? UserKind::OpenDrive : UserKind::Drive;
    case User::Kind::Export:
        if (user.exportType == "fuse")
            return UserKind::FuseExport;
        return user.exportType.starts_with("v") ? UserKind::VhostExport : UserKind::Export; // vhost-user-blk, vduse-blk
    case User::Kind::Backend:
        break;
    }
    return UserKind::Backend;
}

// Where a node keeps what belongs to its image: a raw node's is in the file below it. What merely passes reads on has
// none of its own.
std::optional<NodeId> keeperOf(const World &world, NodeId id)
{
    const Node &node = world.node(id);
    if (node.driver == "raw" || node.sameImageAs)
        return dataNode(world.graph, id);
    return isFilterDriver(node.driver) ? std::nullopt : std::optional(id);
}

/// True when what \a leaf keeps is shown by the raw node above it.
bool isBelowRaw(const World &world, NodeId leaf)
{
    const std::vector<EdgeId> &parents = world.node(leaf).parents;
    return std::any_of(parents.begin(), parents.end(), [&](EdgeId id) {
        const Parent &parent = world.graph.edge(id).parent;
        return parent.isNode() && world.node(parent.node()).driver == "raw";
    });
}

template <class Map>
const typename Map::mapped_type *keptBy(const World &world, const Map &map, NodeId id)
{
    const std::optional<NodeId> keeper = map.empty() ? std::nullopt : keeperOf(world, id);
    const auto found = keeper ? map.find(*keeper) : map.end();
    return found == map.end() || found->second.empty() ? nullptr : &found->second;
}

// Numbered in the order of the images: neighbours in a chain differ, though protocol nodes have ids of their own.
std::vector<std::uint8_t> imageColors(const World &world)
{
    std::vector<std::uint8_t> colors(world.data.size());
    std::size_t images = 0;
    for (std::size_t i = 0; i < world.data.size(); ++i) {
        if (!world.data[i]->empty())
            colors[i] = static_cast<std::uint8_t>(images++ % kValueColorCount);
    }
    return colors;
}

} // namespace

FaceBuilder::FaceBuilder(const World &world) : m_world(world), m_imageColors(imageColors(world))
{
    for (const Finding &finding : *world.findings)
        m_findings[finding.node].push_back(&finding);
    for (const auto &shared : world.jobs) {
        const Job &job = *shared;
        if (!isShown(job))
            continue;
        for (const RoleNode &affected : job.nodes) {
            std::vector<JobMark> &list = m_jobs[affected.node];
            if (!list.empty() && list.back().id == fromStd(job.name))
                list.back().role += ", "_L1 + fromStd(affected.role);
            else
                list.push_back(markOf(job, affected.role));
        }
    }
}

NodeFace FaceBuilder::node(NodeId id, bool isLeaf) const
{
    const Node &node = m_world.node(id);
    NodeFace face;
    face.id = id.value;
    face.name = nodeTitle(node);
    face.driver = fromStd(node.driver);
    face.detail = imageTitle(node);
    face.rect = QRectF(QPointF(), isLeaf ? protocolSize() : nodeSize());
    face.readOnly = node.isReadOnly;
    face.protocol = isLeaf;
    face.filter = isFilterDriver(node.driver);
    face.obsolete = node.isObsolete;
    face.cells = cells(id);
    if (const auto jobs = m_jobs.find(id); jobs != m_jobs.end())
        face.jobs = jobs->second;
    if (!isLeaf)
        face.data = data(id);
    face.inactive = node.isInactive;
    face.host = fromStd(node.host);
    face.tags = tags(id, isLeaf);
    showFindings(face);
    return face;
}

void FaceBuilder::showFindings(NodeFace &face) const
{
    const auto found = m_findings.find(NodeId{face.id});
    if (found == m_findings.end())
        return;
    const std::vector<const Finding *> &findings = found->second;
    const auto isStopped = [](const Finding *finding) { return finding->kind == Finding::Kind::AccessViolation; };
    // Damage goes before what was stopped in time.
    const auto first = std::find_if_not(findings.begin(), findings.end(), isStopped);
    face.stopped = first == findings.end();
    face.finding = findingTitle(m_world, face.stopped ? *findings.front() : **first);
    const int more = static_cast<int>(findings.size()) - 1;
    if (more > 0)
        face.finding = FaceText::tr("%1 (and %n more)", nullptr, more).arg(face.finding);
    for (const Finding *finding : findings) {
        const bool hasCluster = finding->expected != finding->found && finding->cluster < face.data.size();
        if (hasCluster)
            face.data[finding->cluster].damaged = true;
    }
}

// The last is drawn first, and is the last to be left out.
QStringList FaceBuilder::tags(NodeId id, bool isLeaf) const
{
    const Node &node = m_world.node(id);
    QStringList tags;
    if (!isLeaf || !isBelowRaw(m_world, id)) {
        if (const auto *snapshots = snapshotsOf(m_world, id))
            tags += FaceText::tr("%n snapshot(s)", nullptr, static_cast<int>(snapshots->size()));
        if (const auto *bitmaps = bitmapsOf(m_world, id)) {
            const auto busy =
                std::count_if(bitmaps->begin(), bitmaps->end(), [](const DirtyBitmap &each) { return each.busy; });
            const QString count = FaceText::tr("%n bitmap(s)", nullptr, static_cast<int>(bitmaps->size()));
            //: %1 is "2 bitmaps", %2 how many of them a job uses
            tags += busy == 0 ? count : FaceText::tr("%1, %2 busy").arg(count).arg(busy);
        }
    }
    if (node.sameImageAs)
        tags += FaceText::tr("same image as %1").arg(nodeTitle(m_world.node(*node.sameImageAs)));
    if (node.isInactive)
        tags += FaceText::tr("inactive");
    return tags;
}

const std::vector<DirtyBitmap> *bitmapsOf(const World &world, NodeId node)
{
    return keptBy(world, *world.bitmaps, node);
}

const std::vector<InternalSnapshot> *snapshotsOf(const World &world, NodeId node)
{
    return keptBy(world, *world.snapshots, node);
}

std::array<ActionCell, 5> FaceBuilder::cells(NodeId id) const
{
    const Ledger::Counts counts = m_world.ledger.counts(id);
    const bool isHeld = m_world.ledger.hasClaims(id);
    std::array<ActionCell, 5> cells;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        cells[i].requireCount = static_cast<int>(counts.require[i]);
        cells[i].held = isHeld;
        cells[i].allowed = counts.deny[i] == 0;
    }
    return cells;
}

std::vector<DataCell> FaceBuilder::data(NodeId id) const
{
    std::vector<DataCell> cells;
    // A raw node shows what is in the file below it: that has no room for it. An image that was opened again shows what
    // the first one keeps.
    const bool isKeptElsewhere = m_world.node(id).driver == "raw" || m_world.node(id).sameImageAs;
    const BlockData &data = *m_world.data[isKeptElsewhere ? dataNode(m_world.graph, id).value : id.value];
    cells.reserve(data.size());
    for (const Cluster &cluster : data) {
        DataCell cell;
        if (cluster.state == Cluster::State::Zero)
            cell.kind = DataCell::Kind::Zero;
        if (cluster.state == Cluster::State::Data) {
            const Stamp &origin = cluster.value;
            const bool isImage = origin.kind == Stamp::Kind::Image && origin.id < m_imageColors.size();
            cell.kind = DataCell::Kind::Value;
            // Users count from the other end, so that fresh data stands out from the image's.
            cell.color = isImage ? m_imageColors[origin.id]
                                 : static_cast<std::uint8_t>(kValueColorCount - 1 - origin.id % kValueColorCount);
        }
        cells.push_back(cell);
    }
    return cells;
}

UserFace FaceBuilder::user(UserId id) const
{
    const User &user = m_world.user(id);
    UserFace face;
    face.id = id.value;
    face.name = userTitle(user);
    face.kind = kindOf(user);
    face.running = user.kind != User::Kind::Guest || m_world.runStateOf(user.host) == "running";
    face.host = fromStd(user.host);
    face.state = userState(m_world, user);
    face.rect = QRectF(QPointF(), userSize());
    return face;
}

EdgeFace FaceBuilder::edge(EdgeId id) const
{
    const Edge &edge = m_world.graph.edge(id);
    EdgeFace face;
    face.id = id.value;
    face.role = fromStd(edge.role);
    face.frozen = edge.parent.isNode() && edge.role == "backing" &&
                  m_world.ledger.masks(edge.parent.node()).denied.contains(Action::GraphReconfiguration);
    return face;
}

QString nodeTitle(const Node &node)
{
    return node.name.empty() ? FaceText::tr("(unnamed)") : fromStd(node.name);
}

QString userTitle(const User &user)
{
    for (const std::string *name : {&user.name, &user.backendName, &user.qdev}) {
        if (!name->empty())
            return fromStd(*name);
    }
    return FaceText::tr("(unnamed)");
}

namespace {

QString driveState(const World &world, const User &user)
{
    if (user.isTrayOpen)
        return user.root ? FaceText::tr("tray open, medium in") : FaceText::tr("tray open, empty");
    if (!user.root)
        return FaceText::tr("drive, empty");
    // Most media cannot be written to.
    return (user.isWritable ? FaceText::tr("drive, writable, %1") : FaceText::tr("drive, %1"))
        .arg(fromStd(world.runStateOf(user.host)));
}

QString guestState(const World &world, const User &user)
{
    if (user.isRemovable)
        return driveState(world, user);
    if (!user.root)
        return FaceText::tr("guest, empty");
    return (user.isWritable ? FaceText::tr("guest, %1") : FaceText::tr("guest, read-only, %1"))
        .arg(fromStd(world.runStateOf(user.host)));
}

} // namespace

QString userState(const World &world, const User &user)
{
    switch (user.kind) {
    case User::Kind::Guest:
        return guestState(world, user);
    case User::Kind::Export:
        if (user.exportType.empty())
            return user.isWritable ? FaceText::tr("export, writable") : FaceText::tr("export, read-only");
        //: %1 is a type of export: nbd, fuse, vhost-user-blk
        return (user.isWritable ? FaceText::tr("%1, writable") : FaceText::tr("%1, read-only"))
            .arg(fromStd(user.exportType));
    case User::Kind::Backend:
        break;
    }
    return FaceText::tr("unknown user");
}

QString imageTitle(const Node &node)
{
    const QString name = fromStd(node.filename);
    if (name.startsWith("json:"_L1))
        return name;
    return name.section(u'/', -1, -1, QString::SectionSkipEmpty);
}

bool isShown(const Job &job)
{
    return job.status != JobStatus::Null && job.status != JobStatus::Undefined;
}

} // namespace blockscope::views
