// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/inputfile.h"
#include "app/qemurun.h"
#include "engine/files/file.h"
#include "engine/files/jsonwriter.h"
#include "engine/files/reproducer.h"
#include "engine/text/names.h"
#include "engine/text/unplayedtext.h"

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

constexpr const char *kTimeout = "30"; // seconds; starting QEMU on a busy machine takes some

std::string sentence(const Unplayed &unplayed)
{
    return unplayedText(unplayed).toStdString();
}

/// What came of one event on both sides.
struct Comparison
{
    enum class Kind : std::uint8_t { Same, Different, Skipped, NotCompared };

    const ReproducedEvent &event;
    Kind kind = Kind::NotCompared;
    std::optional<QemuAnswer> qemu;
};

Comparison compare(const ReproducedEvent &event, const QemuAnswers &answers)
{
    if (event.unplayed)
        return {event, Comparison::Kind::Skipped, std::nullopt};
    const auto found = answers.find(event.index);
    if (found == answers.end())
        return {event, Comparison::Kind::Different, std::nullopt};
    const bool isSame = (event.ours == Outcome::Kind::Allowed) == found->second.isAllowed;
    if (!event.isCompared)
        return {event, Comparison::Kind::NotCompared, found->second};
    return {event, isSame ? Comparison::Kind::Same : Comparison::Kind::Different, found->second};
}

const char *toString(Comparison::Kind kind)
{
    switch (kind) {
    case Comparison::Kind::Same:
        return "same";
    case Comparison::Kind::Different:
        return "different";
    case Comparison::Kind::Skipped:
        return "skipped";
    case Comparison::Kind::NotCompared:
        break;
    }
    return "not-compared";
}

QString shown(Comparison::Kind kind)
{
    switch (kind) {
    case Comparison::Kind::Same:
        return Cli::tr("same");
    case Comparison::Kind::Different:
        return Cli::tr("DIFFERENT");
    case Comparison::Kind::Skipped:
        return Cli::tr("skipped");
    case Comparison::Kind::NotCompared:
        break;
    }
    return u"-"_s;
}

const char *verdictOf(const QemuAnswer &answer)
{
    return answer.isAllowed ? "allowed" : "refused";
}

/// resources/schema/reproduction.schema.json
Value toJson(const Comparison &comparison)
{
    const ReproducedEvent &event = comparison.event;
    Object object{{"version", std::int64_t{1}},
                  {"index", static_cast<std::int64_t>(event.index)},
                  {"event", writeEvent(event.event)},
                  {"result", toString(comparison.kind)}};
    if (event.unplayed) {
        object["reason"] = sentence(*event.unplayed);
        return object;
    }
    object["ours"] = blockscope::toString(event.ours);
    if (!event.error.empty())
        object["ours-error"] = event.error;
    if (comparison.qemu && event.isCompared)
        object["qemu"] = verdictOf(*comparison.qemu);
    if (comparison.qemu && !comparison.qemu->error.empty())
        object["qemu-error"] = comparison.qemu->error;
    return object;
}

void printText(const Call &call, const Comparison &comparison)
{
    const ReproducedEvent &event = comparison.event;
    const bool isPair = comparison.kind == Comparison::Kind::Same || comparison.kind == Comparison::Kind::Different;
    const QString ours = isPair ? QString::fromLatin1(blockscope::toString(event.ours)) : QString();
    const QString qemu = isPair && comparison.qemu ? QString::fromLatin1(verdictOf(*comparison.qemu)) : QString();
    call.out << u"%1  %2  %3  %4  %5\n"_s.arg(event.index, 3)
                    .arg(shown(comparison.kind), -9)
                    .arg(ours, -7)
                    .arg(qemu, -7)
                    .arg(eventLine(event.event));
    if (!event.error.empty())
        call.out << u"     "_s << Cli::tr("ours: %1").arg(QString::fromStdString(event.error)) << '\n';
    if (comparison.qemu && !comparison.qemu->error.empty())
        call.out << u"     "_s << Cli::tr("QEMU: %1").arg(QString::fromStdString(comparison.qemu->error)) << '\n';
}

int printComparisons(const Call &call, const Reproduction &reproduction, const QemuAnswers &answers, bool isJson)
{
    int exitCode = kSuccess;
    if (!isJson && reproduction.events.empty())
        call.out << Cli::tr("QEMU has built the graph; there are no events to send.") << '\n';
    else if (!isJson)
        call.out << u"  #  %1  %2  QEMU\n"_s.arg(QString(), -9).arg(Cli::tr("ours"), -7);
    for (const ReproducedEvent &event : reproduction.events) {
        const Comparison comparison = compare(event, answers);
        if (comparison.kind == Comparison::Kind::Different)
            exitCode = kDifference;
        if (isJson)
            call.out << QString::fromStdString(writeJsonLine(toJson(comparison))) << '\n';
        else
            printText(call, comparison);
    }
    return exitCode;
}

