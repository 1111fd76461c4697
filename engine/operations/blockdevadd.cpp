// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// blockdev-add: opens a node and links it to children that exist or are
// described in place (qmp_blockdev_add() in blockdev.c, bdrv_open_inherit() in block.c).
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/blockdevoptions.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/newimage.h"
#include "engine/operations/opening.h"
#include "engine/world/blockio.h"
#include "engine/world/standingclaims.h"

#include <algorithm>

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kParameters[] = {
    {.name = "driver", .kind = Kind::Choice, .isRequired = true, .choices = kBlockdevDrivers},
    {.name = "node-name", .isRequired = true},
    {.name = "file", .kind = Kind::Options, .role = "file"},
    {.name = "backing", .kind = Kind::Options, .role = "backing"},
    {.name = "data-file", .kind = Kind::Options, .role = "data-file"},
    {.name = "target", .kind = Kind::Options, .role = "target"},
    {.name = "children", .kind = Kind::Options},
    {.name = "read-only", .kind = Kind::Boolean},
    {.name = "auto-read-only", .kind = Kind::Boolean},
    {.name = "force-share", .kind = Kind::Boolean},
    {.name = "filename"},
    {.name = "throttle-group"},
    {.name = "discard"},
    {.name = "detect-zeroes"},
    {.name = "cache", .kind = Kind::Options},
    {.name = "aio"},
    {.name = "locking"},
    {.name = "size", .kind = Kind::Number},
    {.name = "offset", .kind = Kind::Number},
    {.name = "vote-threshold", .kind = Kind::Number},
    {.name = "bottom", .kind = Kind::Node},
};
constexpr int kMaximumDepth = 16;
constexpr std::int64_t kMaximumVotes = 1'000'000;

Node describe(const Object &options)
{
    Node node;
    node.name = textArgument(options, "node-name").value_or("");
    node.driver = textArgument(options, "driver").value_or("");
    node.filename = textArgument(options, "filename").value_or("");
    node.isReadOnly = boolArgument(options, "read-only", false);
    // What image locks depend on (world/imagelock.h).
    if (textArgument(options, "locking") == "off")
        node.extra["locking"] = "off";
    if (boolArgument(options, "force-share", false))
        node.extra["force-share"] = true;
    if (const Value *size = find(options, "size"); size != nullptr && size->asInteger() != nullptr)
        node.virtualSize = static_cast<std::uint64_t>(std::max<std::int64_t>(0, *size->asInteger()));
    if (const Value *votes = find(options, "vote-threshold"); votes != nullptr && votes->asInteger() != nullptr)
        node.voteThreshold =
            static_cast<std::uint32_t>(std::clamp<std::int64_t>(*votes->asInteger(), 0, kMaximumVotes));
    return node;
}

/// Started with -incoming: images are open and not yet ours.
bool isIncoming(const World &world, const std::string &host)
{
    return world.runStateOf(host) == "inmigrate";
}

/// quorum_open() and quorum_valid_threshold() of block/quorum.c
std::optional<Error> checkQuorum(const Object &options)
{
    if (textArgument(options, "driver") != "quorum")
        return std::nullopt;
    const Value *votes = find(options, "vote-threshold");
    const Value *children = find(options, "children");
    if (children == nullptr)
        return Error{"ARG-MISSING", "children", "Parameter 'children' is missing"};
    if (votes == nullptr)
        return Error{"ARG-MISSING", "vote-threshold", "Parameter 'vote-threshold' is missing"};
    const auto count = children->asList() != nullptr ? std::ssize(*children->asList()) : 0;
    if (count < 1)
        return Error{"ARG-RANGE", "children", "Number of provided children must be 1 or more"};
    const std::int64_t threshold = votes->asInteger() != nullptr ? *votes->asInteger() : 0;
    if (threshold < 1)
        return Error{"ARG-RANGE", "vote-threshold", "Parameter 'vote-threshold' expects a value >= 1"};
    if (threshold > count)
        return Error{"ARG-RANGE", "vote-threshold", "threshold may not exceed children count"};
    return std::nullopt;
}

