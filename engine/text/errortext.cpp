// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/text/errortext.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <set>
#include <sstream>

namespace blockscope {

namespace {

using Kind = ErrorPart::Kind;

// '%' and the letter of a kind stand for a part. Of two that fit, the first is taken.
constexpr auto kPatterns = std::to_array<std::string_view>({
    "Permission conflict on node '%n': permissions '%p' are both required by %u (uses node '%n' as '%r' child) and "
    "unshared by %u (uses node '%n' as '%r' child).",
    "Conflicts with use by %u as '%r', which does not allow '%p' on %n",
    "Conflicts with use by %u as '%r', which uses '%p' on %n",
    "Node '%d' is busy: block device is in use by block job: %x",
    "Node '%d' is busy: node is used as backing hd of '%d'",
    "Node '%d' is busy: %x",
    "Device '%d' is in use",
    "Need a root block node",
    "Cannot change frozen '%r' link from '%n' to '%n'",
    "Cannot change '%r' link from '%n' to '%n'",
    "Cannot change '%r' link to '%n'",
    "Cannot freeze '%r' link to '%n'",
    "Cannot replace implicit %r child of %n",
    "Cannot replace implicit backing child of %n",
    "Node %n is not owned by the monitor",
    "Node %n is associated with a BlockBackend and could be in use (use force=true to override this check)",
    "Node '%n' is already in use",
    "Node '%n' is not a backing image of '%n'",
    "Node %n is in use",
    "Block device %n is in use",
    "The overlay is already in use",
    "The overlay already has a backing image",
    "The overlay does not support backing images",
    "Filters cannot be used as overlays",
    "Making '%n' a backing child of '%n' would create a cycle",
    "Making '%n' a %r child of '%n' would create a cycle",
    "Cannot export read-only node as writable",
    "The node %n already has a parent",
    "The number of children cannot be lower than the vote threshold %x",
    "Source and target cannot be the same",
    "Source and target image have different sizes",
    "Can't mirror node into itself",
    "cannot commit an image into itself",
    "Bitmap '%x' is currently in use by another operation and cannot be used",
    "Bitmap '%x' is currently frozen and cannot be %x",
    "Bitmap '%x' is readonly and cannot be modified",
    "Bitmap '%x' is inconsistent and cannot be used",
    "Bitmap '%x' could not be found",
    "Dirty bitmap '%x' not found",
    "Device has active dirty bitmaps",
    "Can no longer replace '%n' by '%n', because it can no longer be guaranteed that doing so would not lead to an "
    "abrupt change of visible data",
    "Cannot replace '%n' by a node mirrored from '%n', because it cannot be guaranteed that doing so would not lead to "
    "an abrupt change of visible data",
    "Read-only block node '%n' cannot support read-write users",
    "Block node is read-only",
    "Image is read-only",
    "Device '%d' is read only",
    "No write access",
    "Cannot get 'write' permission without 'resize': Image size is not a multiple of request alignment",
    "Permission '%p' unavailable on inactive node",
    "%xFailed to get \"%p\" lock Is another process using the image [%i]?",
    "%xFailed to get shared \"%p\" lock Is another process using the image [%i]?",
    "%xFailed to get \"%p\" lock",
    "%xFailed to get shared \"%p\" lock",
    "Failed to lock byte %x",
    "Job '%j' in state '%x' cannot accept command verb '%x'",
    "Block job '%j' not found",
    "Job not found",
    "Job is already paused",
    "Can't resume a job that was not paused",
    "Cannot change iothread of active block backend",
    "Cannot find device='%d' nor node-name='%n'",
    "Failed to find node with node-name='%n'",
    "Device '%d' not found",
    "Export '%x' is not found",
    "Device '%d' is not removable",
    "Device does not have a block device backend",
    "'%n' is not in this backing file chain",
    "'%n' and image file are not in the same chain",
    "not allowing backing file change on an image without a backing file",
    "bdrv_inactivate_all() failed (%x)",
    "NBD server not running",
});
// Told by commands about a drive, and by QOM: nothing of the graph is in the way.
constexpr auto kAsides = std::to_array<std::string_view>(
    {"Tray of the device is not open", "Tray of device '%d' is not open", "There already is a medium in the device",
     "Property '%x' can't find value '%n'", "Property '%x' can't take value '%n', it's in use"});

/// From one literal to the next: nothing is tried twice, so any text takes one pass.
std::optional<ErrorText> match(std::string_view pattern, std::string_view text)
{
    ErrorText found{pattern, {}};
    std::string_view rest = pattern;
    for (std::size_t at = rest.find('%'); at != std::string_view::npos; at = rest.find('%')) {
        if (!text.starts_with(rest.substr(0, at)))
            return std::nullopt;
        text.remove_prefix(at);
        const auto kind = static_cast<Kind>(rest[at + 1]);
        rest.remove_prefix(at + 2);
        const std::string_view literal = rest.substr(0, rest.find('%'));
        // The last part of a text may hold what ends it; the others end where the literal begins.
        const std::size_t end = literal.empty() ? text.size() : text.find(literal);
        if (end == std::string_view::npos)
            return std::nullopt;
        found.parts.push_back({kind, std::string(text.substr(0, end))});
        text.remove_prefix(end);
    }
    return text == rest ? std::optional(std::move(found)) : std::nullopt;
}

std::string_view trimmed(std::string_view text)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; };
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

/// The text in a reply of QMP, {"error": {"class": …, "desc": …}} or its inner object; \a text itself otherwise.
std::string withoutJson(std::string_view text)
{
    const QByteArray utf8(text.data(), static_cast<qsizetype>(text.size()));
    const QJsonObject reply = QJsonDocument::fromJson(utf8).object();
    const QJsonObject error = reply[QLatin1String("error")].toObject();
    const QJsonValue description = (error.isEmpty() ? reply : error)[QLatin1String("desc")];
    return description.isString() ? description.toString().toStdString() : std::string(text);
}

/// \a text, and what is left of it after each ": ", for QEMU, its tools and libvirt put words before a text; all once
/// more without a full stop.
std::vector<std::string_view> candidatesIn(std::string_view text)
{
    constexpr std::size_t kMostPrefixes = 8;
    std::vector<std::string_view> candidates{text};
    for (std::size_t at = text.find(": "); at != std::string_view::npos && candidates.size() < kMostPrefixes;
         at = text.find(": ", at + 1))
        candidates.push_back(text.substr(at + 2));
    if (text.ends_with('.')) {
        for (std::size_t i = 0, count = candidates.size(); i < count; ++i)
            candidates.push_back(candidates[i].substr(0, candidates[i].size() - 1));
    }
    return candidates;
}

template <std::size_t N>
std::optional<ErrorText> firstMatch(const std::array<std::string_view, N> &patterns,
                                    const std::vector<std::string_view> &candidates)
{
    for (std::string_view pattern : patterns) {
        for (std::string_view candidate : candidates) {
            if (auto found = match(pattern, candidate))
                return found;
        }
    }
    return std::nullopt;
}

std::set<std::string> wordsOf(std::string_view text)
{
    std::istringstream stream{std::string(text.substr(0, kMaximumErrorText))};
    std::set<std::string> words;
    for (std::string word; stream >> word;) {
        std::erase_if(word, [](char c) { return c == ':' || c == '.' || c == ',' || c == '\''; });
        words.insert(word);
    }
    return words;
}

} // namespace

