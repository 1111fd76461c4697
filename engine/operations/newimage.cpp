// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/newimage.h"

#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/world/blockio.h"

#include <algorithm>

namespace blockscope {

namespace {

// The formats that qemu-img can make.
constexpr std::string_view kFormats[] = {"qcow2", "raw",  "qcow", "qed",       "luks",
                                         "vdi",   "vhdx", "vmdk", "parallels", "vpc"};

bool isImage(const Node &node)
{
    return !isFilterDriver(node.driver) && !isProtocolDriver(node.driver);
}

/// The image that was closed last under that file name.
std::optional<NodeId> closedImage(const World &world, const std::string &filename)
{
    for (std::uint32_t id = static_cast<std::uint32_t>(world.graph.nodeCount()); id > 0; --id) {
        const Node &node = world.node(NodeId{id - 1});
        if (!node.isOpen && isImage(node) && node.filename == filename)
            return node.id;
    }
    return std::nullopt;
}

} // namespace

NewImage describeImage(const World &world, const Object &arguments, std::string_view fileArgument, NodeId like)
{
    NewImage image;
    image.filename = textArgument(arguments, fileArgument).value_or("");
    image.exists = textArgument(arguments, "mode") == "existing";
    image.format = textArgument(arguments, "format").value_or(world.node(skipFilters(world.graph, like)).driver);
    image.like = like;
    return image;
}

std::optional<Error> checkFormat(const Object &arguments)
{
    const auto format = textArgument(arguments, "format");
    if (!format || std::find(std::begin(kFormats), std::end(kFormats), *format) != std::end(kFormats))
        return std::nullopt;
    return Error{"ARG-CHOICE", "format", "Unknown driver '" + *format + "'"};
}

std::optional<Error> checkImage(const World &world, const NewImage &image, std::string_view fileArgument)
{
    if (std::find(std::begin(kFormats), std::end(kFormats), image.format) == std::end(kFormats))
        return Error{"ARG-CHOICE", "format",
                     image.exists ? "Unknown driver '" + image.format + "'"
                                  : "Unknown file format '" + image.format + "'"};
    if (image.recorded && !image.exists && !supportsBacking(image.format))
        return Error{"ARG-CHOICE", "format", "Backing file not supported for file format '" + image.format + "'"};
    for (NodeId id : world.graph.nodes()) {
        if (!image.filename.empty() && world.node(id).filename == image.filename)
            return Error{"ARG-IN-USE", std::string(fileArgument), "Failed to get \"write\" lock"};
    }
    return std::nullopt;
}

NodeId openImage(World &world, const NewImage &image)
{
    const Node &like = world.node(image.like);
    Node file;
    file.name = freeNodeName(world);
    file.driver = "file";
    file.filename = image.filename;
    file.host = like.host;
    Node node;
    node.driver = image.format;
    node.filename = image.filename;
    node.virtualSize = like.virtualSize;
    node.host = like.host;
    BlockData data(clusterCount(world, image.like));
    const auto before = image.exists ? closedImage(world, image.filename) : std::nullopt;
    if (before && !world.data[before->value]->empty()) {
        node.headerBacking = world.node(*before).headerBacking;
        data = *world.data[before->value];
    } else if (image.recorded) {
        node.headerBacking = imageName(world.node(skipFilters(world.graph, *image.recorded)));
    }
    // A raw image keeps its data in the file.
    const bool isRaw = image.format == "raw";
    const NodeId below = addNode(world, std::move(file), isRaw ? data : BlockData());
    node.name = image.name.empty() ? freeNodeName(world) : image.name;
    const NodeId id = addNode(world, std::move(node), isRaw ? BlockData() : std::move(data));
    attach(world, Parent::of(id), below, "file");
    return id;
}

std::optional<NodeId> recordedBacking(const World &world, NodeId node)
{
    const std::string &name = world.node(node).headerBacking;
    for (NodeId id : world.graph.nodes()) {
        if (!name.empty() && id != node && isImage(world.node(id)) && imageName(world.node(id)) == name)
            return id;
    }
    return std::nullopt;
}

std::string freeNodeName(const World &world)
{
    // QEMU numbers nodes that nobody named.
    for (std::size_t number = world.graph.nodeCount();; ++number) {
        std::string name = "#block" + std::to_string(number);
        if (!world.graph.findNode(name))
            return name;
    }
}

void claimCreated(World &world, const Plan &plan, Holder actor, std::string_view role, NodeId node)
{
    const Holding *held = world.ledger.holding(actor);
    const Tick since = held != nullptr ? held->since : world.clock;
    std::vector<NodeClaim> claims = held != nullptr ? held->claims : std::vector<NodeClaim>();
    for (NodeClaim claim : plan.created) {
        if (claim.role != role)
            continue;
        claim.node = node;
        claims.push_back(std::move(claim));
    }
    world.ledger.release(actor);
    world.ledger.acquire(actor, since, std::move(claims));
}

} // namespace blockscope
