// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/eventjson.h"

#include "engine/files/jsonreader.h"
#include "engine/files/objectreader.h"

namespace blockscope {

namespace {

/// Enough to run any job to its end, few enough to end.
constexpr std::uint64_t kMaximumSteps = 1'000'000;

RunUntilControl readRunUntil(ObjectReader &reader)
{
    RunUntilControl control{reader.name("job"), JobStatus::Null};
    if (!reader.has("status")) {
        reader.fail("FILE-MISSING", "status", "this is missing: a job status, or null for until the job is gone");
        return control;
    }
    const Value status = reader.take("status");
    if (status.isNull())
        return control;
    const auto known = status.asString() != nullptr ? jobStatusFromString(*status.asString()) : std::nullopt;
    if (known)
        control.status = *known;
    else
        reader.fail("FILE-RANGE", "status", "a job status is expected here, or null for until the job is gone");
    return control;
}

std::vector<std::string> readRoles(ObjectReader &reader)
{
    std::vector<std::string> roles;
    for (const Value &role : reader.list("forget", 100)) {
        if (role.asString() != nullptr)
            roles.push_back(*role.asString());
        else
            reader.fail("FILE-KIND", "forget", "a list of roles is expected here");
    }
    return roles;
}

QmpCommand readCommand(ObjectReader &reader)
{
    QmpCommand command;
    command.execute = reader.name("execute");
    command.arguments = reader.object("arguments");
    command.forget = readRoles(reader);
    command.host = reader.text("host");
    return command;
}

SetSwitchControl readSetSwitch(ObjectReader &reader)
{
    const std::string name = reader.name("switch");
    const auto which = switchFromName(name);
    if (!which)
        reader.fail("FILE-RANGE", "switch", "there is no switch “" + name + "”");
    return {which.value_or(Switch::Enforce), reader.flag("on", true)};
}

Event readControl(ObjectReader &reader)
{
    const std::string control = reader.text("control");
    if (control == "step")
        return StepControl{reader.name("job"), reader.number("count", 1, kMaximumSteps)};
    if (control == "run-until")
        return readRunUntil(reader);
    if (control == "guest-write") {
        if (!reader.has("cluster"))
            reader.fail("FILE-MISSING", "cluster", "this is missing");
        return GuestWriteControl{reader.name("device"), reader.count("cluster", 0, kMaximumClusters)};
    }
    if (control == "set-policy")
        return SetPolicyControl{reader.name("policy")};
    if (control == "set-switch")
        return readSetSwitch(reader);
    if (control == "list")
        return ListControl{reader.name("id"), readCommand(reader)};
    if (control == "acquire")
        return AcquireControl{reader.name("id")};
    if (control == "unlist")
        return UnlistControl{reader.name("id")};
    reader.fail("FILE-EVENT", "control",
                "there is no control “" + control +
                    "”; there are: step, run-until, guest-write, "
                    "set-policy, set-switch, list, acquire, unlist");
    return {};
}

Event readAnyEvent(ObjectReader &reader)
{
    // A list holds a whole command; anything else is one or the other.
    const bool isList = reader.isText("control", "list");
    if (!isList && reader.has("execute") == reader.has("control")) {
        reader.fail("FILE-EVENT", "execute", "an event has either “execute”, as a QMP command, or “control”");
        return {};
    }
    if (reader.has("control"))
        return readControl(reader);
    return readCommand(reader);
}

std::optional<Outcome::Kind> readVerdict(std::string_view text)
{
    for (auto kind : {Outcome::Kind::Allowed, Outcome::Kind::Refused, Outcome::Kind::Invalid}) {
        if (text == toString(kind))
            return kind;
    }
    return std::nullopt;
}

Expectation readExpectation(Value value, const Place &place, Failure &failure)
{
    Expectation expected;
    const auto setVerdict = [&](const std::string &text, const Place &at) {
        expected.verdict = readVerdict(text);
        if (!expected.verdict)
            failure.report("FILE-RANGE", at, "“" + text + "” is no verdict; there are: allowed, refused, invalid");
    };
    if (const auto *text = value.asString()) {
        setVerdict(*text, place);
        return expected;
    }
    ObjectReader reader(value, place, failure);
    if (reader.has("verdict"))
        setVerdict(reader.text("verdict"), reader.place("verdict"));
    for (const Value &code : reader.list("codes", 1000)) {
        if (const auto *text = code.asString())
            expected.codes.push_back(*text);
        else
            reader.fail("FILE-KIND", "codes", "a list of texts is expected here");
    }
    expected.extra = reader.rest();
    return expected;
}

Value writeExpectation(const Expectation &expected)
{
    if (expected.verdict && expected.codes.empty() && expected.extra.empty())
        return toString(*expected.verdict);
    Object object = expected.extra;
    if (expected.verdict)
        object["verdict"] = toString(*expected.verdict);
    if (!expected.codes.empty())
        object["codes"] = Value::List(expected.codes.begin(), expected.codes.end());
    return object;
}

struct EventWriter
{
    Object operator()(const QmpCommand &command) const
    {
        Object object{{"execute", command.execute}};
        if (!command.arguments.empty())
            object["arguments"] = command.arguments;
        if (!command.forget.empty())
            object["forget"] = Value::List(command.forget.begin(), command.forget.end());
        if (!command.host.empty())
            object["host"] = command.host;
        return object;
    }
    Object operator()(const StepControl &control) const
    {
        Object object{{"control", "step"}, {"job", control.job}};
        if (control.count != 1)
            object["count"] = static_cast<std::int64_t>(control.count);
        return object;
    }
    Object operator()(const RunUntilControl &control) const
    {
        const bool isNull = control.status == JobStatus::Null;
        return {
            {"control", "run-until"}, {"job", control.job}, {"status", isNull ? Value() : toString(control.status)}};
    }
    Object operator()(const GuestWriteControl &control) const
    {
        return {{"control", "guest-write"}, {"device", control.device}, {"cluster", std::int64_t{control.cluster}}};
    }
    Object operator()(const SetPolicyControl &control) const
    {
        return {{"control", "set-policy"}, {"policy", control.policy}};
    }
    Object operator()(const SetSwitchControl &control) const
    {
        return {{"control", "set-switch"}, {"switch", std::string(switchName(control.which))}, {"on", control.on}};
    }
    Object operator()(const ListControl &control) const
    {
        Object object = (*this)(control.request);
        object["control"] = "list";
        object["id"] = control.id;
        return object;
    }
    Object operator()(const AcquireControl &control) const { return {{"control", "acquire"}, {"id", control.id}}; }
    Object operator()(const UnlistControl &control) const { return {{"control", "unlist"}, {"id", control.id}}; }
};

} // namespace

Result<ScenarioEvent> readScenarioEvent(Value value, const Place &place)
{
    Failure failure;
    ObjectReader reader(value, place, failure);
    ScenarioEvent event;
    event.event = readAnyEvent(reader);
    if (reader.has("expect"))
        event.expected = readExpectation(reader.take("expect"), reader.place("expect"), failure);
    event.extra = reader.rest();
    if (failure)
        return *failure.error();
    return event;
}

Value writeScenarioEvent(const ScenarioEvent &event)
{
    Object object = std::visit(EventWriter(), event.event);
    if (event.expected)
        object["expect"] = writeExpectation(*event.expected);
    object.insert(event.extra.begin(), event.extra.end());
    return object;
}

Result<Event> readEvent(Value value, const Place &place)
{
    auto event = readScenarioEvent(std::move(value), place);
    if (!event)
        return event.error();
    return std::move(event->event);
}

Value writeEvent(const Event &event)
{
    return std::visit(EventWriter(), event);
}

Result<std::vector<ScenarioEvent>> readEventLines(std::string_view text)
{
    std::vector<ScenarioEvent> events;
    std::size_t number = 0;
    while (!text.empty()) {
        ++number;
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        const std::size_t first = line.find_first_not_of(" \t\r");
        if (first == std::string_view::npos || line[first] == '#')
            continue;
        auto value = readJson(line);
        if (!value) {
            // The line is known here; the reader's own line is always 1.
            const std::string &where = value.error().where;
            return Error{value.error().code, "line " + std::to_string(number) + where.substr(where.find(',')),
                         value.error().what};
        }
        auto event = readScenarioEvent(std::move(*value));
        if (!event)
            return Error{event.error().code, "line " + std::to_string(number) + ": " + event.error().where,
                         event.error().what};
        events.push_back(std::move(*event));
    }
    return events;
}

} // namespace blockscope
