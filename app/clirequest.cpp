// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/inputfile.h"
#include "app/outcomejson.h"
#include "app/requestarguments.h"
#include "engine/files/eventjson.h"
#include "engine/files/jsonreader.h"
#include "engine/files/jsonwriter.h"
#include "engine/operations/catalogue.h"
#include "engine/text/explain.h"

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString parameterText(const Parameter &parameter)
{
    QString value = text(parameter.name) + u"="_s;
    if (parameter.choices.empty())
        value += parameter.kind == Parameter::Kind::Number ? u"N"_s : u"…"_s;
    QStringList choices;
    for (std::string_view choice : parameter.choices)
        choices += text(choice);
    value += choices.join(u'|');
    return parameter.isRequired ? value : u'[' + value + u']';
}

QString epilogue()
{
    QString lines = Cli::tr("Operations and their arguments, named as in QMP:\n");
    for (const Operation *operation : operations()) {
        lines += u"  "_s + text(operation->name);
        for (const Parameter &parameter : operation->parameters)
            lines += u' ' + parameterText(parameter);
        lines += u'\n';
    }
    lines += Cli::tr(
        "Commands to a job are taken as well, “job-complete id=j0” for example. A value that begins with { or [ "
        "is JSON; so may the whole command be: '{\"execute\": \"block-stream\", \"arguments\": {\"device\": "
        "\"top\"}}'.\n"
        "Nothing is written: the request is decided, as if it came after the file's events.\n"
        "Exit codes: 0 allowed, 1 refused, 2 invalid or bad input.\n");
    return lines;
}

void printJson(const Call &call, const World &before, const World &after, const QmpCommand &request,
               const Outcome &outcome)
{
    const Value json = outcomeJson(0, outcome, after, answersTo(before, Event(request)));
    call.out << QString::fromStdString(writeJsonLine(json)) << '\n';
}

void printText(const Call &call, const World &before, const QmpCommand &request, const Outcome &outcome)
{
    Explanation why = explain(before, request, outcome);
    if (outcome.kind == Outcome::Kind::Refused)
        why.remedies = remedyTexts(before, remedies(before, request));
    call.out << toPlainText(why);
}

int exitCode(Outcome::Kind kind)
{
    switch (kind) {
    case Outcome::Kind::Allowed:
        return kSuccess;
    case Outcome::Kind::Refused:
        return kDifference;
    case Outcome::Kind::Invalid:
        return kBadInput;
    }
    return kBadInput;
}

Result<QmpCommand> commandFromJson(const QString &json)
{
    const Result<Value> value = readJson(json.toStdString());
    if (!value)
        return value.error();
    const Place outermost;
    const Result<Event> event = readEvent(*value, outermost.at("request"));
    if (!event)
        return event.error();
    if (const auto *command = std::get_if<QmpCommand>(&*event))
        return *command;
    return Error{"ARG-TYPE", "request", Cli::tr("A QMP command is expected, not a control.").toStdString()};
}

/// \a words: the name of an operation and its arguments, or one word of JSON.
Result<QmpCommand> readRequest(const QStringList &words)
{
    if (words.size() == 1 && words.first().startsWith(u'{'))
        return commandFromJson(words.first());
    const std::string operation = words.first().toStdString();
    const Result<Object> arguments = readArguments(operation, words.mid(1));
    if (!arguments)
        return arguments.error();
    return QmpCommand{operation, *arguments};
}

int run(const Call &call)
{
    QCommandLineParser parser;
    parser.addPositionalArgument(u"file"_s, Cli::tr("A scenario or a capture."), u"FILE"_s);
    parser.addPositionalArgument(u"operation"_s, Cli::tr("A QMP command, see below."), u"OPERATION"_s);
    parser.addPositionalArgument(u"arguments"_s, Cli::tr("Its arguments."), u"KEY=VALUE..."_s);
    parser.addOptions({atOption(), policyOption(), formatOption()});
    if (const auto exit = parse(parser, kRequestVerb, call, epilogue()))
        return *exit;
    const QStringList words = parser.positionalArguments();
    if (words.size() < 2)
        return failUsage(call, kRequestVerb, Cli::tr("A file and an operation are expected."));
    const Result<bool> isJson = wantsJson(parser);
    if (!isJson)
        return fail(call, u"request"_s, isJson.error());
    Result<Scenario> scenario = readInput(words.first());
    if (!scenario)
        return fail(call, words.first(), scenario.error());
    const Result<std::size_t> count = eventCount(parser, scenario->events.size());
    if (!count)
        return fail(call, u"request"_s, count.error());
    play(scenario->world, scenario->events, *count);
    if (const auto error = applyPolicy(parser, scenario->world))
        return fail(call, u"request"_s, *error);
    const Result<QmpCommand> request = readRequest(words.mid(1));
    if (!request)
        return fail(call, u"request"_s, request.error());
    World after = scenario->world;
    const Outcome outcome = blockscope::apply(after, *request);
    if (*isJson)
        printJson(call, scenario->world, after, *request, outcome);
    else
        printText(call, scenario->world, *request, outcome);
    const QString hint = unknownNameHint(request->execute, request->arguments);
    if (outcome.kind == Outcome::Kind::Invalid && !hint.isEmpty())
        fail(call, text(request->execute), hint);
    return exitCode(outcome.kind);
}

} // namespace

const Verb kRequestVerb{"request", QT_TRANSLATE_NOOP("Cli", "Says whether an operation would be allowed, and why not."),
                        run};

} // namespace blockscope::app
