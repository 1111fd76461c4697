// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/reproduce/scratchrewriter.h"

#include "engine/operations/arguments.h"
#include "engine/run/jobcontrol.h"

#include <algorithm>

namespace blockscope {

using Why = Unplayed::Why;

std::optional<Unplayed> ScratchRewriter::rewriteCommand(const std::string &command, Object &arguments)
{
    if (command == "blockdev-add")
        return rewriteOptions(arguments);
    const ScratchRule *rule = findScratchRule(command);
    if (rule == nullptr && !isJobCommand(command))
        return Unplayed{whyNotSent(command), command};
    for (auto &[name, value] : arguments) {
        if (auto problem =
                rewriteArgument(rule != nullptr ? rule->meaningOf(name) : Meaning::Nothing, name, value, arguments))
            return problem;
    }
    if (rule != nullptr && rule->isSlowed)
        slowDown(arguments);
    if (command == "block-job-set-speed" && find(arguments, "speed") != nullptr &&
        arguments["speed"].asInteger() != nullptr && *arguments["speed"].asInteger() >= 0)
        arguments["speed"] = kSlowSpeed;
    if (const auto *iothread = findString(arguments, "iothread"); iothread != nullptr && isWellFormedId(*iothread))
        m_needs.iothreads.insert(*iothread);
    return std::nullopt;
}

void ScratchRewriter::rename(Value &value) const
{
    if (auto *text = value.asString()) {
        *text = m_names.argument(*text);
    } else if (auto *list = value.asList()) {
        for (Value &each : *list)
            rename(each);
    } else if (auto *object = value.asObject()) {
        for (auto &[name, each] : *object)
            rename(each);
    }
}

std::string ScratchRewriter::openImage(const std::string &filename, const std::string &driver)
{
    std::string name = m_names.image(filename);
    const bool isThere =
        m_files.contains(filename) || std::any_of(m_needs.images.begin(), m_needs.images.end(),
                                                  [&](const auto &image) { return image.name == name; });
    if (!isThere)
        m_needs.images.push_back({name, isImageFormat(driver) ? driver : "raw"});
    return name;
}

std::optional<Unplayed> ScratchRewriter::rewriteArgument(Meaning meaning, const std::string &name, Value &value,
                                                         const Object &arguments)
{
    switch (meaning) {
    case Meaning::Nothing:
        return std::nullopt;
    case Meaning::Forbidden:
        return Unplayed{Why::ForeignOption, name};
    case Meaning::Image:
        if (auto *text = value.asString())
            *text = opensExisting(arguments) ? openImage(*text, textArgument(arguments, "format").value_or("raw"))
                                             : m_names.image(*text);
        return std::nullopt;
    case Meaning::Header:
        if (auto *text = value.asString(); text != nullptr && !text->empty())
            *text = m_names.image(*text);
        return std::nullopt;
    case Meaning::Options:
        return rewriteOptions(value, {});
    case Meaning::Address:
        value = socketAt(value, arguments);
        return std::nullopt;
    case Meaning::Actions:
        return rewriteActions(value);
    }
    return std::nullopt;
}

bool ScratchRewriter::opensExisting(const Object &arguments)
{
    return arguments.contains("filename") || textArgument(arguments, "mode") == "existing";
}

Value ScratchRewriter::socketAt(const Value &address, const Object &arguments)
{
    std::string text;
    if (const auto *object = address.asObject()) {
        const Value *data = find(*object, "data");
        const Object &inner = data != nullptr && data->asObject() != nullptr ? *data->asObject() : *object;
        for (const char *key : {"path", "host", "port"})
            text += textArgument(inner, key).value_or("") + "\n";
    }
    const std::string path = m_names.socket(text);
    if (arguments.contains("node-name"))
        return Object{{"type", "unix"}, {"path", path}};
    return Object{{"type", "unix"}, {"data", Object{{"path", path}}}};
}

std::optional<Unplayed> ScratchRewriter::rewriteActions(Value &value)
{
    auto *actions = value.asList();
    for (std::size_t i = 0; actions != nullptr && i < actions->size(); ++i) {
        auto *action = (*actions)[i].asObject();
        const auto *type = action != nullptr ? findString(*action, "type") : nullptr;
        auto *data = action != nullptr && action->contains("data") ? (*action)["data"].asObject() : nullptr;
        if (type == nullptr || data == nullptr)
            continue; // QEMU says what is wrong with it
        if (auto problem = rewriteCommand(*type, *data))
            return problem;
    }
    return std::nullopt;
}

std::optional<Unplayed> ScratchRewriter::rewriteOptions(Value &value, const std::string &format)
{
    if (auto *object = value.asObject())
        return rewriteOptions(*object, format);
    if (auto *list = value.asList()) {
        for (Value &each : *list) {
            if (auto problem = rewriteOptions(each, format))
                return problem;
        }
    }
    return std::nullopt;
}

std::optional<Unplayed> ScratchRewriter::rewriteOptions(Object &options, const std::string &format)
{
    const auto driver = textArgument(options, "driver").value_or("");
    if (!driver.empty() && !isScratchDriver(driver))
        return Unplayed{Why::ForeignDriver, driver};
    for (auto &[name, value] : options) {
        if (auto problem = rewriteOption(name, value, driver, format))
            return problem;
    }
    return std::nullopt;
}

std::optional<Unplayed> ScratchRewriter::rewriteOption(const std::string &name, Value &value, const std::string &driver,
                                                       const std::string &format)
{
    auto *text = value.asString();
    if (text == nullptr)
        return rewriteOptions(value, driver);
    if (name == "filename")
        *text = openImage(*text, format);
    else if (name == "backing-file" && !text->empty())
        *text = m_names.image(*text);
    else if (name == "throttle-group" && isWellFormedId(*text))
        m_needs.throttleGroups.insert(*text);
    else if (isForeignOption(name))
        return Unplayed{Why::ForeignOption, name};
    return std::nullopt;
}

void ScratchRewriter::slowDown(Object &arguments) const
{
    arguments["speed"] = kSlowSpeed;
    arguments.try_emplace("auto-finalize", false);
    const auto *job = findString(arguments, "job-id");
    if (job != nullptr && m_needs.kept.contains(*job))
        arguments.try_emplace("auto-dismiss", false);
}

} // namespace blockscope
