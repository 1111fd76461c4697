// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/worldreader.h"

#include "engine/files/enterclaims.h"
#include "engine/files/jobjson.h"
#include "engine/files/plausibledata.h"
#include "engine/files/worlddefaults.h"
#include "engine/files/worldparts.h"
#include "engine/policies/policy.h"

#include <algorithm>

namespace blockscope {

namespace {

constexpr std::size_t kMaximumNodes = 200'000;
constexpr std::size_t kMaximumEdges = 400'000;
constexpr std::size_t kMaximumClaims = 1'000'000; ///< of jobs; the ledger's counters have room for two million
constexpr std::size_t kMaximumAllClusters = 16'000'000;

class WorldReader
{
public:
    WorldReader(Value &value, const Place &place, Failure &failure)
        : m_reader(value, place, failure), m_failure(failure), m_nodePlace(m_reader.place("nodes"))
    {
    }

    World read()
    {
        m_world.clock = m_reader.number("clock", 0);
        m_world.runState = m_reader.text("run-state", "running");
        m_world.policy = m_reader.text("policy", "nac");
        if (findPolicy(m_world.policy) == nullptr)
            m_reader.fail("FILE-REFERENCE", "policy", "there is no policy “" + m_world.policy + "”");
        m_world.switches = readSwitches(m_reader, "switches");
        m_clusters = m_reader.count("clusters", kDefaultClusters, kMaximumClusters);
        m_nodeValues = m_reader.list("nodes", kMaximumNodes);
        m_edgeValues = m_reader.list("edges", kMaximumEdges);
        m_userValues = m_reader.list("users", kMaximumNodes);
        m_jobValues = m_reader.list("jobs", kMaximumNodes);
        m_ids = {m_nodeValues.size(), m_userValues.size(), m_jobValues.size()};
        readNodes();
        readUsers();
        readJobs();
        readEdges();
        if (!m_failure)
            build();
        m_world.extra = m_reader.rest();
        return std::move(m_world);
    }

private:
    struct NodeValues
    {
        std::optional<std::string> data;
        std::uint32_t clusters = 0;
        std::optional<bool> isReadOnly;
        std::optional<bool> isMonitorOwned;
        std::optional<std::string> headerBacking;
        std::optional<Value::List> parentOrder;
        std::optional<Value> sameImageAs;
    };
    struct UserValues
    {
        std::optional<Value> node; ///< makes a root edge
        std::optional<Value> root; ///< says which edge is the root
        Tick since = 0;
    };

    template <class Take>
    static auto ifPresent(ObjectReader &reader, std::string_view key, Take take)
    {
        return reader.has(key) ? std::optional(take()) : std::nullopt;
    }

    void readNodes()
    {
        for (std::size_t i = 0; i < m_nodeValues.size(); ++i) {
            const Place at = m_nodePlace.at(i);
            ObjectReader reader(m_nodeValues[i], at, m_failure);
            m_nodes.push_back(readNode(reader));
            const Node &node = m_nodes.back();
            if (node.isOpen && !m_nodeNames.add(node.name, static_cast<std::uint32_t>(i)))
                reader.fail("FILE-DUPLICATE", "name", "there are two nodes of the name “" + node.name + "”");
        }
    }

    Node readNode(ObjectReader &reader)
    {
        Node node;
        NodeValues &values = m_nodeExtras.emplace_back();
        node.name = reader.name("name");
        if (!reader.has("driver"))
            reader.fail("FILE-MISSING", "driver", "this is missing");
        node.driver = reader.text("driver");
        node.filename = reader.text("filename");
        node.virtualSize = reader.number("virtual-size", 0);
        node.isOpen = reader.flag("open", true);
        node.isImplicit = reader.flag("implicit", false);
        node.isObsolete = reader.flag("obsolete", false);
        node.isInactive = reader.flag("inactive", false);
        node.voteThreshold = reader.count("vote-threshold", 0, NodeId::kNone);
        node.isHeaderChosen = reader.flag("header-chosen", false);
        node.host = reader.text("host");
        values.sameImageAs = ifPresent(reader, "same-image-as", [&] { return reader.take("same-image-as"); });
        values.data = ifPresent(reader, "data", [&] { return reader.text("data"); });
        values.clusters = reader.count("clusters", 0, kMaximumClusters);
        values.isReadOnly = ifPresent(reader, "read-only", [&] { return reader.flag("read-only", false); });
        values.isMonitorOwned = ifPresent(reader, "monitor-owned", [&] { return reader.flag("monitor-owned", true); });
        values.headerBacking = ifPresent(reader, "header-backing", [&] { return reader.text("header-backing"); });
        values.parentOrder =
            ifPresent(reader, "parent-order", [&] { return reader.list("parent-order", kMaximumEdges); });
        node.extra = reader.rest();
        return node;
    }

