// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "views/session/delta.h"

#include <algorithm>

namespace blockscope::views {

namespace {

/// Collects marks by id, each once, and hands them out ascending.
template <class IdType>
class Marks
{
public:
    explicit Marks(std::size_t size) : m_isMarked(size, false) {}

    void insert(IdType id) { m_isMarked[id.value] = true; }
    void insertAll() { m_isMarked.assign(m_isMarked.size(), true); }
    [[nodiscard]] std::vector<IdType> ids() const
    {
        std::vector<IdType> ids;
        for (std::uint32_t i = 0; i < m_isMarked.size(); ++i) {
            if (m_isMarked[i])
                ids.push_back(IdType{i});
        }
        return ids;
    }

private:
    std::vector<bool> m_isMarked;
};

/// Calls \a visit with every index at which two lists of copy-on-write values differ.
template <class T, class Visit>
void forEachDifference(const std::vector<CopyOnWrite<T>> &before, const std::vector<CopyOnWrite<T>> &after,
                       Visit &&visit)
{
    const std::size_t common = std::min(before.size(), after.size());
    for (std::size_t i = 0; i < common; ++i) {
        if (!before[i].isSharedWith(after[i]) && *before[i] != *after[i])
            visit(static_cast<std::uint32_t>(i));
    }
    for (std::size_t i = common; i < std::max(before.size(), after.size()); ++i)
        visit(static_cast<std::uint32_t>(i));
}

class Comparison
{
public:
    Comparison(const World &before, const World &after)
        : m_before(before), m_after(after), m_nodes(std::max(before.graph.nodeCount(), after.graph.nodeCount())),
          m_users(std::max(before.users.size(), after.users.size())),
          m_jobs(std::max(before.jobs.size(), after.jobs.size()))
    {
    }

    Delta run()
    {
        compareNodes();
        compareUsers();
        compareJobs();
        compareHoldings();
        compareFindings();
        compareByNode(m_before.bitmaps, m_after.bitmaps);
        compareByNode(m_before.snapshots, m_after.snapshots);
        m_delta.isRunStateChanged =
            m_before.runState != m_after.runState || !(m_before.otherHosts == m_after.otherHosts);
        m_delta.isPolicyChanged = m_before.policy != m_after.policy;
        m_delta.areSwitchesChanged = !(m_before.switches == m_after.switches);
        if (m_delta.isRunStateChanged)
            m_users.insertAll();
        m_delta.nodes = m_nodes.ids();
        m_delta.users = m_users.ids();
        m_delta.jobs = m_jobs.ids();
        return m_delta;
    }

private:
    void compareNodes()
    {
        const std::size_t common = std::min(m_before.graph.nodeCount(), m_after.graph.nodeCount());
        m_delta.isTopologyChanged |= m_before.graph.nodeCount() != m_after.graph.nodeCount();
        for (std::uint32_t i = 0; i < std::max(m_before.graph.nodeCount(), m_after.graph.nodeCount()); ++i) {
            const NodeId id{i};
            if (i >= common) {
                m_nodes.insert(id);
            } else if (!m_after.graph.isSharedWith(m_before.graph, id)) {
                compareNode(m_before.node(id), m_after.node(id));
            }
        }
        forEachDifference(m_before.data, m_after.data, [this](std::uint32_t i) { markShowing(NodeId{i}); });
    }

    /// \a node, and what shows its data as its own: a raw node above it, another node of the same image.
    void markShowing(NodeId node)
    {
        m_nodes.insert(node);
        if (node.value >= m_after.graph.nodeCount())
            return;
        for (EdgeId parent : m_after.node(node).parents) {
            const Edge &edge = m_after.graph.edge(parent);
            if (edge.parent.isNode() && m_after.node(edge.parent.node()).driver == "raw")
                m_nodes.insert(edge.parent.node());
        }
        for (NodeId other : m_after.node(node).alsoShownBy)
            m_nodes.insert(other);
    }

    template <class Map>
    void compareByNode(const CopyOnWrite<Map> &before, const CopyOnWrite<Map> &after)
    {
        if (before.isSharedWith(after))
            return;
        for (const auto &[node, value] : *before) {
            if (const auto found = after->find(node); found == after->end() || found->second != value)
                markShowing(node);
        }
        for (const auto &[node, value] : *after) {
            if (!before->contains(node))
                markShowing(node);
        }
    }

    void compareFindings()
    {
        if (m_before.findings.isSharedWith(m_after.findings))
            return;
        const auto &before = *m_before.findings;
        const auto &after = *m_after.findings;
        const std::size_t common = std::min(before.size(), after.size());
        for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
            if (i < common && before[i] == after[i])
                continue;
            m_delta.areFindingsChanged = true;
            if (i < before.size())
                m_nodes.insert(before[i].node);
            if (i < after.size())
                m_nodes.insert(after[i].node);
        }
    }

    void compareNode(const Node &before, const Node &after)
    {
        if (before == after)
            return;
        m_nodes.insert(after.id);
        // Every link stands in its child's list of parents, so a link that moved is seen at both children.
        m_delta.isTopologyChanged |=
            before.isOpen != after.isOpen || before.children != after.children || before.parents != after.parents;
    }

    void compareUsers()
    {
        m_delta.isTopologyChanged |= m_before.users.size() != m_after.users.size();
        forEachDifference(m_before.users, m_after.users, [this](std::uint32_t i) {
            m_users.insert(UserId{i});
            if (i < m_before.users.size() && i < m_after.users.size())
                m_delta.isTopologyChanged |= m_before.users[i]->isAttached != m_after.users[i]->isAttached ||
                                             m_before.users[i]->root != m_after.users[i]->root;
        });
    }

    void compareJobs()
    {
        forEachDifference(m_before.jobs, m_after.jobs, [this](std::uint32_t i) {
            m_jobs.insert(JobId{i});
            if (i < m_before.jobs.size())
                markNodes(*m_before.jobs[i]);
            if (i < m_after.jobs.size())
                markNodes(*m_after.jobs[i]);
        });
    }

    void markNodes(const Job &job)
    {
        for (const RoleNode &each : job.nodes)
            m_nodes.insert(each.node);
    }

    void compareHoldings()
    {
        compareHoldings(Holder::Kind::Job, m_before.jobs.size(), m_after.jobs.size());
        compareHoldings(Holder::Kind::User, m_before.users.size(), m_after.users.size());
        compareHoldings(Holder::Kind::Edge, m_before.graph.edgeCount(), m_after.graph.edgeCount());
    }

    void compareHoldings(Holder::Kind kind, std::size_t before, std::size_t after)
    {
        for (std::uint32_t i = 0; i < std::max(before, after); ++i) {
            const Holding *was = m_before.ledger.holding({kind, i});
            const Holding *is = m_after.ledger.holding({kind, i});
            // Ledgers share holdings, and both ledgers are alive: one address, one holding.
            if (was == is || (was != nullptr && is != nullptr && *was == *is))
                continue;
            for (const Holding *each : {was, is}) {
                if (each == nullptr)
                    continue;
                for (const NodeClaim &claim : each->claims)
                    m_nodes.insert(claim.node);
            }
            if (kind == Holder::Kind::User)
                m_users.insert(UserId{i});
        }
    }

    const World &m_before;
    const World &m_after;
    Delta m_delta;
    Marks<NodeId> m_nodes;
    Marks<UserId> m_users;
    Marks<JobId> m_jobs;
};

} // namespace

Delta difference(const World &before, const World &after)
{
    return Comparison(before, after).run();
}

} // namespace blockscope::views