std::vector<std::string> ErrorText::of(ErrorPart::Kind kind) const
{
    std::vector<std::string> texts;
    for (const ErrorPart &part : parts) {
        if (part.kind == kind)
            texts.push_back(part.text);
    }
    return texts;
}

std::optional<ErrorText> readErrorText(std::string_view whole)
{
    if (whole.size() > kMaximumErrorText)
        return std::nullopt;
    std::string line = withoutJson(trimmed(whole));
    // What tools say in two lines may come in one.
    std::replace(line.begin(), line.end(), '\n', ' ');
    const auto candidates = candidatesIn(trimmed(line));
    auto found = firstMatch(kPatterns, candidates);
    return found ? found : firstMatch(kAsides, candidates);
}

std::string nearestErrorText(std::string_view text)
{
    const std::set<std::string> words = wordsOf(text);
    const auto inCommon = [&](std::string_view pattern) {
        const std::set<std::string> known = wordsOf(pattern);
        const auto shared =
            std::count_if(known.begin(), known.end(), [&](const std::string &word) { return words.contains(word); });
        return static_cast<double>(shared) / static_cast<double>(known.size() + words.size());
    };
    constexpr double kLeast = 0.2; // a fifth of all words
    const auto *const nearest =
        std::max_element(kPatterns.begin(), kPatterns.end(),
                         [&](std::string_view a, std::string_view b) { return inCommon(a) < inCommon(b); });
    return inCommon(*nearest) < kLeast ? std::string() : std::string(*nearest);
}

} // namespace blockscope
