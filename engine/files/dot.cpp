// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/dot.h"

#include "engine/files/names.h"

#include <cmath>

namespace blockscope {

namespace {

/// A DOT string: quotes and backslashes escaped, lines broken with \n, other control characters dropped.
std::string quoted(const std::string &text)
{
    std::string out = "\"";
    for (char c : text) {
        if (c == '\n')
            out += "\\n";
        else if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f)
            out += c;
    }
    return out + '"';
}

std::string id(const char *kind, std::uint32_t number)
{
    return kind + std::to_string(number);
}

std::string orDash(const std::string &text)
{
    return text.empty() ? "-" : text;
}

std::string parentId(const Parent &parent)
{
    switch (parent.kind) {
    case Parent::Kind::User:
        return id("user", parent.id);
    case Parent::Kind::Job:
        return id("job", parent.id);
    case Parent::Kind::Node:
        break;
    }
    return id("node", parent.id);
}

std::string nodeLine(const World &world, NodeId node)
{
    const Node &each = world.node(node);
    std::string label = each.name + "\n" + each.driver + (each.isReadOnly ? ", read-only" : "");
    const Ledger::Masks masks = world.ledger.masks(node);
    if (world.ledger.hasClaims(node))
        label += "\nRequire " + orDash(actionsToText(masks.required)) + "\nAllow " +
                 orDash(actionsToText(kAllActions - masks.denied));
    std::string style = each.isObsolete ? "dashed" : "";
    if (each.isImplicit)
        style += style.empty() ? "rounded" : ",rounded";
    return "  " + id("node", node.value) + " [shape=box, label=" + quoted(label) +
           (style.empty() ? "" : ", style=\"" + style + "\"") + "];\n";
}

std::string jobLine(const Job &job)
{
    std::string label = job.name + "\n" + job.type + ", " + toString(job.status);
    const Progress progress = progressOf(job);
    if (progress.total != 0)
        label += ", " + std::to_string(std::lround(100.0 * progress.done / progress.total)) + " %";
    return "  " + id("job", job.id.value) + " [shape=component, label=" + quoted(label) + "];\n";
}

/// A job's own captured links say what it works on; a job of ours says so by its roles.
std::string jobLinks(const World &world, const Job &job)
{
    for (EdgeId edge : world.graph.edges()) {
        if (world.graph.edge(edge).parent == Parent::of(job.id))
            return {};
    }
    std::string lines;
    for (const RoleNode &each : job.nodes) {
        if (world.node(each.node).isOpen)
            lines += "  " + id("job", job.id.value) + " -> " + id("node", each.node.value) +
                     " [label=" + quoted(each.role) + ", style=dotted, constraint=false];\n";
    }
    return lines;
}

} // namespace

std::string writeDot(const World &world, const std::string &title)
{
    std::string out =
        "digraph blockscope {\n  rankdir=TB;\n  node [fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\"];\n";
    if (!title.empty())
        out += "  labelloc=t;\n  label=" + quoted(title) + ";\n";
    for (const auto &user : world.users) {
        if (user->isAttached)
            out += "  " + id("user", user->id.value) + " [shape=ellipse, label=" + quoted(user->name) + "];\n";
    }
    for (NodeId node : world.graph.nodes())
        out += nodeLine(world, node);
    for (JobId job : world.liveJobs())
        out += jobLine(world.job(job));
    for (EdgeId edgeId : world.graph.edges()) {
        const Edge &edge = world.graph.edge(edgeId);
        if (edge.parent.kind == Parent::Kind::User && !world.user(UserId{edge.parent.id}).isAttached)
            continue;
        if (edge.parent.kind == Parent::Kind::Job && world.job(JobId{edge.parent.id}).status == JobStatus::Null)
            continue;
        out += "  " + parentId(edge.parent) + " -> " + id("node", edge.child.value) + " [label=" + quoted(edge.role) +
               (edge.parent.kind == Parent::Kind::Job ? ", style=dotted, constraint=false" : "") + "];\n";
    }
    for (JobId job : world.liveJobs())
        out += jobLinks(world, world.job(job));
    return out + "}\n";
}

} // namespace blockscope