    void readUsers()
    {
        const Place place = m_reader.place("users");
        for (std::size_t i = 0; i < m_userValues.size(); ++i) {
            const Place at = place.at(i);
            ObjectReader reader(m_userValues[i], at, m_failure);
            m_users.push_back(readUser(reader, UserId{static_cast<std::uint32_t>(i)}));
            m_userNames.add(m_users.back().name, static_cast<std::uint32_t>(i));
        }
    }

    User readUser(ObjectReader &reader, UserId id)
    {
        User user;
        UserValues &values = m_userExtras.emplace_back();
        user.id = id;
        user.name = reader.name("name");
        user.kind = readKind(reader);
        user.backendName = reader.text("backend-name");
        user.qdev = reader.text("qdev");
        user.isWritable = reader.flag("writable", true);
        user.sharesWrites = reader.flag("shares-writes", false);
        user.sharesResize = reader.flag("shares-resize", true);
        user.isAttached = reader.flag("attached", true);
        user.isRemovable = reader.flag("removable", false);
        user.isTrayOpen = reader.flag("tray-open", false);
        user.exportType = reader.text("export-type");
        user.throttleGroup = reader.text("throttle-group");
        user.host = reader.text("host");
        values.node = ifPresent(reader, "node", [&] { return reader.take("node"); });
        values.root = ifPresent(reader, "root", [&] { return reader.take("root"); });
        values.since = reader.number("since", 0);
        m_userJobs.push_back(ifPresent(reader, "job", [&] { return reader.take("job"); }));
        user.extra = reader.rest();
        return user;
    }

    static User::Kind readKind(ObjectReader &reader)
    {
        const std::string kind = reader.text("kind", "guest");
        if (kind == "export")
            return User::Kind::Export;
        if (kind == "backend")
            return User::Kind::Backend;
        if (kind != "guest")
            reader.fail("FILE-RANGE", "kind", "“guest”, “export” or “backend” is expected here");
        return User::Kind::Guest;
    }

    void readJobs()
    {
        const Place place = m_reader.place("jobs");
        NameTable live;
        for (std::size_t i = 0; i < m_jobValues.size() && !m_failure; ++i) {
            const Place at = place.at(i);
            const JobId id{static_cast<std::uint32_t>(i)};
            SavedJob saved = readJob(m_jobValues[i], id, m_nodeNames, m_nodes, m_ids, at, m_failure);
            m_jobNames.add(saved.job.name, id.value);
            if (saved.job.status != JobStatus::Null && !live.add(saved.job.name, id.value))
                m_failure.report("FILE-DUPLICATE", at.at("name"),
                                 "there are two jobs of the name “" + saved.job.name + "”");
            m_claims += saved.holding ? saved.holding->claims.size() : 0;
            if (m_claims > kMaximumClaims)
                m_failure.report("FILE-LIMIT", at, "the jobs hold more claims than can be read");
            countClusters(saved.job.pointInTime.size(), at);
            m_jobs.push_back(std::move(saved));
        }
        resolveUserJobs();
    }

    void resolveUserJobs()
    {
        const Place place = m_reader.place("users");
        for (std::size_t i = 0; i < m_users.size(); ++i) {
            const Place at = place.at(i);
            if (m_userJobs[i])
                m_users[i].job = JobId{m_jobNames.resolve(*m_userJobs[i], m_ids.jobs, "job", at.at("job"), m_failure)};
        }
    }

    void countClusters(std::size_t count, const Place &place)
    {
        m_allClusters += count;
        if (m_allClusters > kMaximumAllClusters)
            m_failure.report("FILE-LIMIT", place, "all images together have more clusters than can be read");
    }

    void readEdges()
    {
        const Place place = m_reader.place("edges");
        for (std::size_t i = 0; i < m_edgeValues.size(); ++i) {
            const Place at = place.at(i);
            ObjectReader reader(m_edgeValues[i], at, m_failure);
            m_edges.push_back(readEdge(reader));
            m_edgesSince.push_back(reader.number("since", 0));
            reader.expectNothingElse();
            checkEdge(m_edges.back(), reader);
        }
        addRootEdges();
        for (const Edge &edge : m_edges) {
            if (edge.isAttached && !m_failure)
                m_nodes[edge.child.value].parents.push_back(edge.id);
        }
        for (std::size_t i = 0; i < m_nodes.size() && !m_failure; ++i) {
            if (m_nodeExtras[i].parentOrder)
                reorderParents(i, *m_nodeExtras[i].parentOrder);
        }
    }

