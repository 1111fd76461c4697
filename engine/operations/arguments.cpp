// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/operations/arguments.h"

#include "engine/graph/walk.h"
#include "engine/operations/claimtable.h"
#include "engine/world/standingclaims.h"

#include <algorithm>

namespace blockscope {

namespace {

const char *kindName(Parameter::Kind kind)
{
    switch (kind) {
    case Parameter::Kind::Number:
        return "integer";
    case Parameter::Kind::Boolean:
        return "boolean";
    case Parameter::Kind::Options:
        return "object";
    default:
        return "string";
    }
}

bool fits(Parameter::Kind kind, const Value &value)
{
    switch (kind) {
    case Parameter::Kind::Number:
        return value.asInteger() != nullptr;
    case Parameter::Kind::Boolean:
        return value.asBool() != nullptr;
    case Parameter::Kind::Options: // a reference by name, null or the options in place
        return value.asObject() != nullptr || value.asString() != nullptr || value.isNull() ||
               value.asList() != nullptr;
    default:
        return value.asString() != nullptr;
    }
}

std::optional<Error> checkParameter(const Operation &operation, const std::string &name, const Value &value)
{
    const Parameter *parameter = operation.parameter(name);
    if (parameter == nullptr && operation.takesMoreOptions)
        return std::nullopt;
    if (parameter == nullptr)
        return Error{"ARG-UNKNOWN", name, "Parameter '" + name + "' is unexpected"};
    if (!fits(parameter->kind, value))
        return Error{"ARG-TYPE", name,
                     "Invalid parameter type for '" + name + "', expected: " + kindName(parameter->kind)};
    if (parameter->kind == Parameter::Kind::Choice &&
        std::find(parameter->choices.begin(), parameter->choices.end(), *value.asString()) == parameter->choices.end())
        return Error{"ARG-CHOICE", name, "Parameter '" + name + "' does not accept value '" + *value.asString() + "'"};
    return std::nullopt;
}

} // namespace

const Parameter *Operation::parameter(std::string_view wanted) const
{
    const auto found =
        std::find_if(parameters.begin(), parameters.end(), [&](const Parameter &each) { return each.name == wanted; });
    return found == parameters.end() ? nullptr : &*found;
}

std::optional<NodeId> Plan::node(std::string_view role) const
{
    const auto found =
        std::find_if(nodes.begin(), nodes.end(), [&](const RoleNode &each) { return each.role == role; });
    return found == nodes.end() ? std::nullopt : std::optional(found->node);
}

std::optional<Error> checkParameters(const Operation &operation, const Object &arguments)
{
    for (const Parameter &parameter : operation.parameters) {
        if (parameter.isRequired && find(arguments, parameter.name) == nullptr) {
            const std::string name(parameter.name);
            return Error{"ARG-MISSING", name, "Parameter '" + name + "' is missing"};
        }
    }
    for (const auto &[name, value] : arguments) {
        if (auto error = checkParameter(operation, name, value))
            return error;
    }
    return std::nullopt;
}

bool isWellFormedId(std::string_view id)
{
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return !id.empty() && letter(id.front()) && std::all_of(id.begin(), id.end(), [&](char c) {
        return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    });
}

std::optional<std::string> textArgument(const Object &arguments, std::string_view name)
{
    const std::string *text = findString(arguments, name);
    return text != nullptr ? std::optional(*text) : std::nullopt;
}

bool boolArgument(const Object &arguments, std::string_view name, bool otherwise)
{
    const Value *value = find(arguments, name);
    return value != nullptr && value->asBool() != nullptr ? *value->asBool() : otherwise;
}

Result<NodeId> lookUpNode(const World &world, std::string_view argument, const std::string &name)
{
    if (const auto user = world.findUser(name)) {
        if (const auto root = world.rootOf(*user))
            return *root;
        return Error{"ARG-NODE", std::string(argument), "Device '" + name + "' has no medium"};
    }
    if (const auto node = world.graph.findNode(name))
        return *node;
    return Error{"ARG-NODE", std::string(argument), "Cannot find device='" + name + "' nor node-name='" + name + "'"};
}

namespace {

constexpr std::size_t kMaximumNodeNameLength = 31; // node_name[32] of BlockDriverState

/// A running job's filter has its name whether it stands in the graph (jobgraph.h) or not.
bool isFilterOfJob(const World &world, const std::string &name)
{
    return std::any_of(world.jobs.begin(), world.jobs.end(), [&](const auto &job) {
        return job->isActive() && textArgument(job->arguments, "filter-node-name") == name;
    });
}

} // namespace

std::optional<Error> checkNodeName(const World &world, const std::string &name)
{
    if (!isWellFormedId(name))
        return Error{"ARG-NODE", "node-name", "Invalid node-name: '" + name + "'"};
    const auto user = world.findUser(name);
    if (user && world.user(*user).backendName == name)
        return Error{"ARG-NODE", "node-name", "node-name=" + name + " is conflicting with a device id"};
    if (world.graph.findNode(name) || isFilterOfJob(world, name))
        return Error{"ARG-NODE", "node-name", "Duplicate nodes with node-name='" + name + "'"};
    if (name.size() > kMaximumNodeNameLength)
        return Error{"ARG-NODE", "node-name", "Node name too long"};
    return std::nullopt;
}

std::optional<Error> checkFilterName(const World &world, const Object &arguments, const std::string &context)
{
    const auto name = textArgument(arguments, "filter-node-name");
    auto error = name ? checkNodeName(world, *name) : std::nullopt;
    if (error) {
        error->where = "filter-node-name";
        error->what.insert(0, context);
    }
    return error;
}

namespace {

Result<std::string> jobName(const World &world, const Object &arguments, std::string_view type, NodeId device)
{
    if (const auto given = textArgument(arguments, "job-id")) {
        if (!isWellFormedId(*given))
            return Error{"ARG-JOB", "job-id", "Invalid job ID '" + *given + "'"};
        if (world.findJob(*given))
            return Error{"ARG-JOB", "job-id", "Job ID '" + *given + "' already in use"};
        return *given;
    }
    for (EdgeId edge : world.node(device).parents) {
        const auto user = world.userOf(edge);
        if (user && !world.user(*user).backendName.empty() && !world.findJob(world.user(*user).backendName))
            return world.user(*user).backendName;
    }
    for (int number = 0;; ++number) {
        std::string name = std::string(type) + std::to_string(number);
        if (!world.hadJob(name))
            return name;
    }
}

} // namespace

Result<std::string> chooseJobName(const World &world, const Object &arguments, std::string_view type, NodeId device)
{
    auto name = jobName(world, arguments, type, device);
    const Value *speed = find(arguments, "speed");
    if (name && speed != nullptr && *speed->asInteger() < 0)
        return Error{"ARG-SPEED", "speed", "Parameter 'speed' expects a non-negative value"};
    return name;
}

PlanBuilder::PlanBuilder(const Operation &operation, std::string_view claimOperation, const Object &arguments)
    : m_claimOperation(claimOperation)
{
    m_plan.operation = &operation;
    m_plan.arguments = arguments;
}

void PlanBuilder::add(std::string_view role, NodeId node)
{
    add(role, node, claimFor(m_claimOperation, role));
}

void PlanBuilder::add(std::string_view role, const std::vector<NodeId> &nodes)
{
    for (NodeId node : nodes)
        add(role, node);
}

void PlanBuilder::add(std::string_view role, NodeId node, Claim claim)
{
    m_plan.nodes.push_back({std::string(role), node});
    m_plan.claims.push_back({node, std::string(role), claim});
}

void PlanBuilder::create(std::string_view role)
{
    create(role, claimFor(m_claimOperation, role));
}

void PlanBuilder::create(std::string_view role, Claim claim)
{
    m_plan.created.push_back({NodeId(), std::string(role), claim});
}

void PlanBuilder::makesWritable(const World &world, NodeId id)
{
    const Node &node = world.node(id);
    if (!node.isReadOnly)
        return;
    for (EdgeId edge : node.children) {
        const Edge &link = world.graph.edge(edge);
        const auto claims = linkClaims(world, node, false, link.role, link.child);
        if (standingClaims(world, link) == claims)
            continue;
        m_plan.standing.insert(m_plan.standing.end(), claims.begin(), claims.end());
        m_plan.replaces.push_back(Holder::of(edge));
    }
}

void PlanBuilder::movesLink(EdgeId link)
{
    m_plan.replaces.push_back(Holder::of(link));
}

void PlanBuilder::setJobName(std::string name)
{
    m_plan.arguments["job-id"] = Value(name);
    m_plan.jobName = std::move(name);
}

std::vector<NodeId> parentNodes(const World &world, NodeId node)
{
    std::vector<NodeId> parents;
    for (EdgeId edge : world.node(node).parents) {
        const Parent parent = world.graph.edge(edge).parent;
        if (parent.isNode())
            parents.push_back(parent.node());
    }
    std::sort(parents.begin(), parents.end());
    parents.erase(std::unique(parents.begin(), parents.end()), parents.end());
    return parents;
}

NodeId activeLayer(const World &world, NodeId node)
{
    const auto hasUser = [&](NodeId id) {
        const auto &parents = world.node(id).parents;
        return std::any_of(parents.begin(), parents.end(), [&](EdgeId edge) {
            const auto user = world.userOf(edge);
            return user && world.user(*user).kind != User::Kind::Backend;
        });
    };
    for (std::size_t steps = world.graph.nodeCount(); steps > 0 && !hasUser(node); --steps) {
        const auto overlays = overlaysOf(world.graph, node);
        if (overlays.empty())
            break;
        node = overlays.front();
    }
    return node;
}

} // namespace blockscope
