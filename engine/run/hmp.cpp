// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/run/hmp.h"

#include "engine/operations/arguments.h"
#include "engine/operations/numbers.h"

#include <algorithm>
#include <array>

namespace blockscope {

namespace {

struct Argument
{
    /// The letters of QEMU's args_type, in hmp-commands.hx.
    enum class Kind : std::uint8_t {
        Device, ///< B
        Text,   ///< s, S
        Number, ///< l
        Size    ///< o: in MiB when it has no suffix
    };

    std::string_view name; ///< of the operation's parameter
    Kind kind = Kind::Text;
    bool isOptional = false;
};

constexpr std::size_t kMostArguments = 7;

struct Row
{
    std::string_view command;
    std::string_view operation;
    std::array<Argument, kMostArguments> arguments = {}; ///< up to the first without a name
    std::string_view flags = {};                         ///< letters that may stand before them after a '-'
};

using Kind = Argument::Kind;

// A line for each command of the human monitor that is an operation here.
constexpr std::array kRows{
    Row{"block_resize", "block_resize", {{{"device", Kind::Device}, {"size", Kind::Size}}}},
    Row{"block_set_io_throttle",
        "block_set_io_throttle",
        {{{"device", Kind::Device},
          {"bps", Kind::Number},
          {"bps_rd", Kind::Number},
          {"bps_wr", Kind::Number},
          {"iops", Kind::Number},
          {"iops_rd", Kind::Number},
          {"iops_wr", Kind::Number}}}},
    Row{"c", "cont"},
    Row{"commit", "commit", {{{"device", Kind::Device}}}},
    Row{"cont", "cont"},
    Row{"delvm", "delvm", {{{"name", Kind::Text}}}},
    Row{"info block", "query-block"},
    Row{"info block-jobs", "query-block-jobs"},
    Row{"info blockstats", "query-blockstats"},
    Row{"loadvm", "loadvm", {{{"name", Kind::Text}}}},
    Row{"qemu-io", "qemu-io", {{{"device", Kind::Device}, {"command", Kind::Text}}}, "d"},
    Row{"s", "stop"},
    Row{"savevm", "savevm", {{{"name", Kind::Text, true}}}},
    Row{"stop", "stop"},
};

constexpr Parameter kParameters[] = {
    {.name = "command-line", .isRequired = true},
    {.name = "cpu-index", .kind = Parameter::Kind::Number},
};
constexpr Operation kHumanMonitorCommand{.name = "human-monitor-command", .parameters = kParameters};

Error wrong(const char *code, std::string what)
{
    return {code, "command-line", std::move(what)};
}

/// Takes the next word off \a line, between quotes if it begins with one (get_str() of the monitor).
std::string nextWord(std::string_view &line)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\t'; };
    while (!line.empty() && isSpace(line.front()))
        line.remove_prefix(1);
    const bool isQuoted = line.starts_with('"');
    if (isQuoted)
        line.remove_prefix(1);
    std::string word;
    while (!line.empty() && (isQuoted ? line.front() != '"' : !isSpace(line.front()))) {
        if (isQuoted && line.front() == '\\' && line.size() > 1)
            line.remove_prefix(1);
        word += line.front();
        line.remove_prefix(1);
    }
    if (isQuoted && !line.empty())
        line.remove_prefix(1);
    return word;
}

const Row *findRow(std::string_view &line)
{
    std::string command = nextWord(line);
    if (command == "info")
        command += " " + nextWord(line);
    const auto found = std::find_if(kRows.begin(), kRows.end(), [&](const Row &row) { return row.command == command; });
    return found == kRows.end() ? nullptr : &*found;
}

std::string expectation(const Row &row, Kind kind)
{
    const std::string command(row.command);
    if (kind == Kind::Device)
        return command + ": block device name expected";
    return kind == Kind::Text ? command + ": string expected" : command + ": number expected";
}

std::optional<Value> valueOf(Kind kind, const std::string &word)
{
    constexpr std::uint64_t kMebibyte = 1024 * 1024;
    if (kind == Kind::Device || kind == Kind::Text)
        return Value(word);
    const auto number = bytesFromText(word, kind == Kind::Size ? kMebibyte : 1);
    return number ? std::optional(Value(static_cast<std::int64_t>(*number))) : std::nullopt;
}

/// Flags only say how a name is meant: a device's or a backend's, which are looked up alike here.
void skipFlags(const Row &row, std::string_view &line)
{
    std::string_view rest = line;
    const std::string word = nextWord(rest);
    if (word.size() == 2 && word.front() == '-' && row.flags.find(word.back()) != std::string_view::npos)
        line = rest;
}

Result<Object> argumentsOf(const Row &row, std::string_view line)
{
    skipFlags(row, line);
    Object arguments;
    for (const Argument &argument : row.arguments) {
        if (argument.name.empty())
            break;
        const std::string word = nextWord(line);
        if (word.empty() && argument.isOptional)
            continue;
        if (word.empty())
            return wrong("ARG-MISSING", expectation(row, argument.kind));
        const auto value = valueOf(argument.kind, word);
        if (!value)
            return wrong("ARG-TYPE", argument.kind == Kind::Size ? "invalid size" : expectation(row, argument.kind));
        arguments[std::string(argument.name)] = *value;
    }
    if (!nextWord(line).empty())
        return wrong("ARG-UNKNOWN", std::string(row.command) + ": extraneous characters at the end of line");
    return arguments;
}

} // namespace

bool isHumanCommand(const QmpCommand &request)
{
    return request.execute == kHumanMonitorCommand.name;
}

Result<QmpCommand> commandFromHuman(const QmpCommand &request)
{
    if (auto error = checkParameters(kHumanMonitorCommand, request.arguments))
        return *error;
    const std::string text = *textArgument(request.arguments, "command-line");
    std::string_view line = text;
    const Row *row = findRow(line);
    if (row == nullptr)
        return wrong("ARG-COMMAND", "unknown command: '" + text + "'");
    auto arguments = argumentsOf(*row, line);
    if (!arguments)
        return arguments.error();
    return QmpCommand{std::string(row->operation), std::move(*arguments), request.forget, request.host};
}

} // namespace blockscope