    Edge readEdge(ObjectReader &reader)
    {
        Edge edge;
        edge.id = EdgeId{static_cast<std::uint32_t>(m_edges.size())};
        edge.parent = readParent(reader);
        edge.child =
            NodeId{m_nodeNames.resolve(reader.take("child"), m_ids.nodes, "node", reader.place("child"), m_failure)};
        edge.role = reader.text("role", edge.parent.isNode() ? "backing" : "root");
        edge.isAttached = reader.flag("attached", true);
        if (reader.has("perm") || reader.has("shared-perm"))
            edge.captured = Permissions{readPermissions(reader, "perm"), readPermissions(reader, "shared-perm")};
        return edge;
    }

    Parent readParent(ObjectReader &reader)
    {
        if (reader.has("user"))
            return Parent::of(
                UserId{m_userNames.resolve(reader.take("user"), m_ids.users, "user", reader.place("user"), m_failure)});
        if (reader.has("job"))
            return Parent::of(
                JobId{m_jobNames.resolve(reader.take("job"), m_ids.jobs, "job", reader.place("job"), m_failure)});
        return Parent::of(
            NodeId{m_nodeNames.resolve(reader.take("parent"), m_ids.nodes, "node", reader.place("parent"), m_failure)});
    }

    PermissionSet readPermissions(ObjectReader &reader, std::string_view key)
    {
        unsigned permissions = 0;
        for (const Value &item : reader.list(key, 4)) {
            const PermissionSet permission =
                item.asString() != nullptr ? permissionFromText(*item.asString()) : PermissionSet{0};
            if (permission == 0)
                reader.fail("FILE-RANGE", key,
                            "permissions are expected here, out of: consistent-read, write, write-unchanged, resize");
            permissions |= permission;
        }
        return permissions;
    }

    void checkEdge(const Edge &edge, ObjectReader &reader)
    {
        if (m_failure || !edge.isAttached)
            return;
        if (!m_nodes[edge.child.value].isOpen)
            reader.fail("FILE-STATE", "child", "a link that is attached leads to a closed node");
        if (edge.parent.isNode() && !m_nodes[edge.parent.id].isOpen)
            reader.fail("FILE-STATE", "parent", "a link that is attached comes from a closed node");
    }

    void addRootEdges()
    {
        const Place place = m_reader.place("users");
        for (std::size_t i = 0; i < m_users.size(); ++i) {
            if (!m_userExtras[i].node)
                continue;
            const Place at = place.at(i);
            const NodeId node{
                m_nodeNames.resolve(*m_userExtras[i].node, m_ids.nodes, "node", at.at("node"), m_failure)};
            if (!m_failure && !m_nodes[node.value].isOpen)
                m_failure.report("FILE-STATE", at.at("node"), "a user cannot use a closed node");
            m_edges.push_back({EdgeId{static_cast<std::uint32_t>(m_edges.size())},
                               Parent::of(m_users[i].id),
                               node,
                               "root",
                               true,
                               {}});
            m_edgesSince.push_back(0);
        }
    }

    void reorderParents(std::size_t node, const Value::List &order)
    {
        std::vector<EdgeId> parents;
        for (const Value &id : order) {
            const bool isId = id.asInteger() != nullptr && *id.asInteger() >= 0 && *id.asInteger() < NodeId::kNone;
            parents.push_back(isId ? EdgeId{static_cast<std::uint32_t>(*id.asInteger())} : EdgeId());
        }
        std::vector<EdgeId> sorted = parents;
        std::sort(sorted.begin(), sorted.end());
        if (sorted != m_nodes[node].parents)
            m_failure.report("FILE-STATE", m_nodePlace.at(node).at("parent-order"),
                             "the numbers of the links that lead to the node are expected here, in another order");
        m_nodes[node].parents = std::move(parents);
    }

    void build()
    {
        m_world.graph = BlockGraph(std::move(m_nodes), std::move(m_edges));
        completeNodes();
        shareImages();
        buildData();
        buildUsers();
        if (m_failure)
            return;
        for (SavedJob &saved : m_jobs)
            m_world.jobs.emplace_back(std::move(saved.job));
        readParts(m_reader, {m_nodeNames, m_userNames, m_jobNames}, m_ids, m_world, m_failure);
        fillLedger();
        if (!m_failure && !verify(m_world))
            m_reader.fail("FILE-STATE", "nodes", "nodes, links, users and jobs do not agree with each other");
    }

    void completeNodes()
    {
        const auto defaults = nodeDefaults(m_world.graph);
        for (std::uint32_t id = 0; id < defaults.size(); ++id) {
            const NodeValues &values = m_nodeExtras[id];
            Node &node = m_world.graph.editNode(NodeId{id});
            node.isReadOnly = values.isReadOnly.value_or(defaults[id].isReadOnly);
            node.isMonitorOwned = values.isMonitorOwned.value_or(defaults[id].isMonitorOwned);
            node.headerBacking = values.headerBacking.value_or(defaults[id].headerBacking);
        }
    }

