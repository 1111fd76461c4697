// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// The ledger of Node Access Control: which claims are held on which node.
/// It knows nodes by id only and lives outside the graph, as the RFC wants
/// ("Be independent of the bdrv_states graph").
///
/// A decision reads two bytes a node, whatever the number of holders. Reasons
/// are collected only on refusal, and then all of them.
///
/// Thread: a value; one copy belongs to one thread at a time.

#include "engine/access/claim.h"
#include "engine/access/lanes.h"

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
        std::uint32_t claims = 0;               ///< claims held, quiet ones included
    };

    /// True when \a claim on \a node clashes with nothing held there. With no
    /// holder everything is allowed (reading N1). The RFC's rule, both halves.
    [[nodiscard]] bool isAllowed(NodeId node, Claim claim) const
    {
        // Both halves at once: what is required there against what is not allowed, what is denied against what is
        // required.
        return (packedMasks(node) & pack({kAllActions - claim.allow, claim.require})) == 0;
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
    /// Takes a holder's claims out and recomputes the masks of its nodes; nothing happens if it holds none.
    void release(Holder holder);

    [[nodiscard]] Masks masks(NodeId node) const
    {
        const unsigned packed = packedMasks(node);
        return {ActionSet::fromBits(packed & 0xffU), ActionSet::fromBits(packed >> 8U)};
    }
    [[nodiscard]] Counts counts(NodeId node) const;
    /// Null when \a holder holds nothing.
    [[nodiscard]] const Holding *holding(Holder holder) const;
    /// All who hold something: jobs, users, edges, operations, each by id.
    [[nodiscard]] std::vector<Holder> holders() const;
    /// Those with a claim on \a node, in the same order.
    [[nodiscard]] std::vector<Holder> holdersOf(NodeId node) const;

    /// True when counters and masks equal a recomputation from the holdings.
    [[nodiscard]] bool verify() const;

    friend bool operator==(const Ledger &a, const Ledger &b);

private:
    struct Counters
    {
        Lanes require;
        Lanes deny;
    };

    // Both masks of a node in one word, so that a decision reads it at once.
    static constexpr std::uint16_t pack(Masks masks)
    {
        return static_cast<std::uint16_t>(masks.required.bits() | masks.denied.bits() << 8U);
    }
    [[nodiscard]] unsigned packedMasks(NodeId node) const
    {
        return node.value < m_masks.size() ? m_masks[node.value] : 0U;
    }

    void count(const NodeClaim &claim);
    void uncount(const NodeClaim &claim);
    [[nodiscard]] Masks masksExcept(NodeId node, std::span<const Holder> except) const;

    std::vector<std::uint16_t> m_masks; // by NodeId
    std::vector<Counters> m_counters;   // by NodeId
    // By kind and id; null where nothing is held. No search, whatever the number of holders.
    std::array<std::vector<std::shared_ptr<const Holding>>, 4> m_holdings;
};

} // namespace blockscope
