// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/palette/operationtext.h"

#include "engine/operations/catalogue.h"
#include "views/common/icon.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace blockscope::views {
namespace {

struct OperationText
{
    Q_DECLARE_TR_FUNCTIONS(Operation)

public:
    std::string_view name;
    const char *description;
};

// To add an operation that explains itself: a line here. One without is described by what it is.
constexpr std::array kTexts{
    OperationText{"block-commit", QT_TRANSLATE_NOOP("Operation", "Copies the data of an overlay down into its base, "
                                                                 "then drops what lay between.")},
    OperationText{"block-stream", QT_TRANSLATE_NOOP("Operation", "Copies data up from the backing files, until the "
                                                                 "node no longer needs them.")},
    OperationText{"blockdev-mirror", QT_TRANSLATE_NOOP("Operation", "Copies a node to a target and keeps both equal, "
                                                                    "until the users are switched over.")},
    OperationText{"blockdev-backup", QT_TRANSLATE_NOOP("Operation", "Copies a node to a target as it is at this "
                                                                    "moment, whatever the guest writes meanwhile.")},
    OperationText{"drive-mirror", QT_TRANSLATE_NOOP("Operation", "Makes a new image and mirrors a node to it.")},
    OperationText{"drive-backup", QT_TRANSLATE_NOOP("Operation", "Makes a new image and backs a node up to it.")},
    OperationText{"blockdev-snapshot-sync",
                  QT_TRANSLATE_NOOP("Operation", "Makes a new image and puts it on top of a node as its overlay.")},
    OperationText{"blockdev-reopen", QT_TRANSLATE_NOOP("Operation", "Gives open nodes other options: read-only, or "
                                                                    "another backing file.")},
    OperationText{"x-blockdev-change",
                  QT_TRANSLATE_NOOP("Operation", "Gives a quorum another child, or takes one away.")},
    OperationText{"transaction", QT_TRANSLATE_NOOP("Operation", "Does several operations, all of them or none.")},
    OperationText{"blockdev-snapshot", QT_TRANSLATE_NOOP("Operation", "Puts an overlay on top of a node; from then on "
                                                                      "its users write to the overlay.")},
    OperationText{"blockdev-add", QT_TRANSLATE_NOOP("Operation", "Adds a node to the graph.")},
    OperationText{"blockdev-del", QT_TRANSLATE_NOOP("Operation", "Takes a node that nobody uses out of the graph.")},
    OperationText{"change-backing-file", QT_TRANSLATE_NOOP("Operation", "Rewrites the name of the backing file in an "
                                                                        "image's header.")},
    OperationText{
        "block_resize",
        QT_TRANSLATE_NOOP("Operation", "Makes a node longer or shorter. The guest is told; jobs and exports are not.")},
    OperationText{"blockdev-snapshot-internal-sync",
                  QT_TRANSLATE_NOOP("Operation", "Takes a snapshot inside an image, without the state of the VM.")},
    OperationText{"blockdev-snapshot-delete-internal-sync",
                  QT_TRANSLATE_NOOP("Operation", "Deletes a snapshot inside an image.")},
    OperationText{"savevm",
                  QT_TRANSLATE_NOOP("Operation",
                                    "Takes a snapshot of the whole VM, inside every image that the guest can write.")},
    OperationText{
        "loadvm",
        QT_TRANSLATE_NOOP("Operation", "Goes back to a snapshot of the whole VM: every image jumps to what it was.")},
    OperationText{"delvm", QT_TRANSLATE_NOOP("Operation", "Deletes a snapshot of the whole VM.")},
    OperationText{
        "snapshot-save",
        QT_TRANSLATE_NOOP("Operation", "Takes a snapshot of the VM inside the images that are named, as a job.")},
    OperationText{
        "snapshot-load",
        QT_TRANSLATE_NOOP("Operation", "Goes back to a snapshot inside the images that are named, as a job.")},
    OperationText{"snapshot-delete",
                  QT_TRANSLATE_NOOP("Operation", "Deletes a snapshot inside the images that are named, as a job.")},
    OperationText{"block-dirty-bitmap-add",
                  QT_TRANSLATE_NOOP("Operation", "Adds a bitmap to a node, in which writes are noted from now on.")},
    OperationText{"block-dirty-bitmap-remove", QT_TRANSLATE_NOOP("Operation", "Removes a dirty bitmap.")},
    OperationText{"block-dirty-bitmap-clear",
                  QT_TRANSLATE_NOOP("Operation", "Clears a dirty bitmap, as if nothing had been written.")},
    OperationText{"block-dirty-bitmap-enable",
                  QT_TRANSLATE_NOOP("Operation", "Lets a dirty bitmap note writes again.")},
    OperationText{"block-dirty-bitmap-disable",
                  QT_TRANSLATE_NOOP("Operation", "Lets a dirty bitmap note nothing more.")},
    OperationText{"block-dirty-bitmap-merge",
                  QT_TRANSLATE_NOOP("Operation", "Adds what other dirty bitmaps have noted to one.")},
    OperationText{"commit", QT_TRANSLATE_NOOP("Operation",
                                              "Copies an image down into its backing file at once, and empties it.")},
    OperationText{"x-blockdev-amend",
                  QT_TRANSLATE_NOOP("Operation", "Rewrites what an image's header says of its format.")},
    OperationText{"blockdev-create", QT_TRANSLATE_NOOP("Operation", "Writes a new, empty image into a protocol node.")},
    OperationText{"qemu-io", QT_TRANSLATE_NOOP("Operation", "Reads or writes a node behind its users' backs.")},
    OperationText{"block_set_io_throttle", QT_TRANSLATE_NOOP("Operation", "Limits how fast a device does I/O.")},
    OperationText{"qom-set", QT_TRANSLATE_NOOP("Operation", "Sets the limits of a throttle group.")},
    OperationText{"block-set-write-threshold",
                  QT_TRANSLATE_NOOP("Operation", "Asks to be told when a node is written past an offset.")},
    OperationText{"block-latency-histogram-set",
                  QT_TRANSLATE_NOOP("Operation", "Sorts a device's requests by how long they took.")},
    OperationText{"query-block", QT_TRANSLATE_NOOP("Operation", "Shows the devices and their images.")},
    OperationText{"query-blockstats", QT_TRANSLATE_NOOP("Operation", "Shows how much was read and written.")},
    OperationText{"query-named-block-nodes", QT_TRANSLATE_NOOP("Operation", "Shows all nodes.")},
    OperationText{"query-jobs", QT_TRANSLATE_NOOP("Operation", "Shows all jobs.")},
    OperationText{"query-block-jobs", QT_TRANSLATE_NOOP("Operation", "Shows the block jobs.")},
    OperationText{"x-debug-query-block-graph", QT_TRANSLATE_NOOP("Operation", "Shows nodes, links and permissions.")},
    OperationText{"check", QT_TRANSLATE_NOOP("Operation", "Checks an image for errors, as “qemu-img check” does.")},
    OperationText{"info",
                  QT_TRANSLATE_NOOP("Operation", "Shows what an image's header says, as “qemu-img info” does.")},
    OperationText{
        "map", QT_TRANSLATE_NOOP("Operation", "Shows which parts of an image are allocated, as “qemu-img map” does.")},
    OperationText{"stop", QT_TRANSLATE_NOOP("Operation", "Pauses the guest: it requires nothing until it goes on.")},
    OperationText{"cont", QT_TRANSLATE_NOOP("Operation", "Lets the guest go on; it reads and writes again.")},
    OperationText{"device_add",
                  QT_TRANSLATE_NOOP("Operation", "Plugs a disk into the guest; from then on it uses the node.")},
    OperationText{"device_del", QT_TRANSLATE_NOOP("Operation", "Unplugs a disk from the guest.")},
    OperationText{"drive_add",
                  QT_TRANSLATE_NOOP("Operation", "Opens an image for a device that is yet to be plugged.")},
    OperationText{"drive_del", QT_TRANSLATE_NOOP("Operation", "Takes an image away from under its device.")},
    OperationText{"blockdev-open-tray", QT_TRANSLATE_NOOP("Operation", "Opens the tray of a removable drive.")},
    OperationText{"blockdev-close-tray", QT_TRANSLATE_NOOP("Operation", "Shuts the tray of a removable drive.")},
    OperationText{"blockdev-insert-medium",
                  QT_TRANSLATE_NOOP("Operation", "Puts a node into a removable drive as its medium.")},
    OperationText{"blockdev-remove-medium",
                  QT_TRANSLATE_NOOP("Operation", "Takes the medium out of a removable drive.")},
    OperationText{"eject",
                  QT_TRANSLATE_NOOP("Operation", "Opens the tray of a removable drive and takes the medium out.")},
    OperationText{"blockdev-change-medium",
                  QT_TRANSLATE_NOOP("Operation", "Exchanges the medium of a removable drive for an image file.")},
    OperationText{"change",
                  QT_TRANSLATE_NOOP("Operation", "Exchanges the medium of a removable drive, under its old name.")},
    OperationText{"nbd-server-start", QT_TRANSLATE_NOOP("Operation", "Starts the NBD server, which exports need.")},
    OperationText{"nbd-server-stop", QT_TRANSLATE_NOOP("Operation", "Stops the NBD server and all it exports.")},
    OperationText{"nbd-server-add", QT_TRANSLATE_NOOP("Operation", "Exports a node over NBD, under its old name.")},
    OperationText{"nbd-server-remove", QT_TRANSLATE_NOOP("Operation", "Ends an NBD export.")},
    OperationText{"block-export-add",
                  QT_TRANSLATE_NOOP("Operation", "Serves a node to others than the guest, read-only or for writing.")},
    OperationText{"block-export-del", QT_TRANSLATE_NOOP("Operation", "Ends an export.")},
    OperationText{"system_reset", QT_TRANSLATE_NOOP("Operation", "Starts the guest anew.")},
    OperationText{
        "migrate",
        QT_TRANSLATE_NOOP("Operation", "Moves the guest to another process, to which the images are handed over.")},
    OperationText{"migrate-incoming",
                  QT_TRANSLATE_NOOP("Operation", "Waits for a guest to come in from another process.")},
    OperationText{"blockdev-set-active",
                  QT_TRANSLATE_NOOP("Operation", "Hands an image over to another process, or takes it over.")},
    OperationText{"x-blockdev-set-iothread", QT_TRANSLATE_NOOP("Operation", "Moves a node to another thread.")},
    OperationText{"xen-set-replication",
                  QT_TRANSLATE_NOOP("Operation", "Starts or stops replication to a second host (COLO).")},
};

} // namespace