    void shareImages()
    {
        for (std::uint32_t id = 0; id < m_nodeExtras.size() && !m_failure; ++id) {
            if (!m_nodeExtras[id].sameImageAs)
                continue;
            const Place at = m_nodePlace.at(id);
            const NodeId holder{m_nodeNames.resolve(*m_nodeExtras[id].sameImageAs, m_ids.nodes, "node",
                                                    at.at("same-image-as"), m_failure)};
            if (m_nodeExtras[holder.value].sameImageAs)
                m_failure.report("FILE-STATE", at.at("same-image-as"), "a node that keeps its own data is expected");
            if (!m_failure)
                shareImage(m_world, NodeId{id}, holder);
        }
    }

    void buildData()
    {
        const auto counts = clusterCounts(m_world.graph, m_clusters);
        for (std::uint32_t id = 0; id < counts.size() && !m_failure; ++id) {
            const NodeValues &values = m_nodeExtras[id];
            const Place at = m_nodePlace.at(id);
            BlockData data;
            if (values.data) {
                if (const auto wrong = clustersFromText(*values.data, NodeId{id}, m_ids, data))
                    m_failure.report("FILE-DATA", at.at("data"), *wrong);
                if (values.clusters != 0 && values.clusters != data.size())
                    m_failure.report("FILE-DATA", at.at("clusters"),
                                     "“data” has " + std::to_string(data.size()) + " clusters");
            } else if (const std::uint32_t count = values.clusters != 0 ? values.clusters : counts[id]; count != 0) {
                data = plausibleData(m_world.node(NodeId{id}), count, kPlausiblePart);
            }
            countClusters(data.size(), at);
            m_world.data.emplace_back(std::move(data));
        }
    }

    void buildUsers()
    {
        const auto roots = firstEdgesOfUsers(m_world.graph, m_users.size());
        const Place place = m_reader.place("users");
        for (std::size_t i = 0; i < m_users.size(); ++i) {
            const Place at = place.at(i);
            m_users[i].root = roots[i];
            if (m_userExtras[i].root)
                m_users[i].root = readRoot(*m_userExtras[i].root, m_users[i].id, at.at("root"));
            m_world.users.emplace_back(std::move(m_users[i]));
        }
    }

    std::optional<EdgeId> readRoot(const Value &value, UserId user, const Place &place)
    {
        if (value.isNull())
            return std::nullopt;
        const auto *number = value.asInteger();
        if (number != nullptr && *number >= 0 && static_cast<std::uint64_t>(*number) < m_world.graph.edgeCount()) {
            const EdgeId id{static_cast<std::uint32_t>(*number)};
            if (m_world.graph.edge(id).isAttached && m_world.graph.edge(id).parent == Parent::of(user))
                return id;
        }
        m_failure.report("FILE-REFERENCE", place, "the number of a link from this user is expected here, or null");
        return std::nullopt;
    }

    void fillLedger()
    {
        for (const SavedJob &saved : m_jobs) {
            if (saved.holding)
                m_world.ledger.acquire(Holder::of(saved.job.id), saved.holding->since, saved.holding->claims);
        }
        std::vector<Tick> usersSince;
        for (const UserValues &values : m_userExtras)
            usersSince.push_back(values.since);
        if (!enterStandingClaims(m_world, m_edgesSince, usersSince))
            m_reader.fail("FILE-LIMIT", "edges", "links and users make for more claims than can be read");
    }

    /// Of the clusters of an image about which the file says nothing, this part is allocated.
    static constexpr double kPlausiblePart = 1.0 / 3;

    ObjectReader m_reader;
    Failure &m_failure;
    Place m_nodePlace;
    World m_world;
    IdCounts m_ids;
    std::uint32_t m_clusters = kDefaultClusters;
    Value::List m_nodeValues, m_edgeValues, m_userValues, m_jobValues;
    std::vector<Node> m_nodes;
    std::vector<NodeValues> m_nodeExtras;
    std::vector<User> m_users;
    std::vector<UserValues> m_userExtras;
    std::vector<std::optional<Value>> m_userJobs;
    std::vector<SavedJob> m_jobs;
    std::vector<Edge> m_edges;
    std::vector<Tick> m_edgesSince;
    NameTable m_nodeNames, m_userNames, m_jobNames;
    std::size_t m_claims = 0;
    std::size_t m_allClusters = 0;
};

} // namespace

Result<World> readWorld(Value value, const Place &place)
{
    Failure failure;
    World world = WorldReader(value, place, failure).read();
    if (failure)
        return *failure.error();
    return world;
}

} // namespace blockscope
