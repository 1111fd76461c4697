// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/capture.h"

#include "engine/files/capturedgraph.h"
#include "engine/files/capturedjobs.h"
#include "engine/files/capturednodes.h"
#include "engine/files/capturedstate.h"
#include "engine/files/captureduser.h"
#include "engine/files/enterclaims.h"
#include "engine/files/jsonreader.h"
#include "engine/files/plausibledata.h"
#include "engine/graph/walk.h"
#include "engine/world/contract.h"

#include <algorithm>
#include <set>
#include <utility>

namespace blockscope {

namespace {

/// What is read nests deeper in the scenario that is saved; that must be readable, too.
constexpr int kMaximumCaptureDepth = kMaximumJsonDepth - 8;
constexpr std::size_t kMaximumNodes = 200'000;
constexpr std::size_t kMaximumPlanning = 20'000'000; ///< jobs times nodes
constexpr double kUnknownPart = 1.0 / 3;             ///< of an image is taken to be allocated

class Builder
{
public:
    Builder(Replies &replies, Failure &failure) : m_replies(replies), m_failure(failure) {}

    World build()
    {
        readStatus();
        m_named = readNamedNodes(m_replies.namedNodes, m_failure);
        m_jobReplies = readJobReplies(m_replies.jobs, m_replies.blockJobs, m_failure);
        CapturedGraph graph = readGraphReply(m_replies.graph, m_failure);
        if (!m_failure)
            addThings(graph);
        if (m_failure)
            return {};
        addNamedNodes();
        guessDrivers(graph);
        attachAll(graph);
        concludeFromPermissions(m_world, m_replies.namedNodes.isThere());
        addData();
        rememberContractsOfReaders(m_world);
        if (!enterStandingClaims(m_world))
            fail(m_replies.graph, "FILE-LIMIT", "links and users make for more claims than can be read");
        if (!m_failure)
            addJobs();
        if (!m_failure && !verify(m_world))
            m_failure.report("FILE-STATE", m_replies.root, "nodes, links, users and jobs do not agree with each other");
        return std::move(m_world);
    }

    std::vector<std::string> notes;

private:
    void readStatus()
    {
        if (!m_replies.status.isThere()) {
            notes.emplace_back("There is no reply of query-status; the VM is taken to be running.");
            return;
        }
        ObjectReader reader(m_replies.status.value, m_replies.status.place, m_failure);
        m_world.runState = reader.text("status", "running");
    }

    // Nodes, users and jobs ----------------------------------------------------------------

    void addThings(CapturedGraph &graph)
    {
        for (std::size_t i = 0; i < m_named.size(); ++i) {
            if (!m_namedByName.try_emplace(m_named[i].node.name, i).second)
                fail(m_replies.namedNodes, "FILE-DUPLICATE",
                     "there are two nodes of the name “" + m_named[i].node.name + "”");
        }
        for (CapturedGraph::Thing &thing : graph.things) {
            switch (thing.kind) {
            case CapturedGraph::Kind::Node:
                addGraphNode(thing);
                break;
            case CapturedGraph::Kind::User:
                m_ids.push_back(static_cast<std::uint32_t>(m_userCount++));
                break;
            case CapturedGraph::Kind::Job:
                addJobLinks(thing);
                break;
            }
        }
        for (auto &[name, job] : m_jobReplies) // those without a node in the graph: create, amend ...
            m_jobs.push_back(std::move(job));
        // Planning a job walks the graph.
        if (m_jobs.size() * m_world.graph.nodeCount() > kMaximumPlanning)
            fail(m_replies.graph, "FILE-LIMIT", "this has more jobs than can be read");
        if (m_world.graph.nodeCount() + m_named.size() > kMaximumNodes || m_jobs.size() > kMaximumNodes ||
            m_userCount > kMaximumNodes)
            fail(m_replies.graph, "FILE-LIMIT", "this has more nodes than can be read");
    }

    void fail(const Reply &reply, const char *code, std::string what)
    {
        m_failure.report(code, reply.place, std::move(what));
    }

