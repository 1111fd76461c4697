// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/reproduce/scratchhuman.h"

#include "engine/operations/arguments.h"
#include "engine/operations/numbers.h"
#include "engine/run/hmp.h"

#include <algorithm>
#include <array>
#include <sstream>

namespace blockscope {

namespace {

using Why = Unplayed::Why;

/// A word that the human monitor takes as it is.
bool isPlainWord(const std::string &word)
{
    return !word.empty() && word.front() != '-' && std::all_of(word.begin(), word.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '.';
    });
}

/// "write -P 7 64k 64k", word by word: reading and writing alone; other commands of qemu-io, and options of these,
/// reach further. Nothing for those.
std::optional<std::string> harmlessIo(const std::string &command)
{
    std::istringstream words(command);
    std::string line;
    words >> line;
    if (line != "read" && line != "write")
        return std::nullopt;
    for (std::string word; words >> word;) {
        if (word != "-P" && word != "-z" && !bytesFromText(word))
            return std::nullopt;
        line += " " + word;
    }
    return line;
}

struct HumanRow
{
    std::string_view operation;
    std::array<std::string_view, 2> arguments;
};

// Operations that only the human monitor has, and those that it has as well, as far as one word is one argument.
constexpr HumanRow kHumanRows[] = {
    {"savevm", {"name"}},   {"loadvm", {"name"}},  {"delvm", {"name"}},
    {"commit", {"device"}}, {"drive_del", {"id"}}, {"block_resize", {"device", "size"}},
};

std::optional<std::string> humanWord(const Value *value, const ScratchNames &names)
{
    if (value == nullptr)
        return std::string();
    if (const auto *number = value->asInteger())
        return std::to_string(*number) + "B"; // without a suffix the monitor takes it for MiB
    const auto *text = value->asString();
    const std::string word = text != nullptr ? names.argument(*text) : std::string();
    return isPlainWord(word) ? std::optional(word) : std::nullopt;
}

ScratchCommand humanRow(const HumanRow &row, const Object &arguments, const ScratchNames &names)
{
    std::string line(row.operation);
    for (std::string_view argument : row.arguments) {
        const auto word = argument.empty() ? std::string() : humanWord(find(arguments, argument), names);
        if (!word)
            return Unplayed{Why::HumanLine, std::string(row.operation)};
        line += word->empty() ? "" : " " + *word;
    }
    return Object{{"human", line}};
}

/// A device is named by its id (-d), a BlockBackend or a node without.
ScratchCommand humanIo(const Object &arguments, const ScratchNames &names, bool namesDevice)
{
    const auto device = humanWord(find(arguments, "device"), names);
    const auto io = harmlessIo(textArgument(arguments, "command").value_or(""));
    if (!device || device->empty() || !io)
        return Unplayed{Why::HumanLine, "qemu-io"};
    return Object{{"human", std::string("qemu-io ") + (namesDevice ? "-d " : "") + *device + " \"" + *io + "\""},
                  {"answer", io->starts_with("read") ? "read" : "wrote"}};
}

/// HMP's drive_add: a BlockBackend with an image of its own. Without a format QEMU looks into the image.
ScratchCommand humanDrive(const Object &arguments, ScratchRewriter &rewriter)
{
    const auto id = textArgument(arguments, "id").value_or("");
    const auto format = textArgument(arguments, "format").value_or("");
    const auto interface = textArgument(arguments, "if").value_or("none");
    if (!isWellFormedId(id) || !isPlainWord(interface))
        return Unplayed{Why::HumanLine, "drive_add"};
    if (!format.empty() && !isScratchDriver(format))
        return Unplayed{Why::ForeignDriver, format};
    std::string line = "drive_add 0 if=" + interface + ",id=" + id;
    line += format.empty() ? "" : ",format=" + format;
    line += boolArgument(arguments, "readonly", false) ? ",readonly=on" : "";
    line += ",file=" + rewriter.openImage(textArgument(arguments, "file").value_or(""), format);
    return Object{{"human", line}, {"answer", "OK"}};
}

} // namespace

std::optional<ScratchCommand> humanCommand(const QmpCommand &command, const ScratchNames &names,
                                           ScratchRewriter &rewriter)
{
    if (command.execute == "qemu-io")
        return humanIo(command.arguments, names, false);
    if (command.execute == "drive_add")
        return humanDrive(command.arguments, rewriter);
    for (const HumanRow &row : kHumanRows) {
        if (row.operation == command.execute)
            return humanRow(row, command.arguments, names);
    }
    return std::nullopt;
}

ScratchCommand humanLine(const QmpCommand &line, const ScratchNames &names, ScratchRewriter &rewriter)
{
    const std::string text = textArgument(line.arguments, "command-line").value_or("");
    const auto meant = commandFromHuman(line);
    if (!meant)
        return Unplayed{Why::HumanLine, text};
    if (meant->execute == "qemu-io")
        return humanIo(meant->arguments, names, text.find(" -d ") != std::string::npos);
    if (auto human = humanCommand(*meant, names, rewriter))
        return *std::move(human);
    Object arguments = meant->arguments; // "cont", "info block": the same as the QMP command
    if (auto problem = rewriter.rewriteCommand(meant->execute, arguments))
        return *problem;
    return Object{{"execute", meant->execute}, {"arguments", std::move(arguments)}};
}

} // namespace blockscope
