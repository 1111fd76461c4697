// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/facebuilder.h"

#include "engine/graph/walk.h"
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
        return UserKind::GuestDevice;
    case User::Kind::Export:
        return UserKind::Export;
    case User::Kind::Backend:
        break;
    }
    return UserKind::Backend;
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
    return face;
}

std::array<ActionCell, 5> FaceBuilder::cells(NodeId id) const
{
    const Ledger::Counts counts = m_world.ledger.counts(id);
    std::array<ActionCell, 5> cells;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        cells[i].requireCount = static_cast<int>(counts.require[i]);
        cells[i].held = counts.claims > 0;
        cells[i].allowed = counts.deny[i] == 0;
    }
    return cells;
}

std::vector<DataCell> FaceBuilder::data(NodeId id) const
{
    std::vector<DataCell> cells;
    // A raw node shows what is in the file below it: that has no room for it.
    const bool isRaw = m_world.node(id).driver == "raw";
    const BlockData &data = *m_world.data[isRaw ? dataNode(m_world.graph, id).value : id.value];
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
    face.running = user.kind != User::Kind::Guest || m_world.isVmRunning();
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

QString userState(const World &world, const User &user)
{
    switch (user.kind) {
    case User::Kind::Guest:
        if (!user.root)
            return FaceText::tr("guest, empty");
        return (user.isWritable ? FaceText::tr("guest, %1") : FaceText::tr("guest, read-only, %1"))
            .arg(fromStd(world.runState));
    case User::Kind::Export:
        return user.isWritable ? FaceText::tr("export, writable") : FaceText::tr("export, read-only");
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
