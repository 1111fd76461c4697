// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/graph/boxtips.h"

#include "engine/text/findingtext.h"
#include "engine/text/names.h"
#include "views/common/textmetrics.h"
#include "views/graph/facebuilder.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace blockscope::views {
namespace {

struct TipText
{
    Q_DECLARE_TR_FUNCTIONS(Tip)
};

constexpr std::size_t kHoldersShown = 8;

QString fromStd(const std::string &text)
{
    return printable(QString::fromStdString(text));
}

QStringList holderLines(const World &world, NodeId id)
{
    const std::vector<Holder> holders = world.ledger.holdersOf(id);
    if (holders.empty())
        return {TipText::tr("Nobody holds this node: everything is allowed.")};
    QStringList lines;
    for (const Holder &holder : holders) {
        if (lines.size() == kHoldersShown) {
            lines += TipText::tr("and %n more", nullptr, static_cast<int>(holders.size() - kHoldersShown));
            break;
        }
        for (const NodeClaim &claim : world.ledger.holding(holder)->claims) {
            if (claim.node != id)
                continue;
            lines += TipText::tr("%1: requires %2, allows %3")
                         .arg(printable(holderNameWithLink(world, holder)), actionLetters(claim.claim.require),
                              actionLetters(claim.claim.allow));
        }
    }
    return lines;
}

QString bitmapLine(const World &world, const DirtyBitmap &bitmap)
{
    const auto dirty = std::count(bitmap.bits.begin(), bitmap.bits.end(), true);
    QStringList parts{TipText::tr("%n dirty cluster(s)", nullptr, static_cast<int>(dirty))};
    if (bitmap.isInconsistent)
        parts += TipText::tr("inconsistent");
    if (!bitmap.isRecording)
        parts += TipText::tr("not recording");
    if (bitmap.isPersistent)
        parts += TipText::tr("persistent");
    if (bitmap.isReadOnly)
        parts += TipText::tr("read-only");
    if (bitmap.busy && bitmap.busy->value < world.jobs.size())
        parts += TipText::tr("busy: %1 uses it").arg(printable(holderName(world, Holder::of(*bitmap.busy))));
    return TipText::tr("Bitmap %1: %2").arg(fromStd(bitmap.name), parts.join(u", "));
}

QString snapshotLine(const InternalSnapshot &snapshot)
{
    const QString name = snapshot.name.empty() ? fromStd(snapshot.id) : fromStd(snapshot.name);
    return (snapshot.hasVmState ? TipText::tr("Snapshot %1 with VM state, taken in step %2")
                                : TipText::tr("Snapshot %1, taken in step %2"))
        .arg(name)
        .arg(snapshot.taken);
}

QStringList imageLines(const World &world, NodeId id)
{
    QStringList lines;
    if (const auto *bitmaps = bitmapsOf(world, id)) {
        for (const DirtyBitmap &bitmap : *bitmaps)
            lines += bitmapLine(world, bitmap);
    }
    if (const auto *snapshots = snapshotsOf(world, id)) {
        for (const InternalSnapshot &snapshot : *snapshots)
            lines += snapshotLine(snapshot);
    }
    const Node &node = world.node(id);
    if (node.sameImageAs)
        lines += TipText::tr("Shows the same image as %1, which keeps the data")
                     .arg(printable(nodeTitle(world.node(*node.sameImageAs))));
    for (NodeId other : node.alsoShownBy)
        lines += TipText::tr("%1 shows the same image").arg(printable(nodeTitle(world.node(other))));
    return lines;
}

QStringList findingLines(const World &world, NodeId id)
{
    QStringList lines;
    for (const Finding &finding : *world.findings) {
        if (finding.node == id)
            lines += (finding.kind == Finding::Kind::AccessViolation ? TipText::tr("Stopped: %1")
                                                                     : TipText::tr("Broken: %1"))
                         .arg(printable(findingTitle(world, finding)));
    }
    return lines;
}

QStringList nodeLines(const World &world, NodeId id)
{
    const Node &node = world.node(id);
    QStringList lines{TipText::tr("%1 (%2)").arg(printable(nodeTitle(node)), fromStd(node.driver))};
    if (!node.filename.empty())
        lines += TipText::tr("File: %1").arg(fromStd(node.filename));
    if (!node.headerBacking.empty())
        lines += TipText::tr("Backing file in the header: %1").arg(fromStd(node.headerBacking));
    if (node.virtualSize != 0)
        lines += TipText::tr("Size: %1").arg(QLocale().formattedDataSize(static_cast<qint64>(node.virtualSize)));
    if (!node.host.empty())
        lines += TipText::tr("Opened by the process %1").arg(fromStd(node.host));
    lines += findingLines(world, id);
    lines += imageLines(world, id);
    if (node.isInactive)
        lines += TipText::tr("Inactive: handed over to another process, or not taken over yet");
    if (node.isReadOnly)
        lines += TipText::tr("Read-only");
    if (node.isImplicit)
        lines += TipText::tr("A filter that a job put in");
    if (node.isObsolete)
        lines += TipText::tr("Left behind by a job: its file is needed no more");
    for (const auto &shared : world.jobs) {
        if (!isShown(*shared))
            continue;
        for (const RoleNode &role : shared->nodes) {
            if (role.node == id)
                lines += TipText::tr("%1 %2, %3: this is its %4")
                             .arg(fromStd(shared->operation), fromStd(shared->name), statusName(shared->status),
                                  fromStd(role.role));
        }
    }
    return lines + holderLines(world, id);
}

QStringList userLines(const World &world, UserId id)
{
    const User &user = world.user(id);
    QStringList lines{printable(userTitle(user)), printable(userState(world, user))};
    if (!user.host.empty())
        lines += TipText::tr("Belongs to the process %1").arg(fromStd(user.host));
    if (!user.throttleGroup.empty())
        lines += TipText::tr("Throttled by the group %1").arg(fromStd(user.throttleGroup));
    if (!user.backendName.empty())
        lines += TipText::tr("Backend: %1").arg(fromStd(user.backendName));
    if (!user.qdev.empty())
        lines += TipText::tr("Device: %1").arg(fromStd(user.qdev));
    if (const auto root = world.rootOf(id))
        lines += TipText::tr("Uses %1").arg(printable(nodeTitle(world.node(*root))));
    const Holding *held = world.ledger.holding(Holder::of(id));
    if (held == nullptr)
        lines += TipText::tr("Holds nothing now");
    else
        for (const NodeClaim &claim : held->claims)
            lines += TipText::tr("Requires %1, allows %2")
                         .arg(actionLetters(claim.claim.require), actionLetters(claim.claim.allow));
    return lines;
}

QString parentTitle(const World &world, const Parent &parent)
{
    switch (parent.kind) {
    case Parent::Kind::Node:
        return nodeTitle(world.node(parent.node()));
    case Parent::Kind::User:
        return userTitle(world.user(UserId{parent.id}));
    case Parent::Kind::Job:
        break;
    }
    return QString::fromStdString(world.job(JobId{parent.id}).name);
}

} // namespace

QString tipFor(const World &world, const Selection &what)
{
    if (const NodeId *node = std::get_if<NodeId>(&what))
        return nodeLines(world, *node).join(u'\n');
    if (const UserId *user = std::get_if<UserId>(&what))
        return userLines(world, *user).join(u'\n');
    return {};
}

QString tipFor(const World &world, EdgeId id)
{
    const Edge &edge = world.graph.edge(id);
    QStringList lines{TipText::tr("%1: %2 to %3")
                          .arg(fromStd(edge.role), printable(parentTitle(world, edge.parent)),
                               printable(nodeTitle(world.node(edge.child))))};
    if (const Holding *held = world.ledger.holding(Holder::of(id))) {
        for (const NodeClaim &claim : held->claims)
            lines += TipText::tr("Requires %1, allows %2")
                         .arg(actionLetters(claim.claim.require), actionLetters(claim.claim.allow));
    }
    return lines.join(u'\n');
}

QString spoken(const World &world, const Selection &what)
{
    return tipFor(world, what).replace(u'\n', QStringLiteral("; "));
}

} // namespace blockscope::views
