// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/reproduce/scratchnodes.h"

#include "engine/graph/walk.h"
#include "engine/operations/arguments.h"
#include "engine/reproduce/scratchimages.h"
#include "engine/world/permissions.h"

#include <algorithm>
#include <array>

namespace blockscope {

namespace {

/// The filters of jobs that are there: they come with their jobs.
std::set<NodeId> jobFilters(const World &world)
{
    std::set<NodeId> filters;
    for (JobId job : world.liveJobs()) {
        if (const auto filter = world.job(job).node("filter"); filter && world.node(*filter).isOpen)
            filters.insert(*filter);
    }
    return filters;
}

/// The children of the drivers that are made; their names are options.
bool isRole(std::string_view role)
{
    static constexpr std::array<std::string_view, 8> kRoles{"backing", "data-file", "file",   "image",
                                                            "log",     "raw",       "target", "test"};
    return role.starts_with("children.") || std::find(kRoles.begin(), kRoles.end(), role) != kRoles.end();
}

/// Those of a list of words that have nothing but letters and the like.
Value plainWords(const Value &value)
{
    Value::List words;
    for (const Value &each : value.asList() != nullptr ? *value.asList() : Value::List()) {
        if (each.asString() != nullptr && isWellFormedId(*each.asString()))
            words.push_back(each);
    }
    return words;
}

void flattenList(const Value::List &list, const std::string &key, std::string &text)
{
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (const auto *string = list[i].asString())
            text += "," + key + "." + std::to_string(i) + "=" + *string;
    }
}

/// "a.b=c,": the names in it are our own or well-formed, so that there is no comma in them.
void flatten(const Object &options, const std::string &prefix, std::string &text)
{
    for (const auto &[name, value] : options) {
        const std::string key = prefix + name;
        if (const auto *object = value.asObject())
            flatten(*object, key + ".", text);
        else if (const auto *list = value.asList())
            flattenList(*list, key, text);
        else if (const auto *string = value.asString())
            text += "," + key + "=" + *string;
        else if (const auto *flag = value.asBool())
            text += "," + key + (*flag ? "=on" : "=off");
        else if (const auto *number = value.asInteger())
            text += "," + key + "=" + std::to_string(*number);
        else
            text += "," + key + "="; // no backing file
    }
}

} // namespace

ScratchNodes::ScratchNodes(const World &world, ScratchNames &names, ScratchNeeds &needs)
    : m_world(world), m_names(names), m_needs(needs), m_filters(jobFilters(world))
{
}

bool ScratchNodes::isMade(NodeId id) const
{
    const Node &node = m_world.node(id);
    return node.isOpen && node.host.empty() && !m_filters.contains(id);
}

NodeId ScratchNodes::belowFilters(NodeId node) const
{
    for (std::size_t i = 0; i < kMaximumFilters && m_filters.contains(node); ++i)
        node = filteredChild(m_world.graph, node).value_or(node);
    return node;
}

std::vector<const Edge *> ScratchNodes::links(NodeId node) const
{
    std::vector<const Edge *> found;
    for (EdgeId id : m_world.node(node).children) {
        const Edge &edge = m_world.graph.edge(id);
        if (edge.isAttached && isMade(belowFilters(edge.child)))
            found.push_back(&edge);
    }
    return found;
}

/// Children before parents, without recursion: a chain may be long. A node is looked at twice, and is being opened
/// between the two; to meet one then is a cycle.
std::optional<Error> ScratchNodes::sort()
{
    enum class State : std::uint8_t { New, Opening, Done };
    std::vector<State> states(m_world.graph.nodeCount(), State::New);
    for (std::uint32_t i = 0; i < m_world.graph.nodeCount(); ++i) {
        std::vector<NodeId> stack{NodeId{i}};
        while (!stack.empty()) {
            const NodeId id = stack.back();
            State &state = states[id.value];
            if (state != State::New || !isMade(id)) {
                if (state == State::Opening)
                    m_order.push_back(id);
                state = State::Done;
                stack.pop_back();
                continue;
            }
            state = State::Opening;
            for (const Edge *edge : links(id)) {
                const NodeId child = belowFilters(edge->child);
                if (states[child.value] == State::Opening)
                    return Error{"FILE-STATE", m_world.node(id).name, "the links make a cycle"};
                stack.push_back(child);
            }
        }
    }
    return std::nullopt;
}

Object ScratchNodes::options(NodeId id) const
{
    const Node &node = m_world.node(id);
    const std::string driver = scratchDriver(m_world, id).name;
    Object options{{"driver", driver}, {"node-name", m_names.node(id)}};
    if (driver == "file") {
        options["filename"] = m_names.image(fileKey(m_world, id));
        // Who needs to write says so. What reads in spite of others' locks never writes.
        options[isForceShared(node) ? "read-only" : "auto-read-only"] = true;
    } else if (driver == "null-co" || driver == "null-aio") {
        options["size"] = static_cast<std::int64_t>(node.virtualSize);
    } else if (node.isReadOnly && !isFilterDriver(driver)) {
        options["read-only"] = true;
    }
    if (supportsBacking(driver))
        options["backing"] = Value();
    addDriverOptions(node, driver, options);
    for (const Edge *edge : links(id))
        addLink(*edge, options);
    return options;
}

void ScratchNodes::addDriverOptions(const Node &node, const std::string &driver, Object &options) const
{
    if (isForceShared(node))
        options["force-share"] = true;
    for (const char *key : {"take-child-perms", "unshare-child-perms"}) {
        if (driver == "blkdebug" && find(node.extra, key) != nullptr)
            options[key] = plainWords(*find(node.extra, key));
    }
    if (driver == "throttle") {
        const std::string *group = findString(node.extra, "throttle-group");
        options["throttle-group"] = group != nullptr && isWellFormedId(*group) ? *group : std::string("group0");
        m_needs.throttleGroups.insert(*options["throttle-group"].asString());
    }
    if (driver == "quorum") // one that is not known is none that anything is held to
        options["vote-threshold"] = static_cast<std::int64_t>(std::max(node.voteThreshold, std::uint32_t{1}));
}

void ScratchNodes::addLink(const Edge &edge, Object &options) const
{
    if (!isRole(edge.role))
        return; // it would become the name of an option
    const ScratchDriver parent = scratchDriver(m_world, edge.parent.node());
    if (parent.isReplaced && (parent.name == "raw" || parent.name == "file") && edge.role != "file")
        return; // what stands for the driver has no such child
    const std::string child = m_names.node(belowFilters(edge.child));
    if (!edge.role.starts_with("children.")) {
        options[edge.role] = child;
        return;
    }
    Value &children = options["children"];
    if (children.asList() == nullptr)
        children = Value::List();
    children.asList()->emplace_back(child);
}

std::string driveOptions(const Object &options)
{
    std::string text;
    flatten(options, {}, text);
    return text;
}

} // namespace blockscope
