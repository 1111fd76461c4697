// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/palette/operationtext.h"

#include "views/common/icon.h"

#include <QCoreApplication>

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
    OperationText{"blockdev-snapshot", QT_TRANSLATE_NOOP("Operation", "Puts an overlay on top of a node; from then on "
                                                                      "its users write to the overlay.")},
    OperationText{"blockdev-add", QT_TRANSLATE_NOOP("Operation", "Adds a node to the graph.")},
    OperationText{"blockdev-del", QT_TRANSLATE_NOOP("Operation", "Takes a node that nobody uses out of the graph.")},
    OperationText{"change-backing-file", QT_TRANSLATE_NOOP("Operation", "Rewrites the name of the backing file in an "
                                                                        "image's header.")},
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

QIcon iconOf(const Operation &operation)
{
    if (operation.name == "stop")
        return icon(u"vm-pause"_s);
    if (operation.name == "cont")
        return icon(u"vm-run"_s);
    return icon(nameOf(operation));
}

} // namespace blockscope::views