QString nameOf(const Operation &operation)
{
    return QString::fromUtf8(operation.name.data(), static_cast<qsizetype>(operation.name.size()));
}

QString familyName(Family family)
{
    switch (family) {
    case Family::Jobs:
        return OperationText::tr("Background Jobs");
    case Family::Graph:
        return OperationText::tr("Graph");
    case Family::Image:
        return OperationText::tr("Image");
    case Family::Guest:
        return OperationText::tr("Guest");
    case Family::Users:
        return OperationText::tr("Users and Media");
    case Family::Inspection:
        return OperationText::tr("Inspection and Limits");
    case Family::JobControl:
        break;
    }
    return OperationText::tr("Job Control");
}

QString descriptionOf(const Operation &operation)
{
    for (const OperationText &text : kTexts) {
        if (text.name == operation.name)
            return OperationText::tr(text.description);
    }
    return operation.isJob() ? OperationText::tr("A background job.") : OperationText::tr("Takes effect at once.");
}

QString fidelityOf(const Operation &operation)
{
    switch (operation.fidelity) {
    case Fidelity::Modelled:
        return {};
    case Fidelity::Simplified:
        return OperationText::tr("Simplified here: not all that QEMU does is shown.");
    case Fidelity::JudgedOnly:
        break;
    }
    return OperationText::tr("Judged only: it is allowed or refused, and changes nothing here.");
}

