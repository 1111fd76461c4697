// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/text/diagnosis.h"

#include "engine/graph/walk.h"
#include "engine/policies/cause.h"
#include "engine/policies/qemu/permissioncheck.h"
#include "engine/text/codes.h"
#include "engine/text/names.h"
#include "engine/world/imagelock.h"
#include "engine/world/permissions.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <bit>

using namespace Qt::StringLiterals;

namespace blockscope {

namespace {

using Kind = ErrorPart::Kind;

struct Diagnose
{
    Q_DECLARE_TR_FUNCTIONS(Diagnose)
};

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// The code whose long text explains a cause.
QString codeOf(std::string_view cause)
{
    static constexpr std::array<std::pair<std::string_view, const char *>, 12> kCodes{
        {{"op-blocker", "QEMU-BLOCKER"},
         {"permission-conflict", "QEMU-PERM"},
         {"frozen-link", "QEMU-FROZEN"},
         {"need-root-node", "QEMU-ROOT"},
         {"node-in-use", "QEMU-INUSE"},
         {"image-lock", "IMAGE-LOCK"},
         {"read-only", "QEMU-READONLY"},
         {"bitmap-busy", "QEMU-BITMAP"},
         {"aio-context", "QEMU-IOTHREAD"},
         {"chain-shape", "QEMU-SHAPE"},
         {"job-state", "JOB-STATE"},
         {"no-such-thing", "ARG-NODE"}}};
    const auto found =
        std::find_if(kCodes.begin(), kCodes.end(), [&](const auto &each) { return each.first == cause; });
    return found == kCodes.end() ? QString() : QString::fromLatin1(found->second);
}

// Parties ------------------------------------------------------------------------------------

Party missing(const std::string &name)
{
    return {text(name), Diagnose::tr("“%1” is not in this graph.").arg(text(name)), std::nullopt, std::nullopt};
}

Party nodeParty(const World &world, const std::string &name)
{
    const auto node = world.graph.findNode(name);
    if (!node)
        return missing(name);
    return {text(name), Diagnose::tr("%1 is a node of the driver %2.").arg(text(name), text(world.node(*node).driver)),
            node, std::nullopt};
}

Party jobParty(const World &world, const std::string &name)
{
    const auto job = world.findJob(name);
    if (!job)
        return missing(name);
    const Holder holder = Holder::of(*job);
    return {text(name),
            Diagnose::tr("%1 is there; its status is “%2”.", "a job, its status")
                .arg(holderName(world, holder), statusName(world.job(*job).status)),
            std::nullopt, holder};
}

Party deviceParty(const World &world, const std::string &name)
{
    const auto user = world.findUser(name);
    if (!user)
        return nodeParty(world, name);
    const auto root = world.rootOf(*user);
    const QString what = holderName(world, Holder::of(*user));
    return {text(name),
            root ? Diagnose::tr("%1 uses node %2.").arg(what, nodeName(world, *root))
                 : Diagnose::tr("%1 uses no node.").arg(what),
            root, Holder::of(*user)};
}

/// "block device 'vda'", "node 'top'", "commit job 'c0'"; up to 6.0 the bare name of a node.
Party userParty(const World &world, const std::string &phrase)
{
    const std::size_t quote = phrase.find('\'');
    const bool isQuoted = quote != std::string::npos && phrase.back() == '\'' && quote + 1 < phrase.size();
    const std::string name = isQuoted ? phrase.substr(quote + 1, phrase.size() - quote - 2) : phrase;
    if (phrase.starts_with("block device '"))
        return deviceParty(world, name);
    if (phrase.find(" job '") != std::string::npos)
        return jobParty(world, name);
    if (phrase == "an unnamed block device")
        return {text(phrase),
                Diagnose::tr("An unnamed block device is an export, a job’s own access, or the command itself."),
                std::nullopt, std::nullopt};
    return nodeParty(world, name);
}

/// The open files of that name; a tool may have named it from where it was.
std::vector<NodeId> filesNamed(const World &world, const std::string &name)
{
    std::vector<NodeId> files = world.graph.nodes();
    std::erase_if(files, [&](NodeId node) {
        const std::string &filename = world.node(node).filename;
        return !isProtocolDriver(world.node(node).driver) || (filename != name && !filename.ends_with("/" + name));
    });
    return files;
}

Party imageParty(const World &world, const std::string &name)
{
    const auto files = filesNamed(world, name);
    if (files.empty())
        return {text(name), Diagnose::tr("No node of this graph has “%1” open.").arg(text(name)), std::nullopt,
                std::nullopt};
    return {
        text(name),
        Diagnose::tr("%1 has “%2” open.").arg(nodeName(world, files.front()), text(world.node(files.front()).filename)),
        files.front(), std::nullopt};
}

std::vector<Party> partiesOf(const World &world, const ErrorText &error)
{
    std::vector<Party> parties;
    for (const ErrorPart &part : error.parts) {
        const bool isTold = std::any_of(parties.begin(), parties.end(),
                                        [&](const Party &each) { return each.name == text(part.text); });
        if (isTold || part.text.empty())
            continue;
        if (part.kind == Kind::Node)
            parties.push_back(nodeParty(world, part.text));
        else if (part.kind == Kind::Device)
            parties.push_back(deviceParty(world, part.text));
        else if (part.kind == Kind::Job)
            parties.push_back(jobParty(world, part.text));
        else if (part.kind == Kind::User)
            parties.push_back(userParty(world, part.text));
        else if (part.kind == Kind::Image)
            parties.push_back(imageParty(world, part.text));
    }
    return parties;
}

// What else is in the way --------------------------------------------------------------------

PermissionSet permissionsIn(const std::string &names)
{
    PermissionSet set = 0;
    for (unsigned i = 0; i < kPermissionCount; ++i) {
        const std::string name = qemu::permissionNames(1U << i);
        for (std::size_t at = names.find(name); at != std::string::npos; at = names.find(name, at + 1)) {
            const std::size_t end = at + name.size();
            if (end == names.size() || names[end] == ',') // "write" is no part of "write unchanged"
                set |= 1U << i;
        }
    }
    return set;
}

QString linkText(const World &world, EdgeId link)
{
    const Holder holder = world.holderBehind(link);
    return holderNameWithLink(world, holder);
}

/// Every link to \a node that does not share what is needed.
QStringList denials(const World &world, NodeId node, PermissionSet needed)
{
    QStringList lines;
    PermissionTable table(world);
    for (EdgeId link : world.node(node).parents) {
        const PermissionSet denied = needed & ~table.through(link).sharedPerm;
        if (denied != 0)
            lines += Diagnose::tr("%1 does not share “%2” on %3.")
                         .arg(linkText(world, link), text(qemu::permissionNames(denied)), nodeName(world, node));
    }
    return lines;
}

/// Every job and overlay at \a node.
QStringList blockers(const World &world, NodeId node)
{
    QStringList lines;
    for (JobId id : world.liveJobs()) {
        const Job &job = world.job(id);
        const auto &parents = world.node(node).parents;
        const bool isHere =
            std::any_of(job.nodes.begin(), job.nodes.end(), [&](const RoleNode &each) { return each.node == node; }) ||
            std::any_of(parents.begin(), parents.end(),
                        [&](EdgeId edge) { return world.graph.edge(edge).parent == Parent::of(id); });
        if (isHere && job.isActive())
            lines += Diagnose::tr("%1 works on %2.").arg(holderName(world, Holder::of(id)), nodeName(world, node));
    }
    for (NodeId overlay : overlaysOf(world.graph, node))
        lines += Diagnose::tr("%1 has %2 as its backing file.").arg(nodeName(world, overlay), nodeName(world, node));
    return lines;
}

/// "Need a root block node" names none: those that a job or a node is a parent of.
QStringList hiddenRoots(const World &world)
{
    QStringList lines;
    for (const auto &user : world.users) {
        const auto root = user->isReader() ? world.rootOf(user->id) : std::nullopt;
        const NodeId data = root ? skipFilters(world.graph, *root) : NodeId();
        for (EdgeId link : root ? world.node(data).parents : std::vector<EdgeId>()) {
            if (world.graph.edge(link).parent.kind != Parent::Kind::User)
                lines += Diagnose::tr("%1 is hidden by %2.").arg(nodeName(world, data), linkText(world, link));
        }
    }
    lines.removeDuplicates();
    return lines;
}

/// "write" and the like; other texts may have anything there.
bool isKnownPermission(const ErrorText &error)
{
    const auto permissions = error.of(Kind::Permissions);
    return permissions.size() == 1 && std::has_single_bit(permissionsIn(permissions.front()));
}

bool wantsShared(const ErrorText &error)
{
    return error.pattern.find("shared") != std::string_view::npos;
}

/// Who has locked the byte that stands in the way; of all files where the text names none.
QStringList lockHolders(const World &world, const ErrorText &error)
{
    const auto permissions = error.of(Kind::Permissions);
    const auto bits = permissionsIn(permissions.empty() ? std::string() : permissions.front());
    const auto byte = byteInTheWayOf(lockText(static_cast<unsigned>(std::countr_zero(bits)), wantsShared(error)));
    const auto images = error.of(Kind::Image);
    QStringList lines;
    for (NodeId file : images.empty() ? world.graph.nodes() : filesNamed(world, images.front())) {
        for (const ImageLock &lock : imageLocks(world, file)) {
            if (lock.byte == byte)
                lines += Diagnose::tr("%1 has locked byte %2 of “%3”.")
                             .arg(holderNameWithLink(world, lock.holder), QString::number(lock.byte),
                                  text(world.node(file).filename));
        }
    }
    if (lines.isEmpty())
        lines += Diagnose::tr("Nobody in this graph has locked byte %1 of it: a process that is not shown here has.")
                     .arg(byte.value_or(0));
    return lines;
}

QStringList othersOf(const World &world, const ErrorText &error, std::string_view cause,
                     const std::vector<Party> &parties)
{
    if (cause == "need-root-node")
        return hiddenRoots(world);
    if (cause == "image-lock" && isKnownPermission(error))
        return lockHolders(world, error);
    const auto named = std::find_if(parties.begin(), parties.end(), [](const Party &each) { return each.node; });
    if (named == parties.end())
        return {};
    const auto permissions = error.of(Kind::Permissions);
    if (cause == "permission-conflict" && !permissions.empty()) {
        const auto nodes = error.of(Kind::Node);
        const auto node = nodes.empty() ? named->node : world.graph.findNode(nodes.front());
        return node ? denials(world, *node, permissionsIn(permissions.front())) : QStringList();
    }
    return blockers(world, *named->node);
}

// What would help ----------------------------------------------------------------------------

QString adviceFor(const World &world, const Holder &holder)
{
    const QString name = holderName(world, holder);
    if (holder.kind == Holder::Kind::Job)
        return Diagnose::tr("Wait for %1, or cancel it.").arg(name);
    if (holder.kind != Holder::Kind::User)
        return {};
    switch (world.user(UserId{holder.id}).kind) {
    case User::Kind::Guest:
        return Diagnose::tr("Open the device of %1 with share-rw=on if the guest can live with other writers.")
            .arg(name);
    case User::Kind::Export:
        return Diagnose::tr("Remove %1.").arg(name);
    case User::Kind::Backend:
        break;
    }
    return {};
}

QString lockAdvice(const ErrorText &error)
{
    if (wantsShared(error))
        return Diagnose::tr(
            "Read it with force-share (-U of the tools) if what is half written does no harm, or ask the "
            "process that has it open.");
    return Diagnose::tr("Let the process that has it open do what is to be done, or close the image there first.");
}

QStringList adviceOf(const World &world, const ErrorText &error, const Diagnosis &diagnosis)
{
    QStringList advice;
    if (diagnosis.cause == "image-lock")
        advice += lockAdvice(error);
    for (const Party &party : diagnosis.parties) {
        const QString line = party.holder ? adviceFor(world, *party.holder) : QString();
        if (!line.isEmpty())
            advice += line;
    }
    for (const Party &party : diagnosis.parties) {
        for (JobId id : party.node ? world.liveJobs() : std::vector<JobId>()) {
            const Job &job = world.job(id);
            if (job.isActive() && std::any_of(job.nodes.begin(), job.nodes.end(),
                                              [&](const RoleNode &each) { return each.node == *party.node; }))
                advice += adviceFor(world, Holder::of(id));
        }
    }
    advice.removeDuplicates();
    return advice;
}

} // namespace

Diagnosis diagnose(const World &world, const QString &errorText)
{
    const std::string utf8 = errorText.left(static_cast<qsizetype>(kMaximumErrorText) + 1).toStdString();
    Diagnosis result;
    if (errorText.trimmed().isEmpty()) {
        result.headline = Diagnose::tr("There is no text: copy what QEMU answered, and paste it then.");
        return result;
    }
    const auto error = readErrorText(utf8);
    if (!error) {
        static const QRegularExpression kPart(u"%[a-z]"_s);
        const QString nearest = text(nearestErrorText(utf8)).replace(kPart, u"…"_s);
        result.headline = nearest.isEmpty()
                              ? Diagnose::tr("This text is not known, and none that is known is like it.")
                              : Diagnose::tr("This text is not known. The nearest that is: “%1”").arg(nearest);
        return result;
    }
    result.isUnderstood = true;
    result.cause = causeOf(utf8);
    result.code = codeOf(result.cause);
    const QString brief = result.code.isEmpty() ? QString() : codeText(result.code).brief;
    result.headline = brief.isEmpty() ? Diagnose::tr("The command has a condition that is not met.") : brief;
    result.parties = partiesOf(world, *error);
    result.others = othersOf(world, *error, result.cause, result.parties);
    result.advice = adviceOf(world, *error, result);
    return result;
}

QString toPlainText(const Diagnosis &diagnosis)
{
    QStringList lines{diagnosis.headline};
    const auto section = [&](const QString &title, const QStringList &items) {
        if (items.isEmpty())
            return;
        lines += {QString(), title};
        for (const QString &item : items)
            lines += u"- "_s + item;
    };
    QStringList parties;
    for (const Party &party : diagnosis.parties)
        parties += party.text;
    section(Diagnose::tr("Whom it names:"), parties);
    section(Diagnose::tr("What is in the way there:"), diagnosis.others);
    section(Diagnose::tr("Would help:"), diagnosis.advice);
    if (!diagnosis.code.isEmpty())
        lines += {QString(), codeText(diagnosis.code).detail};
    return lines.join(u'\n') + u'\n';
}

} // namespace blockscope