    void addGraphNode(CapturedGraph::Thing &thing)
    {
        std::string name = thing.name.empty() ? "#node" + std::to_string(thing.number) : std::move(thing.name);
        if (m_world.graph.findNode(name)) {
            fail(m_replies.graph, "FILE-DUPLICATE", "there are two nodes of the name “" + name + "”");
            m_ids.push_back(0);
            return;
        }
        Node node;
        const auto named = m_namedByName.find(name);
        if (named != m_namedByName.end()) {
            node = std::exchange(m_named[named->second].node, Node());
            m_allocated.push_back(m_named[named->second].allocated);
            m_namedByName.erase(named);
        } else {
            m_allocated.push_back(kUnknownPart);
        }
        node.name = std::move(name);
        if (thing.type != "block-driver")
            notes.push_back("“" + node.name + "” is of the unknown type “" + thing.type + "” and is shown as a node.");
        keepUnknown(node.extra, std::move(thing.extra));
        m_ids.push_back(add(std::move(node)).value);
    }

    NodeId add(Node node)
    {
        node.isMonitorOwned = !node.name.starts_with('#');
        return addNode(m_world, std::move(node));
    }

    void addJobLinks(CapturedGraph::Thing &thing)
    {
        std::string name = thing.name.empty() ? "#job" + std::to_string(thing.number) : std::move(thing.name);
        if (!m_jobNames.insert(name).second)
            fail(m_replies.graph, "FILE-DUPLICATE", "there are two jobs of the name “" + name + "”");
        const auto reply = m_jobReplies.extract(name);
        CapturedJobLinks job = reply ? std::move(reply.mapped()) : CapturedJobLinks();
        job.job.name = std::move(name);
        keepUnknown(job.extra, std::move(thing.extra));
        m_ids.push_back(static_cast<std::uint32_t>(m_jobs.size()));
        m_jobs.push_back(std::move(job));
    }

    /// Those that only query-named-block-nodes lists, and their links as far as file names tell.
    void addNamedNodes()
    {
        if (m_namedByName.empty())
            return;
        std::erase_if(m_named,
                      [&](const CapturedNode &captured) { return !m_namedByName.contains(captured.node.name); });
        const auto links = inferLinks(m_named);
        if (m_replies.graph.isThere())
            notes.push_back(std::to_string(m_named.size()) +
                            " nodes are not in the reply of x-debug-query-block-graph.");
        notes.emplace_back("Links were concluded from file names; users are not known.");
        std::vector<NodeId> ids;
        for (CapturedNode &captured : m_named) {
            while (m_world.graph.findNode(captured.node.name))
                captured.node.name.insert(0, "#");
            m_allocated.push_back(captured.allocated);
            ids.push_back(add(std::move(captured.node)));
        }
        for (const CapturedLink &link : links)
            m_world.graph.attach(Parent::of(ids[link.parent]), ids[link.child], link.role);
    }

    /// Without query-named-block-nodes the drivers are not known; that of a job's filter follows from the links.
    void guessDrivers(const CapturedGraph &graph)
    {
        if (m_replies.namedNodes.isThere() || graph.things.empty())
            return;
        notes.emplace_back("There is no reply of query-named-block-nodes; drivers, files and sizes are not known.");
        std::vector<bool> hasChild(m_world.graph.nodeCount());
        for (const CapturedGraph::Link &link : graph.links) {
            if (graph.things[link.parent].kind == CapturedGraph::Kind::Node)
                hasChild[m_ids[link.parent]] = true;
        }
        for (std::uint32_t id = 0; id < hasChild.size(); ++id)
            m_world.graph.editNode(NodeId{id}).driver = hasChild[id] ? "unknown" : "file";
        for (const CapturedGraph::Link &link : graph.links) {
            const CapturedGraph::Kind parent = graph.things[link.parent].kind;
            if (parent == CapturedGraph::Kind::Job && link.role == "main node" && hasChild[m_ids[link.child]])
                guessFilter(graph, link);
            else if (parent == CapturedGraph::Kind::Node && link.role == "image") // blkreplay is never captured
                m_world.graph.editNode(NodeId{m_ids[link.parent]}).driver = "blkdebug";
        }
    }

