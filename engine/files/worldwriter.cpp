// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/files/worldwriter.h"

#include "engine/files/clustertext.h"
#include "engine/files/jobjson.h"
#include "engine/files/names.h"
#include "engine/files/worlddefaults.h"
#include "engine/files/worldparts.h"

#include <algorithm>

namespace blockscope {

namespace {

Value number(std::uint64_t value)
{
    return static_cast<std::int64_t>(value);
}

class WorldWriter
{
public:
    explicit WorldWriter(const World &world) : m_world(world)
    {
        for (std::uint32_t id = 0; id < world.graph.nodeCount(); ++id) {
            if (world.node(NodeId{id}).isOpen)
                m_nodes.add(world.node(NodeId{id}).name, id);
        }
        for (const auto &user : world.users)
            m_users.add(user->name, user->id.value);
        for (const auto &job : world.jobs)
            m_jobs.add(job->name, job->id.value);
        m_firstEdges = firstEdgesOfUsers(world.graph, world.users.size());
    }

    Value write() const
    {
        Object object = m_world.extra;
        if (m_world.clock != 0)
            object["clock"] = number(m_world.clock);
        if (m_world.runState != "running")
            object["run-state"] = m_world.runState;
        if (m_world.policy != "nac")
            object["policy"] = m_world.policy;
        put(object, "nodes", writeNodes());
        put(object, "edges", writeEdges());
        put(object, "users", writeUsers());
        Value::List jobs;
        for (const auto &job : m_world.jobs)
            jobs.push_back(writeJob(m_world, *job, m_nodes));
        put(object, "jobs", std::move(jobs));
        writeParts(m_world, {m_nodes, m_users, m_jobs}, object);
        return object;
    }

private:
    static void put(Object &object, const char *key, Value::List list)
    {
        if (!list.empty())
            object[key] = std::move(list);
    }

    Value nodeReference(NodeId id) const { return m_nodes.reference(m_world.node(id).name, id.value); }
    const Edge &edge(std::size_t id) const { return m_world.graph.edge(EdgeId{static_cast<std::uint32_t>(id)}); }

    std::int64_t sinceOf(Holder holder) const
    {
        const Holding *holding = m_world.ledger.holding(holder);
        return holding != nullptr ? static_cast<std::int64_t>(holding->since) : 0;
    }

    Value::List writeNodes() const
    {
        const auto defaults = nodeDefaults(m_world.graph);
        Value::List list;
        for (std::uint32_t id = 0; id < defaults.size(); ++id)
            list.push_back(writeNode(m_world.node(NodeId{id}), defaults[id]));
        return list;
    }

    Value writeNode(const Node &node, const NodeDefaults &defaults) const
    {
        Object object = node.extra;
        const auto flag = [&](const char *key, bool value, bool otherwise) {
            if (value != otherwise)
                object[key] = value;
        };
        object["name"] = node.name;
        object["driver"] = node.driver;
        object["data"] = clustersToText(*m_world.data[node.id.value], node.id);
        if (!node.filename.empty())
            object["filename"] = node.filename;
        if (node.headerBacking != defaults.headerBacking)
            object["header-backing"] = node.headerBacking;
        if (node.virtualSize != 0)
            object["virtual-size"] = number(node.virtualSize);
        flag("open", node.isOpen, true);
        if (node.isReadOnly || defaults.isReadOnly)
            object["read-only"] = node.isReadOnly;
        flag("monitor-owned", node.isMonitorOwned, defaults.isMonitorOwned);
        flag("implicit", node.isImplicit, false);
        flag("obsolete", node.isObsolete, false);
        flag("inactive", node.isInactive, false);
        if (node.voteThreshold != 0)
            object["vote-threshold"] = std::int64_t{node.voteThreshold};
        flag("header-chosen", node.isHeaderChosen, false);
        if (!node.host.empty())
            object["host"] = node.host;
        if (node.sameImageAs)
            object["same-image-as"] = nodeReference(*node.sameImageAs);
        if (!std::is_sorted(node.parents.begin(), node.parents.end())) {
            Value::List order;
            for (EdgeId id : node.parents)
                order.push_back(number(id.value));
            object["parent-order"] = std::move(order);
        }
        return object;
    }

    Value::List writeEdges() const
    {
        Value::List list;
        for (std::size_t id = 0; id < m_world.graph.edgeCount(); ++id)
            list.push_back(writeEdge(edge(id)));
        return list;
    }

    Value writeEdge(const Edge &edge) const
    {
        Object object{{"child", nodeReference(edge.child)}};
        switch (edge.parent.kind) {
        case Parent::Kind::Node:
            object["parent"] = nodeReference(edge.parent.node());
            break;
        case Parent::Kind::User:
            object["user"] = m_users.reference(m_world.user(UserId{edge.parent.id}).name, edge.parent.id);
            break;
        case Parent::Kind::Job:
            object["job"] = m_jobs.reference(m_world.job(JobId{edge.parent.id}).name, edge.parent.id);
            break;
        }
        object["role"] = edge.role;
        if (!edge.isAttached)
            object["attached"] = false;
        if (edge.captured) {
            object["perm"] = permissionsToJson(edge.captured->perm);
            object["shared-perm"] = permissionsToJson(edge.captured->sharedPerm);
        }
        if (const auto since = sinceOf(Holder::of(edge.id)); since != 0)
            object["since"] = since;
        return object;
    }

    Value::List writeUsers() const
    {
        Value::List list;
        for (const auto &user : m_world.users)
            list.push_back(writeUser(*user));
        return list;
    }

    Value writeUser(const User &user) const
    {
        static constexpr const char *kKinds[] = {"guest", "export", "backend"};
        Object object = user.extra;
        object["name"] = user.name;
        object["kind"] = kKinds[static_cast<std::size_t>(user.kind)];
        if (!user.backendName.empty())
            object["backend-name"] = user.backendName;
        if (!user.qdev.empty())
            object["qdev"] = user.qdev;
        if (!user.isWritable)
            object["writable"] = false;
        if (user.sharesWrites)
            object["shares-writes"] = true;
        if (!user.sharesResize)
            object["shares-resize"] = false;
        if (!user.isAttached)
            object["attached"] = false;
        if (user.isRemovable)
            object["removable"] = true;
        if (user.isTrayOpen)
            object["tray-open"] = true;
        if (!user.exportType.empty())
            object["export-type"] = user.exportType;
        if (!user.throttleGroup.empty())
            object["throttle-group"] = user.throttleGroup;
        if (!user.host.empty())
            object["host"] = user.host;
        if (user.root != m_firstEdges[user.id.value])
            object["root"] = user.root ? number(user.root->value) : Value();
        if (user.job)
            object["job"] = m_jobs.reference(m_world.job(*user.job).name, user.job->value);
        if (const auto since = sinceOf(Holder::of(user.id)); since != 0)
            object["since"] = since;
        return object;
    }

    const World &m_world;
    NameTable m_nodes;
    NameTable m_users;
    NameTable m_jobs;
    std::vector<std::optional<EdgeId>> m_firstEdges;
};

} // namespace

Value writeWorld(const World &world)
{
    return WorldWriter(world).write();
}

} // namespace blockscope
