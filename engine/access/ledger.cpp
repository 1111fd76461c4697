// SPDX-FileCopyrightText: 2026 The Blockscope authors
// SPDX-License-Identifier: MIT
#include "engine/access/ledger.h"

#include <algorithm>
#include <tuple>

namespace blockscope {

namespace {

bool isExcepted(Holder holder, std::span<const Holder> except)
{
    return std::find(except.begin(), except.end(), holder) != except.end();
}

bool isOfLowerNode(const NodeClaim *a, const NodeClaim *b)
{
    return a->node < b->node;
}

/// The RFC's rule, action by action.
void addConflicts(const NodeClaim &asked, const NodeClaim &held, Holder holder, Tick since,
                  std::vector<Conflict> &found)
{
    const auto add = [&](ActionSet actions, NacRule rule) {
        for (Action action : kActions) {
            if (actions.contains(action))
                found.push_back(
                    {asked.node, action, rule, holder, since, asked.claim, asked.role, held.claim, held.role});
        }
    };
    add(asked.claim.require - held.claim.allow, NacRule::R1);
    add(held.claim.require - asked.claim.allow, NacRule::R2);
}

/// \a change is 1 or, modulo 2^32, -1.
void addTo(Ledger::Counts &counts, Claim claim, std::uint32_t change)
{
    const ActionSet denied = kAllActions - claim.allow;
    for (unsigned i = 0; i < kActions.size(); ++i) {
        counts.require[i] += claim.require.contains(kActions[i]) ? change : 0U;
        counts.deny[i] += denied.contains(kActions[i]) ? change : 0U;
    }
    counts.quiet += (claim.require | denied).isEmpty() ? change : 0U;
}

std::uint32_t countIn(const Ledger::Counts &counts, unsigned lane)
{
    if (lane == Lanes::kQuiet)
        return counts.quiet;
    return lane < Lanes::kDeny ? counts.require[lane - Lanes::kRequire] : counts.deny[lane - Lanes::kDeny];
}

/// Crowded when a count is too large; then the lanes are no more than not 0 where those are not.
Lanes lanesFor(const Ledger::Counts &counts)
{
    Lanes lanes;
    for (unsigned lane = 0; lane < Lanes::kLanes; ++lane) {
        const std::uint32_t count = countIn(counts, lane);
        lanes.word |= std::uint64_t{std::min(count, Lanes::most(lane))} << (lane * Lanes::kBits);
        lanes.word |= count > Lanes::most(lane) ? Lanes::kCrowded : 0U;
    }
    return lanes;
}

Ledger::Masks masksOf(const Ledger::Counts &counts)
{
    Ledger::Masks masks;
    for (unsigned i = 0; i < kActions.size(); ++i) {
        if (counts.require[i] != 0)
            masks.required.insert(kActions[i]);
        if (counts.deny[i] != 0)
            masks.denied.insert(kActions[i]);
    }
    return masks;
}

} // namespace

bool Ledger::isAllowed(std::span<const NodeClaim> request, std::span<const Holder> except) const
{
    return std::all_of(request.begin(), request.end(), [&](const NodeClaim &asked) {
        if (except.empty())
            return isAllowed(asked.node, asked.claim);
        const Masks held = masksExcept(asked.node, except);
        return ((asked.claim.require & held.denied) | (held.required - asked.claim.allow)).isEmpty();
    });
}

std::vector<Conflict> Ledger::conflicts(std::span<const NodeClaim> request, std::span<const Holder> except) const
{
    std::vector<Conflict> found;
    if (isAllowed(request, except))
        return found;
    // By node, so that the sizes of a long request and of a big ledger do not multiply.
    std::vector<const NodeClaim *> byNode;
    for (const NodeClaim &asked : request)
        byNode.push_back(&asked);
    std::stable_sort(byNode.begin(), byNode.end(), isOfLowerNode);
    for (Holder holder : holders()) {
        if (isExcepted(holder, except))
            continue;
        const Holding &holding = *this->holding(holder);
        for (const NodeClaim &held : holding.claims) {
            const auto [first, last] = std::equal_range(byNode.begin(), byNode.end(), &held, isOfLowerNode);
            for (auto asked = first; asked != last; ++asked)
                addConflicts(**asked, held, holder, holding.since, found);
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const Conflict &a, const Conflict &b) {
        return std::tie(a.node, a.action, a.rule, a.since, a.holder) <
               std::tie(b.node, b.action, b.rule, b.since, b.holder);
    });
    return found;
}

void Ledger::acquire(Holder holder, Tick since, std::vector<NodeClaim> claims)
{
    acquire(holder, std::make_shared<const Holding>(Holding{since, std::move(claims)}));
}

void Ledger::acquire(Holder holder, std::shared_ptr<const Holding> record)
{
    assert(holding(holder) == nullptr);
    for (const NodeClaim &claim : record->claims)
        count(claim);
    auto &holdings = m_holdings[static_cast<std::size_t>(holder.kind)];
    if (holder.id >= holdings.size())
        holdings.resize(holder.id + std::size_t{1});
    holdings[holder.id] = std::move(record);
}

std::shared_ptr<const Holding> Ledger::release(Holder holder)
{
    const Holding *held = holding(holder);
    if (held == nullptr)
        return nullptr;
    for (const NodeClaim &claim : held->claims) {
        if (!m_lanes[claim.node.value].remove(Lanes::of(claim.claim))) [[unlikely]]
            recount(claim, ~std::uint32_t{0});
    }
    return std::move(m_holdings[static_cast<std::size_t>(holder.kind)][holder.id]);
}

/// On a node that is crowded, or gets crowded; \a change is 1 or, modulo 2^32, -1.
void Ledger::recount(const NodeClaim &claim, std::uint32_t change)
{
    Counts counts = this->counts(claim.node);
    addTo(counts, claim.claim, change);
    Lanes &lanes = m_lanes[claim.node.value];
    lanes = lanesFor(counts);
    if (lanes.isCrowded())
        m_crowds[claim.node.value] = counts;
    else
        m_crowds.erase(claim.node.value);
}

Ledger::Masks Ledger::masks(NodeId node) const
{
    return masksOf(counts(node));
}

Ledger::Masks Ledger::masksExcept(NodeId node, std::span<const Holder> except) const
{
    Counts counts = this->counts(node);
    for (auto holder = except.begin(); holder != except.end(); ++holder) {
        const Holding *row = holding(*holder);
        if (row == nullptr || std::find(except.begin(), holder, *holder) != holder)
            continue; // one who is named twice holds it once
        for (const NodeClaim &claim : row->claims) {
            if (claim.node == node)
                addTo(counts, claim.claim, ~std::uint32_t{0});
        }
    }
    return masksOf(counts);
}

Ledger::Counts Ledger::counts(NodeId node) const
{
    const Lanes lanes = lanesOf(node);
    if (lanes.isCrowded())
        return m_crowds.at(node.value);
    Counts counts;
    for (unsigned i = 0; i < kActions.size(); ++i) {
        counts.require[i] = lanes.count(Lanes::kRequire + i);
        counts.deny[i] = lanes.count(Lanes::kDeny + i);
    }
    counts.quiet = lanes.count(Lanes::kQuiet);
    return counts;
}

std::vector<Holder> Ledger::holders() const
{
    std::vector<Holder> all;
    for (std::size_t kind = 0; kind < m_holdings.size(); ++kind) {
        for (std::uint32_t id = 0; id < m_holdings[kind].size(); ++id) {
            if (m_holdings[kind][id] != nullptr)
                all.push_back({static_cast<Holder::Kind>(kind), id});
        }
    }
    return all;
}

std::vector<Holder> Ledger::holdersOf(NodeId node) const
{
    std::vector<Holder> all = holders();
    std::erase_if(all, [&](Holder holder) {
        const auto &claims = holding(holder)->claims;
        return std::none_of(claims.begin(), claims.end(), [&](const NodeClaim &claim) { return claim.node == node; });
    });
    return all;
}

bool Ledger::verify() const
{
    Ledger naive;
    naive.m_lanes.resize(m_lanes.size());
    for (Holder holder : holders()) {
        for (const NodeClaim &claim : holding(holder)->claims)
            naive.count(claim);
    }
    return naive.m_lanes == m_lanes && naive.m_crowds == m_crowds;
}

bool operator==(const Ledger &a, const Ledger &b)
{
    const auto holders = a.holders();
    return holders == b.holders() && std::all_of(holders.begin(), holders.end(), [&](Holder holder) {
               return *a.holding(holder) == *b.holding(holder);
           });
}

} // namespace blockscope