void tellWhatIsLeftOut(const Call &call, const QString &file, const Reproduction &reproduction)
{
    for (const Unplayed &note : reproduction.notes)
        fail(call, file, unplayedText(note));
    for (const ReproducedEvent &event : reproduction.events) {
        if (event.unplayed)
            fail(call, file, Cli::tr("event %1: %2").arg(event.index).arg(unplayedText(*event.unplayed)));
    }
}

Result<Reproduction> reproductionOf(const Scenario &scenario, std::size_t count)
{
    std::vector<Event> events;
    for (std::size_t i = 0; i < count; ++i)
        events.push_back(scenario.events[i].event);
    return reproduce(scenario.world, events);
}

int compareWithQemu(const Call &call, const Reproduction &reproduction, const QByteArray &script, double timeout,
                    bool isJson)
{
    if (const auto missing = missingProgram())
        return fail(call, u"reproduce"_s, *missing);
    const Result<QemuAnswers> answers = askQemu(script, timeout, call.err);
    if (!answers)
        return fail(call, u"reproduce"_s, answers.error());
    return printComparisons(call, reproduction, *answers, isJson);
}

Result<double> timeoutOf(const QCommandLineParser &parser)
{
    bool isNumber = false;
    const double seconds = parser.value(u"timeout"_s).toDouble(&isNumber);
    if (isNumber && seconds > 0 && seconds <= 86400)
        return seconds;
    return Error{"ARG-OPTION", "--timeout", Cli::tr("This is no number of seconds.").toStdString()};
}

void addOptions(QCommandLineParser &parser)
{
    parser.addPositionalArgument(u"file"_s, Cli::tr("A scenario or a capture."), u"FILE"_s);
    parser.addOptions(
        {{{u"o"_s, u"output"_s}, Cli::tr("The script to write; without this, to the standard output."), u"SCRIPT"_s},
         {u"run"_s, Cli::tr("Run it with the QEMU of this machine, and compare.")},
         {u"timeout"_s, Cli::tr("With --run: how long QEMU may take for one answer, in seconds."), u"S"_s,
          QString::fromLatin1(kTimeout)},
         eventsOption(),
         atOption(),
         formatOption()});
}

int run(const Call &call)
{
    QCommandLineParser parser;
    addOptions(parser);
    const QString epilogue = Cli::tr(
        "The script needs python3 and, of Debian, qemu-utils and qemu-system-x86 (7.2). It makes small images in a\n"
        "scratch folder, builds the graph with them, sends the events, and prints what QEMU answers. It touches\n"
        "nothing outside that folder: files, sockets and drivers of the FILE are replaced. Jobs are started slowly, "
        "so\n"
        "that they stay where they are. What cannot be sent is told on the standard error, with the reason.\n"
        "With --run each line has the number of an event, whether both agree, what the policy qemu says and what QEMU\n"
        "says; only allowed or not counts, error texts may differ.\n"
        "Exit codes: 0 written, or both say the same; 1 they differ; 2 bad input, or it could not be reproduced.\n");
    if (const auto exit = parse(parser, kReproduceVerb, call, epilogue))
        return *exit;
    const QStringList files = parser.positionalArguments();
    if (files.size() != 1)
        return failUsage(call, kReproduceVerb, Cli::tr("One file is expected."));
    const Result<bool> isJson = wantsJson(parser);
    if (!isJson)
        return fail(call, u"reproduce"_s, isJson.error());
    const Result<double> timeout = timeoutOf(parser);
    if (!timeout)
        return fail(call, u"reproduce"_s, timeout.error());
    Result<Scenario> scenario = readInput(files.first());
    if (!scenario)
        return fail(call, files.first(), scenario.error());
    if (const auto wrong = applyEvents(parser, *scenario))
        return fail(call, wrong->file, wrong->error);
    const Result<std::size_t> count = eventCount(parser, scenario->events.size());
    if (!count)
        return fail(call, u"reproduce"_s, count.error());
    const Result<Reproduction> reproduction = reproductionOf(*scenario, *count);
    if (!reproduction)
        return fail(call, files.first(), reproduction.error());
    tellWhatIsLeftOut(call, files.first(), *reproduction);
    if (!reproduction->isPlayable())
        return fail(call, files.first(), Cli::tr("None of its events can be sent to a real QEMU."));
    const QByteArray script = reproducerScript(*reproduction, scenario->title, sentence);
    const QString output = parser.value(u"output"_s);
    if (!output.isEmpty()) {
        if (const auto error = writeFile(output, script))
            return fail(call, output, *error);
    } else if (!parser.isSet(u"run"_s)) {
        call.out << QString::fromLatin1(script);
    }
    return parser.isSet(u"run"_s) ? compareWithQemu(call, *reproduction, script, *timeout, *isJson) : kSuccess;
}

} // namespace

const Verb kReproduceVerb{
    "reproduce",
    QT_TRANSLATE_NOOP("Cli", "Writes a script that builds the graph in a real QEMU, or runs it and compares."), run};

} // namespace blockscope::app
