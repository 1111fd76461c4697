// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/capturednodes.h"

#include "engine/files/jsonreader.h"
#include "engine/graph/walk.h"

#include <algorithm>
#include <array>
#include <set>

namespace blockscope {

namespace {

/// The file behind a node that QEMU describes by its options: {"driver": "qcow2", "file": {"filename": ...}}.
std::string fileOf(const Object &options)
{
    const Object *inner = &options;
    // A filter or a format over a format has further ones below; the last file is the image.
    while (const Value *file = find(*inner, "file")) {
        if (file->asObject() == nullptr)
            break;
        inner = file->asObject();
    }
    const std::string *filename = findString(*inner, "filename");
    return filename != nullptr ? *filename : std::string();
}

/// "json:{...}" stands where a plain name would not say everything; the name that people know is in it.
void setFilename(CapturedNode &captured, std::string filename)
{
    captured.node.filename = filename;
    if (!filename.starts_with("json:"))
        return;
    const auto options = readJson(std::string_view(filename).substr(5));
    if (!options || options->asObject() == nullptr)
        return;
    if (std::string plain = fileOf(*options->asObject()); !plain.empty()) {
        captured.node.filename = std::move(plain);
        keepUnknown(captured.node.extra, {{"filename", std::move(filename)}});
    }
    const Value *backing = find(*options->asObject(), "backing");
    if (backing != nullptr && backing->asObject() != nullptr)
        captured.backingFilename = fileOf(*backing->asObject());
}

CapturedNode readImage(Value &value, const Place &place, Failure &failure, CapturedNode captured)
{
    ObjectReader image(value, place, failure);
    Node &node = captured.node;
    setFilename(captured, image.text("filename"));
    node.virtualSize = image.number("virtual-size", 0);
    node.headerBacking = image.text("backing-filename");
    captured.backingImage = image.take("backing-image");
    if (image.has("full-backing-filename")) {
        std::string full = image.text("full-backing-filename");
        // Kept only where it says more than the header does.
        if (full != node.headerBacking)
            node.extra["full-backing-filename"] = full;
        if (captured.backingFilename.empty())
            captured.backingFilename = std::move(full);
    }
    if (const Value size = image.take("actual-size"); !size.isNull() && node.virtualSize > 0) {
        const double bytes = size.asInteger() != nullptr ? static_cast<double>(*size.asInteger()) : 0;
        captured.allocated = bytes / static_cast<double>(node.virtualSize);
        node.extra["actual-size"] = size;
    }
    keepUnknown(node.extra, image.rest());
    return captured;
}

CapturedNode readNamedNode(Value &value, const Place &place, Failure &failure)
{
    ObjectReader reader(value, place, failure);
    CapturedNode captured;
    captured.node.name = reader.name("node-name");
    captured.node.driver = reader.text("drv");
    captured.node.isReadOnly = reader.flag("ro", false);
    const std::string filename = reader.text("file");
    const std::string backing = reader.text("backing_file");
    if (reader.has("image")) {
        Value image = reader.take("image");
        captured = readImage(image, reader.place("image"), failure, std::move(captured));
    }
    if (captured.node.filename.empty())
        captured.node.filename = filename;
    if (captured.backingFilename.empty())
        captured.backingFilename = backing;
    keepUnknown(captured.node.extra, reader.rest());
    return captured;
}

/// Finds nodes by file name and hands out unused ones first: the same image may be open several times.
class ByFilename
{
public:
    explicit ByFilename(const std::vector<CapturedNode> &nodes) : m_nodes(nodes), m_isUsed(nodes.size())
    {
        for (std::size_t i = 0; i < nodes.size(); ++i)
            m_byName[nodes[i].node.filename].push_back(i);
    }

