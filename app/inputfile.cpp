// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "app/inputfile.h"

#include "engine/files/capture.h"
#include "engine/files/file.h"
#include "engine/policies/policy.h"
#include "engine/run/jobgraph.h"

#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace blockscope::app {

namespace {

QString policyNames()
{
    QStringList names;
    for (const Policy *policy : policies())
        names += QString::fromUtf8(policy->name.data(), static_cast<qsizetype>(policy->name.size()));
    return names.join(u", "_s);
}

Error usage(const char *option, const QString &what)
{
    return {"ARG-OPTION", option, what.toStdString()};
}

} // namespace

Result<QByteArray> readBytes(const QString &path)
{
    if (path != "-"_L1)
        return readFile(path);
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return Error{"FILE-OPEN", {}, input.errorString().toStdString()};
    return input.readAll();
}

Result<Scenario> readInput(const QString &path)
{
    const Result<QByteArray> bytes = readBytes(path);
    if (!bytes)
        return bytes.error();
    return readAny(*bytes);
}

std::optional<Played> play(World &world, const std::vector<ScenarioEvent> &events, std::size_t count)
{
    count = std::min(count, events.size());
    for (std::size_t i = 0; i + 1 < count; ++i)
        blockscope::apply(world, events[i].event);
    if (count == 0)
        return std::nullopt;
    World before = world;
    const Event &event = events[count - 1].event;
    Outcome outcome = blockscope::apply(world, event);
    return Played{std::move(before), event, std::move(outcome)};
}

Result<std::size_t> eventCount(const QCommandLineParser &parser, std::size_t available)
{
    if (!parser.isSet(u"at"_s))
        return available;
    bool isNumber = false;
    const std::size_t count = parser.value(u"at"_s).toULongLong(&isNumber);
    if (!isNumber || count > available) {
        return usage("--at", Cli::tr("This is no number of events; the file has %n of them.", nullptr,
                                     static_cast<int>(available)));
    }
    return count;
}

std::optional<Error> applyPolicy(const QCommandLineParser &parser, World &world)
{
    if (!parser.isSet(u"policy"_s))
        return std::nullopt;
    const std::string name = parser.value(u"policy"_s).toStdString();
    const Policy *policy = findPolicy(name);
    if (policy == nullptr)
        return usage(
            "--policy",
            Cli::tr("There is no policy “%1”; there are: %2.").arg(QString::fromStdString(name), policyNames()));
    usePolicy(world, *policy);
    return std::nullopt;
}

Result<bool> wantsJson(const QCommandLineParser &parser)
{
    const QString format = parser.value(u"format"_s);
    if (format == "json"_L1 || format == "text"_L1)
        return format == "json"_L1;
    return usage("--format", Cli::tr("There is no format “%1”; there are: text, json.").arg(format));
}

std::optional<FileError> applyEvents(const QCommandLineParser &parser, Scenario &scenario)
{
    if (!parser.isSet(u"events"_s))
        return std::nullopt;
    const QString path = parser.value(u"events"_s);
    const Result<QByteArray> bytes = readBytes(path);
    if (!bytes)
        return FileError{path, bytes.error()};
    Result<std::vector<ScenarioEvent>> events = readEventLines({bytes->constData(), std::size_t(bytes->size())});
    if (!events)
        return FileError{path, events.error()};
    scenario.events = std::move(*events);
    return std::nullopt;
}

QCommandLineOption eventsOption()
{
    return {
        u"events"_s,
        Cli::tr("Apply the events in this file instead of those in FILE: one JSON object a line; “-” is the standard "
                "input."),
        u"EVENTS.jsonl"_s};
}

QCommandLineOption atOption()
{
    return {u"at"_s,
            Cli::tr("Play only the first N events of the file; 0 is its beginning. Without this, all of them."),
            u"N"_s};
}

QCommandLineOption policyOption()
{
    return {u"policy"_s, Cli::tr("Let this policy decide. There are: %1.").arg(policyNames()), u"P"_s};
}

QCommandLineOption formatOption()
{
    return {u"format"_s, Cli::tr("“text” (as without this) or “json”, one object a line."), u"text|json"_s, u"text"_s};
}

} // namespace blockscope::app
