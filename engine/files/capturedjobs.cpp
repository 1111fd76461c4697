// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/capturedjobs.h"

#include "engine/files/capturednodes.h"
#include "engine/graph/walk.h"

#include <algorithm>

namespace blockscope {

namespace {

void readJobReply(Value &value, const Place &place, Failure &failure, const char *idKey,
                  std::map<std::string, CapturedJobLinks> &jobs)
{
    ObjectReader reader(value, place, failure);
    const std::string id = reader.name(idKey);
    CapturedJobLinks &found = jobs[id];
    CapturedJob &job = found.job;
    job.name = id;
    job.type = reader.text("type", job.type);
    job.error = reader.text("error", job.error);
    job.autoFinalize = reader.flag("auto-finalize", job.autoFinalize);
    job.autoDismiss = reader.flag("auto-dismiss", job.autoDismiss);
    if (reader.has("status"))
        job.status = jobStatusFromString(reader.text("status")).value_or(JobStatus::Running);
    const bool isBlockJob = std::string_view(idKey) == "device";
    const auto done = reader.number(isBlockJob ? "offset" : "current-progress", 0);
    const auto total = reader.number(isBlockJob ? "len" : "total-progress", 0);
    if (total > 0)
        job.fraction = static_cast<double>(done) / static_cast<double>(total);
    for (std::string_view key : {"paused", "ready"}) // status says both
        static_cast<void>(reader.take(key));
    keepUnknown(found.extra, reader.rest());
}

/// Without a reply the links tell what kind of job it is.
std::string typeByLinks(const BlockGraph &graph, const CapturedJobLinks &job)
{
    const auto source = job.link("source");
    const auto target = job.link("target");
    if (source && target)
        return isReachable(graph, *source, *target) ? "commit" : "mirror";
    if (target)
        return "backup";
    if (job.link("base"))
        return "commit";
    return job.link("active node") ? "stream" : "";
}

std::string nameOf(const BlockGraph &graph, NodeId node)
{
    return graph.node(node).name;
}

void completeCommit(const BlockGraph &graph, CapturedJobLinks &links)
{
    Object &arguments = links.job.arguments;
    const auto base = links.link("base");
    const auto top = links.link("intermediate node");
    const auto main = links.link("main node");
    const auto source = links.link("source");
    const auto target = links.link("target");
    if (base && top && main) {
        arguments = {
            {"device", nameOf(graph, *main)}, {"top-node", nameOf(graph, *top)}, {"base-node", nameOf(graph, *base)}};
    } else if (source && target) {
        arguments = {{"device", nameOf(graph, *source)}, {"base-node", nameOf(graph, *target)}};
    }
}

void completeStream(const BlockGraph &graph, CapturedJobLinks &links)
{
    const auto top = links.link("active node");
    if (!top)
        return;
    links.job.arguments = {{"device", nameOf(graph, *top)}};
    NodeId last = *top;
    for (const auto &[role, node] : links.links) {
        if (role == "intermediate node")
            last = node;
    }
    if (const auto base = nextInChain(graph, last))
        links.job.arguments["base-node"] = nameOf(graph, *base);
}

/// No reply says which sync a job was started with; the target's backing file does when there is one.
const char *syncByLinks(const BlockGraph &graph, const std::string &type, NodeId source, NodeId target)
{
    const auto backing = nextInChain(graph, target);
    if (backing && *backing == skipFilters(graph, source))
        return "none";
    return backing && type == "mirror" && backing == nextInChain(graph, source) ? "top" : "full";
}

void completeCopy(const BlockGraph &graph, CapturedJobLinks &links)
{
    const auto main = links.link("main node");
    const auto source = links.link("source");
    const auto target = links.link("target");
    if (!target || (!source && !main))
        return;
    const NodeId from = source ? *source : filteredChild(graph, *main).value_or(*main);
    links.job.arguments = {{"device", nameOf(graph, from)},
                           {"target", nameOf(graph, *target)},
                           {"sync", syncByLinks(graph, links.job.type, from, *target)}};
}

} // namespace

std::optional<NodeId> CapturedJobLinks::link(std::string_view role) const
{
    const auto found = std::find_if(links.begin(), links.end(), [&](const auto &each) { return each.first == role; });
    return found == links.end() ? std::nullopt : std::optional(found->second);
}

std::map<std::string, CapturedJobLinks> readJobReplies(Reply &jobs, Reply &blockJobs, Failure &failure)
{
    std::map<std::string, CapturedJobLinks> found;
    Value::List items = takeList(jobs, failure);
    for (std::size_t i = 0; i < items.size(); ++i)
        readJobReply(items[i], jobs.place.at(i), failure, "id", found);
    items = takeList(blockJobs, failure);
    for (std::size_t i = 0; i < items.size(); ++i)
        readJobReply(items[i], blockJobs.place.at(i), failure, "device", found);
    return found;
}

std::optional<NodeId> filterOf(const BlockGraph &graph, const CapturedJobLinks &job)
{
    const auto main = job.link("main node");
    if (main && isFilterDriver(graph.node(*main).driver))
        return main;
    // block-commit below the active layer: the filter is above top, and no link leads to it.
    const auto top = job.link("base") ? job.link("intermediate node") : std::nullopt;
    if (!top)
        return std::nullopt;
    for (EdgeId id : graph.node(*top).parents) {
        const Parent parent = graph.edge(id).parent;
        if (parent.isNode() && graph.node(parent.node()).driver == "commit_top")
            return parent.node();
    }
    return std::nullopt;
}

void completeJob(const BlockGraph &graph, CapturedJobLinks &links)
{
    CapturedJob &job = links.job;
    if (job.type.empty())
        job.type = typeByLinks(graph, links);
    if (const auto filter = filterOf(graph, links))
        job.filter = nameOf(graph, *filter);
    if (job.type == "commit") {
        job.operation = "block-commit";
        completeCommit(graph, links);
    } else if (job.type == "stream") {
        job.operation = "block-stream";
        completeStream(graph, links);
    } else if (job.type == "mirror" || job.type == "backup") {
        job.operation = job.type == "mirror" ? "blockdev-mirror" : "blockdev-backup";
        completeCopy(graph, links);
    }
}

} // namespace blockscope