/// compress_open() of block/filter-compress.c: what block_driver_can_compress().
std::optional<Error> checkCompressed(const World &world, NodeId file)
{
    static constexpr std::array<std::string_view, 5> kCompressing{"copy-on-read", "qcow", "qcow2", "throttle", "vmdk"};
    const std::string &driver = world.node(file).driver;
    if (std::find(kCompressing.begin(), kCompressing.end(), driver) != kCompressing.end())
        return std::nullopt;
    return Error{"ARG-FORMAT", "file", "Compression is not supported for underlying format: " + driver};
}

/// Checks a tree of options and lists what its links to existing nodes would claim. REQUIRES: checkBlockdevOptions()
/// found nothing.
std::optional<Error> checkTree(const World &world, const Object &options, const std::string &host, Plan &plan,
                               int depth)
{
    if (depth > kMaximumDepth)
        return Error{"ARG-CHAIN", "file", "Too many levels of nested nodes"};
    if (const auto name = textArgument(options, "node-name")) {
        if (auto error = checkNodeName(world, *name))
            return error;
    }
    if (auto error = checkQuorum(options))
        return error;
    for (const auto &[role, child] : blockdevChildren(options)) {
        if (const std::string *reference = child.asString()) {
            const auto node = lookUpNode(world, role, *reference);
            if (!node)
                return node.error();
            plan.nodes.push_back({role, *node});
            Node parent = describe(options);
            if (parent.driver == "compress") {
                if (auto error = checkCompressed(world, *node))
                    return error;
            }
            parent.isInactive = isIncoming(world, host);
            const auto claims = linkClaims(world, parent, parent.isReadOnly, role, *node);
            plan.standing.insert(plan.standing.end(), claims.begin(), claims.end());
        } else if (auto error = checkTree(world, *child.asObject(), host, plan, depth + 1)) {
            return error;
        }
    }
    return std::nullopt;
}

/// Two nodes of one tree must not share a name either.
void collectNames(const Object &options, std::vector<std::string> &names)
{
    if (const auto name = textArgument(options, "node-name"))
        names.push_back(*name);
    for (const auto &[role, child] : blockdevChildren(options)) {
        if (child.asObject() != nullptr)
            collectNames(*child.asObject(), names);
    }
}

Result<Plan> planOn(const World &world, const Object &arguments, const std::string &host)
{
    PlanBuilder builder(kBlockdevAdd, "blockdev-add", arguments);
    Plan plan = builder.take();
    if (auto error = checkBlockdevOptions(arguments))
        return *error;
    if (auto error = checkTree(world, arguments, host, plan, 0))
        return *error;
    if (boolArgument(arguments, "force-share", false) && !boolArgument(arguments, "read-only", false))
        return Error{"ARG-READONLY", "force-share", "force-share=on can only be used with read-only images"};
    std::vector<std::string> names;
    collectNames(arguments, names);
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice != names.end())
        return Error{"ARG-NODE", "node-name", "Duplicate nodes with node-name='" + *twice + "'"};
    return plan;
}

Result<Plan> plan(const World &world, const Object &arguments)
{
    return planOn(world, arguments, {});
}

Object suggest(const World &world, NodeId node)
{
    return {{"driver", "qcow2"}, {"backing", world.node(node).name}};
}

/// A new image: as long as its backing file, or of the default number of clusters. A node that
/// passes its data on, or that lies below a format, keeps none.
BlockData emptyData(const World &world, const Node &node, std::optional<NodeId> backing, bool isBelowFormat)
{
    if (isBelowFormat || isFilterDriver(node.driver) || node.driver == "raw" || node.driver == "quorum")
        return {};
    return BlockData(backing ? clusterCount(world, *backing) : kDefaultClusters);
}

