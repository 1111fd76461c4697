// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/reproduce/scratchcommand.h"

#include "engine/operations/arguments.h"
#include "engine/operations/numbers.h"
#include "engine/run/hmp.h"
#include "engine/run/jobcontrol.h"

#include <algorithm>
#include <array>
#include <sstream>

namespace blockscope {

namespace {

using Why = Unplayed::Why;
using Problem = std::optional<Unplayed>;

/// What an argument names beside nodes, numbers and the like.
enum class Meaning : std::uint8_t {
    Nothing,
    Image,    ///< a file, which is opened when it exists
    Header,   ///< a file whose name is only written down
    Options,  ///< of a block driver, files among them
    Address,  ///< of a socket
    Actions,  ///< of a transaction
    Forbidden ///< what has no equal in the folder
};

struct Rule
{
    std::string_view command;
    bool isSlowed = false; ///< a job with "speed" and "auto-finalize"
    struct
    {
        std::string_view name;
        Meaning meaning = Meaning::Nothing;
    } special[3] = {};
};

// Every command that is sent as it is but for the arguments named. All other arguments that QEMU 7.2 knows of these
// commands are names, numbers and choices, and what it does not know it refuses.
constexpr Rule kRules[] = {
    {"block-commit", true, {{"backing-file", Meaning::Header}, {"base", Meaning::Header}, {"top", Meaning::Header}}},
    {"block-stream", true, {{"backing-file", Meaning::Header}, {"base", Meaning::Header}}},
    {"blockdev-mirror", true},
    {"blockdev-backup", true},
    {"drive-mirror", true, {{"target", Meaning::Image}}},
    {"drive-backup", true, {{"target", Meaning::Image}}},
    {"blockdev-snapshot"},
    {"blockdev-snapshot-sync", false, {{"snapshot-file", Meaning::Image}}},
    {"blockdev-snapshot-internal-sync"},
    {"blockdev-snapshot-delete-internal-sync"},
    {"blockdev-del"},
    {"blockdev-reopen", false, {{"options", Meaning::Options}}},
    {"x-blockdev-change"},
    {"x-blockdev-amend", false, {{"options", Meaning::Options}}},
    {"x-blockdev-set-iothread"},
    {"blockdev-create", false, {{"options", Meaning::Options}}},
    {"transaction", false, {{"actions", Meaning::Actions}}},
    {"change-backing-file", false, {{"backing-file", Meaning::Header}}},
    {"block_resize"},
    {"snapshot-save"},
    {"snapshot-load"},
    {"snapshot-delete"},
    {"block-dirty-bitmap-add"},
    {"block-dirty-bitmap-remove"},
    {"block-dirty-bitmap-clear"},
    {"block-dirty-bitmap-enable"},
    {"block-dirty-bitmap-disable"},
    {"block-dirty-bitmap-merge"},
    {"block_set_io_throttle"},
    {"block-set-write-threshold"},
    {"block-latency-histogram-set"},
    {"query-block"},
    {"query-blockstats"},
    {"query-named-block-nodes"},
    {"query-jobs"},
    {"query-block-jobs"},
    {"x-debug-query-block-graph"},
    {"stop"},
    {"cont"},
    {"system_reset"},
    {"device_del"},
    {"blockdev-open-tray"},
    {"blockdev-close-tray"},
    {"blockdev-insert-medium"},
    {"blockdev-remove-medium"},
    {"eject"},
    {"blockdev-change-medium", false, {{"filename", Meaning::Image}}},
    {"nbd-server-start", false, {{"addr", Meaning::Address}}},
    {"nbd-server-stop"},
    {"nbd-server-add"},
    {"nbd-server-remove"},
    {"block-export-add", false, {{"addr", Meaning::Address}, {"mountpoint", Meaning::Forbidden}}},
    {"block-export-del"},
};

// Formats and filters; "file" is the one protocol.
constexpr std::array<std::string_view, 19> kDrivers{"blkdebug",     "blklogwrites", "blkverify", "copy-before-write",
                                                    "copy-on-read", "file",         "null-aio",  "null-co",
                                                    "parallels",    "preallocate",  "qcow",      "qcow2",
                                                    "qed",          "quorum",       "raw",       "snapshot-access",
                                                    "throttle",     "vdi",          "vmdk"};

// Those of the drivers whose images qemu-img makes, beside raw.
constexpr std::array<std::string_view, 6> kFormats{"parallels", "qcow", "qcow2", "qed", "vdi", "vmdk"};

constexpr std::array<std::string_view, 4> kNewerCommands{"blockdev-set-active", "job-change", "block-job-change",
                                                         "x-blockdev-set-active"};
constexpr std::array<std::string_view, 3> kImageTools{"check", "info", "map"};

/// Properties of devices that say how the disk is used; others may name files (romfile) or parts of the host.
constexpr std::array<std::string_view, 11> kDeviceProperties{
    "bus", "channel", "drive", "driver", "id", "iothread", "lun", "read-only", "scsi-id", "share-rw", "write-cache"};

template <std::size_t size>
bool contains(const std::array<std::string_view, size> &names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

const Rule *findRule(std::string_view command)
{
    const auto found =
        std::find_if(std::begin(kRules), std::end(kRules), [&](const Rule &rule) { return rule.command == command; });
    return found == std::end(kRules) ? nullptr : &*found;
}

Meaning meaningOf(const Rule &rule, std::string_view argument)
{
    for (const auto &special : rule.special) {
        if (special.name == argument)
            return special.meaning;
    }
    return Meaning::Nothing;
}

class Rewriter
{
public:
    Rewriter(ScratchNames &names, const std::set<std::string> &files, ScratchNeeds &needs)
        : m_names(names), m_files(files), m_needs(needs)
    {
    }

    Problem rewriteCommand(const std::string &command, Object &arguments)
    {
        if (command == "blockdev-add")
            return rewriteOptions(arguments);
        const Rule *rule = findRule(command);
        if (rule == nullptr && !isJobCommand(command))
            return Unplayed{Why::UnknownCommand, command};
        for (auto &[name, value] : arguments) {
            if (auto problem = rewriteArgument(rule != nullptr ? meaningOf(*rule, name) : Meaning::Nothing, name, value,
                                               arguments))
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

    void rename(Value &value) const
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

    /// Our name of \a filename; when none is there an image is made for it, of that \a driver if it is a format.
    std::string openImage(const std::string &filename, const std::string &driver)
    {
        std::string name = m_names.image(filename);
        const bool isThere =
            m_files.contains(filename) || std::any_of(m_needs.images.begin(), m_needs.images.end(),
                                                      [&](const auto &image) { return image.name == name; });
        if (!isThere)
            m_needs.images.push_back({name, contains(kFormats, driver) ? driver : "raw"});
        return name;
    }

private:
    Problem rewriteArgument(Meaning meaning, const std::string &name, Value &value, const Object &arguments)
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

    /// drive-mirror and its like make their file, but in the mode "existing"; who takes no mode opens it.
    static bool opensExisting(const Object &arguments)
    {
        return arguments.contains("filename") || textArgument(arguments, "mode") == "existing";
    }

    /// nbd-server-start wraps an address in "data", block-export-add does not.
    Value socketAt(const Value &address, const Object &arguments)
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

    Problem rewriteActions(Value &value)
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

    /// Options of a driver: a reference, one driver's, or a list of them. \a format is that of the node above.
    Problem rewriteOptions(Value &value, const std::string &format)
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

    Problem rewriteOptions(Object &options, const std::string &format = {})
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

    Problem rewriteOption(const std::string &name, Value &value, const std::string &driver, const std::string &format)
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
        else if (contains(kForeignOptions, name))
            return Unplayed{Why::ForeignOption, name};
        return std::nullopt;
    }

    void slowDown(Object &arguments) const
    {
        arguments["speed"] = kSlowSpeed;
        arguments.try_emplace("auto-finalize", false);
        const auto *job = findString(arguments, "job-id");
        if (job != nullptr && m_needs.kept.contains(*job))
            arguments.try_emplace("auto-dismiss", false);
    }

    // Of the drivers above: blkdebug reads a file of rules, the others name objects that reach further.
    static constexpr std::array<std::string_view, 4> kForeignOptions{"config", "pr-manager", "key-secret", "log-path"};

    ScratchNames &m_names;
    const std::set<std::string> &m_files;
    ScratchNeeds &m_needs;
};

Problem placeDevice(Object &arguments, ScratchNeeds &needs)
{
    for (const auto &[name, value] : arguments) {
        if (!contains(kDeviceProperties, name))
            return Unplayed{Why::ForeignOption, name};
    }
    const auto model = textArgument(arguments, "driver").value_or("");
    const auto bus = busOf(model, needs);
    if (!bus)
        return Unplayed{Why::ForeignDevice, model};
    if (const auto *iothread = findString(arguments, "iothread"); iothread != nullptr && isWellFormedId(*iothread))
        needs.iothreads.insert(*iothread);
    arguments.erase("bus");
    if (!bus->empty())
        arguments["bus"] = *bus;
    return std::nullopt;
}

/// The medium of a device and the limits of a throttle group; QOM has more, and some of it reaches out of the folder.
Problem checkProperty(const Object &arguments)
{
    const auto property = textArgument(arguments, "property").value_or("");
    const bool isKnown = property == "drive" || property == "limits";
    return isKnown ? std::nullopt : Problem(Unplayed{Why::ForeignOption, property});
}

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
ScratchCommand humanDrive(const Object &arguments, Rewriter &rewriter)
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

ScratchCommand humanCommand(const QmpCommand &command, ScratchNames &names, Rewriter &rewriter)
{
    if (command.execute == "qemu-io")
        return humanIo(command.arguments, names, false);
    if (command.execute == "drive_add")
        return humanDrive(command.arguments, rewriter);
    for (const HumanRow &row : kHumanRows) {
        if (row.operation == command.execute)
            return humanRow(row, command.arguments, names);
    }
    return Unplayed{Why::UnknownCommand, command.execute};
}

/// A line of the human monitor is not sent as it stands but written anew from what it was understood to say.
ScratchCommand humanLine(const QmpCommand &line, ScratchNames &names, Rewriter &rewriter)
{
    const auto meant = commandFromHuman(line);
    if (!meant)
        return Unplayed{Why::HumanLine, textArgument(line.arguments, "command-line").value_or("")};
    if (meant->execute == "qemu-io")
        return humanIo(meant->arguments, names,
                       textArgument(line.arguments, "command-line").value_or("").find(" -d ") != std::string::npos);
    const ScratchCommand human = humanCommand(*meant, names, rewriter);
    const auto *unknown = std::get_if<Unplayed>(&human);
    if (unknown == nullptr || unknown->why != Why::UnknownCommand)
        return human;
    Object arguments = meant->arguments; // "cont", "info block": the same as the QMP command
    if (auto problem = rewriter.rewriteCommand(meant->execute, arguments))
        return *problem;
    return Object{{"execute", meant->execute}, {"arguments", std::move(arguments)}};
}

Why whyUnknown(const std::string &command)
{
    if (contains(kNewerCommands, command))
        return Why::NewerCommand;
    if (contains(kImageTools, command))
        return Why::ImageTool;
    return command.starts_with("migrate") ? Why::NeedsOtherQemu : Why::UnknownCommand;
}

Problem rewriteDevice(const QmpCommand &command, Object &arguments, ScratchNeeds &needs)
{
    return command.execute == "device_add" ? placeDevice(arguments, needs) : checkProperty(arguments);
}

} // namespace

bool isScratchDriver(std::string_view driver)
{
    return contains(kDrivers, driver);
}

std::optional<std::string> busOf(std::string_view deviceModel, ScratchNeeds &needs)
{
    if (deviceModel == "scsi-hd" || deviceModel == "scsi-cd")
        return "scsi0.0";
    if (deviceModel == "virtio-blk-pci" || deviceModel == "virtio-blk" || deviceModel == "nvme")
        return "port" + std::to_string(needs.ports++);
    if (deviceModel == "usb-storage") {
        needs.hasUsb = true;
        return "usb0.0";
    }
    if (deviceModel == "ide-hd" || deviceModel == "ide-cd" || deviceModel == "floppy")
        return std::string(); // QEMU says that it cannot be plugged in
    return std::nullopt;
}

ScratchCommand scratchCommand(const QmpCommand &command, ScratchNames &names, const std::set<std::string> &files,
                              ScratchNeeds &needs)
{
    Rewriter rewriter(names, files, needs);
    if (isHumanCommand(command))
        return humanLine(command, names, rewriter);
    const ScratchCommand human = humanCommand(command, names, rewriter);
    const auto *unknown = std::get_if<Unplayed>(&human);
    const bool hasRule = findRule(command.execute) != nullptr; // block_resize is in both, and QMP's says more
    if (!hasRule && (unknown == nullptr || unknown->why != Why::UnknownCommand))
        return human;
    Object arguments = command.arguments;
    const bool isOwn = command.execute == "device_add" || command.execute == "qom-set";
    if (auto problem =
            isOwn ? rewriteDevice(command, arguments, needs) : rewriter.rewriteCommand(command.execute, arguments)) {
        if (problem->why == Why::UnknownCommand)
            problem->why = whyUnknown(problem->subject);
        return *problem;
    }
    Value renamed(std::move(arguments));
    rewriter.rename(renamed);
    Object step{{"execute", command.execute}};
    if (!renamed.asObject()->empty())
        step["arguments"] = std::move(renamed);
    return step;
}

} // namespace blockscope