    void guessFilter(const CapturedGraph &graph, const CapturedGraph::Link &main)
    {
        const auto has = [&](std::string_view role) {
            return std::any_of(graph.links.begin(), graph.links.end(),
                               [&](const auto &link) { return link.parent == main.parent && link.role == role; });
        };
        std::string &driver = m_world.graph.editNode(NodeId{m_ids[main.child]}).driver;
        if (has("source"))
            driver = "mirror_top";
        else if (has("active node"))
            driver = "copy-on-read";
        else if (has("target"))
            driver = "copy-before-write";
    }

    // Links --------------------------------------------------------------------------------

    /// Nodes' links first, then those of jobs and users. The claims that they make are entered at once, later.
    void attachAll(CapturedGraph &graph)
    {
        for (CapturedGraph::Link &link : graph.links) {
            if (graph.things[link.parent].kind == CapturedGraph::Kind::Node)
                attach(Parent::of(NodeId{m_ids[link.parent]}), link);
        }
        for (CapturedGraph::Link &link : graph.links) {
            if (graph.things[link.parent].kind != CapturedGraph::Kind::Job)
                continue;
            const JobId job{m_ids[link.parent]};
            const NodeId child{m_ids[link.child]};
            m_jobs[job.value].links.emplace_back(link.role, child);
            m_jobOfNode.try_emplace(child.value, job);
            attach(Parent::of(job), link);
        }
        addUsers(graph);
    }

    EdgeId attach(Parent parent, const CapturedGraph::Link &link)
    {
        return m_world.graph.attach(parent, NodeId{m_ids[link.child]}, link.role, link.permissions);
    }

    void addUsers(const CapturedGraph &graph)
    {
        std::vector<std::vector<const CapturedGraph::Link *>> roots(m_userCount);
        for (const CapturedGraph::Link &link : graph.links) {
            if (graph.things[link.parent].kind == CapturedGraph::Kind::User)
                roots[m_ids[link.parent]].push_back(&link);
        }
        CapturedUsers known(m_replies.block, m_replies.exports, m_failure);
        for (std::size_t i = 0; i < graph.things.size(); ++i) {
            const CapturedGraph::Thing &thing = graph.things[i];
            if (thing.kind != CapturedGraph::Kind::User)
                continue;
            const auto &links = roots[m_ids[i]];
            const std::string root =
                links.empty() ? std::string() : m_world.node(NodeId{m_ids[links.front()->child]}).name;
            User user = known.identify(thing.name, thing.number, root);
            keepUnknown(user.extra, Object(thing.extra));
            if (!links.empty())
                setRights(user, *links.front());
            else
                user.isWritable = !user.isRemovable; // an empty drive: a floppy is the exception
            user.id = UserId{m_ids[i]};
            for (const CapturedGraph::Link *link : links) {
                const EdgeId edge = attach(Parent::of(user.id), *link);
                user.root = user.root.value_or(edge);
            }
            // An NBD export needs a server that runs.
            if (user.exportType == "nbd")
                setHostFlag(m_world, HostFlag::ServesNbd, {}, true);
            m_world.users.emplace_back(std::move(user));
        }
    }

    void setRights(User &user, const CapturedGraph::Link &link) const
    {
        const NodeId root{m_ids[link.child]};
        // Nothing at all is held while the VM is being migrated to or from here.
        user.isWritable =
            link.permissions.perm != 0 ? (link.permissions.perm & kWrite) != 0 : !m_world.node(root).isReadOnly;
        // What is shared with everybody while a migration comes in says nothing.
        const bool isGuest = user.kind == User::Kind::Guest && m_world.runState != "inmigrate";
        user.sharesWrites =
            (isGuest || user.kind == User::Kind::Backend) && (link.permissions.sharedPerm & kWrite) != 0;
        user.sharesResize = !isGuest || (link.permissions.sharedPerm & kResize) != 0;
        if (user.kind != User::Kind::Backend)
            return;
        if (const auto job = m_jobOfNode.find(root.value); job != m_jobOfNode.end()) {
            user.job = job->second;
            user.name = m_jobs[job->second.value].job.name;
        }
    }