    template <class Suits>
    std::optional<std::size_t> take(const std::string &filename, bool mayShare, Suits suits)
    {
        const auto found = m_byName.find(filename);
        if (filename.empty() || found == m_byName.end())
            return std::nullopt;
        std::optional<std::size_t> used;
        for (std::size_t candidate : found->second) {
            if (!suits(m_nodes[candidate].node))
                continue;
            if (!m_isUsed[candidate]) {
                m_isUsed[candidate] = true;
                return candidate;
            }
            used = used ? used : candidate;
        }
        return mayShare ? used : std::nullopt;
    }

private:
    const std::vector<CapturedNode> &m_nodes;
    std::vector<bool> m_isUsed;
    std::unordered_map<std::string, std::vector<std::size_t>> m_byName;
};

bool isFormat(const Node &node)
{
    return !isProtocolDriver(node.driver) && !isFilterDriver(node.driver);
}

/// The nested backing images of a reply that is not flat, as nodes of their own where no node has the file.
void addNestedImages(std::vector<CapturedNode> &nodes)
{
    std::set<std::string> known;
    for (const CapturedNode &captured : nodes) {
        if (isFormat(captured.node))
            known.insert(captured.node.filename);
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        Value image = std::move(nodes[i].backingImage);
        if (image.asObject() == nullptr)
            continue;
        const Place nowhere;
        Failure ignored;
        CapturedNode nested;
        const std::string *format = findString(*image.asObject(), "format");
        nested.node.driver = format != nullptr ? *format : "unknown";
        nested = readImage(image, nowhere, ignored, std::move(nested));
        if (nodes[i].backingFilename.empty())
            nodes[i].backingFilename = nested.node.filename;
        if (nested.node.filename.empty() || !known.insert(nested.node.filename).second)
            continue;
        nested.node.name = "#" + nested.node.filename;
        nested.node.isReadOnly = true;
        nodes.push_back(std::move(nested));
    }
}

} // namespace

void keepUnknown(Object &extra, Object &&rest)
{
    // Keys with a meaning of their own in nodes, users and jobs of a scenario file.
    static constexpr auto kKnown = std::to_array<std::string_view>(
        {"allow",     "arguments", "attached",      "auto-dismiss",  "auto-finalize",  "backend-name", "buffer",
         "cancelled", "claims",    "clusters",      "cursor",        "data",           "dirty",        "done",
         "driver",    "ended-at",  "error",         "filename",      "header-backing", "implicit",     "job",
         "kind",      "length",    "made-writable", "monitor-owned", "name",           "node",         "nodes",
         "obsolete",  "open",      "operation",     "parent-order",  "paused-by-user", "phase",        "point-in-time",
         "qdev",      "read-only", "root",          "shares-writes", "simulated",      "since",        "started-at",
         "status",    "type",      "virtual-size",  "wants-pivot",   "writable"});
    static_assert(std::is_sorted(kKnown.begin(), kKnown.end()));
    for (auto &[key, value] : rest) {
        std::string kept = key;
        while (std::binary_search(kKnown.begin(), kKnown.end(), kept) || extra.contains(kept))
            kept.insert(0, "qemu-");
        extra[kept] = std::move(value);
    }
}

std::vector<CapturedNode> readNamedNodes(Reply &reply, Failure &failure)
{
    std::vector<CapturedNode> nodes;
    Value::List items = takeList(reply, failure);
    nodes.reserve(items.size());
    for (std::size_t i = 0; i < items.size(); ++i)
        nodes.push_back(readNamedNode(items[i], reply.place.at(i), failure));
    return nodes;
}

std::vector<CapturedLink> inferLinks(std::vector<CapturedNode> &nodes)
{
    addNestedImages(nodes);
    std::vector<CapturedLink> links;
    ByFilename files(nodes);
    ByFilename images(nodes);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const Node &node = nodes[i].node;
        const auto isOther = [&](const Node &other) { return &other != &node; };
        if (isProtocolDriver(node.driver))
            continue;
        if (isFilterDriver(node.driver)) {
            const auto child =
                images.take(node.filename, true, [&](const Node &other) { return isOther(other) && isFormat(other); });
            if (child)
                links.push_back({i, *child, node.driver.ends_with("_top") ? "backing" : "file"});
            continue;
        }
        if (const auto file =
                files.take(node.filename, false, [](const Node &other) { return isProtocolDriver(other.driver); }))
            links.push_back({i, *file, "file"});
        const auto backing = images.take(nodes[i].backingFilename, true,
                                         [&](const Node &other) { return isOther(other) && isFormat(other); });
        if (backing)
            links.push_back({i, *backing, "backing"});
    }
    return links;
}

} // namespace blockscope
