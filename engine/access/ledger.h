// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The ledger of Node Access Control: which claims are held on which node.
/// It knows nodes by id only and lives outside the graph, as the RFC wants
/// ("Be independent of the bdrv_states graph").
///
/// A decision reads one word a node, whatever the number of holders. Reasons
/// are collected only on refusal, and then all of them.
///
/// Thread: a value; one copy belongs to one thread at a time.

#include "engine/access/claim.h"
#include "engine/access/lanes.h"

#include <array>
#include <cassert>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace blockscope {

/// The two ways in which the RFC prohibits an operation.
enum class NacRule : std::uint8_t {
    R1, ///< asked requires an action that a holder does not allow: "you do not let me"
    R2, ///< asked does not allow an action that a holder requires: "I would not let you"
};

/// Who holds claims: an operation that runs, a user, or a link of the graph.
struct Holder
{
    /// Operation: a synchronous one, which holds its claims only while it is done (id 0), or a request whose
    /// nodes were listed and which has not yet acquired them (by its place in World::listed, from 1).
    enum class Kind : std::uint8_t { Job, User, Edge, Operation };

    Kind kind = Kind::Job;
    std::uint32_t id = JobId::kNone; ///< JobId, UserId, EdgeId or a number, as kind says

    static Holder of(JobId job) { return {Kind::Job, job.value}; }
    static Holder of(UserId user) { return {Kind::User, user.value}; }
    static Holder of(EdgeId edge) { return {Kind::Edge, edge.value}; }
    static Holder synchronous() { return {Kind::Operation, 0}; }

    friend bool operator==(const Holder &, const Holder &) = default;
    friend auto operator<=>(const Holder &, const Holder &) = default;
};

/// What one holder holds.
struct Holding
{
    Tick since = 0;
    std::vector<NodeClaim> claims;

    friend bool operator==(const Holding &, const Holding &) = default;
};

/// One clash between what is asked and what is held.
struct Conflict
{
    NodeId node;
    Action action;
    NacRule rule;
    Holder holder;
    Tick since;            ///< since when the holder holds it
    Claim asked;           ///< the whole claim asked on that node
    std::string askedRole; ///< the role the node plays for the asker
    Claim held;            ///< the holder's own claim there
    std::string heldRole;  ///< the role the node plays for the holder

    friend bool operator==(const Conflict &, const Conflict &) = default;
};

class Ledger
{
public:
    /// The sum of the claims held on a node: OR of Require, complement of the
    /// AND of Allow.
    struct Masks
    {
        ActionSet required;
        ActionSet denied;

        friend constexpr bool operator==(Masks, Masks) = default;
    };
    struct Counts
    {
        std::array<std::uint32_t, 5> require{}; ///< claims that require the action
        std::array<std::uint32_t, 5> deny{};    ///< claims that do not allow it
        std::uint32_t quiet = 0;                ///< claims that do neither

        friend bool operator==(const Counts &, const Counts &) = default;
    };

    /// True when \a claim on \a node clashes with nothing held there. With no
    /// holder everything is allowed (reading N1). The RFC's rule, both halves.
    [[nodiscard]] bool isAllowed(NodeId node, Claim claim) const
    {
        return (lanesOf(node).word & Lanes::against(claim)) == 0;
    }
    /// Decides a whole request, as if the holders in \a except were not there
    /// (a holder about to replace its own claims does not stand in its own way).
    [[nodiscard]] bool isAllowed(std::span<const NodeClaim> request, std::span<const Holder> except = {}) const;

    /// Every clash of \a request with what is held, ordered by node, action, rule, since and holder.
    /// Empty exactly when isAllowed().
    [[nodiscard]] std::vector<Conflict> conflicts(std::span<const NodeClaim> request,
                                                  std::span<const Holder> except = {}) const;

    /// Enters \a claims for \a holder. Does not ask: deciding comes first, and
    /// a state that was captured is entered as it is.
    /// REQUIRES: \a holder holds nothing; the nodes are valid.
    void acquire(Holder holder, Tick since, std::vector<NodeClaim> claims);
    /// The same with a record that may be held elsewhere too.
    void acquire(Holder holder, std::shared_ptr<const Holding> record);
    /// Takes a holder's claims out and gives the record back; null if it holds none.
    std::shared_ptr<const Holding> release(Holder holder);

    /// True when somebody holds a claim on \a node, be it a quiet one.
    [[nodiscard]] bool hasClaims(NodeId node) const { return lanesOf(node).word != 0; }
    [[nodiscard]] Masks masks(NodeId node) const;
    [[nodiscard]] Counts counts(NodeId node) const;
    /// Null when \a holder holds nothing.
    [[nodiscard]] const Holding *holding(Holder holder) const
    {
        const auto &holdings = m_holdings[static_cast<std::size_t>(holder.kind)];
        return holder.id < holdings.size() ? holdings[holder.id].get() : nullptr;
    }
    /// All who hold something: jobs, users, edges, operations, each by id.
    [[nodiscard]] std::vector<Holder> holders() const;
    /// Those with a claim on \a node, in the same order.
    [[nodiscard]] std::vector<Holder> holdersOf(NodeId node) const;

    /// True when the counters equal a recomputation from the holdings.
    [[nodiscard]] bool verify() const;

    friend bool operator==(const Ledger &a, const Ledger &b);

private:
    [[nodiscard]] Lanes lanesOf(NodeId node) const
    {
        return node.value < m_lanes.size() ? m_lanes[node.value] : Lanes();
    }

    void count(const NodeClaim &claim)
    {
        assert(claim.node.isValid());
        if (claim.node.value >= m_lanes.size()) [[unlikely]]
            m_lanes.resize(claim.node.value + std::size_t{1});
        if (!m_lanes[claim.node.value].add(Lanes::of(claim.claim))) [[unlikely]]
            recount(claim, 1);
    }
    void recount(const NodeClaim &claim, std::uint32_t change);
    [[nodiscard]] Masks masksExcept(NodeId node, std::span<const Holder> except) const;

    std::vector<Lanes> m_lanes;               // by NodeId
    std::map<std::uint32_t, Counts> m_crowds; // by NodeId: exact counts of the few nodes whose lanes are too small
    // By kind and id; null where nothing is held. No search, whatever the number of holders.
    std::array<std::vector<std::shared_ptr<const Holding>>, 4> m_holdings;
};

} // namespace blockscope
