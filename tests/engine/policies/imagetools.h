// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What qemu-img, qemu-io and qemu-nbd of QEMU 7.2 open, one image after the other, and what their BlockBackend takes
/// (img_open() and the commands in qemu-img.c, openfile() in qemu-io.c, main() in qemu-nbd.c; blk_new_open() makes
/// permissions of their flags). What follows from it, link by link and byte by byte, is left to the engine.

#include "engine/graph/permissions.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace blockscope::test {

/// One thing that a tool does.
struct ToolStep
{
    enum class Kind {
        Open,   ///< opens the image, and keeps it open
        Create, ///< makes the file anew, or empties it (raw_co_create() in block/file-posix.c)
        Commit, ///< commits the image that it opened into another below it
        Serve   ///< exports the image that it opened over NBD
    };

    Kind kind = Kind::Open;
    std::string filename = {};             ///< of Commit: the base, or none for the backing file
    std::string format = {};               ///< empty: as the name says
    bool isWritable = false;               ///< of Open and Serve
    bool withBacking = true;               ///< with its backing files, or without
    bool forceShare = false;               ///< -U
    std::optional<Permissions> taken = {}; ///< by the BlockBackend; none: it is opened without one
};

using Words = std::vector<std::string>;

/// The arguments of a tool: options, of which some have a value, and what is left.
class ToolArguments
{
public:
    ToolArguments(const Words &words, std::string_view withValue)
    {
        for (std::size_t i = 0; i < words.size(); ++i) {
            const std::string &word = words[i];
            if (word.size() < 2 || word.front() != '-') {
                m_operands.push_back(word);
                continue;
            }
            const bool hasValue = word.size() == 2 && withValue.find(word[1]) != std::string_view::npos;
            m_options.emplace_back(word, hasValue && i + 1 < words.size() ? words[++i] : "");
        }
    }

    [[nodiscard]] bool has(std::string_view option) const
    {
        return std::any_of(m_options.begin(), m_options.end(), [&](const auto &each) { return each.first == option; });
    }
    [[nodiscard]] std::string value(std::string_view option) const
    {
        for (const auto &[name, value] : m_options) {
            if (name == option)
                return value;
        }
        return {};
    }
    [[nodiscard]] std::string operand(std::size_t index) const
    {
        return index < m_operands.size() ? m_operands[index] : std::string();
    }

private:
    std::vector<std::pair<std::string, std::string>> m_options;
    Words m_operands;
};

inline constexpr Permissions kReads{kConsistentRead, kAllPermissions};
inline constexpr Permissions kReadsAndWrites{kConsistentRead | kWrite, kAllPermissions};
inline constexpr Permissions kResizes{kConsistentRead | kWrite | kResize, kAllPermissions};   // BDRV_O_RESIZE
inline constexpr Permissions kLooks{0, kAllPermissions};                                      // BDRV_O_NO_IO
inline constexpr Permissions kReadsAlone{kConsistentRead, kConsistentRead | kWriteUnchanged}; // BDRV_O_NO_SHARE

inline ToolStep opens(const std::string &filename, Permissions taken, bool forceShare = false, bool withBacking = true)
{
    ToolStep step;
    step.filename = filename;
    step.isWritable = (taken.perm & kWrite) != 0;
    step.withBacking = withBacking;
    step.forceShare = forceShare;
    step.taken = taken;
    return step;
}

inline ToolStep creates(const std::string &filename)
{
    ToolStep step;
    step.kind = ToolStep::Kind::Create;
    step.filename = filename;
    return step;
}

/// The backing file that the header of an image of the record names; empty where it has none.
inline std::string backingOf(const std::string &filename)
{
    if (filename == "ov1.qcow2")
        return "mid.qcow2";
    return filename == "mid.qcow2" || filename == "ov2.qcow2" ? "base.qcow2" : "";
}

inline std::vector<ToolStep> convertSteps(const ToolArguments &arguments, bool forceShare)
{
    std::vector<ToolStep> steps{opens(arguments.operand(0), kReadsAlone, forceShare)};
    if (!arguments.has("-n"))
        steps.push_back(creates(arguments.operand(1)));
    steps.push_back(opens(arguments.operand(1), kReadsAndWrites));
    return steps;
}

inline std::vector<ToolStep> commitSteps(const ToolArguments &arguments)
{
    ToolStep commit;
    commit.kind = ToolStep::Kind::Commit;
    commit.filename = arguments.has("-b") ? arguments.value("-b") : backingOf(arguments.operand(0));
    return {opens(arguments.operand(0), kReadsAndWrites), commit};
}

