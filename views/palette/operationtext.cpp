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
