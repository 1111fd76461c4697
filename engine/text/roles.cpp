// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/text/roles.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace blockscope {

namespace {

struct Roles
{
    Q_DECLARE_TR_FUNCTIONS(Roles)
};

struct RoleText
{
    std::string_view operation; // empty for users and links
    std::string_view role;      // as in operations.md, Appendix A
    const char *name;           // a noun
    const char *clause;         // %1 the holder, %2 the node
    const char *reason;         // whole sentences
};

constexpr std::array kStanding{
    RoleText{
        {},
        "guest",
        QT_TRANSLATE_NOOP("Roles", "the disk of a guest"),
        QT_TRANSLATE_NOOP("Roles", "%1 is using %2"),
        QT_TRANSLATE_NOOP("Roles", "The guest does I/O through it, and nobody else may change what it reads there.")},
    RoleText{{},
             "nbd-ro",
             QT_TRANSLATE_NOOP("Roles", "an exported node"),
             QT_TRANSLATE_NOOP("Roles", "%1 is serving %2"),
             QT_TRANSLATE_NOOP("Roles", "Clients read it and rely on the size they were told.")},
    RoleText{{},
             "nbd-rw",
             QT_TRANSLATE_NOOP("Roles", "an exported node"),
             QT_TRANSLATE_NOOP("Roles", "%1 is serving %2 for writing"),
             QT_TRANSLATE_NOOP("Roles", "Clients read and write it and rely on the size they were told.")},
    RoleText{{},
             "above-written",
             QT_TRANSLATE_NOOP("Roles", "a node above one that is written"),
             QT_TRANSLATE_NOOP("Roles", "%1 is changing what %2 shows"),
             QT_TRANSLATE_NOOP("Roles", "It reads through a node that is written, so what it shows changes with it.")},
    RoleText{{},
             "image-lock",
             QT_TRANSLATE_NOOP("Roles", "a file that is locked"),
             QT_TRANSLATE_NOOP("Roles", "%1 has the file of %2 locked"),
             QT_TRANSLATE_NOOP("Roles", "Processes that open one image keep off each other by locks on the file.")},
    RoleText{{},
             "edge-backing",
             QT_TRANSLATE_NOOP("Roles", "a node that another passes reads on to"),
             QT_TRANSLATE_NOOP("Roles", "%1 needs %2 below it"),
             QT_TRANSLATE_NOOP("Roles", "The node above passes reads on to it, so it must stay.")},
    RoleText{
        {},
        "edge-file-rw",
        QT_TRANSLATE_NOOP("Roles", "the file below a format"),
        QT_TRANSLATE_NOOP("Roles", "%1 keeps its image in %2"),
        QT_TRANSLATE_NOOP("Roles", "The format above writes it and caches its metadata: nobody else may write it.")},
    RoleText{{},
             "edge-file-ro",
             QT_TRANSLATE_NOOP("Roles", "the file below a format"),
             QT_TRANSLATE_NOOP("Roles", "%1 keeps its image in %2"),
             QT_TRANSLATE_NOOP("Roles", "The format above caches its metadata: nobody may write below it.")},
    RoleText{{},
             "edge-raw-ro",
             QT_TRANSLATE_NOOP("Roles", "the file below a raw node"),
             QT_TRANSLATE_NOOP("Roles", "%1 reads %2"),
             QT_TRANSLATE_NOOP("Roles", "A raw node only passes reads on; it has no metadata that could go stale.")},
    RoleText{{},
             "quorum-child",
             QT_TRANSLATE_NOOP("Roles", "one of several equal children"),
             QT_TRANSLATE_NOOP("Roles", "%1 keeps %2 equal to its siblings"),
             QT_TRANSLATE_NOOP("Roles", "All children must stay alike, so nobody else may change one of them.")},
};

constexpr std::array kJobs{
    RoleText{"block-stream", "top", QT_TRANSLATE_NOOP("Roles", "its top"),
             QT_TRANSLATE_NOOP("Roles", "%1 is copying data up into %2"),
             QT_TRANSLATE_NOOP("Roles", "Data is copied up into it; at the end its backing file is rewritten, in the "
                                        "header and in the graph.")},
    RoleText{
        "block-stream", "mid", QT_TRANSLATE_NOOP("Roles", "an intermediate node"),
        QT_TRANSLATE_NOOP("Roles", "%1 is copying %2 up and will drop it"),
        QT_TRANSLATE_NOOP("Roles", "Each cluster is read once, so it may not change; at the end it leaves the chain.")},
    RoleText{"block-stream", "base", QT_TRANSLATE_NOOP("Roles", "its base"),
             QT_TRANSLATE_NOOP("Roles", "%1 needs %2 as the new backing file"),
             QT_TRANSLATE_NOOP("Roles", "Its name becomes the backing file of the top; its data is never read.")},
    RoleText{"block-commit", "top", QT_TRANSLATE_NOOP("Roles", "its top"),
             QT_TRANSLATE_NOOP("Roles", "%1 is copying %2 down and will drop it"),
             QT_TRANSLATE_NOOP("Roles", "Its data is read once and copied down; then it leaves the chain.")},
    RoleText{"block-commit", "mid", QT_TRANSLATE_NOOP("Roles", "an intermediate node"),
             QT_TRANSLATE_NOOP("Roles", "%1 is rewriting what %2 shows and will drop it"),
             QT_TRANSLATE_NOOP("Roles", "What it shows changes while the base below it is overwritten, so it becomes "
                                        "garbage; at the end it leaves the chain.")},
    RoleText{"block-commit", "base", QT_TRANSLATE_NOOP("Roles", "its base"),
             QT_TRANSLATE_NOOP("Roles", "%1 is overwriting %2"),
             QT_TRANSLATE_NOOP("Roles",
                               "It is overwritten cluster by cluster: who reads it meanwhile sees a mix of old "
                               "and new.")},
    RoleText{"block-commit", "overlay", QT_TRANSLATE_NOOP("Roles", "the overlay of its top"),
             QT_TRANSLATE_NOOP("Roles", "%1 will rewrite the backing link of %2"),
             QT_TRANSLATE_NOOP("Roles",
                               "At the end its backing file is rewritten, in the header and in the graph; what "
                               "it shows stays the same.")},
    RoleText{"block-commit", "sibling", QT_TRANSLATE_NOOP("Roles", "another node above its base"),
             QT_TRANSLATE_NOOP("Roles", "%1 is changing what %2 shows"),
             QT_TRANSLATE_NOOP("Roles",
                               "It reads through a node that is overwritten, so what it shows changes although "
                               "the job never touches it.")},
    RoleText{"block-commit", "parent", QT_TRANSLATE_NOOP("Roles", "a node above its top"),
             QT_TRANSLATE_NOOP("Roles", "%1 will move the link of %2"),
             QT_TRANSLATE_NOOP("Roles", "At the pivot its link moves to the base.")},
    RoleText{"block-commit-active", "top", QT_TRANSLATE_NOOP("Roles", "its top, the active layer"),
             QT_TRANSLATE_NOOP("Roles", "%1 is copying %2 down"),
             QT_TRANSLATE_NOOP("Roles",
                               "Its data is copied down while the guest goes on writing; at the pivot its users "
                               "move to the base.")},
    RoleText{"block-commit-active", "base", QT_TRANSLATE_NOOP("Roles", "its base"),
             QT_TRANSLATE_NOOP("Roles", "%1 is overwriting %2"),
             QT_TRANSLATE_NOOP("Roles",
                               "It is overwritten cluster by cluster, and then it takes the place of the active "
                               "layer.")},
    RoleText{"blockdev-mirror", "source", QT_TRANSLATE_NOOP("Roles", "its source"),
             QT_TRANSLATE_NOOP("Roles", "%1 is copying %2"),
             QT_TRANSLATE_NOOP("Roles",
                               "Its data is read while the guest goes on writing; at the pivot its users move to "
                               "the target.")},
    RoleText{"blockdev-mirror", "chain", QT_TRANSLATE_NOOP("Roles", "a node below its source"),
             QT_TRANSLATE_NOOP("Roles", "%1 is copying data out of %2"),
             QT_TRANSLATE_NOOP("Roles", "It supplies data of the source, so it may not change behind the job's back.")},
    RoleText{"blockdev-mirror", "target", QT_TRANSLATE_NOOP("Roles", "its target"),
             QT_TRANSLATE_NOOP("Roles", "%1 is filling %2"),
             QT_TRANSLATE_NOOP("Roles", "It is half copied until the job is ready, and then it takes the place of the "
                                        "source.")},
    RoleText{"blockdev-mirror", "replaces", QT_TRANSLATE_NOOP("Roles", "the node it replaces"),
             QT_TRANSLATE_NOOP("Roles", "%1 will replace %2"),
             QT_TRANSLATE_NOOP("Roles", "At the pivot its parents move to the target.")},
    RoleText{"blockdev-mirror", "above", QT_TRANSLATE_NOOP("Roles", "a node above its target"),
             QT_TRANSLATE_NOOP("Roles", "%1 is changing what %2 shows"),
             QT_TRANSLATE_NOOP("Roles", "It reads through the target, so what it shows changes with it.")},
    RoleText{"blockdev-backup", "above", QT_TRANSLATE_NOOP("Roles", "a node above its target"),
             QT_TRANSLATE_NOOP("Roles", "%1 is changing what %2 shows"),
             QT_TRANSLATE_NOOP("Roles", "It reads through the target, so what it shows changes with it.")},
    RoleText{
        "blockdev-backup", "source", QT_TRANSLATE_NOOP("Roles", "its source"),
        QT_TRANSLATE_NOOP("Roles", "%1 is copying %2 as it was"),
        QT_TRANSLATE_NOOP("Roles", "Old data is saved before a write changes it, so the guest may go on writing.")},
    RoleText{"blockdev-backup", "chain", QT_TRANSLATE_NOOP("Roles", "a node below its source"),
             QT_TRANSLATE_NOOP("Roles", "%1 is copying data out of %2"),
             QT_TRANSLATE_NOOP("Roles", "It supplies old data, so it may not change behind the job's back.")},
    RoleText{"blockdev-backup", "target", QT_TRANSLATE_NOOP("Roles", "its target"),
             QT_TRANSLATE_NOOP("Roles", "%1 is filling %2"),
             QT_TRANSLATE_NOOP("Roles", "It is incomplete until the job ends, so nobody may read or write it.")},
};

constexpr std::array kSynchronous{
    RoleText{"blockdev-snapshot", "old", QT_TRANSLATE_NOOP("Roles", "the old active layer"), nullptr, nullptr},
    RoleText{"blockdev-snapshot", "overlay", QT_TRANSLATE_NOOP("Roles", "the new active layer"), nullptr, nullptr},
    RoleText{"blockdev-snapshot", "parent", QT_TRANSLATE_NOOP("Roles", "a node above the old active layer"), nullptr,
             nullptr},
    RoleText{"change-backing-file", "image", QT_TRANSLATE_NOOP("Roles", "the image whose header changes"), nullptr,
             nullptr},
    RoleText{"change-backing-file", "above", QT_TRANSLATE_NOOP("Roles", "a node above that image"), nullptr, nullptr},
    RoleText{"blockdev-add", "child", QT_TRANSLATE_NOOP("Roles", "a child of the new node"), nullptr, nullptr},
    RoleText{"blockdev-del", "node", QT_TRANSLATE_NOOP("Roles", "the node to delete"), nullptr, nullptr},
};

// What a role is called for an operation that has no row of its own.
constexpr std::array kAny{
    RoleText{{}, "node", QT_TRANSLATE_NOOP("Roles", "the node itself"), nullptr, nullptr},
    RoleText{{}, "root", QT_TRANSLATE_NOOP("Roles", "the root of a disk"), nullptr, nullptr},
    RoleText{{}, "top", QT_TRANSLATE_NOOP("Roles", "its top"), nullptr, nullptr},
    RoleText{{}, "base", QT_TRANSLATE_NOOP("Roles", "its base"), nullptr, nullptr},
    RoleText{{}, "sibling", QT_TRANSLATE_NOOP("Roles", "another node above its base"), nullptr, nullptr},
    RoleText{{}, "above", QT_TRANSLATE_NOOP("Roles", "a node above that shows other data"), nullptr, nullptr},
    RoleText{{}, "source", QT_TRANSLATE_NOOP("Roles", "its source"), nullptr, nullptr},
    RoleText{{}, "target", QT_TRANSLATE_NOOP("Roles", "its target"), nullptr, nullptr},
    RoleText{{}, "chain", QT_TRANSLATE_NOOP("Roles", "a node below its source"), nullptr, nullptr},
    RoleText{{}, "old", QT_TRANSLATE_NOOP("Roles", "the old active layer"), nullptr, nullptr},
    RoleText{{}, "overlay", QT_TRANSLATE_NOOP("Roles", "the new active layer"), nullptr, nullptr},
    RoleText{{}, "parent", QT_TRANSLATE_NOOP("Roles", "a node above the old active layer"), nullptr, nullptr},
    RoleText{{}, "source node", QT_TRANSLATE_NOOP("Roles", "the node of the bitmap that is merged"), nullptr, nullptr},
    RoleText{{}, "protocol node", QT_TRANSLATE_NOOP("Roles", "the file to format"), nullptr, nullptr},
    RoleText{{}, "quorum", QT_TRANSLATE_NOOP("Roles", "the quorum node"), nullptr, nullptr},
    RoleText{{}, "new child", QT_TRANSLATE_NOOP("Roles", "the new child"), nullptr, nullptr},
    RoleText{{}, "child", QT_TRANSLATE_NOOP("Roles", "the child to remove"), nullptr, nullptr},
    RoleText{{},
             "unlisted",
             QT_TRANSLATE_NOOP("Roles", "a node below that is not listed"),
             QT_TRANSLATE_NOOP("Roles", "%1 locks %2 as well"),
             QT_TRANSLATE_NOOP("Roles", "Reading N4 is off, so whatever is below a listed node is locked.")},
};

template <std::size_t size>
const RoleText *findIn(const std::array<RoleText, size> &table, std::string_view operation, std::string_view role)
{
    const auto found = std::find_if(table.begin(), table.end(), [&](const RoleText &each) {
        return each.operation == operation && each.role == role;
    });
    return found == table.end() ? nullptr : &*found;
}

/// The operation that does the same on nodes that are there already, or in another phase.
std::string_view alikeOperation(std::string_view operation)
{
    static constexpr std::array<std::array<std::string_view, 2>, 4> kAlike{
        {{"block-commit-active", "block-commit"},
         {"drive-mirror", "blockdev-mirror"},
         {"drive-backup", "blockdev-backup"},
         {"blockdev-snapshot-sync", "blockdev-snapshot"}}};
    const auto found = std::find_if(kAlike.begin(), kAlike.end(), [&](const auto &row) { return row[0] == operation; });
    return found == kAlike.end() ? std::string_view() : (*found)[1];
}

const RoleText *findRole(std::string_view operation, std::string_view role)
{
    // "source(with bitmap)" is still a source.
    role = role.substr(0, role.find('('));
    if (const RoleText *found = findIn(kStanding, {}, role))
        return found;
    if (const RoleText *found = findIn(kJobs, operation, role))
        return found;
    if (const std::string_view alike = alikeOperation(operation); !alike.empty())
        return findRole(alike, role);
    if (const RoleText *found = findIn(kSynchronous, operation, role))
        return found;
    return findIn(kAny, {}, role);
}

const RoleText *findRole(const World &world, Holder holder, std::string_view role)
{
    if (holder.kind != Holder::Kind::Job)
        return findRole({}, role);
    const Job &job = world.job(JobId{holder.id});
    // Only the commit of an active layer has no overlay above its top.
    if (job.operation == "block-commit" && !job.node("overlay"))
        return findRole("block-commit-active", role);
    return findRole(job.operation, role);
}

} // namespace

QString roleName(std::string_view operation, std::string_view role)
{
    if (const RoleText *found = findRole(operation, role))
        return Roles::tr(found->name);
    return QString::fromUtf8(role.data(), static_cast<qsizetype>(role.size()));
}

QString roleClause(const World &world, Holder holder, std::string_view role, const QString &holderName,
                   const QString &node)
{
    const RoleText *found = findRole(world, holder, role);
    const char *clause = found != nullptr ? found->clause : nullptr;
    return (clause != nullptr ? Roles::tr(clause) : Roles::tr("%1 holds %2")).arg(holderName, node);
}

QString roleReason(const World &world, Holder holder, std::string_view role, const QString &node)
{
    const RoleText *found = findRole(world, holder, role);
    if (found == nullptr || found->reason == nullptr)
        return {};
    if (holder.kind != Holder::Kind::Job)
        return Roles::tr(found->reason);
    return Roles::tr("For %1, %2 is %3. %4", "a job, a node, its role for the job, and what that means")
        .arg(holderName(world, holder), node, Roles::tr(found->name), Roles::tr(found->reason));
}

} // namespace blockscope
