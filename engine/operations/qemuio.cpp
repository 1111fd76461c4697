// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
// qemu-io, of HMP: reads or writes through a BlockBackend of its own, which shares everything (hmp_qemu_io() in
// block/monitor/block-hmp-cmds.c, qemu-io-cmds.c). Its commands read and write alone, in clusters of ours.
#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/operations/catalogue.h"
#include "engine/operations/claimtable.h"
#include "engine/operations/imagesize.h"
#include "engine/operations/numbers.h"
#include "engine/world/blockio.h"
#include "engine/world/contract.h"

#include <sstream>

namespace blockscope {

namespace {

using Kind = Parameter::Kind;

constexpr Parameter kParameters[] = {
    {.name = "device", .kind = Kind::Device, .isRequired = true, .role = "node"},
    {.name = "command", .isRequired = true},
};

struct Request
{
    bool writes = false;
    bool isZero = false; ///< write -z
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
};

Error wrong(const char *code, std::string what)
{
    return {code, "command", std::move(what)};
}

Error notANumber(const std::string &word)
{
    return wrong("ARG-TYPE", "Parsing error: non-numeric argument, or extraneous/unrecognized suffix -- " + word);
}

/// "write -P 7 64k 64k": what is not an option must be offset and length.
Result<Request> parse(const std::string &command)
{
    std::istringstream words(command);
    std::string name;
    words >> name;
    Request request{.writes = name == "write"};
    if (name != "read" && name != "write")
        return wrong("ARG-UNSUPPORTED", "command \"" + name + "\" not found");
    std::vector<std::string> numbers;
    for (std::string word; words >> word;) {
        if (word == "-P")
            words >> word; // the pattern: data has its writer here, not its bytes
        else if (word == "-z" && request.writes)
            request.isZero = true;
        else if (word.starts_with('-'))
            return wrong("ARG-UNSUPPORTED", name + ": Blockscope does not know the option " + word);
        else
            numbers.push_back(word);
    }
    if (numbers.size() != 2)
        return wrong("ARG-MISSING",
                     "bad argument count " + std::to_string(numbers.size()) + " to " + name + ", expected 2 arguments");
    const auto offset = bytesFromText(numbers[0]);
    const auto length = bytesFromText(numbers[1]);
    if (!offset || !length)
        return notANumber(offset ? numbers[1] : numbers[0]);
    request.offset = *offset;
    request.length = *length;
    return request;
}

struct Span
{
    std::uint32_t first = 0;
    std::uint32_t end = 0;
};

/// The clusters touched; nothing when some lie past the end.
std::optional<Span> spanOf(const World &world, NodeId node, const Request &request)
{
    const std::uint32_t count = clusterCount(world, node);
    if (request.length == 0)
        return Span{};
    const std::uint64_t last = clusterAt(world, node, request.offset + request.length - 1);
    if (last >= count || request.offset + request.length < request.offset)
        return std::nullopt;
    return Span{static_cast<std::uint32_t>(clusterAt(world, node, request.offset)),
                static_cast<std::uint32_t>(last) + 1};
}

Result<Plan> plan(const World &world, const Object &arguments)
{
    const auto node = lookUpNode(world, "device", *textArgument(arguments, "device"));
    if (!node)
        return node.error();
    const auto request = parse(*textArgument(arguments, "command"));
    if (!request)
        return request.error();
    if (request->writes && !isWritable(world, *node))
        return Error{"ARG-READONLY", "device", "Block node is read-only"};
    if (!spanOf(world, *node, *request))
        return wrong("ARG-RANGE", std::string(request->writes ? "write" : "read") + " failed: Input/output error");
    PlanBuilder plan(kQemuIo, request->writes ? "qemu-io write" : "qemu-io read", arguments);
    const auto path = filterPath(world.graph, *node);
    plan.add("node", path);
    if (request->writes)
        plan.add("above", nodesAbove(world.graph, path));
    return plan.take();
}

Object suggest(const World &world, NodeId node)
{
    return {{"device", world.node(node).name}, {"command", "write 0 64k"}};
}

bool touch(World &world, NodeId node, const Request &request, std::uint32_t index)
{
    if (!request.writes)
        return readFor(world, node, index, Holder::synchronous()).has_value();
    const Stamp stamp{Stamp::Kind::Operation, 0, world.clock};
    const Cluster value{request.isZero ? Cluster::State::Zero : Cluster::State::Data, stamp, stamp};
    return writeCluster(world, node, index, value, stamp) == WriteResult::Done;
}

void start(World &world, const Plan &plan, Job *)
{
    const NodeId node = *plan.node("node");
    const auto request = parse(*textArgument(plan.arguments, "command"));
    const Span span = *spanOf(world, node, *request);
    for (std::uint32_t index = span.first; index < span.end && touch(world, node, *request, index); ++index) {
    }
    if (request->writes && !hasReader(world, node))
        renewContract(world, node);
}

} // namespace

const Operation kQemuIo{.name = "qemu-io",
                        .family = Family::Users,
                        .fidelity = Fidelity::Simplified,
                        .parameters = kParameters,
                        .dropParameter = "device",
                        .plan = plan,
                        .suggest = suggest,
                        .start = start};

} // namespace blockscope