QString tipOf(const Operation &operation)
{
    const QString fidelity = fidelityOf(operation);
    return fidelity.isEmpty() ? descriptionOf(operation) : descriptionOf(operation) + u'\n' + fidelity;
}

QIcon iconOf(const Operation &operation)
{
    if (operation.name == "stop")
        return icon(u"vm-pause"_s);
    if (operation.name == "cont")
        return icon(u"vm-run"_s);
    const QIcon own = icon(nameOf(operation));
    return own.isNull() ? familyIcon(operation.family) : own;
}

QIcon familyIcon(Family family)
{
    switch (family) {
    case Family::Jobs:
        return icon(u"family-jobs"_s);
    case Family::Graph:
        return icon(u"family-graph"_s);
    case Family::Image:
        return icon(u"family-image"_s);
    case Family::Guest:
        return icon(u"family-guest"_s);
    case Family::Users:
        return icon(u"family-users"_s);
    case Family::Inspection:
        return icon(u"family-inspection"_s);
    case Family::JobControl:
        break;
    }
    return icon(u"family-control"_s);
}

const std::vector<FamilyOfOperations> &families()
{
    static const std::vector<FamilyOfOperations> all = [] {
        std::vector<FamilyOfOperations> sorted;
        for (const Operation *operation : operations()) {
            auto place = std::find_if(sorted.begin(), sorted.end(), [operation](const FamilyOfOperations &each) {
                return each.family >= operation->family;
            });
            if (place == sorted.end() || place->family != operation->family)
                place = sorted.insert(place, {operation->family, {}});
            place->operations.push_back(operation);
        }
        return sorted;
    }();
    return all;
}

} // namespace blockscope::views
