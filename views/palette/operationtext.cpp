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
    OperationText{"stop", QT_TRANSLATE_NOOP("Operation", "Pauses the guest: it requires nothing until it goes on.")},
    OperationText{"cont", QT_TRANSLATE_NOOP("Operation", "Lets the guest go on; it reads and writes again.")},
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
