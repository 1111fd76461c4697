// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/inputfile.h"
#include "engine/files/jsonwriter.h"
#include "engine/text/diagnosis.h"

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

Value listOf(const QStringList &lines)
{
    Value::List list;
    for (const QString &line : lines)
        list.emplace_back(line.toStdString());
    return list;
}

/// resources/schema/diagnosis.schema.json
Value toJson(const World &world, const Diagnosis &diagnosis)
{
    Value::List parties;
    for (const Party &party : diagnosis.parties) {
        Object object{{"name", party.name.toStdString()}, {"text", party.text.toStdString()}};
        if (party.node)
            object["node"] = world.node(*party.node).name;
        parties.push_back(std::move(object));
    }
    return Object{{"version", std::int64_t{1}},
                  {"understood", diagnosis.isUnderstood},
                  {"cause", diagnosis.cause},
                  {"code", diagnosis.code.toStdString()},
                  {"headline", diagnosis.headline.toStdString()},
                  {"parties", std::move(parties)},
                  {"conflicts", listOf(diagnosis.others)},
                  {"advice", listOf(diagnosis.advice)}};
}

int run(const Call &call)
{
    QCommandLineParser parser;
    parser.addPositionalArgument(u"error"_s, Cli::tr("What QEMU answered."), u"ERROR-TEXT"_s);
    parser.addPositionalArgument(u"file"_s, Cli::tr("A scenario or a capture."), u"FILE"_s);
    parser.addOptions({atOption(), formatOption()});
    const QString epilogue = Cli::tr("Exit codes: 0 the text was understood, 1 it was not, 2 bad input.\n");
    if (const auto exit = parse(parser, kDiagnoseVerb, call, epilogue))
        return *exit;
    const QStringList words = parser.positionalArguments();
    if (words.size() != 2)
        return failUsage(call, kDiagnoseVerb, Cli::tr("An error text and a file are expected."));
    const Result<bool> isJson = wantsJson(parser);
    if (!isJson)
        return fail(call, u"diagnose"_s, isJson.error());
    Result<Scenario> scenario = readInput(words.at(1));
    if (!scenario)
        return fail(call, words.at(1), scenario.error());
    const Result<std::size_t> count = eventCount(parser, scenario->events.size());
    if (!count)
        return fail(call, u"diagnose"_s, count.error());
    play(scenario->world, scenario->events, *count);
    const Diagnosis found = diagnose(scenario->world, words.first());
    if (*isJson)
        call.out << QString::fromStdString(writeJsonLine(toJson(scenario->world, found))) << '\n';
    else
        call.out << toPlainText(found);
    return found.isUnderstood ? kSuccess : kDifference;
}

} // namespace

const Verb kDiagnoseVerb{"diagnose", QT_TRANSLATE_NOOP("Cli", "Explains an error text of a real QEMU on a graph."),
                         run};

} // namespace blockscope::app