    // Data and jobs ------------------------------------------------------------------------

    void addData()
    {
        std::vector<std::pair<NodeId, NodeId>> links;
        for (const CapturedJobLinks &job : m_jobs) {
            for (const auto &[role, node] : job.links)
                links.emplace_back(job.links.front().second, node);
        }
        const auto counts = clusterCounts(m_world.graph, kDefaultClusters, links);
        for (std::uint32_t id = 0; id < counts.size(); ++id) {
            if (counts[id] != 0)
                m_world.data[id] = plausibleData(m_world.node(NodeId{id}), counts[id], m_allocated[id]);
        }
    }

    void addJobs()
    {
        for (CapturedJobLinks &job : m_jobs) {
            if (const auto filter = filterOf(m_world.graph, job)) {
                Node &node = m_world.graph.editNode(*filter);
                node.isImplicit = true;
                node.isMonitorOwned = false;
            }
            completeJob(m_world.graph, job);
            const JobId id = adoptJob(m_world, job.job);
            m_world.editJob(id).extra = std::move(job.extra);
            if (!m_world.job(id).isSimulated && m_world.job(id).isActive())
                notes.push_back("Job “" + job.job.name + "” is shown, but cannot be run on.");
        }
    }

    Replies &m_replies;
    Failure &m_failure;
    World m_world;
    std::vector<CapturedNode> m_named;
    std::unordered_map<std::string, std::size_t> m_namedByName; ///< those that are not in the World yet
    std::vector<double> m_allocated;                            ///< by NodeId
    std::vector<std::uint32_t> m_ids;                           ///< NodeId, UserId or JobId by thing
    std::size_t m_userCount = 0;
    std::vector<CapturedJobLinks> m_jobs; ///< by JobId
    std::map<std::string, CapturedJobLinks> m_jobReplies;
    std::set<std::string> m_jobNames;
    std::unordered_map<std::uint32_t, JobId> m_jobOfNode; ///< the first job that has a link to the node
};

std::string takeText(Object &object, std::string_view key)
{
    const std::string *text = findString(object, key);
    if (text == nullptr)
        return {};
    std::string taken = *text;
    object.erase(object.find(key));
    return taken;
}

Result<Scenario> readCapture(Value document, int depth)
{
    Failure failure;
    if (depth > kMaximumCaptureDepth)
        return Error{"FILE-LIMIT", Place().text(), "it is nested too deeply"};
    Replies replies(std::move(document), failure);
    if (failure)
        return *failure.error();
    Builder builder(replies, failure);
    Scenario scenario;
    scenario.world = builder.build();
    if (failure)
        return *failure.error();
    scenario.title = takeText(replies.rest, "name");
    scenario.description = takeText(replies.rest, "description");
    if (!replies.rest.empty())
        scenario.extra["capture"] = std::move(replies.rest);
    if (!builder.notes.empty())
        scenario.extra["import-notes"] = Value::List(builder.notes.begin(), builder.notes.end());
    return scenario;
}

} // namespace

Result<Scenario> readCapture(const QByteArray &text)
{
    int depth = 0;
    auto document = readJson({text.constData(), static_cast<std::size_t>(text.size())}, &depth);
    return document ? readCapture(std::move(*document), depth) : document.error();
}

Result<Scenario> readAny(const QByteArray &text, const std::string &fileName)
{
    int depth = 0;
    auto document = readJson({text.constData(), static_cast<std::size_t>(text.size())}, &depth);
    auto scenario = !document                      ? Result<Scenario>(document.error())
                    : looksLikeScenario(*document) ? scenarioFromJson(std::move(*document))
                                                   : readCapture(std::move(*document), depth);
    if (scenario || fileName.empty())
        return scenario;
    const Error &error = scenario.error();
    return Error{error.code, fileName + ": " + error.where, error.what};
}

} // namespace blockscope
