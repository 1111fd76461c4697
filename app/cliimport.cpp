// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/inputfile.h"
#include "app/mergecaptures.h"
#include "engine/files/capture.h"
#include "engine/files/file.h"
#include "engine/files/jsonwriter.h"

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

std::optional<int> readFiles(const Call &call, const QStringList &files, Object &capture)
{
    for (const QString &file : files) {
        const Result<QByteArray> bytes = readBytes(file);
        if (!bytes)
            return fail(call, file, bytes.error());
        if (const auto error = addCapture(capture, {bytes->constData(), std::size_t(bytes->size())}))
            return fail(call, file, *error);
    }
    if (!hasGraph(capture))
        return fail(call, files.last(),
                    Cli::tr("None of the files says what nodes there are (x-debug-query-block-graph or "
                            "query-named-block-nodes)."));
    return std::nullopt;
}

int run(const Call &call)
{
    QCommandLineParser parser;
    parser.addPositionalArgument(u"captures"_s, Cli::tr("Captures of one QEMU."), u"CAPTURE..."_s);
    parser.addOption({{u"o"_s, u"output"_s}, Cli::tr("The scenario to write."), u"FILE"_s});
    const QString epilogue = Cli::tr(
        "A capture is an object with the replies of x-debug-query-block-graph, query-named-block-nodes, query-block,\n"
        "query-jobs, query-block-jobs, query-block-exports and query-status under the names of the commands, or a\n"
        "bare reply of one of them. Several files are put together, so each reply may come once.\n"
        "Exit codes: 0 written, 2 bad input or it could not be written.\n");
    if (const auto exit = parse(parser, kImportVerb, call, epilogue))
        return *exit;
    const QStringList files = parser.positionalArguments();
    if (files.isEmpty() || !parser.isSet(u"output"_s))
        return failUsage(call, kImportVerb, Cli::tr("At least one capture and -o are expected."));
    Object capture;
    if (const auto exit = readFiles(call, files, capture))
        return *exit;
    const Result<Scenario> scenario = readCapture(QByteArray::fromStdString(writeJson(capture)));
    if (!scenario)
        return fail(call, files.join(u", "_s), scenario.error());
    const QString output = parser.value(u"output"_s);
    const std::optional<Error> error = writeFile(output, writeScenario(*scenario));
    return error ? fail(call, output, *error) : kSuccess;
}

} // namespace

const Verb kImportVerb{"import", QT_TRANSLATE_NOOP("Cli", "Makes a scenario of captures."), run};

} // namespace blockscope::app
