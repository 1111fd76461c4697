// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/cli.h"

#include "app/cliverb.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

constexpr std::array<const Verb *, 10> kVerbs{&kExportVerb,    &kRunVerb,    &kRequestVerb,     &kOffersVerb,
                                              &kCheckVerb,     &kImportVerb, &kPermissionsVerb, &kDiagnoseVerb,
                                              &kReproduceVerb, &kExplainVerb};

const Verb *findVerb(const QString &name)
{
    const auto found = std::find_if(kVerbs.begin(), kVerbs.end(),
                                    [&](const Verb *verb) { return name == QLatin1StringView(verb->name); });
    return found == kVerbs.end() ? nullptr : *found;
}

bool isHelp(const QString &argument)
{
    return argument == "-h"_L1 || argument == "--help"_L1;
}

bool isVersion(const QString &argument)
{
    return argument == "-v"_L1 || argument == "--version"_L1;
}

QString help()
{
    QString text =
        Cli::tr("Usage: blockscope [FILE...]\n"
                "       blockscope VERB [OPTION...] ARGUMENT...\n"
                "\n"
                "Shows a QEMU block graph, lets you drag operations onto its nodes, and explains why one was\n"
                "refused. With a FILE, a scenario or a capture, the window opens with it; without one, with\n"
                "the welcome scenario. No verb needs a display.\n"
                "\n"
                "Verbs:\n");
    for (const Verb *verb : kVerbs)
        text += u"  %1 %2\n"_s.arg(QLatin1StringView(verb->name), -12).arg(Cli::tr(verb->summary));
    text += Cli::tr("\n"
                    "Options:\n"
                    "  -h, --help     Show this, or with a verb before it what the verb can do.\n"
                    "  -v, --version  Show the version.\n"
                    "\n"
                    "Exit codes: 0 done or allowed, 1 refused or different from what was expected, 2 bad input.\n");
    return text;
}

// A raster needs fonts; help and wrong calls need nothing.
bool needsRaster(const QStringList &arguments)
{
    if (std::any_of(arguments.begin(), arguments.end(), isHelp))
        return false;
    return std::any_of(arguments.begin(), arguments.end(), [](const QString &argument) {
        return argument.endsWith(".png"_L1, Qt::CaseInsensitive) || argument.endsWith(".pdf"_L1, Qt::CaseInsensitive);
    });
}

// Without one, Qt would end the program with advice that does not help.
bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

int failToOpen(const Call &call, const QString &first)
{
    if (!first.isEmpty() && !QFileInfo::exists(first))
        return fail(call, first,
                    QCoreApplication::translate("Cli", "This is neither a verb nor a file; --help lists the verbs."));
    return fail(call, QCoreApplication::translate("Cli", "no display"),
                QCoreApplication::translate("Cli", "There is none to open a window on. To draw a picture without one: "
                                                   "blockscope export FILE -o graph.svg"));
}

} // namespace

Surface surfaceFor(const QStringList &arguments)
{
    const QString first = arguments.value(1);
    if (const Verb *verb = findVerb(first))
        return verb == &kExportVerb && needsRaster(arguments) ? Surface::Raster : Surface::None;
    return isHelp(first) || isVersion(first) || !hasDisplay() ? Surface::None : Surface::Window;
}

int runCli(const QStringList &arguments, QTextStream &out, QTextStream &err)
{
    const QString first = arguments.value(1);
    if (const Verb *verb = findVerb(first))
        return verb->run({arguments.mid(2), out, err});
    if (!isVersion(first) && !isHelp(first))
        return failToOpen({arguments.mid(2), out, err}, first);
    if (isVersion(first))
        out << "blockscope " << BLOCKSCOPE_VERSION << '\n';
    else
        out << help();
    return kSuccess;
}

} // namespace blockscope::app