/// How the data of an image is found in its file: the same file through another kind of driver is no image of it.
bool isSameImage(const Node &opened, const Node &other)
{
    return other.isOpen && !other.filename.empty() && other.filename == opened.filename &&
           other.driver == opened.driver;
}

/// The node that keeps the data of the image that \a opened opens a second time, in whatever process.
std::optional<NodeId> keeperOf(const World &world, const Node &opened)
{
    if (opened.filename.empty() || isFilterDriver(opened.driver) || opened.driver == "raw")
        return std::nullopt;
    for (NodeId id : world.graph.nodes()) {
        if (!isSameImage(opened, world.node(id)))
            continue;
        const NodeId keeper = world.node(id).sameImageAs.value_or(id);
        if (!world.data[keeper.value]->empty()) // a file below a format keeps none
            return keeper;
    }
    return std::nullopt;
}

/// Children made from \a options inherit what image locks depend on; backing files are read-only unless they say
/// otherwise (bdrv_inherited_options() in block.c).
Object inheriting(Object child, const Object &options, std::string_view role)
{
    if (role == "backing")
        child.emplace("read-only", true);
    for (const char *key : {"force-share", "read-only"}) {
        if (const Value *value = find(options, key))
            child.emplace(key, *value);
    }
    return child;
}

NodeId openTree(World &world, const Object &options, const std::string &host, bool isBelowFormat)
{
    Node node = describe(options);
    node.host = host;
    node.isInactive = isIncoming(world, host);
    const bool isFormat = !isFilterDriver(node.driver) && node.driver != "raw" && node.driver != "quorum";
    std::vector<std::pair<std::string, NodeId>> children;
    std::optional<NodeId> backing;
    for (const auto &[role, child] : blockdevChildren(options)) {
        const bool isFile = role == "file";
        const NodeId id = child.asString() != nullptr
                              ? *lookUpNode(world, role, *child.asString())
                              : openTree(world, inheriting(*child.asObject(), options, role), host, isFormat && isFile);
        children.emplace_back(role, id);
        if (role == "backing")
            backing = id;
        if (isFile && node.filename.empty())
            node.filename = world.node(id).filename;
    }
    if (node.name.empty())
        node.name = freeNodeName(world);
    const auto keeper = isBelowFormat ? std::nullopt : keeperOf(world, node);
    if (keeper) {
        node.headerBacking = world.node(*keeper).headerBacking;
        node.virtualSize = world.node(*keeper).virtualSize;
    } else if (backing) {
        node.headerBacking = imageName(world.node(*backing));
        node.virtualSize = node.virtualSize == 0 ? world.node(*backing).virtualSize : node.virtualSize;
    }
    BlockData data = keeper ? BlockData() : emptyData(world, node, backing, isBelowFormat);
    const NodeId id = addNode(world, std::move(node), std::move(data));
    if (keeper)
        shareImage(world, id, *keeper);
    for (auto &[role, child] : children)
        attach(world, Parent::of(id), child, role);
    return id;
}

} // namespace

NodeId openNodes(World &world, const Object &options, const std::string &host)
{
    return openTree(world, options, host, false);
}

std::string probedFormat(const World &world, const std::string &filename)
{
    for (NodeId id : world.graph.nodes()) {
        const Node &node = world.node(id);
        if (node.filename == filename && !isFilterDriver(node.driver) && !isProtocolDriver(node.driver))
            return node.driver;
    }
    return "raw";
}

namespace {

void start(World &world, const Plan &plan, Job *)
{
    // What is described in place goes with the root.
    world.graph.editNode(openNodes(world, plan.arguments, plan.host)).isMonitorOwned = true;
}

} // namespace

const Operation kBlockdevAdd{.name = "blockdev-add",
                             .family = Family::Graph,
                             .parameters = kParameters,
                             .dropParameter = "backing",
                             .takesMoreOptions = true,
                             .plan = plan,
                             .planOn = planOn,
                             .suggest = suggest,
                             .start = start};

} // namespace blockscope
