// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/text/findingtext.h"

#include "engine/text/names.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace blockscope {

namespace {

struct Findings
{
    Q_DECLARE_TR_FUNCTIONS(Findings)
};

struct KindText
{
    const char *title; ///< %1 who, %2 the node
    const char *meaning;
};

// By Finding::Kind.
constexpr std::array<KindText, 15> kTexts{{
    {QT_TRANSLATE_NOOP("Findings", "%1 lost a write"),
     QT_TRANSLATE_NOOP("Findings", "The guest reads something else than what it wrote last.")},
    {QT_TRANSLATE_NOOP("Findings", "%1 reads other data on %2"),
     QT_TRANSLATE_NOOP("Findings", "What the guest reads changed, and the guest did not change it.")},
    {QT_TRANSLATE_NOOP("Findings", "%1 shows inconsistent data of %2"),
     QT_TRANSLATE_NOOP("Findings", "Clients of the export read data that the node never was meant to show.")},
    {QT_TRANSLATE_NOOP("Findings", "%2 is shorter than %1 relies on"),
     QT_TRANSLATE_NOOP("Findings", "The size was read once and relied on; now the end is missing.")},
    {QT_TRANSLATE_NOOP("Findings", "%1 used %2, which had been closed"),
     QT_TRANSLATE_NOOP("Findings", "The node was dropped while somebody still meant to use it. QEMU of 2015 would have "
                                   "crashed here, or worse.")},
    {QT_TRANSLATE_NOOP("Findings", "%1 wrote to %2, which is read-only"),
     QT_TRANSLATE_NOOP("Findings",
                       "Somebody made the node read-only while another still writes to it; the write fails.")},
    {QT_TRANSLATE_NOOP("Findings", "%1 wrote to %2 behind the back of its guest"),
     QT_TRANSLATE_NOOP("Findings", "The guest has the disk to itself and does not share it; its file system would be "
                                   "destroyed.")},
    {QT_TRANSLATE_NOOP("Findings", "After a restart %1 would need %2, which may be gone"),
     QT_TRANSLATE_NOOP("Findings", "A header still names an image that a job has replaced. All is well while the VM "
                                   "runs; the file may be deleted, and the next start fails.")},
    {QT_TRANSLATE_NOOP("Findings", "After a restart %1 would read other data on %2"),
     QT_TRANSLATE_NOOP("Findings",
                       "The headers lead to another chain than the one that runs, and it shows other data.")},
    {QT_TRANSLATE_NOOP("Findings", "The backup %2 is not what %1 was to copy"),
     QT_TRANSLATE_NOOP("Findings", "A backup must show what its source was at the moment when the job started.")},
    {QT_TRANSLATE_NOOP("Findings", "%2 is not equal to what %1 was to copy"),
     QT_TRANSLATE_NOOP("Findings", "When a mirror or an active commit completes, its target must show what its source "
                                   "shows.")},
    {QT_TRANSLATE_NOOP("Findings", "%1 left the users on %2"),
     QT_TRANSLATE_NOOP("Findings", "The job completed, and a user still uses what it was to be moved away from.")},
    {QT_TRANSLATE_NOOP("Findings", "Loading a snapshot of %2 did not bring back what it had saved"),
     QT_TRANSLATE_NOOP("Findings", "An internal snapshot holds its own image alone. Its backing chain is another one "
                                   "today than when it was taken, and nothing recorded that.")},
    {QT_TRANSLATE_NOOP("Findings", "A dirty bitmap of %2 lacks a change"),
     QT_TRANSLATE_NOOP("Findings", "The next incremental backup would leave the cluster out.")},
    {QT_TRANSLATE_NOOP("Findings", "%1 was stopped at %2"),
     QT_TRANSLATE_NOOP("Findings", "Claims are enforced, and an access was tried that no claim covers. No damage was "
                                   "done.")},
}};

const KindText &textOf(Finding::Kind kind)
{
    return kTexts[static_cast<std::size_t>(kind)];
}

bool hasCluster(const Finding &finding)
{
    return finding.expected != finding.found;
}

QString partyName(const World &world, const Finding &finding)
{
    return finding.party ? holderName(world, *finding.party) : Findings::tr("somebody");
}

// Not every sentence has room for both.
QString filled(const QString &sentence, const QString &who, const QString &node)
{
    const bool hasWho = sentence.contains("%1"_L1);
    const bool hasNode = sentence.contains("%2"_L1);
    return hasWho && hasNode ? sentence.arg(who, node) : sentence.arg(hasWho ? who : node);
}

QString stampText(const World &world, const Stamp &stamp)
{
    const QString tick = QString::number(stamp.tick);
    switch (stamp.kind) {
    case Stamp::Kind::Image:
        return stamp.id < world.graph.nodeCount()
                   ? Findings::tr("part of the image %1").arg(nodeName(world, NodeId{stamp.id}))
                   : Findings::tr("part of an image");
    case Stamp::Kind::User:
        return Findings::tr("written by %1 in step %2").arg(holderName(world, Holder::of(UserId{stamp.id})), tick);
    case Stamp::Kind::Job:
        return Findings::tr("copied by %1 in step %2").arg(holderName(world, Holder::of(JobId{stamp.id})), tick);
    case Stamp::Kind::Operation:
        break;
    }
    return Findings::tr("written by an operation in step %1").arg(tick);
}

} // namespace

QString originText(const World &world, const Cluster &cluster)
{
    if (cluster.state == Cluster::State::Unallocated)
        return Findings::tr("nothing");
    if (cluster.state == Cluster::State::Zero)
        return Findings::tr("zeroes");
    const QString origin = stampText(world, cluster.value);
    return cluster.written == cluster.value ? Findings::tr("data that was %1").arg(origin)
                                            : Findings::tr("data that was %1, %2", "its origin, and who wrote it there")
                                                  .arg(origin, stampText(world, cluster.written));
}

QString findingTitle(const World &world, const Finding &finding)
{
    const QString title =
        filled(Findings::tr(textOf(finding.kind).title), partyName(world, finding), nodeName(world, finding.node));
    if (finding.kind == Finding::Kind::AccessViolation)
        return Findings::tr("%1: it may not %2").arg(title, actionName(finding.action));
    return hasCluster(finding) ? Findings::tr("%1 (cluster %2)").arg(title, QString::number(finding.cluster)) : title;
}

QString findingDetail(const World &world, const Finding &finding)
{
    QString detail = findingMeaning(finding.kind);
    if (hasCluster(finding) && finding.kind != Finding::Kind::AccessViolation)
        detail += u' ' + Findings::tr("Expected: %1. Found: %2.")
                             .arg(originText(world, finding.expected), originText(world, finding.found));
    return detail + u' ' + Findings::tr("First seen in step %1.").arg(finding.since);
}

QString findingMeaning(Finding::Kind kind)
{
    return Findings::tr(textOf(kind).meaning);
}

} // namespace blockscope
