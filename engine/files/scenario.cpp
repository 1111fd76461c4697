// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/scenario.h"

#include "engine/files/jsonreader.h"
#include "engine/files/jsonwriter.h"
#include "engine/files/objectreader.h"
#include "engine/files/worldreader.h"
#include "engine/files/worldwriter.h"

namespace blockscope {

namespace {

constexpr std::size_t kMaximumEvents = 1'000'000;

void checkVersion(ObjectReader &reader)
{
    if (!reader.has("blockscope")) {
        reader.fail("FILE-FORMAT", "blockscope",
                    "this is missing: the version of the format, " + std::to_string(kScenarioVersion));
        return;
    }
    const auto version = reader.number("blockscope", 0);
    if (version > kScenarioVersion)
        reader.fail("FILE-VERSION", "blockscope",
                    "the file has format " + std::to_string(version) + "; this Blockscope reads up to format " +
                        std::to_string(kScenarioVersion));
    else if (version == 0)
        reader.fail("FILE-VERSION", "blockscope", "there is no format 0");
}

} // namespace

Result<Scenario> readScenario(const QByteArray &text)
{
    auto document = readJson({text.constData(), static_cast<std::size_t>(text.size())});
    return document ? scenarioFromJson(std::move(*document)) : document.error();
}

Result<Scenario> scenarioFromJson(Value document)
{
    const Place root;
    Failure failure;
    ObjectReader reader(document, root, failure);
    checkVersion(reader);
    Scenario scenario;
    scenario.title = reader.text("title");
    scenario.description = reader.text("description");
    if (failure)
        return *failure.error();
    auto world = readWorld(reader.has("world") ? reader.take("world") : Value(Object()), reader.place("world"));
    if (!world)
        return world.error();
    scenario.world = std::move(*world);
    Value::List events = reader.list("events", kMaximumEvents);
    const Place place = reader.place("events");
    for (std::size_t i = 0; i < events.size(); ++i) {
        auto event = readScenarioEvent(std::move(events[i]), place.at(i));
        if (!event)
            return event.error();
        scenario.events.push_back(std::move(*event));
    }
    scenario.extra = reader.rest();
    if (failure)
        return *failure.error();
    return scenario;
}

QByteArray writeScenario(const Scenario &scenario)
{
    Object document = scenario.extra;
    document["blockscope"] = std::int64_t{kScenarioVersion};
    document["world"] = writeWorld(scenario.world);
    if (!scenario.title.empty())
        document["title"] = scenario.title;
    if (!scenario.description.empty())
        document["description"] = scenario.description;
    if (!scenario.events.empty()) {
        Value::List events;
        for (const ScenarioEvent &event : scenario.events)
            events.push_back(writeScenarioEvent(event));
        document["events"] = std::move(events);
    }
    return QByteArray::fromStdString(writeJson(document));
}

bool looksLikeScenario(const Value &document)
{
    const auto *object = document.asObject();
    return object != nullptr && object->contains("blockscope");
}

} // namespace blockscope
