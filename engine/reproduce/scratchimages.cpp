// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/reproduce/scratchimages.h"

#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/reproduce/scratchgraph.h"
#include "engine/reproduce/scratchrules.h"
#include "engine/world/blockio.h"

#include <algorithm>

namespace blockscope {

namespace {

constexpr std::uint64_t kSector = 512;
/// Of a larger cluster only that much is written; it is allocated all the same.
constexpr std::uint64_t kMostWritten = std::uint64_t{256} * 1024;

std::optional<NodeId> childOf(const World &world, NodeId node, std::string_view role)
{
    for (EdgeId id : world.node(node).children) {
        if (const Edge &edge = world.graph.edge(id); edge.isAttached && edge.role == role)
            return edge.child;
    }
    return std::nullopt;
}

Value::List words(std::initializer_list<Value> list)
{
    return {list};
}

std::uint64_t sizeOf(const World &world, NodeId node)
{
    const std::uint64_t known = world.node(node).virtualSize;
    const std::uint64_t clusters = clusterCount(world, node);
    return std::max(kSector, known != 0 ? known : (clusters != 0 ? clusters : kDefaultClusters) * kDefaultClusterBytes);
}

/// One file: the node that is its protocol layer, and the format on it.
struct Image
{
    NodeId file;
    NodeId content; ///< the node whose clusters and size it has
    std::string format = "raw";
    std::string name; ///< in the folder
};

class ImageMaker
{
public:
    ImageMaker(const World &world, ScratchNames &names) : m_world(world), m_names(names) {}

    void add(NodeId file, NodeId content, const std::string &format, std::set<std::string> &files)
    {
        const std::string key = fileKey(m_world, file);
        if (!files.insert(key).second)
            return;
        m_images.push_back({file, content, format, m_names.image(key, m_names.node(content))});
        m_formats[key] = format;
    }

    Value::List commands() const
    {
        Value::List all;
        for (const Image &image : m_images) {
            all.emplace_back(create(image));
            addWrites(image, all);
            addSnapshots(image, all);
        }
        return all;
    }

private:
    Value::List create(const Image &image) const
    {
        Value::List command = words({"qemu-img", "create", "-q", "-f", image.format});
        if (const auto data = childOf(m_world, image.content, "data-file")) {
            command.emplace_back("-o");
            command.emplace_back("data_file=" + m_names.image(fileKey(m_world, *data)));
        }
        const std::string &backing = m_world.node(image.content).headerBacking;
        if (!backing.empty() && supportsBacking(image.format)) {
            const auto format = m_formats.find(backing);
            for (const std::string &word :
                 {std::string("-u"), std::string("-b"), m_names.image(backing), std::string("-F"),
                  format != m_formats.end() ? format->second : std::string("raw")})
                command.emplace_back(word);
        }
        command.emplace_back(image.name);
        command.emplace_back(std::to_string(sizeOf(m_world, image.content)));
        return command;
    }

    /// Opened without its backing file: writes of whole clusters need none.
    Value opened(const Image &image) const
    {
        Object options{{"driver", image.format}, {"file", Object{{"driver", "file"}, {"filename", image.name}}}};
        if (supportsBacking(image.format))
            options["backing"] = Value();
        return options;
    }

    const BlockData &dataOf(const Image &image) const
    {
        const NodeId keeper = m_world.node(image.content).sameImageAs.value_or(image.content);
        const BlockData &data = *m_world.data[keeper.value];
        return data.empty() ? *m_world.data[image.file.value] : data;
    }

    void addWrites(const Image &image, Value::List &all) const
    {
        const BlockData &data = dataOf(image);
        const std::uint64_t bytes = data.empty() ? 0 : sizeOf(m_world, image.content) / data.size();
        Value::List command = words({"qemu-io"});
        for (std::size_t first = 0; first < data.size();) {
            std::size_t end = first + 1;
            while (end < data.size() && data[end].state == data[first].state && bytes <= kMostWritten)
                ++end;
            if (data[first].isAllocated()) {
                command.emplace_back("-c");
                command.emplace_back(write(data[first], first * bytes, (end - first) * std::min(bytes, kMostWritten)));
            }
            first = end;
        }
        if (command.size() == 1)
            return;
        command.push_back(opened(image));
        all.emplace_back(std::move(command));
    }

    static std::string write(const Cluster &cluster, std::uint64_t offset, std::uint64_t length)
    {
        const std::string range = std::to_string(offset / kSector * kSector) + " " +
                                  std::to_string(std::max(kSector, length / kSector * kSector));
        return (cluster.state == Cluster::State::Zero ? "write -q -z " : "write -q -P 1 ") + range;
    }

    void addSnapshots(const Image &image, Value::List &all) const
    {
        const auto found = m_world.snapshots->find(image.content);
        if (found == m_world.snapshots->end() || image.format != "qcow2")
            return;
        for (const InternalSnapshot &snapshot : found->second) {
            if (isWellFormedId(snapshot.name))
                all.emplace_back(words({"qemu-img", "snapshot", "-q", "-c", snapshot.name, opened(image)}));
        }
    }

    const World &m_world;
    ScratchNames &m_names;
    std::vector<Image> m_images;
    std::map<std::string, std::string, std::less<>> m_formats;
};

bool isFormat(const std::string &driver)
{
    return isScratchDriver(driver) && !isFilterDriver(driver) && driver != "quorum" && driver != "blkverify";
}

} // namespace

ScratchDriver scratchDriver(const World &world, NodeId node)
{
    const std::string &driver = world.node(node).driver;
    if (isScratchDriver(driver))
        return {driver, false};
    if (driver.empty() && (childOf(world, node, "backing") || childOf(world, node, "file")))
        return {"qcow2", true};
    if (driver.empty() && childOf(world, node, "image"))
        return {"blkdebug", true};
    return {childOf(world, node, "file") ? "raw" : "file", true};
}

std::string fileKey(const World &world, NodeId node)
{
    const std::string &name = world.node(node).filename;
    return name.empty() ? "#" + std::to_string(node.value) : name;
}

Value::List imageCommands(const World &world, const std::vector<NodeId> &nodes, ScratchNames &names,
                          std::set<std::string> &files)
{
    ImageMaker maker(world, names);
    for (NodeId node : nodes) { // the data file of an image is made with it; it needs a name alone
        if (const auto data = childOf(world, node, "data-file"))
            files.insert(fileKey(world, *data));
    }
    for (NodeId node : nodes) {
        const auto child = childOf(world, node, "file");
        const auto file = child ? std::optional(skipFilters(world.graph, *child)) : std::nullopt;
        if (file && isFormat(scratchDriver(world, node).name) && scratchDriver(world, *file).name == "file")
            maker.add(*file, node, scratchDriver(world, node).name, files);
    }
    for (NodeId node : nodes) {
        if (scratchDriver(world, node).name == "file")
            maker.add(node, node, "raw", files);
    }
    return maker.commands();
}

} // namespace blockscope
