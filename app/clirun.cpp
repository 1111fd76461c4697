// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/inputfile.h"
#include "app/outcomejson.h"
#include "engine/files/jsonwriter.h"
#include "engine/text/explain.h"
#include "engine/text/names.h"

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

QString jobLine(const Job &job)
{
    const Progress progress = progressOf(job);
    return u"%1 %2/%3"_s.arg(QString::fromUtf8((job.name + " " + toString(job.status)).c_str()),
                             QString::number(progress.done), QString::number(progress.total));
}

QString jobsLine(const World &world)
{
    QStringList jobs;
    for (JobId job : world.liveJobs())
        jobs += jobLine(world.job(job));
    return jobs.isEmpty() ? QString() : u"  ["_s + jobs.join(u", "_s) + u']';
}

void printText(const Call &call, std::size_t index, const World &before, const Event &event, const Outcome &outcome,
               const World &after)
{
    call.out << u"%1  %2  %3"_s.arg(index, 3).arg(QLatin1StringView(toString(outcome.kind)), -7).arg(eventLine(event))
             << jobsLine(after) << '\n';
    if (outcome.kind == Outcome::Kind::Allowed)
        return;
    const Explanation why = explain(before, event, outcome);
    call.out << u"              "_s << why.headline << '\n';
    for (const QString &line : reasonLines(why))
        call.out << u"              - "_s << line << '\n';
    if (!why.difference.isEmpty())
        call.out << u"              "_s << why.answers.join(u"; "_s) << ".\n              " << why.difference << '\n';
}

/// Applies all events, one outcome a line.
void playAloud(const Call &call, World world, const std::vector<ScenarioEvent> &events, bool isJson)
{
    for (std::size_t i = 0; i < events.size(); ++i) {
        const World before = world;
        const Outcome outcome = blockscope::apply(world, events[i].event);
        if (isJson)
            call.out << QString::fromStdString(
                            writeJsonLine(outcomeJson(i, outcome, world, answersTo(before, events[i].event))))
                     << '\n';
        else
            printText(call, i, before, events[i].event, outcome, world);
    }
}

int run(const Call &call)
{
    QCommandLineParser parser;
    parser.addPositionalArgument(u"file"_s, Cli::tr("A scenario or a capture."), u"FILE"_s);
    parser.addOptions({eventsOption(), policyOption(), formatOption()});
    const QString epilogue =
        Cli::tr("An event is a QMP command as it is sent to QEMU, or a control; a job takes no step of its own:\n"
                "  {\"execute\": \"block-commit\", \"arguments\": {\"device\": \"top\", \"job-id\": \"j0\"}}\n"
                "  {\"control\": \"step\", \"job\": \"j0\", \"count\": 5}\n"
                "  {\"control\": \"run-until\", \"job\": \"j0\", \"status\": \"ready\"}   null: until it is gone\n"
                "    It pauses, resumes, completes or dismisses the job where that is the way to the state.\n"
                "  {\"control\": \"guest-write\", \"device\": \"vda\", \"cluster\": 3}\n"
                "  {\"control\": \"set-policy\", \"policy\": \"nac\"}\n"
                "@root in an argument stands for the node that the first guest device is on at that moment.\n"
                "Exit codes: 0 all could be read (a refusal is no error), 2 bad input.\n");
    if (const auto exit = parse(parser, kRunVerb, call, epilogue))
        return *exit;
    const QStringList files = parser.positionalArguments();
    if (files.size() != 1)
        return failUsage(call, kRunVerb, Cli::tr("One file is expected."));
    const Result<bool> isJson = wantsJson(parser);
    if (!isJson)
        return fail(call, u"run"_s, isJson.error());
    Result<Scenario> scenario = readInput(files.first());
    if (!scenario)
        return fail(call, files.first(), scenario.error());
    if (const auto error = applyPolicy(parser, scenario->world))
        return fail(call, u"run"_s, *error);
    if (const auto wrong = applyEvents(parser, *scenario))
        return fail(call, wrong->file, wrong->error);
    playAloud(call, std::move(scenario->world), scenario->events, *isJson);
    return kSuccess;
}

} // namespace

const Verb kRunVerb{"run", QT_TRANSLATE_NOOP("Cli", "Applies events to a graph and prints what comes of each."), run};

} // namespace blockscope::app