/// A new backing file that is in the chain already is not opened again.
inline std::vector<ToolStep> rebaseSteps(const ToolArguments &arguments)
{
    const std::string image = arguments.operand(0);
    const std::string base = arguments.value("-b");
    if (arguments.has("-u"))
        return {opens(image, kReadsAndWrites, false, false)};
    std::vector<ToolStep> steps{opens(image, kReadsAndWrites)};
    for (std::string below = backingOf(image); below != base; below = backingOf(below)) {
        if (below.empty()) {
            steps.push_back(opens(base, kReads));
            break;
        }
    }
    return steps;
}

/// The new image's file is made; its backing file is looked at with force-share, and without -u alone.
inline std::vector<ToolStep> createSteps(const ToolArguments &arguments)
{
    std::vector<ToolStep> steps;
    if (arguments.has("-b") && !arguments.has("-u")) {
        ToolStep backing;
        backing.filename = arguments.value("-b");
        backing.forceShare = true;
        steps.push_back(backing);
    }
    steps.push_back(creates(arguments.operand(0)));
    return steps;
}

inline std::vector<ToolStep> imageToolSteps(const std::string &command, const Words &words)
{
    const ToolArguments arguments(words, "fObFcodar");
    const bool forceShare = arguments.has("-U");
    const std::string image = arguments.operand(0);
    if (command == "info") {
        std::vector<ToolStep> steps{opens(image, kLooks, forceShare, false)};
        for (std::string below = backingOf(image); arguments.has("--backing-chain") && !below.empty();
             below = backingOf(below))
            steps.push_back(opens(below, kLooks, forceShare, false));
        return steps;
    }
    if (command == "convert")
        return convertSteps(arguments, forceShare);
    if (command == "commit")
        return commitSteps(arguments);
    if (command == "rebase")
        return rebaseSteps(arguments);
    if (command == "create")
        return createSteps(arguments);
    if (command == "compare")
        return {opens(image, kReads, forceShare), opens(arguments.operand(1), kReads, forceShare)};
    if (command == "dd")
        return {opens(image.substr(image.find('=') + 1), kReads, forceShare), creates("dd.out")};
    if (command == "map" || command == "measure")
        return {opens(image, kReads, forceShare)};
    if (command == "check")
        return {opens(image, arguments.has("-r") ? kReadsAndWrites : kReads, forceShare)};
    if (command == "resize" || command == "amend")
        return {opens(image, kResizes)};
    if (command == "bitmap")
        return {opens(image, kReadsAndWrites)};
    return {};
}

inline std::vector<ToolStep> benchSteps(const Words &words)
{
    const ToolArguments arguments(words, "fc");
    return {opens(arguments.operand(0), arguments.has("-w") ? kReadsAndWrites : kReads, arguments.has("-U"))};
}

inline std::vector<ToolStep> snapshotSteps(const Words &words)
{
    const ToolArguments arguments(words, "fcda");
    return {opens(arguments.operand(0), arguments.has("-l") ? kReads : kReadsAndWrites, arguments.has("-U"))};
}

inline std::vector<ToolStep> ioSteps(const Words &words)
{
    const ToolArguments arguments(words, "fc");
    return {opens(arguments.operand(0), arguments.has("-r") ? kReads : kReadsAndWrites, arguments.has("-U"))};
}

inline std::vector<ToolStep> nbdSteps(const Words &words)
{
    const ToolArguments arguments(words, "fke");
    const bool isWritable = !arguments.has("-r");
    ToolStep serve;
    serve.kind = ToolStep::Kind::Serve;
    serve.isWritable = isWritable;
    return {opens(arguments.operand(0), isWritable ? kReadsAndWrites : kReads), serve};
}

/// Empty for what is not in the table.
inline std::vector<ToolStep> toolSteps(const Words &argv)
{
    const Words words(argv.begin() + 1, argv.end());
    if (argv.front() == "qemu-io")
        return ioSteps(words);
    if (argv.front() == "qemu-nbd")
        return nbdSteps(words);
    if (argv.front() != "qemu-img" || words.empty())
        return {};
    const Words rest(words.begin() + 1, words.end());
    if (words.front() == "bench")
        return benchSteps(rest);
    if (words.front() == "snapshot")
        return snapshotSteps(rest);
    return imageToolSteps(words.front(), rest);
}

} // namespace blockscope::test
